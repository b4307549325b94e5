"""A whole store as one file, and back: the same file for SQLite and PostgreSQL, so that a backup of one moves to the other.

The file is one of SQLite that holds every table as it was at one moment, and for each table how many rows it has and what they hash to.
Nothing is taken from a file that does not hold what was written to it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from biocarto.store.database import Store
from biocarto.store.migrations import VERSION, migrate, read_version
from biocarto.store.one_server import hold
from biocarto.store.sqlite import SqliteDriver, SqliteTransaction, make_private_file, translate_disk_errors, translate_errors
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.table_copy import CopiedTable, Seal, clear_tables, copy_table, has_rows, list_tables, seal_table
from biocarto.store.transaction import Transaction

_MANIFEST = "CREATE TABLE backup_seal (name TEXT PRIMARY KEY, row_count INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT"
_OF_A_BACKUP = {
    StoreTrouble.FOREIGN: StoreTrouble.NO_BACKUP,
    StoreTrouble.CLOSED: StoreTrouble.NO_BACKUP,
    StoreTrouble.DAMAGED: StoreTrouble.DAMAGED_BACKUP,
    StoreTrouble.FULL: StoreTrouble.DAMAGED_BACKUP,
    StoreTrouble.NEWER: StoreTrouble.NEWER_BACKUP,
}
"""What is said of a store -> what is said of a backup."""


def write_backup(store: Store, path: Path) -> None:
    """Everything in a store, as it is at one moment, to a file for its owner alone; a backup that was there is replaced.

    Raises StoreError, and then the file is as it was.
    """
    if not store.exists():
        raise StoreError(StoreTrouble.ABSENT, store.name)
    with store.driver.transact(write=False) as source:
        _write(source, path)


def restore(store: Store, path: Path, *, replace: bool = False) -> Path | None:
    """Fill an empty store from a backup, brought to today's version, all or nothing; raises StoreError.

    With `replace`, a file of SQLite that is not empty, or is damaged, is filled too: what it held is kept beside it, in the file that this
    gives back.
    """
    with _open_backup(path) as source:
        tables = list_tables(VERSION)
        kept = _set_damaged_aside(store) if replace else None
        store.driver.make()
        with store.driver.transact(write=True) as target:
            kept = _make_room(store, target, replace) or kept
            clear_tables(target, tables)
            seals = [copy_table(source, target, table) for table in tables]
            if [seal_table(target, table) for table in tables] != seals:
                raise StoreError(StoreTrouble.COPY_DIFFERS, store.name)
    return kept


def _make_room(store: Store, target: Transaction, replace: bool) -> Path | None:
    """Bring a store to today's version; where it has rows, first write them to a backup beside it."""
    version = read_version(target, store.name)
    kept = None
    if has_rows(target, list_tables(version)):
        if not replace or not isinstance(store.driver, SqliteDriver):
            raise StoreError(StoreTrouble.NOT_EMPTY, store.name)
        kept = _name_aside(store.driver.path)
        _write(target, kept)
    migrate(target, store.name)
    return kept


def _name_aside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}{path.suffix}")


def _set_damaged_aside(store: Store) -> Path | None:
    """Rename a file that SQLite cannot read, with what lies beside it; another program's whole database stays where it is."""
    driver = store.driver
    if not isinstance(driver, SqliteDriver) or not driver.exists():
        return None
    try:
        with driver.transact(write=False) as transaction:
            read_version(transaction, driver.name)
            if transaction.execute("PRAGMA integrity_check(1)") == [("ok",)]:
                return None
    except StoreError as error:
        if not _is_unreadable(error):
            raise
    held = hold(store)  # a server that runs would go on in the file that is renamed
    try:
        aside = _name_aside(driver.path)
        with translate_disk_errors(driver.name):
            for ending in ("-wal", "-shm", ""):  # the file last: what is beside it must never meet another one
                beside = driver.path.with_name(driver.path.name + ending)
                if beside.exists():
                    beside.rename(aside.with_name(aside.name + ending))
    finally:
        if held:
            held.release()
    return aside


def _is_unreadable(error: StoreError) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return error.trouble is StoreTrouble.DAMAGED or code == sqlite3.SQLITE_NOTADB


