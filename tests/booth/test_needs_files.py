"""The needs as files, read back by other programs than those that wrote them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from biocarto.booth.needs import Need, add, listed, need
from biocarto.booth.needs_files import needs_csv, needs_xlsx
from biocarto.i18n import translator
from biocarto.model import Category, Level

NAMES = {("region", "75"): "Nouvelle-Aquitaine", ("department", "75"): "Paris"}
NOW = datetime(2026, 11, 23, 14, 5, 9, tzinfo=UTC)
HOSTILE = ["=cmd()", "+33 1", "-2", "@SUM(A1)", "\x00=1", 'a;b,"c"', "https://example.org/", "=HYPERLINK(1)\nligne 2"]


@pytest.fixture
def heard(tmp_path: Path) -> tuple[Need, ...]:
    """Two needs with their places, then hostile ones, as the file of the booth holds them."""
    path = tmp_path / "needs.sqlite"
    add(path, need("Salles blanches", Category.BIOPRODUCTION, Level.REGION, "75", NOW))
    add(path, need("Formation", "", Level.DEPARTMENT, "75", NOW))
    for text in HOSTILE:
        add(path, need(text, now=NOW))
    return listed(path)


def rows(data: bytes) -> list[list[str]]:
    """The cells as a CSV reader sees them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_says_places_and_categories_in_words(heard: tuple[Need, ...]) -> None:
    """Two territories with the same code are told apart."""
    data = needs_csv(heard, NAMES, translator("fr"))
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second, *_ = rows(data)
    assert head[0] == "Numéro"
    assert first[:-1] == ["1", NOW.isoformat(), "Bioproduction", "Région", "75", "Nouvelle-Aquitaine", "Salles blanches"]
    assert second[2:6] == ["", "Département", "75", "Paris"]
    assert [row[-1] for row in (first, second)] == [found.id for found in heard[:2]]


def test_a_spreadsheet_runs_nothing_of_a_need(heard: tuple[Need, ...]) -> None:
    """Formulas become text, and whatever somebody typed stays in its cell: in both formats the same."""
    texts = [row[6] for row in rows(needs_csv(heard, NAMES, translator("fr")))[3:]]
    assert texts == ["'=cmd()", "'+33 1", "'-2", "'@SUM(A1)", "'=1", 'a;b,"c"', "https://example.org/", "'=HYPERLINK(1)\nligne 2"]
    book = openpyxl.load_workbook(io.BytesIO(needs_xlsx(heard, NAMES, translator("fr"), date(2026, 11, 23))))
    cells = [row[6] for row in book.active.iter_rows(min_row=4)]
    assert [cell.value for cell in cells] == texts
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}


def test_a_workbook_has_numbers_and_times(heard: tuple[Need, ...]) -> None:
    """So that it can be sorted; the words are those of the language asked for."""
    sheet = openpyxl.load_workbook(io.BytesIO(needs_xlsx(heard, NAMES, translator("en"), date(2026, 11, 23)))).active
    head, first = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    assert first[:2] == [1, NOW.replace(tzinfo=None)]
    assert first[2] == "Biomanufacturing"
    assert head == rows(needs_csv((), {}, translator("en")))[0]


def test_a_category_of_another_version_stays_as_it_is() -> None:
    """An older file does not become unreadable when the words change."""
    (_, row) = rows(needs_csv([Need("x", "robots", "planet", "11", "2026-11-23T00:00:00+00:00", "a", 7)], {}, translator("fr")))
    assert row == ["7", "2026-11-23T00:00:00+00:00", "robots", "planet", "11", "", "x", "a"]
