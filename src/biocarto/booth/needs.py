"""A need heard at the booth: what it may hold, and how it gets into the file that keeps it through a power cut."""

from __future__ import annotations

import re
import sqlite3
import uuid
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from biocarto.booth.needs_error import MANY, Act, NeedsError, build_error, translate_errors
from biocarto.booth.needs_store import LONGEST, LONGEST_EVENT, name_source, open_store, read_version, run_transaction, upgrade
from biocarto.model import Category, Level
from biocarto.render.text import clean_line

MOST = 100_000
"""Needs that a file holds, deleted ones included: no congress has as many, a flood of them ends there."""

_CODE = re.compile("[0-9A-Z]{2,9}")
_MINUTE = timedelta(minutes=1)
_YEARS = range(1971, 9999)
"""Of a moment that every zone and every spreadsheet can hold."""


@dataclass(frozen=True)
class Need:
    """What somebody asks of the poles, the AIS or the Region; nothing about who asked.

    `category` is a value of Category or "". `level` (a Level) and `territory` (its code) are both given or both "", because a code alone
    is ambiguous: 75 is a department and a region. `made` is the clock of the machine (UTC, ISO 8601), which may jump; `seq` is the
    order in which needs were stored, 0 before that. `event` is the congress, `utc_offset` the minutes that its clocks were ahead of
    UTC; files of the first version know neither ("" and None). `handled` and `deleted` say when staff did so (UTC), "" where not.
    """

    text: str
    category: str
    level: str
    territory: str
    made: str
    id: str
    seq: int = 0
    event: str = ""
    utc_offset: int | None = None
    handled: str = ""
    deleted: str = ""


COLUMNS = ", ".join(field.name for field in fields(Need))
_STORED = [field.name for field in fields(Need) if field.name != "seq"]
_INSERT = f"INSERT INTO needs ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))}) ON CONFLICT (id) DO NOTHING"  # noqa: S608 - our own columns; values are bound


def clean_text(text: str) -> str:
    """Readable lines, none of them blank."""
    return "\n".join(filter(None, map(clean_line, text.splitlines())))


def format_moment(moment: datetime) -> str:
    """A moment (with a time zone) as the file holds it: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def build_need(
    text: str, category: str = "", level: str = "", territory: str = "", now: datetime | None = None, *, event: str = ""
) -> Need:
    """A need ready to be stored; raises NeedsError for an empty or long text, ValueError for a code that no list of the page offers.

    `now` (the machine's clock by default) has the time zone of the event.
    """
    words = clean_text(text[: 10 * LONGEST])
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
    moment = now or datetime.now().astimezone()
    ahead = (moment.utcoffset() or timedelta()) // _MINUTE
    of_a_list = Category(category) if category else "", Level(level) if level else "", territory
    return Need(words, *of_a_list, format_moment(moment), uuid.uuid4().hex, event=clean_line(event)[:LONGEST_EVENT], utc_offset=ahead)


def read_moment(made: str) -> datetime | None:
    """A moment of the file; None for what is none, in a file that somebody has edited."""
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def find_local_time(found: Need, zone: tzinfo | None) -> datetime | None:
    """When the need was heard by the clocks of its event; `zone` (None: the machine's) where the file does not know how they went."""
    moment = read_moment(found.made)
    if moment is None:
        return None
    if found.utc_offset is None or abs(found.utc_offset) >= 24 * 60:
        return moment.astimezone(zone)
    return moment.astimezone(timezone(timedelta(minutes=found.utc_offset)))


def select_needs(store: sqlite3.Connection, source: str, rest: str = "", *values: str | int) -> tuple[Need, ...]:
    """Needs of a `source` (see `name_source`); `rest` is the SQL that follows it."""
    return tuple(Need(*row) for row in store.execute(f"SELECT {COLUMNS} FROM {source} {rest}", values))  # noqa: S608 - all three are ours; values are bound


def add(path: Path, new: Need) -> Need:
    """Store a need and return it with its `seq`, once it is safe on the disk; raises NeedsError, and then nothing of it is half-stored.

    A need that is already there (same id) stays as it is: it may be sent again when an answer was lost.
    """
    values = [getattr(new, name) for name in _STORED]
    with translate_errors(path, Act.STORE):
        path.parent.mkdir(parents=True, exist_ok=True)
    with open_store(path, Act.STORE) as store, run_transaction(store):
        upgrade(store, path, Act.STORE)
        (count,) = store.execute("SELECT count(*) FROM needs").fetchone()
        if count >= MOST:
            raise build_error(MANY, path, Act.STORE)
        store.execute(_INSERT, values)
        (stored,) = select_needs(store, "needs", "WHERE id = ?", new.id)
    return stored


def _read(path: Path, alone: bool) -> tuple[Need, ...]:
    with open_store(path, Act.READ, alone=alone) as store:
        version = read_version(store, path, Act.READ)
        if not version:
            return ()
        (state,) = store.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise sqlite3.DatabaseError(state)
        return select_needs(store, name_source(version), "ORDER BY seq")


def list_needs(path: Path) -> tuple[Need, ...]:
    """Every need in the order of storing, deleted ones too; none where there is no file yet.

    Raises NeedsError rather than show a part of a damaged file.
    """
    with translate_errors(path, Act.READ):
        if not path.exists():
            return ()
    try:
        return _read(path, alone=False)
    except NeedsError:
        return _read(path, alone=True)  # on a full disk, which is when staff want to take the needs away


def list_kept(path: Path) -> tuple[Need, ...]:
    """Every need that staff has not deleted, in the order of storing; raises NeedsError."""
    return tuple(found for found in list_needs(path) if not found.deleted)
