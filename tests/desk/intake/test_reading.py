"""Files of every kind as sheets of text, and what is said of those that are none."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import date, datetime, time, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from biocarto.desk.intake import geo_file, workbook
from biocarto.desk.intake.intake_error import IntakeError
from biocarto.desk.intake.reading import read_grids
from biocarto.desk.intake.workbook import write_cell
from biocarto.desk.intake.xlsx_sheet import SheetShape, scan_sheet
from tests.support.intake import map_file, stage_file
from tests.support.planted import (
    HEADERS,
    PlantedFile,
    Told,
    list_good,
    list_planted,
    make_rows,
    make_siret,
    write_csv,
    write_geojson,
    write_ods,
    write_ods_rows,
    write_sheet,
    write_xls,
    write_xlsx,
)

UNREADABLE = [file for file in list_planted() if any(fault.told is Told.FILE for fault in file.faults)]
TEXT_ROWS = [list(HEADERS), *([str(cell) for cell in row] for row in make_rows(3))]


@pytest.mark.parametrize("file", UNREADABLE, ids=lambda file: file.name)
def test_a_file_that_cannot_be_read_says_so(file: PlantedFile) -> None:
    """What is wrong, where, that nothing is harmed and what to do, in both languages; never another error."""
    with pytest.raises(IntakeError) as caught:
        map_file(stage_file(file.name, file.data))
    (fault,) = file.faults
    said = caught.value.message("fr")
    assert fault.expected in said
    assert said.startswith(file.name)
    assert fault.found in said
    assert not fault.line or f"ligne {fault.line}" in said
    assert "le registre n'a pas changé" in said
    assert "the register has not changed" in caught.value.message("en")


@pytest.mark.parametrize("file", list_good(), ids=lambda file: file.name)
def test_a_good_file_is_read_whole(file: PlantedFile) -> None:
    """Every shape has its three rows, and each of its columns means one of the register."""
    staged = stage_file(file.name, file.data)
    columns = map_file(staged)
    assert len(staged.cells) == 3
    assert {column.field for column in columns} >= {"name", "siret", "commune", "postcode", "kind", "category", "founded"}
    assert staged.cells[1].tolist() == [make_siret(number) for number in (1, 2, 3)]


def test_the_same_rows_are_the_same_cells_in_every_format() -> None:
    """CSV, UTF-16, XLSX, ODS and old XLS give one frame: the lines that a spreadsheet shows, and text."""
    files = {
        "a.csv": write_csv(TEXT_ROWS),
        "a.tsv": write_csv(TEXT_ROWS, "\t", encoding="utf-16"),
        "a.xlsx": write_xlsx({"A": TEXT_ROWS}),
        "a.ods": write_ods_rows(TEXT_ROWS),
        "a.xls": write_xls([(row, column, cell) for row, cells in enumerate(TEXT_ROWS) for column, cell in enumerate(cells)]),
    }
    for name, data in files.items():
        (grid,) = read_grids(name, data)
        assert grid.cells.to_numpy().tolist() == TEXT_ROWS, name
        assert grid.cells.index.tolist() == [1, 2, 3, 4], name


def test_lines_and_letters_are_those_of_the_spreadsheet() -> None:
    """Blank rows and columns before and between are counted, and blank rows are no rows."""
    (grid,) = read_grids("a.xlsx", write_xlsx({"A": [[], ["", "", "Nom"], [], ["", "", "x"]]}))
    assert grid.cells[2].to_dict() == {2: "Nom", 4: "x"}
    (grid,) = read_grids("a.csv", b';;Nom\r\n;;\r\n;;"x\ny"\r\n;;z\r\n')
    assert grid.cells[2].to_dict() == {1: "Nom", 3: "x\ny", 4: "z"}


def test_a_value_is_text_as_people_see_it() -> None:
    """Whole numbers without decimals, days in ISO form and without midnight, a French yes and no."""
    cells = {
        44012.0: "44012",
        12.5: "12.5",
        80351245800012.0: "80351245800012",
        1e300: "1e+300",
        True: "VRAI",
        date(2021, 6, 8): "2021-06-08",
        datetime(2021, 6, 8): "2021-06-08",  # noqa: DTZ001 - a spreadsheet knows no zone
        datetime(2021, 6, 8, 10, 30): "2021-06-08 10:30:00",  # noqa: DTZ001 - as above
        time(10, 30): "10:30:00",
        timedelta(hours=36): "1 day, 12:00:00",
        None: "",
    }
    assert {cell: write_cell(cell) for cell in cells} == cells


def test_an_error_of_a_formula_keeps_its_sign() -> None:
    """The reader drops it: whoever checks cells must be able to name it."""
    file = next(file for file in list_planted() if file.name == "formules.xlsx")
    (grid,) = read_grids(file.name, file.data)
    assert {fault.found: grid.cells.at[fault.line, ord(fault.letter) - ord("A")] for fault in file.faults} == {
        fault.found: fault.found for fault in file.faults
    }


def test_an_old_workbook_says_its_errors() -> None:
    """Those of its cells, by the same signs; a text that several cells share is in each of them."""
    cells = [(0, 0, "Nom"), (0, 1, "Ville"), (1, 0, [1]), (1, 1, b"\x17"), (2, 0, [1]), (2, 1, b"\x2a"), (3, 0, [0]), (3, 1, 12.5)]
    (grid,) = read_grids("a.xls", write_xls(cells, ["x" * 20_000, "Exemple"]))
    assert grid.cells.to_numpy().tolist() == [["Nom", "Ville"], ["Exemple", "#REF!"], ["Exemple", "#N/A"], ["x" * 20_000, "12.5"]]


def test_an_ods_says_its_errors() -> None:
    """LibreOffice keeps them as a text beside an empty value."""
    cell = b'<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
    wrong = cell % (b' office:string-value="" calcext:value-type="error"', b"#REF!")
    rows = [cell % (b"", b"Nom") + cell % (b"", b"Ville"), b"<table:table-cell/>" + wrong]
    (grid,) = read_grids("a.ods", write_ods(b"".join(b"<table:table-row>" + row + b"</table:table-row>" for row in rows)))
    assert grid.cells.to_numpy().tolist() == [["Nom", "Ville"], ["", "#REF!"]]


def test_a_panic_of_the_reader_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Rust meets what it did not expect, Python gets what no `except Exception` would catch."""
    panic = type("PanicException", (BaseException,), {})

    def fail(_: object) -> None:
        raise panic("slice index starts at 5568 but ends at 4416")

    monkeypatch.setattr(workbook, "load_workbook", fail)
    with pytest.raises(IntakeError, match="damaged or incomplete"):
        read_grids("a.xls", write_xls([(0, 0, "Nom")]))


