"""The register as a file of SQLite: written ahead, on the disk at each commit, one writer at a time."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from biocarto.store.disks import is_network_disk
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import PATIENCE, Record, Value

_PAUSE = 0.01
_PRIMARY = 0xFF
_TROUBLES = {
    sqlite3.SQLITE_FULL: StoreTrouble.FULL,
    sqlite3.SQLITE_IOERR: StoreTrouble.FULL,
    sqlite3.SQLITE_IOERR_LOCK: StoreTrouble.CLOSED,
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


class SqliteTransaction:
    """One transaction of a connection."""

    has_postgis = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Record]:
        """Run one statement; the rows that it answers."""
        return self._connection.execute(statement, values).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        self._connection.executemany(statement, rows)

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""
        return bool(self.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)))


class SqliteDriver:
    """Opens a file for each transaction: nothing of one session is left for the next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def exists(self) -> bool:
        """Whether the file is there."""
        with self._translate_errors():
            return self.path.exists() and self.path.stat().st_size > 0

    @contextmanager
    def transact(self, write: bool) -> Iterator[SqliteTransaction]:
        """BEGIN IMMEDIATE for a writer, a snapshot for a reader."""
        with self._translate_errors():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if is_network_disk(self.path.parent):
                raise StoreError(StoreTrouble.NETWORK_DISK, self.name)
            with closing(self._connect()) as connection, _run(connection, write):
                yield SqliteTransaction(connection)

    def overwrite(self, tables: Sequence[str]) -> bool:  # noqa: ARG002 - the log beside the file holds every table
        """Write the log into the file and empty it: the pages of the file were overwritten as they were erased from."""
        with self._translate_errors(), closing(self._connect()) as connection:
            [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn errors of the disk and of SQLite into a StoreError; wrong use of SQLite stays a bug."""
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
            if code == sqlite3.SQLITE_ERROR:  # a statement of ours that is wrong
                raise
            raise StoreError(_TROUBLES.get(code) or _TROUBLES.get(code & _PRIMARY, StoreTrouble.DAMAGED), self.name) from error
        except OSError as error:
            raise StoreError(StoreTrouble.FULL if error.errno in _NO_SPACE else StoreTrouble.CLOSED, self.name) from error


@contextmanager
def _run(connection: sqlite3.Connection, write: bool) -> Iterator[None]:
    """All or nothing: what is not committed is undone, by an error here or by the next reader after a power cut."""
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Where two sessions are the first at the same moment, SQLite refuses one of them without waiting: ask again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
