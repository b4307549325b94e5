"""What names a row of the register from elsewhere: what a merge leads on, what stands in the way of a removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from biocarto.desk.claims import CLAIMS
from biocarto.desk.description import Package
from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.desk.ledger import read_row, read_rows
from biocarto.desk.reshaping import BODIES
from biocarto.names import fold_company
from biocarto.register.schema import Resource, split_list
from biocarto.register.table_rules import IDENTITIES
from biocarto.store.transaction import Transaction


@dataclass(frozen=True)
class Reference:
    """A cell that names a row: its table, its row as people call it, its column."""

    resource: str
    name: str
    column: str


def list_references(transaction: Transaction, package: Package, resource: str, row_id: str) -> list[Reference]:
    """The cells that name a row by its key, rows of evidence aside."""
    row = read_row(transaction, resource, row_id)
    return list(_find(transaction, package, row)) if row else []


def _find(transaction: Transaction, package: Package, row: RegisterRow) -> Iterator[Reference]:
    bound = {
        (name, key.column): row.cells.get(key.target, "")
        for name, described in package.items()
        for key in described.foreign_keys
        if key.resource == row.resource and name != CLAIMS
    }
    loose = {cell: row.cells.get("id", "") for cell in BODIES if row.resource in {"actors", "clusters", "networks"}}
    for (table, column), value in (bound | loose).items():
        for other in read_rows(transaction, table) if value else ():
            if value in split_list(other.cells.get(column, "")):
                yield Reference(table, name_row(other.cells), column)


def count_claims(transaction: Transaction, actor: str) -> int:
    """Rows of evidence about an actor."""
    return sum(row.cells.get("actor_id") == actor for row in read_rows(transaction, CLAIMS))


def count_spellings(transaction: Transaction, organisation: str) -> Counter[str]:
    """Table -> how many of its rows write the name of an organisation."""
    counts: Counter[str] = Counter()
    for table, column in IDENTITIES[0]:
        wanted = fold_company(organisation)
        counts[table] += sum(fold_company(row.cells.get(column, "")) == wanted for row in read_rows(transaction, table))
    return +counts


def compare_rows(resource: Resource, one: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Column, what the one says, what the other says, where they differ; ids aside."""
    return [(name, one.get(name, ""), other.get(name, "")) for name in resource.fields if name != "id" and one.get(name) != other.get(name)]
