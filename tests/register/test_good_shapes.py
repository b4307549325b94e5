"""Ten shapes of good files, each read as the committed tables are: nothing that loads today is refused tomorrow."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.export import selection
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.register import catalogue as joins
from biocarto.register import schema
from biocarto.register import tables as catalogue
from biocarto.register.delimited import read_sheet
from biocarto.register.tables import Tables
from tests.builders import DATA, a_site, write_tables
from tests.support.register import joined, layers, tables

RESOURCES = schema.parse((DATA / catalogue.PACKAGE).read_text(encoding="utf-8"))
Cells = list[list[str]]


def as_text(cells: Cells, separator: str = ",", line_end: str = "\n") -> str:
    """Rows as a program writes them."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator=line_end).writerows(cells)
    return target.getvalue()


def as_windows(cells: Cells) -> bytes:
    """As French Excel writes "CSV (séparateur : point-virgule)": what Windows-1252 lacks is replaced in the comparison, not here."""
    return as_text(cells, ";", "\r\n").encode("cp1252")


SHAPES: dict[str, Callable[[Cells], bytes]] = {
    "as it is": lambda cells: as_text(cells).encode(),
    "byte-order mark": lambda cells: b"\xef\xbb\xbf" + as_text(cells).encode(),
    "windows line ends": lambda cells: as_text(cells, line_end="\r\n").encode(),
    "semicolons in UTF-8": lambda cells: as_text(cells, ";").encode(),
    "quoted everywhere": lambda cells: "\n".join(",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in cells).encode(),
    "columns in another order": lambda cells: as_text([row[::-1] for row in cells]).encode(),
    "an unknown column": lambda cells: as_text([[*row, "à moi" if n else "remarques"] for n, row in enumerate(cells)]).encode(),
    "blank rows at the end": lambda cells: as_text([*cells, *[[""] * len(cells[0])] * 1000]).encode(),
    "a line that tells the separator": lambda cells: ("sep=;\r\n" + as_text(cells, ";", "\r\n")).encode(),
    "unicode text of Excel": lambda cells: as_text(cells, "\t", "\r\n").encode("utf-16"),
    "a column that was touched": lambda cells: as_text([[*row, "", ""] for row in cells], ";").encode(),
}


def reshaped(folder: Path, shape: Callable[[Cells], bytes], encodable: str = "") -> Tables:
    """Every committed table in another shape, read; tables with letters that `encodable` lacks stay as they are."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        if not encodable or text.encode(encodable, "ignore").decode(encodable) == text:
            path.write_bytes(shape(list(csv.reader(io.StringIO(text, newline="")))))
    return catalogue.read(folder)


def expect_same(found: Tables, *, order: bool = True) -> None:
    """The same cells in the same rows as in the committed tables."""
    for name in catalogue.TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(tables(), name), check_like=not order)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_good_shape_is_read_as_the_table_itself(tmp_path: Path, shape: str) -> None:
    """Each cell of each table is what it was, and the tables still join with the layers."""
    found = reshaped(tmp_path, SHAPES[shape])
    expect_same(found, order=shape != "columns in another order")
    assert joins.find_issues(found, layers()) == []


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    """Tables whose letters Windows-1252 has: each is read, and told as a notice, in both languages."""
    found = reshaped(tmp_path, as_windows, "cp1252")
    expect_same(found)
    told = {notice.table for notice in found.notices}
    assert told >= {"clusters.csv", "regional_figures.csv"}
    assert all("Windows-1252" in notice.text(lang) for notice in found.notices for lang in ("fr", "en"))


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    """It is left out, and neither refused nor forgotten."""
    found = reshaped(tmp_path, SHAPES["an unknown column"])
    assert {(notice.table, notice.line, notice.column) for notice in found.notices} == {
        (resource.path, 1, "remarques") for resource in RESOURCES.values()
    }


def test_line_breaks_in_quotes_are_part_of_a_cell(tmp_path: Path) -> None:
    """In a column that may hold them: the file is one row, whatever its separator."""
    for separator in ",;":
        path = tmp_path / "x.csv"
        path.write_text(f'id{separator}name\n1{separator}"a\nb"\n', encoding="utf-8")
        assert read_sheet(path, {"id", "name"}.__contains__).frame.to_numpy().tolist() == [["1", "a\nb"]]


@pytest.mark.parametrize(("write", "lang"), [(write_excel_csv, "fr"), (write_excel_csv, "en"), (write_plain_csv, "fr")])
def test_an_export_of_actors_comes_back(tmp_path: Path, write: Callable[..., bytes], lang: str) -> None:
    """What the product hands out as CSV is a table of actors: every cell that the register has is what it was."""
    register = joined()
    about = register.resources["actors"]
    made = selection.build_selection(register.actors, filters=[], link="", made=date(2026, 11, 28), about=about, described={}, lang=lang)
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "actors.csv").write_bytes(write(made))
    found = catalogue.read(tmp_path)
    pd.testing.assert_frame_equal(found.actors, tables().actors, check_like=True)
    (notice,) = found.notices
    assert (notice.table, notice.line) == ("actors.csv", 1)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", [name for name in catalogue.TABLES if name not in {"actors", "evidence"}])
def test_every_downloaded_table_comes_back(tmp_path: Path, name: str, lang: str) -> None:
    """With the labels of either language for its columns and codes, semicolons and decimal commas."""
    rows = getattr(tables(), name)
    made = selection.select_table(name, rows, link="", made=date(2026, 11, 28), about=tables().resources[name], lang=lang)
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / RESOURCES[name].path).write_bytes(write_excel_csv(made))
    found = catalogue.read(tmp_path)
    pd.testing.assert_frame_equal(getattr(found, name), rows, check_like=True)


def test_numbers_and_days_of_french_excel(tmp_path: Path) -> None:
    """Decimal commas and 10/09/2024, where semicolons part the cells; each change of a column is told once."""
    folder = write_tables(tmp_path, sites=[a_site()])
    for name, before, after in (("sites", "48.62362", "48,62362"), ("events", "2024-06-13", "13/06/2024")):
        path = folder / f"{name}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        path.write_text(as_text([[after if cell == before else cell for cell in row] for row in rows], ";"), encoding="utf-8")
    found = catalogue.read(folder)
    assert (found.sites["latitude"][0], found.events["start"][0]) == (48.62362, "2024-06-13")
    assert [(notice.table, notice.column) for notice in found.notices] == [("sites.csv", "latitude"), ("events.csv", "start")]


def test_a_decimal_comma_between_commas_stays_wrong(tmp_path: Path) -> None:
    """Only a file with another separator is written the French way."""
    folder = write_tables(tmp_path, sites=[a_site(latitude="48,62362")])
    with pytest.raises(catalogue.CatalogueError, match="a number, with a decimal point"):
        catalogue.read(folder)


ANY_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=12)


@settings(max_examples=settings().max_examples // 2)
@given(
    rows=st.lists(st.tuples(ANY_CELL, ANY_CELL, ANY_CELL), max_size=5),
    separator=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    told=st.booleans(),
)
def test_wild_cells_survive_every_shape(rows: list[tuple[str, ...]], separator: str, line_end: str, encoding: str, told: bool) -> None:
    """Whatever the cells hold, what was written is read; a row without anything is left out."""
    cells = [["id", "name", "note"], *map(list, rows)]
    start = f"sep={separator}{line_end}" if told else ""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(cells)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes((start + target.getvalue()).encode(encoding))
        sheet = read_sheet(path, {"id", "name", "note"}.__contains__)
    assert sheet.issues == ()
    assert sheet.frame.to_numpy().tolist() == [row for row in cells[1:] if any(cell.strip() for cell in row)]


@settings(max_examples=settings().max_examples // 2)
@given(content=st.binary(max_size=200))
def test_wild_bytes_are_rows_or_one_issue(content: bytes) -> None:
    """No file is an exception."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content)
        sheet = read_sheet(path, {"id", "name"}.__contains__)
    assert sheet.issues or len(sheet.frame.columns)
    assert all(issue.found.isprintable() and len(issue.found) <= 80 for issue in sheet.issues)