def test_a_geopackage_is_read_in_degrees(tmp_path: Path) -> None:
    """Whatever its system of coordinates; what is no point keeps its row and is told."""
    shapes = gpd.GeoSeries([Point(2.43, 48.62), LineString([(2, 48), (3, 49)]), None], crs=4326)
    frame = gpd.GeoDataFrame({"Nom": ["a", "b", "c"], "Année de création": [2012, None, 2014]}, geometry=shapes).to_crs(2154)
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG", layer="a")
    (grid,) = read_grids("a.gpkg", (tmp_path / "a.gpkg").read_bytes())
    assert grid.cells.iloc[0].tolist() == ["Nom", "Année de création", "latitude", "longitude"]
    assert grid.cells[1].tolist() == ["Année de création", "2012", "", "2014"]
    assert [round(float(cell), 6) for cell in grid.cells.loc[2, [2, 3]]] == [48.62, 2.43]
    assert grid.cells.loc[3, [2, 3]].tolist() == ["", ""]
    assert "1 formes qui ne sont pas des points" in grid.notices[0].text("fr")


def test_a_parquet_is_read_as_a_table(tmp_path: Path) -> None:
    """With a geometry or without one; numbers as a spreadsheet has them."""
    frame = pd.DataFrame({"Nom": ["a", None], "Année de création": [2012, None]})
    frame.to_parquet(tmp_path / "a.parquet")
    (grid,) = read_grids("a.parquet", (tmp_path / "a.parquet").read_bytes())
    assert grid.cells.to_numpy().tolist() == [["Nom", "Année de création"], ["a", "2012"]]
    gpd.GeoDataFrame(frame, geometry=[Point(2.43, 48.62), None], crs=4326).to_parquet(tmp_path / "b.parquet")
    (grid,) = read_grids("b.parquet", (tmp_path / "b.parquet").read_bytes())
    assert grid.cells.iloc[1].tolist() == ["a", "2012", "48.62", "2.43"]


