"""What a store promises to whoever writes SQL: one transaction, values bound, everything at once or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Value = str | int | float | None
Record = tuple[Any, ...]

PATIENCE = 5.0
"""Seconds that a transaction waits for another writer, and a connection for its server."""


class Transaction(Protocol):
    """One transaction: everything that is executed in it becomes true at once, or nothing does.

    A statement that fails ends it: whoever catches the error and goes on is refused at the end, by both kinds of database.
    """

    has_postgis: bool

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Record]:
        """Run one statement, `?` for each value; the rows that it answers."""
        ...

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        ...

    def list_tables(self) -> set[str]:
        """Names of the tables that are there, without those that belong to an extension of the database."""
        ...

    def has_table(self, name: str) -> bool:
        """Whether a table is there."""
        ...


class Driver(Protocol):
    """How one kind of database is opened."""

    name: str
    """What a person calls this store: a path, or a server and a database, never a password."""

    def exists(self) -> bool:
        """Whether there is anything to open; a server is taken to be there."""
        ...

    def make(self) -> None:
        """Have a place where `transact` finds something to open; raises StoreError, and then nothing of another program was changed."""
        ...

    def transact(self, write: bool) -> AbstractContextManager[Transaction]:
        """A transaction that commits at its end and is undone by an error; raises StoreError."""
        ...

    def overwrite(self, tables: Sequence[str]) -> bool:
        """Leave nothing of what was erased from tables in the files; False where somebody still reads an older state."""
        ...
