"""The log of the editions as readers ask of it: what is known of one row since when, and what the last editions have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

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
