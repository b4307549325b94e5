"""A need heard at the booth: what it may hold, and the file that keeps it through a power cut."""

from __future__ import annotations

import re
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from biocarto.booth.needs_error import FOREIGN, NeedsError, error, said
from biocarto.booth.texts import readable
from biocarto.model import Category, Level

LONGEST = 500
"""Characters of a need, after `cleaned`."""

PATIENCE = 5.0
"""Seconds that a session waits while another one writes."""

_PAUSE = 0.01

_VERSION = 1
"""Of the table below, kept in the file's `user_version`; a file without any is new and empty."""

_TABLE = f"""
CREATE TABLE needs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,
    category TEXT NOT NULL,
    level TEXT NOT NULL,
    territory TEXT NOT NULL,
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND {LONGEST})
) STRICT
"""
_INSERT = "INSERT INTO needs (id, made, category, level, territory, text) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
_CODE = re.compile("[0-9A-Z]{2,9}")


@dataclass(frozen=True)
class Need:
    """What somebody asks of the poles, the AIS or the Region; nothing about who asked.

    `category` is a value of Category or "". `level` (a Level) and `territory` (its code) are both given or both "", because a code alone
    is ambiguous: 75 is a department and a region. `made` is the clock of the machine (UTC, ISO 8601), which may jump; `seq` is the
    order in which needs were stored, 0 before that.
    """

    text: str
    category: str
    level: str
    territory: str
    made: str
    id: str
    seq: int = 0


def cleaned(text: str) -> str:
    """Readable lines, none of them blank."""
    return "\n".join(filter(None, map(readable, text.splitlines())))


def need(text: str, category: str = "", level: str = "", territory: str = "", now: datetime | None = None) -> Need:
    """A need ready to be stored; raises NeedsError for an empty or long text, ValueError for a code that no list of the page offers.

    `now` (the machine's clock by default) has a time zone.
    """
    words = cleaned(text[: 10 * LONGEST])
    if not words:
        raise NeedsError("Le besoin est vide : écrivez-le en quelques mots.", "The need is empty: write it in a few words.")
    if len(words) > LONGEST or len(text) > 10 * LONGEST:
        count = max(len(words), len(text) * (len(text) > 10 * LONGEST))
        raise NeedsError(
            f"Le besoin compte {count} caractères : {LONGEST} au plus. Rien n'est enregistré ; raccourcissez-le.",
            f"The need has {count} characters: {LONGEST} at most. Nothing is stored; make it shorter.",
        )
    if bool(level) != bool(territory) or (territory and not _CODE.fullmatch(territory)):
        raise ValueError(f"level {level!r}, territory {territory!r}")
    made = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    return Need(words, Category(category) if category else "", Level(level) if level else "", territory, made, uuid.uuid4().hex)


def _version(store: sqlite3.Connection, path: Path, writing: bool) -> int:
    """Version of the table, 0 for a new file; raises NeedsError for another program's file, or a newer BioCarto's."""
    # one statement, because another session may make the table between two
    version, tables = store.execute("SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version").fetchone()
    if version != _VERSION and (version or tables):
        raise error(FOREIGN, path, writing)
    return int(version)


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
def _opened(path: Path, writing: bool, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """The file, every commit of which is on the disk when it returns; errors become a NeedsError.

    `alone` shuts other sessions out; SQLite then needs no room beside the file.
    """
    with said(path, writing), closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as store:
        store.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if alone else 'NORMAL'}")
        _version(store, path, writing)  # first, because the next line writes
        _write_ahead(store)
        store.execute("PRAGMA synchronous = FULL")
        yield store


@contextmanager
def _transaction(store: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what is not committed is undone, by an error here or by the next reader after a power cut."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
        store.execute("COMMIT")
    except BaseException:
        if store.in_transaction:
            store.execute("ROLLBACK")
        raise


def _needs(store: sqlite3.Connection, which: str = "", *values: str) -> tuple[Need, ...]:
    names = ", ".join(field.name for field in fields(Need))
    return tuple(Need(*row) for row in store.execute(f"SELECT {names} FROM needs {which} ORDER BY seq", values))


def add(path: Path, new: Need) -> Need:
    """Store a need and return it with its `seq`, once it is safe on the disk; raises NeedsError, and then nothing of it is half-stored.

    A need that is already there (same id) stays as it is: it may be sent again when an answer was lost.
    """
    values = (new.id, new.made, new.category, new.level, new.territory, new.text)
    with said(path, writing=True):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path, writing=True) as store, _transaction(store):
        if not _version(store, path, writing=True):  # again: another session may have been first
            store.execute(_TABLE)
            store.execute(f"PRAGMA user_version = {_VERSION}")
        store.execute(_INSERT, values)
        (stored,) = _needs(store, "WHERE id = ?", new.id)
    return stored


def _read(path: Path, alone: bool) -> tuple[Need, ...]:
    with _opened(path, writing=False, alone=alone) as store:
        if not _version(store, path, writing=False):
            return ()
        (state,) = store.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise sqlite3.DatabaseError(state)
        return _needs(store)


def listed(path: Path) -> tuple[Need, ...]:
    """Every need in the order of storing; none where there is no file yet. Raises NeedsError rather than show a part of a damaged file."""
    with said(path, writing=False):
        if not path.exists():
            return ()
    try:
        return _read(path, alone=False)
    except NeedsError:
        return _read(path, alone=True)  # on a full disk, which is when staff want to take the needs away
