"""What a backup has to do, whichever database it comes from or goes to: each check is given the address of an empty place, and a folder."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from biocarto.store.backup import restore, write_backup
from biocarto.store.database import Store, open_store
from biocarto.store.migrations import VERSION
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.table_copy import Seal, list_tables, seal_table
from biocarto.store.transaction import Transaction
from tests.support.store_checks import NOTE, list_notes, make_store, more_steps, put, refused
from tests.support.store_writer import write_act

LONG = "édition\n" * 1000


def fill(store: Store) -> list[Seal]:
    """Rows in every table; what they hash to."""
    store.prepare()
    with store.write() as transaction:
        for number in range(250):
            write_act(transaction, str(number))
        transaction.execute("UPDATE change_set SET undoes = number - 1 WHERE number = 7")
        transaction.execute("INSERT INTO register_row VALUES ('actors', 'Z', 2, 1, NULL, ?, '{}')", (-0.0,))
        transaction.execute("INSERT INTO register_row VALUES ('actors', 'é', 3, 1, NULL, NULL, '{}')")
        transaction.execute("INSERT INTO edition VALUES ('2026-1', 1, 7, '', '', '', '')")
        transaction.execute("INSERT INTO content VALUES ('abc', ?)", (LONG,))
        transaction.execute("INSERT INTO edition_file VALUES ('2026-1', 'actors.csv', 'abc')")
        put_row(transaction, "member", id="m")
        put_row(transaction, "proposal", number=1, based_on=1, change_set=1)
        put_row(transaction, "column_choice", shape="s")
        put_row(transaction, "token", id="t")
        put_row(transaction, "verdict", kind="siret", change_set=1)
        transaction.execute(NOTE, ("%?", "“'"))
    return seal(store)


def put_row(transaction: Transaction, name: str, **given: str | int) -> None:
    """A row of any table, empty but for what is given."""
    columns = next(table.columns for table in list_tables(VERSION) if table.name == name)
    insert = f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own table; values are bound
    transaction.execute(insert, [given.get(column, "") for column in columns])


def seal(store: Store) -> list[Seal]:
    """What the tables of a store hash to."""
    with store.read() as transaction:
        return [seal_table(transaction, table) for table in list_tables(VERSION)]


def check_it_comes_back_whole(address: str, folder: Path) -> None:
    """Into an empty file, into the same kind of database, and from there again: every table with every row."""
    store, backup = open_store(address), folder / "new" / "backup.sqlite"
    sealed = fill(store)
    assert all(rows for _, rows, _ in sealed), "a table without rows proves nothing"
    write_backup(store, backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["backup.sqlite"]
    again = open_store(str(folder / "again.sqlite"))
    assert restore(again, backup) is None
    assert seal(again) == sealed == seal(store)
    put(again, "more")


def check_a_backup_of_a_file_fills_an_empty_place(address: str, folder: Path) -> None:
    """A move from SQLite is these two commands; what is there afterwards is used as before."""
    file, backup = open_store(str(folder / "file.sqlite")), folder / "backup.sqlite"
    sealed = fill(file)
    write_backup(file, backup)
    store = open_store(address)
    restore(store, backup)
    assert seal(store) == sealed
    with store.write() as transaction:
        assert write_act(transaction, "next") == 251


def check_a_store_that_is_not_empty_is_not_filled(address: str, folder: Path) -> None:
    """Not a row of it changes."""
    store = make_store(address)
    write_backup(store, folder / "backup.sqlite")
    put(store, "mine")
    before = seal(store)
    with refused(StoreTrouble.NOT_EMPTY):
        restore(store, folder / "backup.sqlite")
    assert seal(store) == before


def check_an_older_backup_is_brought_up(address: str, folder: Path) -> None:
    """The store that it fills is today's; the file stays as it was."""
    old, backup = make_store(str(folder / "old.sqlite")), folder / "backup.sqlite"
    put(old, "kept")
    write_backup(old, backup)
    content = backup.read_bytes()
    with more_steps("ALTER TABLE remark ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'"):
        store = open_store(address)
        restore(store, backup)
        with store.read() as transaction:
            assert transaction.execute("SELECT name, colour FROM remark") == [("kept", "grey")]
    assert backup.read_bytes() == content


