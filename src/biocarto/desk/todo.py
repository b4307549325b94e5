"""What waits for an editor, of the rows as the register has them now: old pages, figures that contradict each other, unpublished acts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from biocarto.analysis.sources import list_conflicts
from biocarto.desk import editions
from biocarto.desk.acts import Desk
from biocarto.desk.description import make_frame, read_package
from biocarto.desk.ledger import read_rows
from biocarto.register import catalogue, freshness
from biocarto.register.tables import type_columns
from biocarto.rows import Row, list_rows
from biocarto.store.transaction import Transaction

MOST_OLD = 12
"""Rows that are named one by one."""


@dataclass(frozen=True)
class OldPage:
    """A site that nobody has confirmed for long: its row, the year of the page that its status rests on (None where it has none)."""

    actor: str
    name: str
    commune: str
    year: int | None
    source_url: str
    source_title: str


@dataclass(frozen=True)
class Conflict:
    """A fact of which sources of one period say different things: the rows of its figures."""

    fact: str
    figures: tuple[Row, ...]


@dataclass(frozen=True)
class Waiting:
    """What waits: the last edition, how many acts it does not have, the oldest pages and how many there are, the conflicts."""

    edition: str
    acts: int
    old_count: int
    oldest: tuple[OldPage, ...]
    conflicts: tuple[Conflict, ...]


def read_waiting(desk: Desk) -> Waiting:
    """What waits now; raises StoreError, DataError."""
    with desk.store.read() as transaction:
        newest = editions.read_newest(transaction)
        upto = newest.upto if newest else 0
        [(acts,)] = transaction.execute("SELECT count(*) FROM change_set WHERE number > ?", (upto,))
        actors, evidence, figures = (_read_typed(transaction, name) for name in ("actors", "evidence", "figures"))
    told = catalogue.tell_actor_status(actors, evidence, desk.today())
    # the first two digits of a commune's code are those of its department, here
    old = freshness.select_to_check(told.assign(department_code=told["commune_code"].str[:2]), desk.today())
    conflicts = tuple(Conflict(fact, tuple(list_rows(rows))) for fact, rows in list_conflicts(figures).items())
    return Waiting(newest.name if newest else "", int(acts), len(old), tuple(_list_old(old)), conflicts)


def _read_typed(transaction: Transaction, name: str) -> pd.DataFrame:
    resource = read_package(transaction)[name]
    return type_columns(resource, make_frame(resource, read_rows(transaction, name)))


def _list_old(rows: pd.DataFrame) -> list[OldPage]:
    return [
        OldPage(
            row["id"],
            row["name"],
            row["commune"],
            None if pd.isna(row["status_year"]) else int(row["status_year"]),
            row["status_source_url"],
            row["status_source_title"],
        )
        for row in list_rows(rows.head(MOST_OLD))
    ]
