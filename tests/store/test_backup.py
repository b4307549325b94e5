"""A store of SQLite as one file, and back; tests/services/test_postgres.py asks the same of PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from biocarto.store import backup
from biocarto.store.backup import restore, write_backup
from biocarto.store.database import open_store
from biocarto.store.one_server import hold
from biocarto.store.store_error import StoreError, StoreTrouble
from tests.support.backup_checks import CHECKS, fill, seal
from tests.support.store_checks import list_notes, make_store, put, refused


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_file_is_backed_up_and_restored(check: Callable[[str, Path], None], tmp_path: Path) -> None:
    """Each check with a folder for its backups."""
    (tmp_path / "backups").mkdir()
    check(str(tmp_path / "store" / "register.sqlite"), tmp_path / "backups")


def test_what_is_replaced_is_kept_aside(tmp_path: Path) -> None:
    """As a backup, which brings it back."""
    store, backup = open_store(str(tmp_path / "register.sqlite")), tmp_path / "backup.sqlite"
    sealed = fill(store)
    empty = make_store(str(tmp_path / "empty.sqlite"))
    write_backup(empty, backup)
    kept = restore(store, backup, replace=True)
    assert seal(store) == seal(empty)
    assert kept is not None
    assert kept.parent == tmp_path
    assert restore(store, kept, replace=True) is None
    assert seal(store) == sealed


@pytest.mark.parametrize("page", [0, 1, 5, 20])
def test_a_damaged_file_is_set_aside_and_replaced(tmp_path: Path, page: int) -> None:
    """Wherever it is damaged; what was there is kept, byte by byte; nobody else may be serving it."""
    path, backup = tmp_path / "register.sqlite", tmp_path / "backup.sqlite"
    store = open_store(str(path))
    sealed = fill(store)
    write_backup(store, backup)
    content = path.read_bytes()
    path.write_bytes(content[: page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096 :])
    broken = path.read_bytes()
    kept = restore(store, backup, replace=True)
    assert kept is not None
    assert kept.read_bytes() == broken
    assert seal(store) == sealed
    held = hold(store)
    assert held
    held.release()


def test_another_program_s_database_is_never_replaced(tmp_path: Path) -> None:
    """Even where it was asked for."""
    path, backup = tmp_path / "register.sqlite", tmp_path / "backup.sqlite"
    write_backup(make_store(str(tmp_path / "mine.sqlite")), backup)
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE needs (text TEXT)")
    content = path.read_bytes()
    with refused(StoreTrouble.FOREIGN):
        restore(open_store(str(path)), backup, replace=True)
    assert path.read_bytes() == content
    assert sorted(found.name for found in tmp_path.iterdir()) == ["backup.sqlite", "mine.sqlite", "register.sqlite"]


def test_a_copy_that_differs_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read again before anything becomes true, by a backup and by its return."""
    store, backup = make_store(str(tmp_path / "register.sqlite")), tmp_path / "backup.sqlite"
    put(store, "a")
    write_backup(store, backup)
    content = backup.read_bytes()
    other = make_store(str(tmp_path / "other.sqlite"))
    put(other, "b")
    monkeypatch.setattr("biocarto.store.backup.copy_table", lambda *copied: (copied[-1].name, 0, "another hash"))
    with refused(StoreTrouble.COPY_DIFFERS):
        write_backup(store, backup)
    with refused(StoreTrouble.COPY_DIFFERS):
        restore(other, backup, replace=True)
    assert backup.read_bytes() == content
    assert list_notes(other) == ["b"]


def test_a_backup_of_old_media_is_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    """No file appears beside it."""
    folder = tmp_path / "media"
    folder.mkdir()
    write_backup(make_store(str(tmp_path / "register.sqlite")), folder / "backup.sqlite")
    restore(open_store(str(tmp_path / "again.sqlite")), folder / "backup.sqlite")
    assert [path.name for path in folder.iterdir()] == ["backup.sqlite"]


def test_a_backup_with_a_page_of_noise_is_whole_or_refused(tmp_path: Path) -> None:
    """Any page of it: where only an index is damaged, every row is still what was written."""
    store, backup, broken = open_store(str(tmp_path / "register.sqlite")), tmp_path / "backup.sqlite", tmp_path / "broken.sqlite"
    sealed = fill(store)
    write_backup(store, backup)
    whole, refusals = backup.read_bytes(), 0
    for page in range(len(whole) // 4096):
        broken.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        again = open_store(str(tmp_path / f"{page}.sqlite"))
        with suppress(StoreError):
            restore(again, broken)
        if again.exists():
            assert seal(again) == sealed
        else:
            refusals += 1
    assert refusals > len(whole) // 8192


def test_a_full_disk_leaves_nothing_of_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the draft nor the journal that SQLite leaves beside it."""
    store = open_store(str(tmp_path / "register.sqlite"))
    fill(store)

    def fail(_: object, target: object, *_others: object) -> None:
        (path,) = (row[2] for row in target.execute("PRAGMA database_list"))  # type: ignore[attr-defined]
        Path(f"{path}-journal").touch()
        raise StoreError(StoreTrouble.FULL, "disk")

    monkeypatch.setattr(backup, "_fill", fail)
    with refused(StoreTrouble.FULL):
        write_backup(store, tmp_path / "out" / "kept.biocarto")
    assert list((tmp_path / "out").iterdir()) == []