def check_a_newer_backup_is_refused(address: str, folder: Path) -> None:
    """And makes nothing of the place that it was meant for."""
    with more_steps("CREATE TABLE more (name TEXT PRIMARY KEY)"):
        write_backup(make_store(str(folder / "new.sqlite")), folder / "backup.sqlite")
    store = open_store(address)
    with refused(StoreTrouble.NEWER_BACKUP):
        restore(store, folder / "backup.sqlite")
    assert not store.exists()


def check_a_damaged_backup_is_refused(address: str, folder: Path) -> None:
    """Cut, one letter changed, a row, a column or a seal gone; nothing is made of it."""
    file, backup, broken = open_store(str(folder / "file.sqlite")), folder / "backup.sqlite", folder / "broken.sqlite"
    fill(file)
    write_backup(file, backup)
    whole = backup.read_bytes()
    store = open_store(address)
    place = whole.index("édition".encode()) + 300
    for content in (whole[: len(whole) // 2], whole[: len(whole) // 4096 * 4096 - 4096], whole[:place] + b"E" + whole[place + 1 :]):
        broken.write_bytes(content)
        with refused(StoreTrouble.DAMAGED_BACKUP):
            restore(store, broken)
    for statement in (
        "DELETE FROM fact WHERE number = 99",
        "DELETE FROM backup_seal WHERE name = 'member'",
        "ALTER TABLE fact DROP COLUMN as_of",
    ):
        broken.write_bytes(whole)
        with closing(sqlite3.connect(broken, isolation_level=None)) as connection:
            connection.execute(statement)
        with refused(StoreTrouble.DAMAGED_BACKUP):
            restore(store, broken)
    assert not store.exists()


def check_another_file_is_no_backup(address: str, folder: Path) -> None:
    """A table, a picture, another program's database, a store itself, a folder, nothing at all."""
    store = open_store(address)
    (folder / "actors.csv").write_text("id;name\n" * 900)
    (folder / "empty.sqlite").write_bytes(b"")
    with closing(sqlite3.connect(folder / "other.sqlite")) as other:
        other.execute("CREATE TABLE backup (name TEXT)")
    make_store(str(folder / "register.sqlite"))
    for name in ("actors.csv", "empty.sqlite", "other.sqlite", "register.sqlite", "", "gone.sqlite"):
        with refused(StoreTrouble.NO_BACKUP):
            restore(store, folder / name)
    assert not store.exists()


def check_a_backup_is_of_one_moment(address: str, folder: Path) -> None:
    """Whatever is written while it is made; the next backup takes the place of the first, and only of a backup."""
    store, backup = make_store(address), folder / "backup.sqlite"
    put(store, "a")
    write_backup(store, backup)
    put(store, "b")
    write_backup(store, backup)
    (folder / "letter.txt").write_text("dear")
    with refused(StoreTrouble.OTHER_FILE):
        write_backup(store, folder / "letter.txt")
    again = open_store(str(folder / "again.sqlite"))
    restore(again, backup)
    assert list_notes(again) == ["a", "b"]
    with refused(StoreTrouble.OTHER_FILE):
        write_backup(again, folder / "again.sqlite")


def check_a_store_that_is_not_there_has_no_backup(address: str, folder: Path) -> None:
    """And no empty file is left where one was asked for."""
    with pytest.raises(StoreError) as caught:
        write_backup(open_store(address), folder / "backup.sqlite")
    assert caught.value.trouble is StoreTrouble.ABSENT
    assert list(folder.iterdir()) == []


CHECKS: tuple[Callable[[str, Path], None], ...] = tuple(check for name, check in dict(globals()).items() if name.startswith("check_"))
