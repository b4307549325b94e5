"""A store of the register and its transactions: one SQL for a file of SQLite and for PostgreSQL, every commit on the disk when it returns.

SQL here is written once, with `?` for a value. A writer is alone: it waits for the one before, so that what it reads is what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from biocarto.store.migrations import VERSION, migrate, read_version
from biocarto.store.sqlite import SqliteDriver
from biocarto.store.store_error import StoreError, StoreTrouble
from biocarto.store.transaction import Driver, Transaction


@dataclass(frozen=True)
class Store:
    """Where the register is kept."""

    driver: Driver

    @property
    def name(self) -> str:
        """What a person calls this store."""
        return self.driver.name

    def exists(self) -> bool:
        """Whether `desk init` has been here; raises StoreError where that cannot be told."""
        if not self.driver.exists():
            return False
        with self.driver.transact(write=False) as transaction:
            return bool(read_version(transaction, self.name))

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """What was true at one moment; raises StoreError (ABSENT before `desk init`)."""
        self._require()
        with self.driver.transact(write=False) as transaction:
            self._require_version(transaction)
            yield transaction

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """The only writer until its end; raises StoreError."""
        self._require()
        with self.driver.transact(write=True) as transaction:
            self._require_version(transaction)
            yield transaction

    def prepare(self) -> None:
        """Make the store, or bring an older one to today's version, under the lock of a writer; raises StoreError."""
        self.driver.make()
        with self.driver.transact(write=True) as transaction:
            migrate(transaction, self.name)

    def overwrite(self, *tables: str) -> bool:
        """After a commit that erased: nothing of it stays in the files. False where another session still reads the older state: ask again.

        Raises StoreError. Backups, and what a server of PostgreSQL archives, are their keepers' to erase.
        """
        return self.driver.overwrite(tables)

    def _require(self) -> None:
        if not self.driver.exists():
            raise StoreError(StoreTrouble.ABSENT, self.name)

    def _require_version(self, transaction: Transaction) -> None:
        version = read_version(transaction, self.name)
        if version < VERSION:
            raise StoreError(StoreTrouble.OLDER if version else StoreTrouble.ABSENT, self.name)


def open_store(address: str) -> Store:
    """The store at an address: `postgresql://…`, else the path of a file of SQLite. Nothing is opened yet."""
    if address.startswith(("postgresql://", "postgres://")):
        from biocarto.store.postgresql import PostgresDriver  # noqa: PLC0415 - psycopg is loaded where it is asked for

        return Store(PostgresDriver(address))
    return Store(SqliteDriver(Path(address)))
