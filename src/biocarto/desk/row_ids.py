"""Ids of new rows, made of their names: printed addresses are never given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from biocarto.names import fold
from biocarto.store.transaction import Transaction

LONGEST_ID = 80
"""Characters of an id that is made here."""
_MOST_ALIKE = 1000
"""Rows of one name that get a number each."""


def find_free_id(cells: Mapping[str, str], is_given: Callable[[str], bool]) -> str:
    """An id made of the name, then of the name and the commune, then numbered; "" where the name gives none."""
    name = fold(cells.get("name") or cells.get("title_fr") or cells.get("label_fr") or "").replace(" ", "-")
    return next((found for found in _list_ids(name, cells.get("commune", "")) if not is_given(found)), "")


def _list_ids(name: str, commune: str) -> Iterator[str]:
    if not name:
        return
    yield name[:LONGEST_ID].strip("-")
    commune = fold(commune).replace(" ", "-")
    for ending in chain([f"-{commune}" if commune else ""], (f"-{number}" for number in range(2, _MOST_ALIKE))):
        if len(ending) < LONGEST_ID:
            yield f"{name[: LONGEST_ID - len(ending)].strip('-')}{ending}"


def is_given(transaction: Transaction, resource: str, row_id: str) -> bool:
    """Whether a row has, or ever had, an id: also one that was removed, or that leads to another row."""
    query = "SELECT 1 FROM fact WHERE resource IN (?, 'redirects') AND row_id = ? LIMIT 1"
    return bool(transaction.execute(query, (resource, row_id)))


def list_given(transaction: Transaction, resource: str) -> frozenset[str]:
    """Every id that a row of a table has or ever had, and every one that leads to another row."""
    query = "SELECT DISTINCT row_id FROM fact WHERE resource IN (?, 'redirects')"
    return frozenset(str(row_id) for (row_id,) in transaction.execute(query, (resource,)))
