"""An export opened, edited and saved by LibreOffice: the import shows just the edits."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from biocarto.desk.acts import Desk
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.staging import Choices
from biocarto.export import selection
from biocarto.export.formats import FORMATS
from tests.support.contacts import count_outcome
from tests.support.desk import PAGE, copy_store, open_desk
from tests.support.register import joined

pytestmark = pytest.mark.services

SAVED = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "ods": "ods:calc8",
    "xls": "xls:MS Excel 97",
    "csv": "csv:Text - txt - csv (StarCalc):59,34,76,1",
}
"""Ending -> the filter that LibreOffice saves by; CSV with semicolons, as in France."""
EDITED, EMPTIED = "genethon", "cellectis"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The register that the export is made of; no test writes into it."""
    return open_desk(copy_store(tmp_path_factory.mktemp("office")))


def save_with_libreoffice(path: Path, ending: str) -> Path:
    """Open a file in LibreOffice and save it in a format of its own."""
    folder = path.parent / ending
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", SAVED[ending], "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | {"LC_ALL": "C.UTF-8"}, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.iterdir())


def write_edited_export(folder: Path, lang: str) -> Path:
    """The workbook of all actors, with a cell changed, one emptied and a row added, as somebody types them."""
    catalogue = joined()
    about = catalogue.resources["actors"]
    chosen = selection.build_selection(
        catalogue.actors, filters=[], link="https://biocarto.example/", made=date(2026, 12, 1), about=about, described={}, lang=lang
    )
    path = folder / "export.xlsx"
    path.write_bytes(FORMATS["xlsx"].write(chosen, selection.ignore_progress))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row[0].row for row in sheet.iter_rows() if any(cell.value in {"Identifiant", "Identifier"} for cell in row))
    columns = {str(cell.value): cell.column for cell in sheet[header]}
    names = {"id": ("Identifiant", "Identifier"), "founded": ("Année de création", "Founded in"), "modalities": ("Modalités", "Modalities")}
    at = {name: next(columns[label] for label in labels if label in columns) for name, labels in names.items()}
    rows = {sheet.cell(line, at["id"]).value: line for line in range(header + 1, sheet.max_row + 1)}
    sheet.cell(rows[EDITED], at["founded"]).value = 1991
    sheet.cell(rows[EMPTIED], at["modalities"]).value = None
    last = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column).value = sheet.cell(rows[EDITED], column).value
    sheet.cell(last, at["id"]).value = None
    sheet.cell(last, next(columns[label] for label in ("Nom", "Name"))).value = "Une Inventée de LibreOffice"
    sheet.cell(last, columns["Organisation"]).value = "Une Inventée de LibreOffice"
    book.save(path)
    return path


@pytest.mark.parametrize("ending", SAVED)
def test_an_export_edited_in_libreoffice_shows_just_the_edits(desk: Desk, tmp_path: Path, ending: str) -> None:
    """One cell changed, one emptied, one row added; numbers, dates, codes and lists are what they were."""
    saved = save_with_libreoffice(write_edited_export(tmp_path, "fr"), ending)
    explanation = explain(desk, saved.name, saved.read_bytes(), Choices(page=PAGE))
    assert count_outcome(explanation) == {"new": 1, "changed": 2}
    assert {(cell.row_id, cell.field, cell.after) for cell in explanation.changed} == {
        (EDITED, "founded", "1991"),
        (EMPTIED, "modalities", ""),
    }
    assert explanation.new[0].values["name"] == "Une Inventée de LibreOffice"
