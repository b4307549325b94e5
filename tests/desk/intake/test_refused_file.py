"""Refused lines come back as a file to correct, which maps by itself when it is imported again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from biocarto.desk.acts import Desk
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.refused_file import write_refused
from biocarto.desk.intake.staging import Choices
from tests.support.contacts import a_contact, count_outcome, explain_lines, import_lines
from tests.support.desk import PAGE, copy_store, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A register that no test of this file writes into, but the one that says so."""
    return open_desk(copy_store(tmp_path_factory.mktemp("refused")))


WRONG = a_contact(**{"Société": "=1+1 Inventée", "Ville": "Lutetia", "Code": "0123"})


def test_it_has_the_columns_of_the_file_and_the_reasons(desk: Desk) -> None:
    """Only the refused lines, as they were, each with what to correct; as Excel opens it in French."""
    explanation = explain_lines(desk, a_contact(Code=""), WRONG)
    text = write_refused(explanation).decode("utf-8-sig").splitlines()
    assert text[0] == ";".join([*explanation.staged.headers, "À corriger"])
    assert len(text) == 2
    assert text[1].startswith("'=1+1 Inventée;Lutetia;")
    assert "Ville : trouvé « Lutetia », attendu : " in text[1]
    assert write_refused(explanation, "en").decode("utf-8-sig").splitlines()[0].endswith(";To correct")


def test_a_workbook_has_text_and_no_formula(desk: Desk) -> None:
    """Leading zeros stay, a formula does not run."""
    data = write_refused(explain_lines(desk, WRONG), kind="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = {header.value: cell for header, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["Code"].value == "0123"
    assert cells["Société"].value == "'=1+1 Inventée"
    assert {cell.data_type for cell in sheet[2]} == {"s"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_corrected_it_is_imported_as_it_is(desk: Desk, kind: str) -> None:
    """The column of reasons is none of its own; uncorrected, it is refused for the same reasons."""
    explanation = explain_lines(desk, WRONG)
    data = write_refused(explanation, kind=kind)
    again = explain(desk, f"a-corriger.{kind}", data, Choices(page=PAGE))
    assert [column.header for column in again.columns] == [column.header for column in explanation.columns]
    assert [(cell.column, cell.found) for cell in again.refused] == [(cell.column, cell.found) for cell in explanation.refused]
    if kind == "csv":
        corrected = explain(desk, "corrige.csv", data.replace(b"Lutetia", b"Massy").replace(b"'=1+1", b"Une"), Choices(page=PAGE))
        assert count_outcome(corrected) == {"new": 1}


def test_columns_that_were_chosen_hold_for_the_file_to_correct(tmp_path: Path) -> None:
    """Its shape is that of the file that it came from."""
    desk = open_desk(copy_store(tmp_path))
    explanation = import_lines(desk, a_contact(Truc="2004"), WRONG | {"Truc": "2005"}, fields={6: "founded"})
    again = explain(desk, "a-corriger.csv", write_refused(explanation), Choices(page=PAGE))
    assert next(column.field for column in again.columns if column.header == "Truc") == "founded"
