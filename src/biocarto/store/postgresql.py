"""The register in PostgreSQL 15 or newer with PostGIS: one writer at a time by a lock of the transaction, readers on a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import PATIENCE, Record, Value

OLDEST = 150_000
"""`server_version` of PostgreSQL 15.0."""
_WRITER = 7_214_733_019
"""Key of the advisory lock that a writer holds: any number that no other program of this database takes."""


class PostgresTransaction:
    """One transaction of a connection."""

    has_postgis = True

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Record]:
        """Run one statement; the rows that it answers."""
        cursor = self._connection.execute(_write_placeholders(statement), values)
        return cursor.fetchall() if cursor.description else []

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_write_placeholders(statement), rows)

    def has_table(self, name: str) -> bool:
        """Whether a table is there, in the schema that this connection writes to."""
        return bool(self.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?", (name,)))


class PostgresDriver:
    """Opens a connection for each transaction."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._address = address
        self.name = f"PostgreSQL, {parts.hostname or 'localhost'}{parts.path}"

    def exists(self) -> bool:
        """A server is taken to be there: whoever asks it is told what is not."""
        return True

    @contextmanager
    def transact(self, write: bool) -> Iterator[PostgresTransaction]:
        """A transaction: the only writer, or a snapshot that cannot write."""
        with self._connect() as connection:
            try:
                self._begin(connection, write)
                yield PostgresTransaction(connection)
            except psycopg.errors.LockNotAvailable as error:
                raise StoreError(StoreTrouble.BUSY, self.name) from error
            except psycopg.errors.DiskFull as error:
                raise StoreError(StoreTrouble.FULL, self.name) from error
            except psycopg.errors.ReadOnlySqlTransaction as error:
                raise StoreError(StoreTrouble.CLOSED, self.name) from error
            except psycopg.errors.FeatureNotSupported as error:  # no PostGIS on this server
                raise StoreError(StoreTrouble.OLD_SERVER, self.name) from error
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                raise StoreError(StoreTrouble.UNREACHABLE, self.name) from error
            self._commit(connection)

    def overwrite(self, tables: Sequence[str]) -> bool:
        """Write the tables anew, without the rows that are no longer true."""
        with self._connect() as connection:
            connection.autocommit = True
            try:
                connection.execute(f"SET lock_timeout = '{int(PATIENCE * 1000)}ms'")
                for table in tables:
                    connection.execute(sql.SQL("VACUUM (FULL) {}").format(sql.Identifier(table)))
            except psycopg.errors.LockNotAvailable:
                return False
            except psycopg.errors.DiskFull as error:
                raise StoreError(StoreTrouble.FULL, self.name) from error
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                raise StoreError(StoreTrouble.UNREACHABLE, self.name) from error
        return True

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            connection = psycopg.connect(self._address, connect_timeout=int(PATIENCE), autocommit=False)
        except psycopg.Error as error:
            raise StoreError(StoreTrouble.UNREACHABLE, self.name) from error
        try:
            if connection.info.server_version < OLDEST:
                raise StoreError(StoreTrouble.OLD_SERVER, self.name)
            yield connection
        finally:
            connection.close()  # what is not committed is undone

    def _begin(self, connection: psycopg.Connection[Any], write: bool) -> None:
        if not write:
            connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            return
        connection.execute(f"SET LOCAL lock_timeout = '{int(PATIENCE * 1000)}ms'")
        connection.execute("SET LOCAL synchronous_commit = on")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))

    def _commit(self, connection: psycopg.Connection[Any]) -> None:
        """Where the server falls silent here, nobody knows whether it has kept the transaction."""
        try:
            connection.commit()
        except psycopg.errors.DiskFull as error:
            raise StoreError(StoreTrouble.FULL, self.name) from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise StoreError(StoreTrouble.IN_DOUBT, self.name) from error


def _write_placeholders(statement: str) -> str:
    """Our SQL with the placeholders of psycopg; no statement of ours has a question mark or a percent sign of its own."""
    return statement.replace("?", "%s")
