"""Made files on the disk: what many threads do to one folder at a time, and what is left of files that somebody else takes away."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse

from biocarto import caches
from biocarto.api.files import making
from biocarto.api.files.shelf import FileShelf
from biocarto.api.routes import build_routes
from biocarto.caches import Cache
from biocarto.desk import shelf as edition_shelf
from tests.support.asgi import ask
from tests.support.sources import OLDER, a_source


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


def test_what_is_asked_for_all_the_time_is_the_last_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it was made first: each question counts, not only the first one."""
    monkeypatch.setattr(caches, "MADE_FILES", 2)
    shelf = FileShelf(tmp_path)
    asked, other = (shelf.get((name,), lambda: b"x") for name in ("asked", "other"))
    for age, file in ((200, asked), (100, other)):
        os.utime(file.path, (1e9 - age, 1e9 - age))
    shelf.get(("asked",), lambda: b"x")
    shelf.get(("new",), lambda: b"x")
    assert (asked.path.is_file(), other.path.is_file()) == (True, False)


def test_a_file_that_was_taken_away_is_made_anew_once(tmp_path: Path) -> None:
    """However many ask for it at the same moment."""
    shelf, made, start = FileShelf(tmp_path), [], Barrier(8)

    def make() -> bytes:
        made.append(1)
        return b"x"

    shelf.get(("a",), make).path.unlink()

    def get(_: int) -> Path:
        start.wait()
        return shelf.get(("a",), make).path

    with ThreadPoolExecutor(8) as threads:
        assert all(path.is_file() for path in threads.map(get, range(8)))
    assert len(made) == 2


def test_a_value_that_is_no_longer_good_makes_room_only_for_itself() -> None:
    """What another thread has put in its place stays."""
    kept = Cache(caches.ALONE)
    first = kept.get("a", object)
    kept.drop("a", object())
    assert kept.find("a") is first
    kept.drop("a", first)
    assert "a" not in kept


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-9"}, {"range": "bytes=0-9,20-29"}, {"accept_encoding": "gzip"}])
@pytest.mark.parametrize("moment", ["stat", "open"])
def test_a_file_that_goes_before_it_is_sent_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], moment: str
) -> None:
    """503, to come again, as nothing of it was sent: whether it was looked at already or not."""
    app = Starlette(routes=build_routes(a_source(tmp_path)))
    address = f"/data/{OLDER}/clusters.csv"
    assert ask(app, address, **headers).status in {200, 206}
    folder = edition_shelf.find_shelf(str(tmp_path / "register.sqlite")) / making.FOLDER

    def empty(*_: object) -> None:
        for path in folder.iterdir():
            path.unlink()

    monkeypatch.setattr(*_before(moment, empty))
    answer = ask(app, address, **headers)
    assert (answer.status, answer.headers["content-type"], answer.headers["retry-after"]) == (503, "application/problem+json", "1")


def _before(moment: str, empty: Callable[[], None]) -> tuple[str, Callable[..., object]]:
    """What to put in the place of a step of Starlette, so that the files go right before it."""
    name = {"stat": "__call__", "open": "_open_file"}[moment]
    step = getattr(FileResponse, name)

    def go_on(*given: object) -> object:
        empty()
        return step(*given)

    return f"starlette.responses.FileResponse.{name}", go_on
