"""The needs as files, read back by other programs than those that wrote them."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from biocarto.booth.needs import Need, add, build_need, list_needs
from biocarto.booth.needs_desk import set_deleted, set_handled
from biocarto.booth.needs_files import Wording, write_csv, write_xlsx
from biocarto.i18n import Locale
from biocarto.model import Category, Level

NAMES = {("region", "75"): "Nouvelle-Aquitaine", ("department", "75"): "Paris"}
FRENCH, ENGLISH = (Wording(NAMES, Locale(lang), ZoneInfo("Europe/Paris")) for lang in ("fr", "en"))
NOW = datetime(2026, 11, 23, 15, 5, 9, tzinfo=timezone(timedelta(hours=1)))
LOCAL = "2026-11-23 15:05:09"
HOSTILE = ["=cmd()", "+33 1", "-2", "@SUM(A1)", "\x00=1", 'a;b,"c"', "https://example.org/", "=HYPERLINK(1)\nligne 2"]


@pytest.fixture
def heard(tmp_path: Path) -> tuple[Need, ...]:
    """Two needs with their places, then hostile ones, as the file of the booth holds them."""
    path = tmp_path / "needs.sqlite"
    add(path, build_need("Salles blanches", Category.BIOPRODUCTION, Level.REGION, "75", NOW, event="Congrès"))
    add(path, build_need("Formation", "", Level.DEPARTMENT, "75", NOW))
    for text in HOSTILE:
        add(path, build_need(text, now=NOW))
    return list_needs(path)


def rows(data: bytes) -> list[list[str]]:
    """The cells as a CSV reader sees them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_says_places_and_categories_in_words(heard: tuple[Need, ...]) -> None:
    """Two territories with the same code are told apart."""
    data = write_csv(heard, FRENCH)
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second, *_ = rows(data)
    assert head[0] == "Numéro"
    assert first[:4] == ["1", LOCAL, "UTC+01:00", "Congrès"]
    assert first[4:-1] == ["Bioproduction", "Région", "75", "Nouvelle-Aquitaine", "Salles blanches", "À traiter", ""]
    assert second[3:8] == ["", "", "Département", "75", "Paris"]
    assert [row[-1] for row in (first, second)] == [found.id for found in heard[:2]]


def test_a_spreadsheet_runs_nothing_of_a_need(heard: tuple[Need, ...]) -> None:
    """Formulas become text, and whatever somebody typed stays in its cell: in both formats the same."""
    texts = [row[8] for row in rows(write_csv(heard, FRENCH))[3:]]
    assert texts == ["'=cmd()", "'+33 1", "'-2", "'@SUM(A1)", "'=1", 'a;b,"c"', "https://example.org/", "'=HYPERLINK(1)\nligne 2"]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(heard, FRENCH, date(2026, 11, 23))))
    cells = [row[8] for row in book.active.iter_rows(min_row=4)]
    assert [cell.value for cell in cells] == texts
    assert {(cell.data_type, cell.hyperlink) for cell in cells} == {("s", None)}


def test_a_workbook_has_numbers_and_times(heard: tuple[Need, ...]) -> None:
    """So that it can be sorted; the words are those of the language asked for."""
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(heard, ENGLISH, date(2026, 11, 23)))).active
    head, first = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    assert first[:2] == [1, NOW.replace(tzinfo=None)]
    assert first[4] == "Biomanufacturing"
    assert head == rows(write_csv((), ENGLISH))[0]


def test_files_say_what_was_handled_by_the_clocks_of_the_event(tmp_path: Path) -> None:
    """In both languages, in both formats; a deleted need that is asked for says so too."""
    path = tmp_path / "needs.sqlite"
    first, second = (add(path, build_need(text, now=NOW, event="=Congrès")) for text in "ab")
    set_handled(path, first.id, datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    set_deleted(path, second.id, NOW)
    found = list_needs(path)
    handled, deleted = rows(write_csv(found, ENGLISH))[1:]
    assert handled[3] == "'=Congrès"
    assert [handled[9:11], deleted[9:11]] == [["Handled", "2026-11-25 00:30:00"], ["Deleted", ""]]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(found, FRENCH, date(2026, 11, 23)))).active
    assert [cell.value for cell in sheet[2]][9:11] == ["Traité", datetime(2026, 11, 25, 0, 30)]  # noqa: DTZ001 - a cell has no zone
    assert rows(write_csv((), FRENCH))[0][9:11] == ["État", "Traité le (heure locale)"]


def test_a_need_of_an_old_file_has_the_clocks_of_the_setting(tmp_path: Path) -> None:
    """Summer and winter, from the file of the first version."""
    shutil.copy(Path(__file__).with_name("needs_version_1.sqlite"), tmp_path / "needs.sqlite")
    (_, winter, summer, *_) = rows(write_csv(list_needs(tmp_path / "needs.sqlite"), FRENCH))
    assert winter[1:4] == [LOCAL, "UTC+01:00", ""]
    assert summer[1:4] == ["2026-07-02 00:30:00", "UTC+02:00", ""]


def test_a_category_of_another_version_stays_as_it_is() -> None:
    """An older file does not become unreadable when the words change; nor when somebody has edited a date."""
    (_, row) = rows(write_csv([Need("x", "robots", "planet", "11", "demain", "a", 7, handled="hier")], Wording({}, Locale("fr"))))
    assert row == ["7", "demain", "", "", "robots", "planet", "11", "", "x", "Traité", "hier", "a"]
