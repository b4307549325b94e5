"""What a store has to do, whichever database it is: each check is given the address of an empty place."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest import mock

import pytest

from biocarto.store import migrations
from biocarto.store.database import Store, open_store
from biocarto.store.migrations import VERSION
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.table_copy import list_tables
from tests.support.store_writer import find_requests, kill_writers, start_program, write_act

NOTE = "INSERT INTO remark (name, value) VALUES (?, ?)"


def make_store(address: str) -> Store:
    """A store that is ready and empty."""
    store = open_store(address)
    store.prepare()
    return store


def put(store: Store, name: str, value: str = "") -> None:
    """One remark, kept."""
    with store.write() as transaction:
        transaction.execute(NOTE, (name, value))


def list_notes(store: Store) -> list[str]:
    """The remarks that are kept."""
    with store.read() as transaction:
        return [name for (name,) in transaction.execute("SELECT name FROM remark ORDER BY name")]


@contextmanager
def refused(trouble: StoreTrouble) -> Iterator[None]:
    """A trouble is said in both languages, with what is unharmed and what to do."""
    with pytest.raises(StoreError) as caught:
        yield
    assert caught.value.trouble is trouble
    error, ((_, fr), (_, en)) = caught.value, trouble.value
    assert error.fr.endswith(fr)
    assert error.en.endswith(en)


@contextmanager
def more_steps(*statements: str) -> Iterator[None]:
    """A BioCarto of the future, with one step more."""
    steps = (*migrations.STEPS, statements)
    with (
        mock.patch.object(migrations, "STEPS", steps),
        mock.patch.object(migrations, "VERSION", len(steps)),
        mock.patch("biocarto.store.database.VERSION", len(steps)),
        mock.patch("biocarto.store.backup.VERSION", len(steps)),
        mock.patch.object(migrations.migrate, "__defaults__", (len(steps),)),
    ):
        list_tables.cache_clear()
        yield
    list_tables.cache_clear()


def check_it_is_absent_until_it_is_made(address: str) -> None:
    """Asking changes nothing; reading and writing say what to do."""
    store = open_store(address)
    assert not store.exists()
    for open_it in (store.read, store.write):
        with refused(StoreTrouble.ABSENT), open_it():
            pass
    store.prepare()
    assert store.exists()


def check_many_make_it_at_once(address: str) -> None:
    """Eight programs make one store: all of them succeed, and its version stands there once."""
    programs = [start_program("prepare", address) for _ in range(8)]
    assert [program.wait(60) for program in programs] == [0] * 8
    for program in programs:
        program.communicate()
    with open_store(address).read() as transaction:
        assert transaction.execute("SELECT version FROM store_version") == [(VERSION,)]


def check_an_older_one_is_brought_up(address: str) -> None:
    """Step by step, with what it holds; until then it says that it is older."""
    store = make_store(address)
    put(store, "kept")
    with more_steps("ALTER TABLE remark ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'"):
        assert store.exists()
        with refused(StoreTrouble.OLDER), store.read():
            pass
        store.prepare()
        store.prepare()
        with store.read() as transaction:
            assert transaction.execute("SELECT name, colour FROM remark") == [("kept", "grey")]


def check_a_step_that_fails_leaves_the_version_of_before(address: str) -> None:
    """With its tables; the next attempt starts there."""
    store = make_store(address)
    same = "CREATE TABLE more (name TEXT PRIMARY KEY)", "CREATE TABLE remark (name TEXT PRIMARY KEY)"
    with more_steps(*same), pytest.raises(Exception, match="remark"):
        store.prepare()
    with store.read() as transaction:
        assert not transaction.has_table("more")


def check_a_newer_one_is_refused(address: str) -> None:
    """Whatever is asked of it, and nothing in it changes."""
    store = make_store(address)
    with store.write() as transaction:
        transaction.execute("UPDATE store_version SET version = ?", (VERSION + 1,))
    for ask in (store.exists, store.prepare, store.read().__enter__, store.write().__enter__):
        with refused(StoreTrouble.NEWER):
            ask()


def check_one_writes_at_a_time(address: str) -> None:
    """Eight threads read a number, add one and write it back: none is lost."""
    store = make_store(address)
    put(store, "count", "0")

    def add(_: int) -> None:
        with store.write() as transaction:
            [(value,)] = transaction.execute("SELECT value FROM remark")
            transaction.execute("UPDATE remark SET value = ?", (str(int(value) + 1),))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(40)))
    with store.read() as transaction:
        assert transaction.execute("SELECT value FROM remark") == [("40",)]


def check_a_reader_sees_one_moment(address: str) -> None:
    """Whatever is written meanwhile, and the writer waits for no reader."""
    store = make_store(address)
    put(store, "a")
    with store.read() as transaction:
        writer = threading.Thread(target=put, args=(store, "b"))
        writer.start()
        writer.join(5)
        assert not writer.is_alive()
        assert transaction.execute("SELECT name FROM remark") == [("a",)]
    assert list_notes(store) == ["a", "b"]


def check_a_reader_sees_nothing_unfinished(address: str) -> None:
    """And does not wait for the writer."""
    store = make_store(address)
    with store.write() as transaction:
        transaction.execute(NOTE, ("a", ""))
        assert list_notes(store) == []
    assert list_notes(store) == ["a"]


def check_a_reader_cannot_write(address: str) -> None:
    """Not a row, not a table."""
    store = make_store(address)
    for statement in ("INSERT INTO remark VALUES ('a', 'b')", "DELETE FROM remark", "CREATE TABLE mine (name TEXT)"):
        with refused(StoreTrouble.CLOSED), store.read() as transaction:
            transaction.execute(statement)
    assert list_notes(store) == []


def check_an_error_undoes_everything(address: str) -> None:
    """And comes out as it was raised: an error of the disk that is somebody else's is no trouble of the store."""
    store = make_store(address)

    def fail(error: BaseException) -> None:
        with store.write() as transaction:
            transaction.execute(NOTE, ("a", ""))
            raise error

    for error in (ValueError("mine"), OSError(28, "mine"), KeyboardInterrupt("mine")):
        with pytest.raises(type(error), match="mine"):
            fail(error)
    assert list_notes(store) == []


