"""The SQLite file of the needs: opened so that a commit is on the disk, and brought from an older version to today's in place."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from biocarto.booth.needs_error import FOREIGN, Act, build_error, translate_errors

PATIENCE = 5.0
"""Seconds that a session waits while another one writes."""

_PAUSE = 0.01

LONGEST = 500
"""Characters of a need."""

LONGEST_EVENT = 80
"""Characters of the name of an event."""

_STEPS = (
    (
        f"""
        CREATE TABLE needs (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            made TEXT NOT NULL,
            category TEXT NOT NULL,
            level TEXT NOT NULL,
            territory TEXT NOT NULL,
            text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND {LONGEST})
        ) STRICT
        """,
    ),
    (
        f"ALTER TABLE needs ADD COLUMN event TEXT NOT NULL DEFAULT '' CHECK (length(event) <= {LONGEST_EVENT})",
        "ALTER TABLE needs ADD COLUMN utc_offset INTEGER",
        "ALTER TABLE needs ADD COLUMN handled TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE needs ADD COLUMN deleted TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE needs ADD COLUMN state TEXT NOT NULL GENERATED ALWAYS AS "
        "(CASE WHEN deleted != '' THEN 'deleted' WHEN handled != '' THEN 'handled' ELSE 'open' END) VIRTUAL",
        "CREATE INDEX needs_by_state ON needs (state, seq)",
    ),
)
"""What leads from each version of the file to the next; a new file takes all steps, so that an old one ends as a new one."""

VERSION = len(_STEPS)
"""Of the file, kept in its `user_version`; a file without any is new and empty."""

_OLDER = "(SELECT *, '' AS event, NULL AS utc_offset, '' AS handled, '' AS deleted, 'open' AS state FROM needs)"
"""A file of version 1 as it will be: it can be read without being written to, on a full disk too."""


def read_version(store: sqlite3.Connection, path: Path, act: Act) -> int:
    """Version of the file, 0 for a new one; raises NeedsError for another program's file, or a newer BioCarto's."""
    # one statement, because another session may make the table between two
    version, tables = store.execute("SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version").fetchone()
    if not 0 <= version <= VERSION or (tables and not version):
        raise build_error(FOREIGN, path, act)
    return int(version)


def name_source(version: int) -> str:
    """What to select needs from, with today's columns."""
    return "needs" if version == VERSION else _OLDER


def _write_ahead(store: sqlite3.Connection) -> None:
    """Where two sessions are the first at the same moment, SQLite refuses one of them without waiting: ask again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            store.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as found:
            if found.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


@contextmanager
def open_store(path: Path, act: Act, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """The file, every commit of which is on the disk when it returns; errors become a NeedsError.

    `alone` shuts other sessions out; SQLite then needs no room beside the file.
    """
    with translate_errors(path, act), closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as store:
        store.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if alone else 'NORMAL'}")
        read_version(store, path, act)  # first, because the next line writes
        _write_ahead(store)
        store.execute("PRAGMA synchronous = FULL")
        store.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
        yield store


@contextmanager
def run_transaction(store: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what is not committed is undone, by an error here or by the next reader after a power cut."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
        store.execute("COMMIT")
    except BaseException:
        if store.in_transaction:
            store.execute("ROLLBACK")
        raise


def upgrade(store: sqlite3.Connection, path: Path, act: Act) -> None:
    """Bring the file to today's version, inside of a transaction: a kill leaves it as it was before, or as it is after."""
    version = read_version(store, path, act)  # again: another session may have been first
    if version == VERSION:
        return
    for statement in (line for step in _STEPS[version:] for line in step):
        store.execute(statement)
    store.execute(f"PRAGMA user_version = {VERSION}")
