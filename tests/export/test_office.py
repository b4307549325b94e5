"""What office files say in words: every header and every code in both languages, one label each; whole tables as files."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from biocarto.config import Settings
from biocarto.export import selection as selections
from biocarto.export.columns import COLUMNS
from biocarto.export.csv import write_excel_csv, write_plain_csv
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection, build_file_name
from biocarto.export.xlsx import write_xlsx
from biocarto.i18n import LANGUAGES, Locale
from biocarto.register import tables as catalogue
from biocarto.register.headers import HEADERS, label_values, translate_header, translate_values
from biocarto.register.tables import TABLES, Tables
from biocarto.render.text import disarm_text
from tests.export.selections import LINK, a_row, a_selection, restored

DATA: Path = Settings().data


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The register's own tables."""
    return catalogue.read(DATA)


def described() -> list[tuple[str, str, list[str]]]:
    """Table, column and codes (none: free text) of datapackage.json, and the columns that the joins add."""
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    found = []
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            codes = field.get("constraints", {}).get("enum") or field.get("items", {}).get("enum") or []
            found.append((resource["name"], field["name"], codes))
    return found + [("actors", column.name, []) for column in COLUMNS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_label_of_its_own(lang: str) -> None:
    """In each table, and none is the name that programs use."""
    t = Locale(lang)
    assert sorted({name for _, name, _ in described()} - set(HEADERS)) == []
    for table in {table for table, _, _ in described()}:
        names = {name for owner, name, _ in described() if owner == table} - ({"position"} if table == "actors" else set())
        labels = [translate_header(name, t) for name in names]
        assert len(set(labels)) == len(names)
        assert not set(labels) & names


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_label_of_its_own(lang: str) -> None:
    """No two codes of a column read the same, so that a label leads back."""
    for table, name, codes in described():
        labels = translate_values(table, name, Locale(lang))
        assert [code for code in codes if code not in labels] == [], (table, name)
        assert len(set(labels.values())) == len(labels), (table, name)
        assert not any(";" in label for label in labels.values())


def whole(tables: Tables, name: str, lang: str = "fr") -> Selection:
    """A table of the register as a file of its own."""
    about = tables.resources[name]
    return selections.select_table(name, getattr(tables, name), link=LINK, made=date(2026, 11, 23), about=about, lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_no_code_stands_in_a_cell(tables: Tables, name: str, lang: str) -> None:
    """Of any table, in the workbook as in the CSV for Excel: what a program calls something is nowhere."""
    selection = whole(tables, name, lang)
    csv = pd.read_csv(io.BytesIO(write_excel_csv(selection)), sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    header, *rows = load_workbook(io.BytesIO(write_xlsx(selection))).worksheets[0].iter_rows(values_only=True)
    assert list(header) == list(csv.columns)
    assert len(rows) == len(csv) == len(getattr(tables, name))
    for column in selection.columns:
        labels = translate_values(name, column.name, Locale(lang))
        codes = {str(code) for code in label_values(name, column.name)} - set(labels.values())
        place = header.index(translate_header(column.name, Locale(lang)))
        cells = {item for text in [*csv.iloc[:, place], *(str(row[place]) for row in rows)] for item in text.split("; ")}
        assert not codes & cells, column.name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_back_from_both_its_files(tables: Tables, name: str) -> None:
    """The plain file is the table as it is kept; the file for Excel leads back to it label by label."""
    selection = whole(tables, name)
    kept = pd.read_csv(DATA / tables.resources[name]["path"], dtype="str", keep_default_na=False).map(disarm_text)
    plain = pd.read_csv(io.BytesIO(write_plain_csv(selection)), dtype="str", keep_default_na=False)
    words = pd.read_csv(
        io.BytesIO(write_excel_csv(selection)), sep=";", decimal=",", encoding="utf-8-sig", dtype="str", keep_default_na=False
    )
    numbers = [column.name for column in selection.columns if column.type == "number"]
    texts = [column for column in kept.columns if column not in numbers]
    pd.testing.assert_frame_equal(plain[texts], kept[texts])
    pd.testing.assert_frame_equal(restored(words, selection)[texts], kept[texts])
    for column in numbers:
        assert pd.to_numeric(plain[column]).to_list() == pytest.approx(pd.to_numeric(kept[column]).to_list(), nan_ok=True)


def test_the_two_files_of_rows_have_different_names() -> None:
    """Whoever takes both has both."""
    names = [build_file_name(a_selection(a_row()), kind.extension, kind.mark) for kind in FORMATS.values()]
    assert len(set(names)) == len(names)
    assert "biocarto-biotherapies-essonne-2026-11-23-excel.csv" in names
    long = a_selection(a_row(), filters=[("Recherche", "mot " * 100)])
    assert max(len(build_file_name(long, kind.extension, kind.mark)) for kind in FORMATS.values()) <= selections.LONGEST_NAME