def check_a_swallowed_error_keeps_nothing(address: str) -> None:
    """PostgreSQL would undo everything without a word, SQLite keep a half: both refuse."""
    store = make_store(address)
    put(store, "a")

    def write() -> None:
        with store.write() as transaction:
            transaction.execute(NOTE, ("b", ""))
            with pytest.raises(Exception, match=r"(?i)unique"):
                transaction.execute(NOTE, ("a", ""))

    with pytest.raises(RuntimeError, match="cannot be kept"):
        write()
    assert list_notes(store) == ["a"]


def check_a_busy_store_says_so(address: str) -> None:
    """After the patience of a writer; the one who was first is not disturbed."""
    store = make_store(address)
    with (
        mock.patch("biocarto.store.sqlite.PATIENCE", 0.2),
        mock.patch("biocarto.store.postgresql._SETTINGS", "SELECT set_config('lock_timeout', '200ms', true)"),
        store.write() as first,
    ):
        first.execute(NOTE, ("a", ""))
        with refused(StoreTrouble.BUSY), store.write():
            pass
    assert list_notes(store) == ["a"]


def check_what_is_erased_is_overwritten(address: str) -> None:
    """At once, or, where somebody still reads the older state, when it is asked again; the rest is as it was."""
    store = make_store(address)
    put(store, "kept")
    put(store, "erased")
    with store.write() as transaction:
        transaction.execute("DELETE FROM remark WHERE name = 'erased'")
    patient = [mock.patch(f"biocarto.store.{module}.PATIENCE", 0.2) for module in ("sqlite", "postgresql")]
    with patient[0], patient[1], store.read() as transaction:
        transaction.execute("SELECT * FROM remark")
        put(store, "meanwhile")
        assert store.overwrite("remark") is False
    assert store.overwrite("remark", "member") is True
    assert list_notes(store) == ["kept", "meanwhile"]


def check_text_is_ordered_and_kept_as_bytes(address: str) -> None:
    """The same order on both, capitals and accents included; percent signs and question marks of a value are themselves."""
    store = make_store(address)
    names = ["é", "Z", "a", "z", "A-b", "Ab", "%s", "?", "E\u0301", "😀", "\ufb01"]
    with store.write() as transaction:
        transaction.execute_many(NOTE, [(name, name) for name in names])
        transaction.execute_many(NOTE, [])
        assert transaction.execute("SELECT name FROM remark WHERE name LIKE '%s'") == [("%s",)]
    assert list_notes(store) == sorted(names)
    with store.read() as transaction:
        assert transaction.execute("SELECT count(*), max(name) FROM remark WHERE name > ?", ("Z",)) == [(5, "😀")]


def check_numbers_come_back_as_they_went(address: str) -> None:
    """Every bit of a coordinate; and nothing is where nothing was."""
    store = make_store(address)
    row = "INSERT INTO register_row VALUES ('actors', ?, 1, 1, ?, ?, '{}')"
    with store.write() as transaction:
        write_act(transaction, "first")
        transaction.execute(row, ("b", 48.858370000000004, -1e-300))
        transaction.execute(row, ("c", None, None))
    with store.read() as transaction:
        found = transaction.execute("SELECT latitude, longitude FROM register_row WHERE id < 'd' ORDER BY id")
        assert found == [(48.858370000000004, -1e-300), (None, None)]


def check_a_value_of_the_wrong_type_is_refused(address: str) -> None:
    """By both: what SQLite took PostgreSQL would not take back."""
    store = make_store(address)
    with pytest.raises(Exception, match=r"(?i)integer|TEXT value"), store.write() as transaction:
        transaction.execute("INSERT INTO store_version (version) VALUES (?)", ("many",))


def check_rows_refer_to_rows_that_are_there(address: str) -> None:
    """A fact without its change set is refused."""
    store = make_store(address)
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as transaction:
        transaction.execute("INSERT INTO fact VALUES (1, 1, 'actors', 'x', 'f', '', '', '', '', '', '', '')")


def check_tables_are_named(address: str) -> None:
    """Those of the store, none of the database's own or of PostGIS."""
    store = make_store(address)
    with store.read() as transaction:
        assert transaction.has_table("fact")
        assert not transaction.has_table("facts")
        assert {"store_version", "fact", "member"} <= transaction.list_tables()
        assert not {"spatial_ref_sys", "sqlite_schema"} & transaction.list_tables()


def check_killed_writers_lose_nothing(address: str) -> None:
    """Twenty times two writers, killed at random moments: nothing acknowledged is lost, nothing is half done, the next write works."""
    store = make_store(address)
    told, silent = kill_writers(store, address, 20, random.Random(14))
    assert told >= 40
    assert silent <= 40
    assert len(find_requests(store)) == told + silent + 20


CHECKS: tuple[Callable[[str], None], ...] = tuple(check for name, check in dict(globals()).items() if name.startswith("check_"))
