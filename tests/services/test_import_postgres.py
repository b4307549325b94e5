"""An import on a real PostgreSQL: entered as one act, remembered, and taken back by another."""

from __future__ import annotations

import pytest

from biocarto.desk import seed
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.staging import Choices
from biocarto.desk.ledger import find_deviations, read_rows
from biocarto.desk.reshaping import undo
from biocarto.store.database import open_store
from tests.bench.intake import write_lines
from tests.support.desk import PAGE, an_intent, open_desk
from tests.support.postgres import Cluster
from tests.support.register import ROOT

pytestmark = pytest.mark.services


def test_an_import_is_applied_and_taken_back(cluster: Cluster) -> None:
    """New lines enter with their page, the same file then changes nothing, and undo leaves the rows as they were."""
    store = open_store(cluster.address(cluster.create()))
    seed.seed(store, ROOT / "data")
    desk, data = open_desk(store), write_lines(200)
    with store.read() as transaction:
        before = read_rows(transaction, "actors")
    explained = explain(desk, "contacts.csv", data, Choices(page=PAGE))
    made = apply_import(desk, an_intent("contacts du pôle"), explained)
    assert made is not None
    again = explain(desk, "contacts.csv", data, Choices(page=PAGE))
    assert (len(explained.new), again.new, again.changed) == (len(again.unchanged), (), ())
    with store.read() as transaction:
        assert len(read_rows(transaction, "actors")) == len(before) + len(explained.new)
    undo(desk, an_intent("par erreur"), made.number)
    with store.read() as transaction:
        assert [(row.id, row.place, row.cells) for row in read_rows(transaction, "actors")] == [
            (row.id, row.place, row.cells) for row in before
        ]
        assert not [*find_deviations(transaction)]
