"""What two editions tell differently, row by row and cell by cell; rows are the same where their key is."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from biocarto.desk.description import find_key
from biocarto.model import RowChange, Status
from biocarto.register.changes import KEY_JOINT, Change
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE, parse_package

Files = Mapping[str, str]
Cells = dict[str, str]


@dataclass(frozen=True)
class CellDifference:
    """One column of a row, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RowDifference:
    """One row that differs: its table, its key, what people call it, what became of it and its cells."""

    resource: str
    key: tuple[str, ...]
    name: str
    change: RowChange
    cells: tuple[CellDifference, ...]


def find_differences(before: Files, after: Files) -> list[RowDifference]:
    """Rows of the tables that differ between the files of two editions, in the order of the tables and of their rows."""
    old, new = parse_package(before[PACKAGE]), parse_package(after[PACKAGE])
    found: list[RowDifference] = []
    for name, resource in new.items():
        earlier = _read_rows(old[name], before[old[name].path]) if name in old else {}
        found += _compare(resource, earlier, _read_rows(resource, after[resource.path]))
    return found


def _read_rows(resource: Resource, text: str) -> dict[tuple[str, ...], Cells]:
    key = find_key(resource)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(row.get(name, "") for name in key): row for row in rows}


def _compare(
    resource: Resource, before: Mapping[tuple[str, ...], Cells], after: Mapping[tuple[str, ...], Cells]
) -> Iterator[RowDifference]:
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key, {}), after.get(key, {})
        fields = dict.fromkeys((*resource.fields, *old))
        cells = tuple(
            CellDifference(name, old.get(name, ""), new.get(name, "")) for name in fields if old.get(name, "") != new.get(name, "")
        )
        if cells:
            change = RowChange.ADDED if not old else RowChange.REMOVED if not new else _name_change(cells)
            yield RowDifference(resource.name, key, name_row(new or old), change, cells)


def _name_change(cells: Iterable[CellDifference]) -> RowChange:
    return RowChange.CLOSED if any((cell.field, cell.after) == ("status", Status.FORMER) for cell in cells) else RowChange.CHANGED


def name_row(cells: Mapping[str, str]) -> str:
    """What people call a row, in any table: its name, else what stands for one."""
    names = ("name", "title_fr", "member_name", "label_fr", "name_fr", "indicator_fr", "old_id", "value")
    return next((cells[name] for name in names if cells.get(name)), next(filter(None, cells.values()), ""))


def count_changes(differences: Iterable[RowDifference]) -> dict[str, Counter[RowChange]]:
    """How many rows of each table were added, closed, changed, removed."""
    counts: dict[str, Counter[RowChange]] = {}
    for difference in differences:
        counts.setdefault(difference.resource, Counter())[difference.change] += 1
    return counts


def list_lines(differences: Iterable[RowDifference], edition: str) -> list[Change]:
    """The differences as lines of a log, all of one edition: a row that came or went has a line of its own before those of its cells."""
    found = []
    for difference in differences:
        row = Change(edition, edition[:10], difference.resource, KEY_JOINT.join(difference.key), difference.name, difference.change, *_NONE)
        if difference.change in {RowChange.ADDED, RowChange.REMOVED}:
            found.append(row)
        found += [replace(row, field=cell.field, before=cell.before, after=cell.after) for cell in difference.cells]
    return found


_NONE = ("",) * 7
"""What two sets of files do not tell of a line: column, values, since when, by which page."""
