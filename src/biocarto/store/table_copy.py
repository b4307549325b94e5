"""Tables copied row by row between two stores of any kind, and what their rows hash to: the same on both."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from biocarto import caches
from biocarto.store.migrations import migrate
from biocarto.store.sqlite import SqliteTransaction
from biocarto.store.transaction import Record, Transaction

Seal = tuple[str, int, str]
"""Name of a table, how many rows it has, and the SHA-256 of them all."""
_PAGE = 200
"""Rows that are in memory at a time: a file of an edition is one, and may have megabytes."""


@dataclass(frozen=True)
class CopiedTable:
    """A table of the store: its columns in their order, and those of its key."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=caches.VERSIONS)
def list_tables(version: int) -> tuple[CopiedTable, ...]:
    """The tables of a version with what people put into them, each after those that it refers to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(SqliteTransaction(connection, ""), "", upto=version)
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").fetchall()
        return tuple(_describe(connection, name) for (name,) in names if name != "store_version")


def _describe(connection: sqlite3.Connection, name: str) -> CopiedTable:
    columns = connection.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)).fetchall()
    keys = sorted((place, column) for column, place in columns if place)
    return CopiedTable(name, tuple(column for column, _ in columns), tuple(column for _, column in keys))


def copy_table(source: Transaction, target: Transaction, table: CopiedTable) -> Seal:
    """Put every row of a table into the same table elsewhere; the seal of what was read."""
    marks = ", ".join("?" * len(table.columns))
    insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"  # noqa: S608 - our own names; values are bound

    def copy_pages() -> Iterator[list[Record]]:
        for page in _read_pages(source, table):
            target.execute_many(insert, page)
            yield page

    return _seal(table, copy_pages())


def seal_table(transaction: Transaction, table: CopiedTable) -> Seal:
    """The seal of a table as it is."""
    return _seal(table, _read_pages(transaction, table))


def has_rows(transaction: Transaction, tables: Iterable[CopiedTable]) -> bool:
    """Whether anybody has put anything into these tables."""
    return any(transaction.execute(f"SELECT 1 FROM {table.name} LIMIT 1") for table in tables)  # noqa: S608 - our own names


def clear_tables(transaction: Transaction, tables: tuple[CopiedTable, ...]) -> None:
    """Take every row away, those that refer to others first."""
    for table in reversed(tables):
        transaction.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own names


def _read_pages(transaction: Transaction, table: CopiedTable) -> Iterator[list[Record]]:
    """The rows in the order of their key, which is that of bytes on both kinds of database."""
    keys, marks = ", ".join(table.keys), ", ".join("?" * len(table.keys))
    select, order = f"SELECT {', '.join(table.columns)} FROM {table.name}", f"ORDER BY {keys} LIMIT {_PAGE}"  # noqa: S608 - our own names
    page = transaction.execute(f"{select} {order}")
    while page:
        yield page
        last = [page[-1][table.columns.index(key)] for key in table.keys]
        page = transaction.execute(f"{select} WHERE ({keys}) > ({marks}) {order}", last)


def _seal(table: CopiedTable, pages: Iterable[list[Record]]) -> Seal:
    count, digest = 0, hashlib.sha256()
    for page in pages:
        for row in page:
            count += 1
            digest.update(json.dumps([_plain(value) for value in row]).encode() + b"\n")
    return table.name, count, digest.hexdigest()


def _plain(value: object) -> object:
    """SQLite knows no minus zero."""
    return value + 0.0 if isinstance(value, float) else value
