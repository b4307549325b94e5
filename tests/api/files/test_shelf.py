"""Made files on the disk: what many threads do to one folder at a time, and what is left of files that somebody else takes away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from biocarto import caches
from biocarto.api.files.shelf import FileShelf


def test_threads_that_write_at_once_do_not_see_each_other_s_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes room meets files that are being written or removed: neither is a fault."""
    monkeypatch.setattr(caches, "MADE_FILES", 20)
    shelf = FileShelf(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda number: shelf.get((str(number),), lambda: b"x" * 5_000), range(300)))
    assert len(made) == 300
    assert len(list(tmp_path.iterdir())) <= 20 + 4


def test_a_draft_is_nobody_s_to_remove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However old the others are, another thread is still writing it."""
    monkeypatch.setattr(caches, "MADE_FILES", 1)
    draft = tmp_path / ".draft-0123456789abcdef"
    draft.write_bytes(b"half")
    shelf = FileShelf(tmp_path)
    shelf.get(("a",), lambda: b"a")
    shelf.get(("b",), lambda: b"b")
    assert draft.is_file()
    assert len(list(tmp_path.iterdir())) == 2
