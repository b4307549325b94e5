"""What staff does with needs: look at them a page at a time, mark them as handled, delete them, take that back, erase for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from biocarto.booth.needs import Need, format_moment, select_needs
from biocarto.booth.needs_error import Act, NeedsError, translate_errors
from biocarto.booth.needs_store import VERSION, name_source, open_store, read_version, run_transaction, upgrade

PER_PAGE = 20


class NeedState(StrEnum):
    """Where a need stands, in the words of the file; each need is in exactly one of them."""

    OPEN = "open"
    HANDLED = "handled"
    DELETED = "deleted"


def find_state(found: Need) -> NeedState:
    """Deleted comes before handled: a need that is restored is as handled as it was."""
    return NeedState.DELETED if found.deleted else NeedState.HANDLED if found.handled else NeedState.OPEN


@dataclass(frozen=True)
class NeedsPage:
    """One page of the needs in a state, the newest first, its number (from 1) and that of the last, and how many needs each state has."""

    needs: tuple[Need, ...]
    number: int
    last: int
    counts: Mapping[NeedState, int]


_EMPTY = NeedsPage((), 1, 1, dict.fromkeys(NeedState, 0))


def read_page(path: Path, state: NeedState, number: int = 1) -> NeedsPage:
    """A page; one beyond the last is the last; an empty one where there is no file yet. Raises NeedsError."""
    with translate_errors(path, Act.READ):
        if not path.exists():
            return _EMPTY
    try:
        return _read_page(path, state, number, alone=False)
    except NeedsError:
        return _read_page(path, state, number, alone=True)  # on a full disk


def _read_page(path: Path, state: NeedState, number: int, alone: bool) -> NeedsPage:
    with open_store(path, Act.READ, alone=alone) as store:
        version = read_version(store, path, Act.READ)
        if not version:
            return _EMPTY
        source = name_source(version)
        counts = _count_states(store, source)
        last = max(1, -(-counts[state] // PER_PAGE))
        number = min(max(1, number), last)
        rest = "WHERE state = ? ORDER BY seq DESC LIMIT ? OFFSET ?"
        shown = select_needs(store, source, rest, state, PER_PAGE, (number - 1) * PER_PAGE)
        if not all(found.text for found in shown):
            raise sqlite3.DatabaseError("a need without words")
    return NeedsPage(shown, number, last, counts)


def _count_states(store: sqlite3.Connection, source: str) -> dict[NeedState, int]:
    query = f"SELECT state, count(*) FROM {source} GROUP BY state"  # noqa: S608 - a name of `name_source`, nobody's text
    counted = dict(store.execute(query).fetchall())
    return {state: int(counted.get(state.value, 0)) for state in NeedState}


def set_handled(path: Path, need_id: str, moment: datetime | None) -> None:
    """Mark a need as handled at a moment, or (None) as open again; raises NeedsError."""
    _update(path, "UPDATE needs SET handled = ? WHERE id = ?", format_moment(moment) if moment else "", need_id)


def set_deleted(path: Path, need_id: str, moment: datetime | None) -> None:
    """Put a need among the deleted ones, or (None) take it back from there, as it was; raises NeedsError."""
    _update(path, "UPDATE needs SET deleted = ? WHERE id = ?", format_moment(moment) if moment else "", need_id)


def erase_deleted(path: Path) -> None:
    """Erase the deleted needs for good: their bytes are overwritten, their numbers never given again; raises NeedsError."""
    _update(path, "DELETE FROM needs WHERE deleted != ''")
    with open_store(path, Act.CHANGE) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log beside the file still has their words


def erase_settled(path: Path, before: datetime) -> int:
    """Erase the needs that were handled or deleted before a moment (with a time zone), bytes and all; how many. Raises NeedsError."""
    with translate_errors(path, Act.CHANGE):
        if not path.exists():
            return 0
    moment = format_moment(before)
    with open_store(path, Act.CHANGE) as store:
        if read_version(store, path, Act.CHANGE) < VERSION:  # a file of the first version has neither
            return 0
        with run_transaction(store):
            count = store.execute(f"DELETE FROM needs WHERE {_SETTLED}", (moment, moment)).rowcount  # noqa: S608 - ours; values are bound
        if count:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return int(count)


_SETTLED = "(deleted != '' AND deleted < ?) OR (handled != '' AND handled < ?)"


def _update(path: Path, statement: str, *values: str) -> None:
    with open_store(path, Act.CHANGE) as store, run_transaction(store):
        upgrade(store, path, Act.CHANGE)
        store.execute(statement, values)
