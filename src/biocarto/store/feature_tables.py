"""Tables of features in PostgreSQL with PostGIS, in a schema of their own: written whole or not at all, then only read.

A table is named by the collection and by the digest of what is in it and how it is laid out: writing it twice is writing it
once, and no reader sees it change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Full, LifoQueue
from typing import Any

import psycopg
from psycopg import sql

from biocarto.store.postgresql import CONNECTION, find_trouble, name_database
from biocarto.store.store_error import StoreError, StoreTrouble

SCHEMA = "biocarto_features"
KEPT = 3
"""Tables of one collection that are kept: today's edition, and those that were asked for last."""
_WRITER = 7_214_733_020
"""Key of the advisory lock of whoever writes a table: the writers of the register wait for another one."""
_IDLE = 4
"""Connections that are kept open between two questions."""
_SETTINGS = "-c statement_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off"
_CATALOGUE = f"""
CREATE SCHEMA IF NOT EXISTS {SCHEMA};
CREATE TABLE IF NOT EXISTS {SCHEMA}.loaded (
    collection text NOT NULL, digest text NOT NULL, asked timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (collection, digest)
)"""


@dataclass(frozen=True)
class FeatureTable:
    """A table to write: its collection, the digest of rows and columns, those with their types of PostgreSQL, which have a GiST index.

    The first column is the primary key. Names and types are the program's own, never a visitor's.
    """

    collection: str
    digest: str
    columns: Mapping[str, str]
    spatial: Sequence[str]

    @property
    def name(self) -> sql.Identifier:
        """The table in its schema."""
        return sql.Identifier(SCHEMA, f"{self.collection}_{self.digest}")


class FeatureDatabase:
    """The tables of features of one database; any thread may ask. Nothing is opened before the first question."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.name, self._is_plain = name_database(address)
        self._idle: LifoQueue[psycopg.Connection[Any]] = LifoQueue(_IDLE)

    def load(self, table: FeatureTable, rows: Iterable[Sequence[object]], kept: int = KEPT) -> bool:
        """Write a table whole, unless it is there; of its collection, those asked for longest ago are taken away. Raises StoreError.

        Whether it was written. One server writes at a time, and the next one finds it.
        """
        with self._connect() as connection, connection.transaction():
            connection.execute("SET LOCAL statement_timeout = '120s'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            connection.execute(_CATALOGUE.encode())
            touched = connection.execute(
                f"UPDATE {SCHEMA}.loaded SET asked = clock_timestamp() WHERE collection = %s AND digest = %s".encode(),  # noqa: S608 - a constant
                (table.collection, table.digest),
            )
            if touched.rowcount:
                return False
            _write_table(connection, table, rows)
            _remove_older(connection, table, kept)
        return True

    def read(self, statement: sql.Composed, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a question answers. Raises StoreError; LookupError where a table was taken away."""
        with self._connect() as connection:
            try:
                return list(connection.execute(statement, values))
            except psycopg.errors.UndefinedTable as error:
                raise LookupError(str(error)) from error

    def close(self) -> None:
        """Let go of the idle connections."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection that commits by itself: one that is idle and still answers, or a new one."""
        connection = self._take_idle() or self._open()
        try:
            yield connection
        except psycopg.Error as error:
            trouble = find_trouble(error)
            if trouble is None:
                raise
            raise StoreError(trouble, self.name) from error
        finally:
            self._give_back(connection)

    def _take_idle(self) -> psycopg.Connection[Any] | None:
        with suppress(Empty):
            while True:
                connection = self._idle.get_nowait()
                try:
                    connection.execute("SELECT 1")
                except psycopg.Error:
                    connection.close()
                else:
                    return connection
        return None

    def _open(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(self._address, autocommit=True, options=_SETTINGS, **CONNECTION)
        except (psycopg.Error, ValueError) as error:
            raise StoreError(StoreTrouble.UNREACHABLE, self.name) from (error if self._is_plain else None)

    def _give_back(self, connection: psycopg.Connection[Any]) -> None:
        try:
            if connection.closed or connection.broken:
                return
            self._idle.put_nowait(connection)
        except Full:
            connection.close()


def _write_table(connection: psycopg.Connection[Any], table: FeatureTable, rows: Iterable[Sequence[object]]) -> None:
    columns = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in table.columns.items())
    key = sql.Identifier(next(iter(table.columns)))
    connection.execute(sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY ({}))").format(table.name, columns, key))
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(table.name)) as copy:
        for row in rows:
            copy.write_row(row)
    for name in table.spatial:
        connection.execute(sql.SQL("CREATE INDEX ON {} USING gist ({})").format(table.name, sql.Identifier(name)))
    connection.execute(sql.SQL("ANALYZE {}").format(table.name))
    connection.execute(
        f"INSERT INTO {SCHEMA}.loaded (collection, digest) VALUES (%s, %s)".encode(),  # noqa: S608 - a constant
        (table.collection, table.digest),
    )


def _remove_older(connection: psycopg.Connection[Any], table: FeatureTable, kept: int) -> None:
    """Those of the same collection that nobody has asked for since the `kept` last ones."""
    older = connection.execute(
        f"SELECT digest FROM {SCHEMA}.loaded WHERE collection = %s ORDER BY asked DESC OFFSET %s".encode(),  # noqa: S608 - a constant
        (table.collection, kept),
    ).fetchall()
    for (digest,) in older:
        other = FeatureTable(table.collection, digest, {}, ())
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(other.name))
        connection.execute(
            f"DELETE FROM {SCHEMA}.loaded WHERE collection = %s AND digest = %s".encode(),  # noqa: S608 - a constant
            (table.collection, digest),
        )
