"""What the register holds at one moment, for a file to be held against: read once, then never asked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from biocarto.desk.acts import Desk
from biocarto.desk.description import Package, make_frame, make_row_id, read_package
from biocarto.desk.facts import RegisterRow
from biocarto.desk.ledger import find_last_number, read_rows
from biocarto.desk.row_ids import list_given
from biocarto.desk.seed import read_cells
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.transaction import Transaction
from biocarto.territory.territory import Territory


@dataclass(frozen=True)
class KnownRegister:
    """Every table with its rows, the layers and the day (ISO 8601) that they are held against, the act that it ended with.

    `given` are the ids of the table in question that a row has or ever had.
    """

    package: Package
    rows: Mapping[str, tuple[RegisterRow, ...]]
    territory: Territory
    today: str
    upto: int = 0
    given: frozenset[str] = frozenset()
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    def read_frame(self, resource: str) -> pd.DataFrame:
        """A table as strings, indexed by what the store calls its rows."""
        if resource not in self._frames:
            rows = self.rows[resource]
            frame = make_frame(self.package[resource], rows)
            self._frames[resource] = frame.set_axis(pd.Index([row.id for row in rows], dtype=object))
        return self._frames[resource]

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Former id of an actor -> today's."""
        return {row.cells["old_id"]: row.cells["actor_id"] for row in self.rows["redirects"]}


def read_known(desk: Desk, transaction: Transaction, resource: str = "") -> KnownRegister:
    """The register of a store; `resource`: the table whose ids are read as well."""
    package = read_package(transaction)
    rows = {name: tuple(read_rows(transaction, name)) for name in package}
    given = list_given(transaction, resource) if resource else frozenset()
    return KnownRegister(package, rows, desk.territory, desk.today(), find_last_number(transaction), given)


def read_known_folder(folder: Path, territory: Territory, today: str) -> KnownRegister:
    """The tables of a folder, where nobody has made a register: to look at, not to write into."""
    package = parse_package((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    rows = {name: tuple(_list_rows(folder, resource)) for name, resource in package.items()}
    return KnownRegister(package, rows, territory, today, given=frozenset(row.id for table in rows.values() for row in table))


def _list_rows(folder: Path, resource: Resource) -> Iterator[RegisterRow]:
    taken: set[str] = set()
    for place, cells in enumerate(read_cells(folder, resource), start=1):
        row_id = make_row_id(resource, cells, taken.__contains__)
        taken.add(row_id)
        yield RegisterRow(resource.name, row_id, place, 0, dict(cells))
