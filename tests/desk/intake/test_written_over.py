"""Cells of a file that a person has written over: read like the file's own, and told with the act."""

from __future__ import annotations

from pathlib import Path

from biocarto.desk import history
from tests.support.contacts import a_contact, count_outcome, explain_lines, import_lines
from tests.support.desk import copy_store, open_desk

TYPO = a_contact(Ville="Evri-Courcouronne")
PLACE = {(2, list(TYPO).index("Ville")): "Évry-Courcouronnes"}


def test_a_refused_line_is_mended_on_the_spot(tmp_path: Path) -> None:
    """It enters, and the history says that a cell was corrected by hand; what is not in the sheet is left aside."""
    desk = open_desk(copy_store(tmp_path))
    refused = explain_lines(desk, TYPO)
    assert count_outcome(refused) == {"refused": 1}
    assert refused.columns[list(TYPO).index("Ville")].letter == refused.refused[0].letter
    mended = import_lines(desk, TYPO, cells={**PLACE, (99, 0): "x", (2, 99): "x"})
    assert count_outcome(mended) == {"new": 1}
    with desk.store.read() as transaction:
        why = history.read_page(transaction, history.HistoryQuestion()).entries[0].act.why
    assert why.endswith(", 1 cellule corrigée à la main)")


def test_what_is_written_over_may_be_refused_too(tmp_path: Path) -> None:
    """Whatever a person types is a cell like another."""
    desk = open_desk(copy_store(tmp_path))
    [cell] = explain_lines(desk, TYPO, cells={next(iter(PLACE)): "=1+1"}).refused
    assert cell.found == "=1+1"
