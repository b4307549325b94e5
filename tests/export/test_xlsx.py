"""Workbooks, read back with another library than the one that writes them."""

from __future__ import annotations

import io
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from datetime import datetime

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.escape import unescape

from biocarto.errors import ExportError
from biocarto.export import xlsx as module
from biocarto.export.columns import COLUMNS, NAMES, TYPE_LABELS
from biocarto.export.office import order_columns
from biocarto.export.table import build_table, flatten_table
from biocarto.export.xlsx import write_xlsx
from biocarto.i18n import Locale
from tests.export.selections import LINK, a_row, a_selection, many, restored

PLACES = [column.name for column in order_columns(a_selection())]
"""The columns as a workbook in French holds them."""


def opened(data: bytes) -> Workbook:
    """The workbook, after a look at every part: a part that is not well-formed is what makes Excel offer a repair."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            ET.fromstring(parts.read(name))
    return load_workbook(io.BytesIO(data))


def cell(data: bytes, column: str):
    """The cell of the first row in one column."""
    return opened(data).worksheets[0].cell(2, PLACES.index(column) + 1)


def notes(data: bytes) -> list[tuple[object, object]]:
    """Label and value, line by line, of the second sheet."""
    return list(opened(data).worksheets[1].iter_rows(max_col=2, values_only=True))


def test_the_register_comes_back_with_its_types(register) -> None:
    """Text in words, whole years, degrees, and nothing where nothing is known."""
    selection = a_selection(frame=register.actors)
    header, *rows = opened(write_xlsx(selection)).worksheets[0].iter_rows(values_only=True)
    back = restored(pd.DataFrame(rows, columns=header, dtype=object), selection)
    expected = flatten_table(build_table(register.actors)).astype(object)
    assert back[list(NAMES)].to_numpy().tolist() == expected.where(expected.notna(), None).to_numpy().tolist()
    assert {type(value) for value in back["as_of"]} == {int}
    assert {type(value) for value in back["latitude"].dropna()} == {float}
    assert {type(value) for value in back["commune_code"]} == {str}


def test_the_sheet_is_ready_to_use() -> None:
    """The header is bold and stays with the names, every column filters, and has its width."""
    sheet = opened(write_xlsx(a_selection(a_row(), a_row(id="beta")))).worksheets[0]
    assert (sheet["A1"].value, sheet["A1"].font.bold) == ("Nom", True)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, len(COLUMNS)).coordinate}"
    assert sheet.column_dimensions["A"].width > 30


def test_every_sheet_is_ready_to_print() -> None:
    """A4 in landscape, as wide as the page; the rows repeat their header and leave keys, addresses and the other language out."""
    sheets = opened(write_xlsx(a_selection(a_row(), a_row(id="beta")))).worksheets
    for sheet in sheets:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", 9, True)
        assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
        assert sheet.oddFooter.right.text == "&P / &N"
    assert [sheet.print_title_rows for sheet in sheets] == ["$1:$1", None, "$1:$1"]
    last = sheets[0].print_area.split("$")[-2]
    printed = [cell.value for cell in sheets[0][1][: column_index_from_string(last)]]
    assert {"Nom", "Activité (français)", "Commune", "Présence", "Année du statut", "Titre de la source"} <= set(printed)
    assert not {"Identifiant", "Activité (anglais)", "Adresse de la source", "Latitude"} & set(printed)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "internal:Sheet!A1", "https://" + "a" * 2100])
def test_only_web_addresses_are_links(url: str) -> None:
    """Anything else stays the text that it is."""
    found = cell(write_xlsx(a_selection(a_row(website=url))), "website")
    assert (found.value, found.hyperlink) == (url, None)


def test_web_addresses_are_links() -> None:
    """One click from a fact to its source."""
    data = write_xlsx(a_selection(a_row(website="http://example.org/é?a=1#b")))
    assert cell(data, "website").hyperlink.target.startswith("http://example.org/")
    assert cell(data, "source_url").hyperlink.target == "https://example.org/page"


def test_too_many_links_for_a_sheet_stay_text(monkeypatch) -> None:
    """Beyond the limit of the format no address is lost."""
    monkeypatch.setattr(module, "MOST_LINKS", 1)
    found = cell(write_xlsx(a_selection(a_row())), "website")
    assert (found.value, found.hyperlink) == ("https://example.org/", None)


def test_too_many_rows_for_a_sheet_are_refused(monkeypatch) -> None:
    """Rows are never dropped in silence."""
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    with pytest.raises(ExportError) as caught:
        write_xlsx(a_selection(a_row(), a_row(id="beta")))
    assert "at most 1 rows" in caught.value.message("en")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@A1", "\t=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    """In the rows, and in the filters that came from an address."""
    data = write_xlsx(a_selection(a_row(name=name), filters=[("Recherche", name)]))
    assert cell(data, "name").value == f"'{name}"
    assert ("Recherche", f"'{name.strip()}") in notes(data)
    assert {found.data_type for sheet in opened(data) for row in sheet.iter_rows() for found in row} <= {"s", "n", "d", "inlineStr"}


def test_characters_that_xml_refuses_are_removed() -> None:
    """Control characters, lone surrogates, non-characters; markup and other scripts stay."""
    data = write_xlsx(a_selection(a_row(name="a\x00\x08\x1f\ud800\ufffe\uffffb <b>&amp;</b> 基因 😀 _x0041_")))
    assert unescape(cell(data, "name").value) == "ab <b>&amp;</b> 基因 😀 _x0041_"


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    """A cell holds 32,767 UTF-16 units; more makes Excel offer a repair."""
    found = cell(write_xlsx(a_selection(a_row(name="😀" * 40_000))), "name").value
    assert len(found.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_second_sheet_says_where_the_rows_come_from(lang: str) -> None:
    """Filters, date, sources, licence, link and number of rows, in the language of the reader."""
    data = write_xlsx(a_selection(a_row(), lang=lang))
    t, found = Locale(lang), dict(notes(data))
    assert (found["Catégorie"], found["Département"]) == ("Biothérapies", "Essonne")
    assert (found[t("Lignes")], found[t("Lien")]) == (1, LINK)
    assert found[t("Date de l'extraction")] == datetime(2026, 11, 23)  # noqa: DTZ001 - a cell has no zone
    assert found[t("Version des données")] == "2026-11-22"
    assert found[t("Source")] == {"fr": "Pages publiques", "en": "Public pages"}[lang]
    assert found[t("Licence")] == "Licence Ouverte 2.0 (https://example.org/licence)"


def test_the_third_sheet_is_the_dictionary() -> None:
    """Each column with its type; the table's own words where it has some."""
    header, *rows = opened(write_xlsx(a_selection(a_row()))).worksheets[2].iter_rows(values_only=True)
    assert sorted(row[1:3] for row in rows) == sorted((column.name, TYPE_LABELS[column.type]) for column in COLUMNS)
    assert [row[3] for row in rows if row[1] == "id"] == ["Identifiant"]
    assert [row[0] for row in rows] == list(next(opened(write_xlsx(a_selection())).worksheets[0].iter_rows(values_only=True)))
    assert len(header) == 4


def test_ten_thousand_rows_come_back() -> None:
    """Across the pieces that are written one after the other, no row is lost, doubled or moved."""
    frame = many(10_000)
    back = pd.read_excel(
        io.BytesIO(write_xlsx(a_selection(frame=frame))), usecols=["Identifiant", "Longitude", "Année de création"], engine="openpyxl"
    )
    assert back["Identifiant"].to_list() == frame["id"].to_list()
    assert back["Longitude"].to_list() == frame["longitude"].round(6).to_list()
    assert back["Année de création"].astype("Int64").to_list() == frame["founded"].to_list()


def test_a_reader_who_leaves_leaves_no_file(monkeypatch, tmp_path) -> None:
    """Streamlit interrupts a run by raising from the progress bar."""

    def leave(_share: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        write_xlsx(a_selection(a_row()), leave)
    assert list(tmp_path.iterdir()) == []
