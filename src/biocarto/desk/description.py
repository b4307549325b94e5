"""The description of the tables as the register keeps it, and rows as tables: what an edition's files and the checks are made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from biocarto.desk.facts import PLACE, RegisterRow
from biocarto.desk.ledger import Key, State, read_row
from biocarto.errors import DataError
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.store.transaction import Transaction

DESCRIPTION = "datapackage"
"""The table whose only row is the description of all others: it has a history as they have."""
TEXT = "text"
Package = dict[str, Resource]


def read_text(transaction: Transaction) -> str:
    """datapackage.json as the register keeps it; raises DataError where nobody has made a register."""
    row = read_row(transaction, DESCRIPTION, PACKAGE)
    if row is None:
        raise DataError(f"Le registre n'a pas de {PACKAGE}.", f"The register has no {PACKAGE}.")
    return row.cells[TEXT]


def read_package(transaction: Transaction) -> Package:
    """The tables of the register, in the order of the files."""
    return parse_package(read_text(transaction))


def make_frame(resource: Resource, rows: Iterable[RegisterRow]) -> pd.DataFrame:
    """Rows of a table as strings, indexed by the line of a spreadsheet."""
    cells = [[row.cells.get(name, "") for name in resource.fields] for row in rows]
    return pd.DataFrame(cells, columns=list(resource.fields), index=range(2, len(cells) + 2), dtype=object)


def list_states(states: Mapping[Key, State], resource: str) -> list[RegisterRow]:
    """The rows of a table among states that were replayed, in their places."""
    rows = [
        RegisterRow(name, row_id, int(state[PLACE]), 0, {field: text for field, text in state.items() if field != PLACE})
        for (name, row_id), state in states.items()
        if name == resource
    ]
    return sorted(rows, key=lambda row: (row.place, row.id))


def write_csv(resource: Resource, rows: Iterable[RegisterRow]) -> str:
    """A table as the files of data/ are written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(resource.fields)
    writer.writerows([row.cells.get(name, "") for name in resource.fields] for row in rows)
    return text.getvalue()


def find_key(resource: Resource) -> tuple[str, ...]:
    """The columns that tell a row of a table from the others."""
    return resource.keys[0]


def make_row_id(resource: Resource, cells: Mapping[str, str], is_taken: Callable[[str], bool]) -> str:
    """What the store calls a new row for ever: its key as it is now, numbered where another row was called so."""
    key = "|".join(cells.get(name, "") for name in find_key(resource))
    number, name = 1, key
    while is_taken(name):
        number += 1
        name = f"{key}~{number}"
    return name
