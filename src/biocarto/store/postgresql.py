"""The register in PostgreSQL 15 or newer with PostGIS: one writer at a time by a lock of the transaction, readers on a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import PATIENCE, Record, Value

OLDEST = 150_000
"""`server_version` of PostgreSQL 15.0."""
_WRITER = 7_214_733_019
"""Key of the advisory lock that a writer holds: any number that no other program of this database takes."""
_LONGEST_PAUSE = 60
"""Seconds between two statements of a transaction, at most: a client whose network is gone would hold the writer's lock for hours."""
_SETTINGS = (
    f"SELECT set_config('idle_in_transaction_session_timeout', '{_LONGEST_PAUSE}s', true), "
    f"set_config('lock_timeout', '{int(PATIENCE * 1000)}ms', true), set_config('synchronous_commit', 'on', true)"
)
"""Of one transaction, in one question to the server."""
CONNECTION: dict[str, Any] = {
    "connect_timeout": int(PATIENCE),
    "client_encoding": "utf8",
    "fallback_application_name": "biocarto",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
_TROUBLES = {
    "55P03": StoreTrouble.BUSY,  # lock_timeout
    "57014": StoreTrouble.BUSY,  # a statement_timeout of the server
    "25P03": StoreTrouble.UNREACHABLE,  # the server has ended a transaction that fell silent
    "40001": StoreTrouble.BUSY,
    "40P01": StoreTrouble.BUSY,
    "53100": StoreTrouble.FULL,
    "58030": StoreTrouble.FULL,
    "25006": StoreTrouble.CLOSED,  # a standby, or a database that its operator has made read-only
    "42501": StoreTrouble.CLOSED,
    "3F000": StoreTrouble.CLOSED,  # no schema that this user may write to
    "XX001": StoreTrouble.DAMAGED,
    "XX002": StoreTrouble.DAMAGED,
}
"""SQLSTATE -> what to say; of those that are not here, what the server or the network does is UNREACHABLE, the rest is a bug."""
_NO_POSTGIS = {"0A000", "58P01", "42501", "42704", "42883"}
"""SQLSTATE of the statements of PostGIS where the server has none, this user may not add it, or its schema is not searched."""


class PostgresTransaction:
    """One transaction of a connection; `named` is what a person calls the database."""

    has_postgis = True

    def __init__(self, connection: psycopg.Connection[Any], named: str) -> None:
        self._connection = connection
        self._named = named
        self._failed = False

    def begin(self, write: bool) -> None:
        """As the only writer, or as a reader who cannot write and sees one moment.

        A writer reads what was committed when it got the lock, whatever the server's own default is: a snapshot that was taken before the
        wait would be old.
        """
        level = psycopg.IsolationLevel
        self._connection.isolation_level = level.READ_COMMITTED if write else level.REPEATABLE_READ
        self._connection.read_only = None if write else True
        self.execute(_SETTINGS)
        if write:
            self.execute("SELECT pg_advisory_xact_lock(?)", (_WRITER,))

    def commit(self) -> None:
        """On the disk when this returns; where the server falls silent here, nobody knows whether it has kept the transaction.

        Raises StoreError, and RuntimeError where the error of a statement was swallowed: PostgreSQL would undo everything without a word.
        """
        if self._failed:
            raise RuntimeError("a statement has failed: its transaction cannot be kept")
        try:
            self._connection.commit()
        except psycopg.errors.DiskFull as error:
            raise StoreError(StoreTrouble.FULL, self._named) from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise StoreError(StoreTrouble.IN_DOUBT, self._named) from error

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Record]:
        """Run one statement; the rows that it answers."""
        with self._watch(statement):
            cursor = self._connection.execute(_write_placeholders(statement), values)
            return cursor.fetchall() if cursor.description else []

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with self._watch(statement), self._connection.cursor() as cursor:
            cursor.executemany(_write_placeholders(statement), rows)

    def list_tables(self) -> set[str]:
        """Names of the tables in the schema that this connection writes to, without those of PostGIS."""
        found = self.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
        )
        return {name for (name,) in found}

    def has_table(self, name: str) -> bool:
        """Whether a table is there, in the schema that this connection writes to."""
        return bool(self.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?", (name,)))

    @contextmanager
    def _watch(self, statement: str) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._failed = True
            trouble = find_trouble(error, statement) if isinstance(error, psycopg.Error) else None
            if trouble:
                raise StoreError(trouble, self._named) from error
            raise


class PostgresDriver:
    """Opens a connection for each transaction."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.name, self._is_plain = name_database(address)

    def exists(self) -> bool:
        """A server is taken to be there: whoever asks it is told what is not."""
        return True

    def make(self) -> None:
        """The database is its operator's to make."""

    @contextmanager
    def transact(self, write: bool) -> Iterator[PostgresTransaction]:
        """A transaction: the only writer, or a snapshot that cannot write."""
        with self._connect() as connection:
            transaction = PostgresTransaction(connection, self.name)
            transaction.begin(write)
            yield transaction
            if write:
                transaction.commit()

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
            except psycopg.Error as error:
                trouble = find_trouble(error)
                if not trouble:
                    raise
                raise StoreError(trouble, self.name) from error
        return True

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            connection = psycopg.connect(self._address, autocommit=False, **CONNECTION)
        except (psycopg.Error, ValueError) as error:
            raise StoreError(StoreTrouble.UNREACHABLE, self.name) from (error if self._is_plain else None)
        try:
            if connection.info.server_version < OLDEST:
                raise StoreError(StoreTrouble.OLD_SERVER, self.name)
            if connection.info.parameter_status("server_encoding") != "UTF8":
                raise StoreError(StoreTrouble.ENCODING, self.name)
            yield connection
        finally:
            with suppress(psycopg.Error):
                connection.close()  # what is not committed is undone


def find_trouble(error: psycopg.Error, statement: str = "") -> StoreTrouble | None:
    """What an error of the server means; None for a statement of ours that is wrong."""
    state = error.sqlstate or ""
    if "postgis" in statement or "geometry" in statement:
        return StoreTrouble.NO_POSTGIS if state in _NO_POSTGIS else _TROUBLES.get(state)
    if state in _TROUBLES:
        return _TROUBLES[state]
    return StoreTrouble.UNREACHABLE if isinstance(error, psycopg.OperationalError) else None


def name_database(address: str) -> tuple[str, bool]:
    """What a person calls the database, and whether an error of libpq may be shown.

    A password with a `/` or an `@` that nobody has escaped stands where libpq reads a port or a database: nothing of such an address is
    repeated.
    """
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        return "PostgreSQL", False
    host, base, port = (str(parts.get(key) or "") for key in ("host", "dbname", "port"))
    if "@" in host + base + port or not (port.replace(",", "").isdigit() or not port):
        return "PostgreSQL", False
    return f"PostgreSQL, {host or 'localhost'}/{base}", True


def _write_placeholders(statement: str) -> bytes:
    """Our SQL with the placeholders of psycopg; a percent sign is itself, and no statement of ours has a question mark of its own."""
    return statement.replace("%", "%%").replace("?", "%s").encode()
