"""The register as a file: on the disk at each commit, for its owner alone, and a sentence for whatever goes wrong with it."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from biocarto.store.database import open_store
from biocarto.store.store_error import StoreTrouble
from tests.support.backup_checks import fill, seal
from tests.support.store_checks import NOTE, list_notes, make_store, put, refused

LARGEST = 300_000
"""Bytes of any file while there is no room."""


@contextmanager
def without_room() -> Iterator[None]:
    """No file of this process can grow beyond a limit: the system refuses the write, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_somebody() -> Iterator[None]:
    """Without the rights of root, to whom no file is closed."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may look into."""
    with tempfile.TemporaryDirectory(prefix="biocarto-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    """Written ahead, synchronous, references held, what is erased overwritten: asked of the connection itself."""
    store = make_store(str(tmp_path / "register.sqlite"))
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "query_only": 0}
    with store.write() as transaction:
        assert {name: transaction.execute(f"PRAGMA {name}")[0][0] for name in wanted} == wanted
    with store.read() as transaction:
        assert transaction.execute("PRAGMA query_only") == [(1,)]
        assert not transaction.has_postgis
        assert "point" not in {row[1] for row in transaction.execute("PRAGMA table_xinfo(register_row)")}


def test_the_register_is_for_its_owner_alone(tmp_path: Path) -> None:
    """It names members and who proposed what: so is every file that SQLite writes beside it."""
    store = make_store(str(tmp_path / "register.sqlite"))
    with store.write() as transaction:
        transaction.execute(NOTE, ("a", ""))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("register.sqlite", "register.sqlite-wal", "register.sqlite-shm"), 0o600)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """What was there is there, whole; with room again the next save works."""
    store = make_store(str(tmp_path / "register.sqlite"))
    put(store, "a")
    with refused(StoreTrouble.FULL), store.write() as transaction:
        transaction.execute("PRAGMA max_page_count = 1")  # as many pages as there are, no more
        for number in range(200):
            transaction.execute(NOTE, (f"b{number}", "x" * 10_000))
    assert list_notes(store) == ["a"]
    put(store, "c")
    assert list_notes(store) == ["a", "c"]


def test_a_disk_that_fails_at_the_end_keeps_all_or_nothing(tmp_path: Path) -> None:
    """The commit itself cannot be written: nobody is told that it is kept, nor that it is not; what was there is there."""
    store = make_store(str(tmp_path / "register.sqlite"))
    put(store, "a")
    with without_room(), refused(StoreTrouble.IN_DOUBT), store.write() as transaction:
        transaction.execute("PRAGMA cache_spill = OFF")
        transaction.execute_many(NOTE, [(f"b{number}", "x" * 10_000) for number in range(100)])
    assert len(list_notes(store)) in {1, 101}
    put(store, "c")
    with store.read() as transaction:
        assert transaction.execute("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("content", [b"id;name\n" * 900, b"\x89PNG" + b"\0" * 9000, b"xy"], ids=["table", "picture", "letter"])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    """Whatever is asked of it."""
    path = tmp_path / "actors.csv"
    path.write_bytes(content)
    store = open_store(str(path))
    for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
        with refused(StoreTrouble.FOREIGN):
            ask()
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("tables", [("needs",), ("store_version",), ("store_version", "fact")], ids=" ".join)
def test_another_program_s_database_is_left_as_it_is(tmp_path: Path, tables: tuple[str, ...]) -> None:
    """Even one that has a table of ours by chance: not a byte changes, no file appears beside it."""
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        for name in tables:
            other.execute(f"CREATE TABLE {name} (version TEXT)")
    content = path.read_bytes()
    store = open_store(str(path))
    for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
        with refused(StoreTrouble.FOREIGN):
            ask()
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    """Wherever a page of it is noise, nothing is read that was not written: a sentence, or every row."""
    path = tmp_path / "register.sqlite"
    store = open_store(str(path))
    sealed = fill(store)
    whole, found = path.read_bytes(), []
    for page in range(1, len(whole) // 4096, 3):
        path.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        try:
            assert seal(store) == sealed
        except Exception as error:  # noqa: BLE001 - which one is what is looked at
            found.append(getattr(error, "trouble", error))
    assert set(found) == {StoreTrouble.DAMAGED}
    path.write_bytes(whole[: len(whole) // 2])
    with refused(StoreTrouble.DAMAGED):
        seal(store)


def test_a_register_without_its_version_is_damaged(tmp_path: Path) -> None:
    """Whoever emptied the table of the version reads a sentence, in every question."""
    path = tmp_path / "register.sqlite"
    store = open_store(str(path))
    store.prepare()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM store_version")
        connection.commit()
    for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
        with refused(StoreTrouble.DAMAGED):
            ask()


def test_a_file_that_another_program_holds_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that somebody has left open, for readers and for writers; then it works again."""
    monkeypatch.setattr("biocarto.store.sqlite.PATIENCE", 0.1)
    path = tmp_path / "register.sqlite"
    store = make_store(str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("PRAGMA locking_mode = EXCLUSIVE")
        tool.execute("BEGIN EXCLUSIVE")
        for ask in (store.read().__enter__, store.write().__enter__, store.prepare):
            with refused(StoreTrouble.BUSY):
                ask()
    put(store, "a")


def test_a_folder_that_may_not_be_written_to_is_closed(place: Path) -> None:
    """Nothing is made in it."""
    with as_somebody(), refused(StoreTrouble.CLOSED):
        open_store(str(place / "register.sqlite")).prepare()
    with as_somebody(), refused(StoreTrouble.CLOSED):
        open_store(str(place / "new" / "register.sqlite")).prepare()
    assert list(place.iterdir()) == []


def test_a_file_that_may_not_be_written_to_is_closed(place: Path) -> None:
    """Nor one that may not be read; a link to nowhere is nobody's store yet."""
    path = place / "register.sqlite"
    store = make_store(str(path))
    put(store, "a")
    for mode in (0o444, 0o000):
        path.chmod(mode)
        with as_somebody(), refused(StoreTrouble.CLOSED), store.write() as transaction:
            transaction.execute(NOTE, ("b", ""))
    assert list_notes(store) == ["a"]
    (place / "file").write_bytes(b"")
    with refused(StoreTrouble.CLOSED):
        open_store(str(place / "file" / "register.sqlite")).prepare()
    (place / "link").symlink_to(place / "gone.sqlite")
    assert not open_store(str(place / "link")).exists()


def test_a_folder_in_the_place_of_the_file_is_closed(tmp_path: Path) -> None:
    """It is not emptied."""
    with refused(StoreTrouble.CLOSED):
        open_store(str(tmp_path)).prepare()


def test_a_name_with_signs_of_an_address_is_a_name(tmp_path: Path) -> None:
    """A question mark, a number sign, a percent sign, an accent, a space."""
    path = tmp_path / "régistre 50%?mode=ro#1.sqlite"
    put(make_store(str(path)), "a")
    assert list_notes(open_store(str(path))) == ["a"]
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_file_on_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also through a link to it, and nothing is written there."""
    far = tmp_path / "far"
    far.mkdir()
    (tmp_path / "register.sqlite").symlink_to(far / "register.sqlite")
    monkeypatch.setattr("biocarto.store.sqlite.is_network_disk", lambda folder: folder == far.resolve())
    for name in ("far/register.sqlite", "register.sqlite"):
        store = open_store(str(tmp_path / name))
        with refused(StoreTrouble.NETWORK_DISK):
            store.prepare()
    assert list(far.iterdir()) == []


def test_a_lock_that_cannot_be_taken_back_is_no_second_error(tmp_path: Path) -> None:
    """Whoever has ended the transaction by hand still hears of the first error."""
    store = make_store(str(tmp_path / "register.sqlite"))
    with suppress(ValueError), store.write() as transaction:
        transaction.execute("ROLLBACK")
        raise ValueError
    put(store, "a")
