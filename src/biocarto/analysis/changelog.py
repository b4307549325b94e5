"""The log of the editions as readers ask of it: what is known of one row since when, and what the last editions have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from biocarto.model import RowChange, Status
from biocarto.register.changes import KEY_JOINT, Change

EVIDENCE = "evidence"
RowKey = tuple[str, str]
"""A table and the key of a row."""


@dataclass(frozen=True)
class ChangedRow:
    """One row that an edition tells differently: what became of it, and the lines that say what."""

    edition: str
    table: str
    row_id: str
    name: str
    change: str
    lines: tuple[Change, ...]


@dataclass(frozen=True)
class ChangedEdition:
    """What one edition tells differently from the one before."""

    name: str
    rows: tuple[ChangedRow, ...]


def group_by_row(changes: Iterable[Change]) -> dict[RowKey, tuple[Change, ...]]:
    """Each row with its lines, the newest edition first; what a page says of an actor stands with the actor."""
    found: dict[RowKey, list[Change]] = {}
    for change in changes:
        is_claim = change.table == EVIDENCE
        key = ("actors", change.row_id.split(KEY_JOINT)[0]) if is_claim else (change.table, change.row_id)
        found.setdefault(key, []).append(change)
    return {key: tuple(reversed(lines)) for key, lines in found.items()}


def list_editions(changes: Iterable[Change], most: int) -> list[ChangedEdition]:
    """The last editions that changed something, at most so many, the newest first; rows in the order of the log."""
    by_edition: dict[str, list[Change]] = {}
    for change in changes:
        by_edition.setdefault(change.edition, []).append(change)
    return [ChangedEdition(name, tuple(_list_rows(name, by_edition[name]))) for name in list(by_edition)[-most:][::-1]]


def compare_editions(changes: Sequence[Change], earlier: str, later: str) -> ChangedEdition:
    """What one edition tells differently from an earlier one, row by row, whatever the editions between them told.

    earlier: the name of an edition of the log, "" for what stood before the first of them; later: an edition after it.
    """
    order = {name: place for place, name in enumerate(dict.fromkeys(change.edition for change in changes), start=1)}
    span = range(order.get(earlier, 0) + 1, order.get(later, 0) + 1)
    rows: dict[RowKey, list[Change]] = {}
    for change in changes:
        if order[change.edition] in span:
            rows.setdefault((change.table, change.row_id), []).append(change)
    found = (_merge_row(later, lines) for lines in rows.values())
    return ChangedEdition(later, tuple(row for row in found if row))


def _merge_row(edition: str, lines: list[Change]) -> ChangedRow | None:
    """All lines of one row as one difference; None where it ends as it began."""
    comings = [line for line in lines if not line.field]
    if comings:
        was_there, is_there = comings[0].change == RowChange.REMOVED, comings[-1].change == RowChange.ADDED
        if was_there == is_there and not was_there:
            return None
        told, change = ((comings[-1],), comings[-1].change) if was_there != is_there else (tuple(comings), RowChange.CHANGED.value)
    else:
        cells: dict[str, list[Change]] = {}
        for line in lines:
            cells.setdefault(line.field, []).append(line)
        merged = (replace(own[-1], before=own[0].before) for own in cells.values())
        told = tuple(line for line in merged if line.before != line.after)
        closed = any((line.field, line.after) == ("status", Status.FORMER) for line in told)
        change = RowChange.CLOSED.value if closed else RowChange.CHANGED.value
    last = lines[-1]
    return ChangedRow(edition, last.table, last.row_id, last.name, change, told) if told else None


def _list_rows(edition: str, lines: list[Change]) -> list[ChangedRow]:
    return [
        ChangedRow(edition, table, row_id, own[-1].name, change, tuple(own))
        for (table, row_id, change), group in groupby(lines, key=lambda line: (line.table, line.row_id, line.change))
        for own in [list(group)]
    ]


def find_cells(change: Change) -> Mapping[str, str]:
    """What the key of a row of evidence says of it: which column it is about."""
    parts = change.row_id.split(KEY_JOINT)
    return {"field": parts[1]} if change.table == EVIDENCE and len(parts) > 1 else {}
