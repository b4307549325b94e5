"""The register as a file of SQLite: written ahead, on the disk at each commit, one writer at a time."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from biocarto.store.disks import is_network_disk
from biocarto.store.migrations import read_version
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import PATIENCE, Record, Value

_PAUSE = 0.01
_PRIMARY = 0xFF
_TROUBLES = {
    sqlite3.SQLITE_FULL: StoreTrouble.FULL,
    sqlite3.SQLITE_IOERR: StoreTrouble.FULL,
    sqlite3.SQLITE_IOERR_LOCK: StoreTrouble.CLOSED,
    sqlite3.SQLITE_IOERR_SHORT_READ: StoreTrouble.DAMAGED,
    sqlite3.SQLITE_IOERR_CORRUPTFS: StoreTrouble.DAMAGED,
    sqlite3.SQLITE_IOERR_DATA: StoreTrouble.DAMAGED,
    sqlite3.SQLITE_READONLY: StoreTrouble.CLOSED,
    sqlite3.SQLITE_CANTOPEN: StoreTrouble.CLOSED,
    sqlite3.SQLITE_PERM: StoreTrouble.CLOSED,
    sqlite3.SQLITE_BUSY: StoreTrouble.BUSY,
    sqlite3.SQLITE_LOCKED: StoreTrouble.BUSY,
    sqlite3.SQLITE_PROTOCOL: StoreTrouble.BUSY,
    sqlite3.SQLITE_NOTADB: StoreTrouble.FOREIGN,
}
"""Result code of SQLite, else its primary one -> what to say; any other is a damaged file."""
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_PRIVATE = 0o600


class SqliteTransaction:
    """One transaction of a connection; `named` is what a person calls the file."""

    has_postgis = False

    def __init__(self, connection: sqlite3.Connection, named: str) -> None:
        self._connection = connection
        self._named = named
        self._failed = False

    def begin(self, write: bool) -> None:
        """As the only writer, or as a reader who cannot write and sees one moment."""
        self.execute(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
        self.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def commit(self) -> None:
        """On the disk when this returns; raises StoreError, and RuntimeError where the error of a statement was swallowed."""
        if self._failed:
            raise RuntimeError("a statement has failed: its transaction cannot be kept")
        try:
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_IOERR:
                raise StoreError(StoreTrouble.IN_DOUBT, self._named) from error
            raise _translate(error, self._named) from error

    def roll_back(self) -> None:
        """Undo everything; where even that fails, the next who opens the file undoes it."""
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Record]:
        """Run one statement; the rows that it answers."""
        with self._watch():
            return self._connection.execute(statement, values).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with self._watch():
            self._connection.executemany(statement, rows)

    def list_tables(self) -> set[str]:
        """Names of the tables that are there."""
        return {
            name for (name,) in self.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'")
        }

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""
        return bool(self.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)))

    @contextmanager
    def _watch(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._failed = True
            if isinstance(error, sqlite3.Error) and not _is_our_mistake(error):
                raise _translate(error, self._named) from error
            raise


class SqliteDriver:
    """Opens a file for each transaction: nothing of one session is left for the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def exists(self) -> bool:
        """Whether the file is there."""
        with translate_disk_errors(self.name):
            return self.path.exists() and self.path.stat().st_size > 0

    def make(self) -> None:
        """The file, for its owner alone, written ahead from now on; another program's is left as it is."""
        self._find_place()
        with translate_disk_errors(self.name):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            make_private_file(self.path)
        with self._open() as connection:
            read_version(SqliteTransaction(connection, self.name), self.name)
            with translate_errors(self.name):
                _write_ahead(connection)

    @contextmanager
    def transact(self, write: bool) -> Iterator[SqliteTransaction]:
        """BEGIN IMMEDIATE for a writer, a snapshot for a reader."""
        with self._open() as connection:
            transaction = SqliteTransaction(connection, self.name)
            transaction.begin(write)
            try:
                yield transaction
                if write:
                    transaction.commit()
            finally:
                transaction.roll_back()

    def overwrite(self, tables: Sequence[str]) -> bool:  # noqa: ARG002 - the log beside the file holds every table
        """Write the log into the file and empty it: the pages of the file were overwritten as they were erased from."""
        with self._open() as connection, translate_errors(self.name):
            [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy

    def _find_place(self) -> Path:
        """Where the file really lies; raises StoreError for a disk that other machines write to."""
        with translate_disk_errors(self.name):
            path = self.path.resolve()
            if is_network_disk(path.parent):
                raise StoreError(StoreTrouble.NETWORK_DISK, self.name)
        return path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        path = self._find_place()
        with translate_errors(self.name):
            connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)
        with closing(connection):
            with translate_errors(self.name):
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
                connection.execute("PRAGMA foreign_keys = ON")
            yield connection


@contextmanager
def translate_errors(named: str) -> Iterator[None]:
    """Turn errors of SQLite into a StoreError; wrong use of SQLite stays a bug."""
    try:
        yield
    except sqlite3.Error as error:
        if _is_our_mistake(error):
            raise
        raise _translate(error, named) from error


@contextmanager
def translate_disk_errors(named: str) -> Iterator[None]:
    """Turn errors of the disk into a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(StoreTrouble.FULL if error.errno in _NO_SPACE else StoreTrouble.CLOSED, named) from error


def make_private_file(path: Path) -> None:
    """An empty file for its owner alone, unless there is one; what SQLite writes beside a file has the rights of the file."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))


def _is_our_mistake(error: sqlite3.Error) -> bool:
    """Whether a statement of ours is wrong, not the file or its disk."""
    wrong = isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError | sqlite3.InterfaceError)
    return wrong or getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}


def _translate(error: sqlite3.Error, named: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return StoreError(_TROUBLES.get(code) or _TROUBLES.get(code & _PRIMARY, StoreTrouble.DAMAGED), named)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Where two sessions are the first at the same moment, SQLite refuses one of them without waiting: ask again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