def test_a_parquet_that_says_much_in_few_bytes_is_not_opened(tmp_path: Path) -> None:
    """One long text, a thousand times by its number in a dictionary; and a file cut in half."""
    pd.DataFrame({"Nom": ["x" * 1_000_000] * 1_000}).to_parquet(tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    assert len(data) < 1_000_000
    with pytest.raises(IntakeError, match="was not opened"):
        read_grids("a.parquet", data)
    with pytest.raises(IntakeError, match="damaged, incomplete"):
        read_grids("a.parquet", data[: len(data) // 2])


def test_a_geojson_in_another_system_is_refused() -> None:
    """Metres that are read as degrees would put everybody into the sea."""
    told = json.loads(write_geojson([["Nom"], ["a"]], [(652_000.0, 6_862_000.0)])) | {
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    }
    with pytest.raises(IntakeError, match="EPSG::2154"):
        read_grids("a.geojson", json.dumps(told).encode())


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", write_xls([(0, 0, "Nom")])[:1700], b"{", b"SQLite format 3\0"]))
def test_whatever_bytes_come_a_sheet_or_a_sentence_comes_out(noise: bytes, start: bytes) -> None:
    """No other error, for any beginning of a kind of file that is read."""
    with contextlib.suppress(IntakeError):
        map_file(stage_file("a.xlsx", start + noise))


@given(st.sampled_from([file for file in list_good() if file.name.endswith((".xlsx", ".ods", ".xls"))]), st.data())
def test_a_damaged_workbook_is_a_sentence(file: PlantedFile, data: st.DataObject) -> None:
    """A good file with bytes of it changed or cut off: read, or refused in words, even where the reader panics."""
    good = bytearray(file.data)
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(good) // 2, len(good)))
    with contextlib.suppress(IntakeError):
        map_file(stage_file("a.xlsx", bytes(good[:cut])))


@given(
    st.lists(st.sampled_from(["x" * 2_000, '<row r="7">', "<row>", '<c r="B3">', "<c>", "<c/>", "<v>1</v>", "</c>", "</row>"]), max_size=30)
)
def test_a_sheet_is_never_larger_than_what_was_counted(parts: list[str]) -> None:
    """However its parts are cut into pieces: as many columns and rows as they say, and those that say nothing."""
    text = "".join(parts).encode()
    whole, cut = SheetShape(), SheetShape()
    scan_sheet("a", iter([text]), whole)
    scan_sheet("a", iter([text[start : start + 1000] for start in range(0, len(text), 1000)]), cut)
    numbered = [7 if "row" in part else 3 for part in parts if ' r="' in part]
    for shape in (whole, cut):
        assert shape.height >= max(numbered, default=0)
        assert shape.columns >= max((2 for part in parts if part.startswith("<c r")), default=0)
        assert shape.height >= len([part for part in parts if part == "<row>"])


def test_an_empty_end_of_a_sheet_is_not_counted() -> None:
    """LibreOffice closes a sheet with a million rows of nothing."""
    cell = b'<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    rows = b"".join(b"<table:table-row>" + cell % text + b"</table:table-row>" for text in (b"Nom", b"x"))
    end = (
        b'<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (grid,) = read_grids("a.ods", write_ods(rows + end))
    assert grid.cells[0].tolist() == ["Nom", "x"]


def test_a_sheet_without_numbers_of_its_own_is_read() -> None:
    """Some programs write neither the number of a row nor that of a cell."""
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(f"<row>{text.format(one)}{text.format(two)}</row>" for one, two in (("Nom", "Ville"), ("x", "y"))).encode()
    (grid,) = read_grids("a.xlsx", write_sheet(rows))
    assert grid.cells.to_numpy().tolist() == [["Nom", "Ville"], ["x", "y"]]


def test_sheets_beyond_what_is_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook of more cells than are read is read as far as they go, and the sheets after that are told."""
    monkeypatch.setattr(workbook, "MOST_CELLS", 10)
    grids = read_grids("a.xlsx", write_xlsx({name: [["Nom", "Ville"], ["a", "b"]] * 2 for name in ("Un", "Deux", "Trois")}))
    assert [grid.name for grid in grids] == ["Un"]
    assert [notice.fr.split(" : ")[0] for notice in grids[0].notices] == [
        f"la feuille « {name} » n'est pas lue" for name in ("Deux", "Trois")
    ]


def test_a_layer_without_end_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GeoPackage may hold a view that makes its rows as it is read: no more of them are taken than a sheet may have."""
    path = tmp_path / "a.gpkg"
    gpd.GeoDataFrame({"nom": ["a"]}, geometry=[Point(2, 48)], crs=4326).to_file(path, layer="lignes", driver="GPKG")
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE beginning (nom TEXT)")
        file.execute("INSERT INTO beginning VALUES ('a')")
        more = "WITH RECURSIVE more(nom) AS (SELECT nom FROM beginning UNION ALL SELECT nom FROM more) SELECT nom FROM more"
        file.execute(f"CREATE VIEW endless AS {more}")
        file.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('endless', 'attributes', 'endless')")
    monkeypatch.setattr(geo_file, "MOST_ROWS", 50)
    assert [len(grid.cells) for grid in read_grids("a.gpkg", path.read_bytes())] == [2, 52]