def _write(source: Transaction, path: Path) -> None:
    named, draft = str(path), path.with_name(f".draft-{secrets.token_hex(8)}")
    if path.exists() and not _is_backup(path):
        raise StoreError(StoreTrouble.OTHER_FILE, named)
    try:
        with translate_disk_errors(named):
            path.parent.mkdir(parents=True, exist_ok=True)
            make_private_file(draft)
        tables = list_tables(read_version(source, named))
        with _open_alone(draft, named) as target:
            seals = _fill(source, target, tables, named)
        with _open_read_only(draft, named) as written:
            if [seal_table(written, table) for table in tables] != seals:
                raise StoreError(StoreTrouble.COPY_DIFFERS, named)
        with translate_disk_errors(named):
            draft.replace(path)
            _write_through(path.parent)
    finally:
        for ending in ("", "-journal"):  # a disk that is full lets SQLite leave its journal
            with suppress(OSError):
                draft.with_name(f"{draft.name}{ending}").unlink(missing_ok=True)


def _fill(source: Transaction, target: SqliteTransaction, tables: tuple[CopiedTable, ...], named: str) -> list[Seal]:
    """Copy every table, then write down what was copied."""
    migrate(target, named, upto=read_version(source, named))
    clear_tables(target, tables)
    seals = [copy_table(source, target, table) for table in tables]
    target.execute(_MANIFEST)
    target.execute_many("INSERT INTO backup_seal (name, row_count, sha256) VALUES (?, ?, ?)", seals)
    return seals


def _is_backup(path: Path) -> bool:
    try:
        with _open_read_only(path, str(path)) as transaction:
            return transaction.has_table("backup_seal")
    except StoreError:
        return False


@contextmanager
def _open_backup(path: Path) -> Iterator[Transaction]:
    """A backup that holds what was written to it, in tables of today's version; raises StoreError."""
    named = str(path)
    if not path.is_file():
        raise StoreError(StoreTrouble.NO_BACKUP, named)
    try:
        with _open_read_only(path, named) as transaction:
            version = _check(transaction, named)
    except StoreError as error:
        raise StoreError(_OF_A_BACKUP.get(error.trouble, error.trouble), named) from error
    if version == VERSION:
        with _open_read_only(path, named) as transaction:
            yield transaction
        return
    with tempfile.TemporaryDirectory(prefix="biocarto-") as folder:  # for its owner alone
        copy = Path(folder) / "backup.sqlite"
        with translate_disk_errors(named):
            shutil.copyfile(path, copy)
        with _open_alone(copy, named) as older:
            older.execute("DROP TABLE backup_seal")
            migrate(older, named)
        with _open_read_only(copy, named) as transaction:
            yield transaction


def _check(transaction: SqliteTransaction, named: str) -> int:
    """Version of a backup whose tables are those of that version and hold what was sealed."""
    if not transaction.has_table("backup_seal"):
        raise StoreError(StoreTrouble.NO_BACKUP, named)
    version = read_version(transaction, named)
    tables = list_tables(version)
    try:
        written = transaction.execute("SELECT name, row_count, sha256 FROM backup_seal")
        whole = sorted(written) == sorted(seal_table(transaction, table) for table in tables)
    except (sqlite3.Error, TypeError, UnicodeError) as error:  # a table or a column is not there
        raise StoreError(StoreTrouble.DAMAGED_BACKUP, named) from error
    if not whole:
        raise StoreError(StoreTrouble.DAMAGED_BACKUP, named)
    return version


@contextmanager
def _open_alone(path: Path, named: str) -> Iterator[SqliteTransaction]:
    """A draft that nobody else knows, on the disk at the end; raises StoreError."""
    with translate_errors(named):
        connection = sqlite3.connect(path, isolation_level=None)
    with closing(connection):
        transaction = SqliteTransaction(connection, named)
        transaction.execute("PRAGMA journal_mode = DELETE")
        transaction.execute("PRAGMA synchronous = FULL")
        transaction.execute("PRAGMA foreign_keys = ON")
        transaction.begin(write=True)
        yield transaction
        transaction.commit()


@contextmanager
def _open_read_only(path: Path, named: str) -> Iterator[SqliteTransaction]:
    """A file that somebody else may have made: nothing is written beside it, and nothing that its tables ask for is run."""
    with translate_errors(named):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    with closing(connection):
        transaction = SqliteTransaction(connection, named)
        transaction.execute("PRAGMA trusted_schema = OFF")
        transaction.execute("PRAGMA cell_size_check = ON")
        transaction.begin(write=False)
        yield transaction


def _write_through(folder: Path) -> None:
    """A name in a folder is on the disk when its folder is; Windows has no such call and needs none."""
    if os.name == "posix":
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
