"""The report as a workbook, read back with another library than the one that writes it."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from biocarto.export.report import xlsx
from biocarto.export.report.model import KeyFigure, Report, ReportColumn, ReportSource, Section
from tests.export.reports import LINK, a_report, a_table, essonne


def opened(report: Report) -> Workbook:
    """The report, written and read back."""
    return load_workbook(io.BytesIO(xlsx.write(report)))


def lines(report: Report) -> list[tuple[object, ...]]:
    """The first sheet, without its empty lines."""
    return [row for row in opened(report).worksheets[0].iter_rows(values_only=True) if any(row)]


def test_the_first_sheet_says_everything_but_the_tables() -> None:
    """Title, dates, link, licence, figures as numbers, what the sections say, method and sources."""
    report = a_report(
        figures=(
            KeyFigure(4.123, "taux", "INSEE", "pour 100 000 hab.", 1, "https://a.example/", "2023", "fragile"),
            KeyFigure(None, "emplois", "aucune"),
        ),
        sections=(Section("Absences", ("Rien.",)),),
        method=("Compter.",),
        sources=(ReportSource("INSEE", "https://b.example/", "2023"),),
    )
    assert [tuple(cell for cell in row if cell is not None) for row in lines(report)] == [
        ("Essonne",),
        ("Les acteurs du département",),
        ("Date de l'extraction", datetime(2026, 11, 23)),  # noqa: DTZ001 - a cell has no zone
        ("Version des données", "22 novembre 2026"),
        ("Lien", LINK),
        ("Licence", "Licence Ouverte 2.0"),
        ("Chiffres clés", "Valeur", "Unité", "Source", "Date", "Lien", "Note"),
        ("taux", 4.123, "pour 100 000 hab.", "INSEE", "2023", "https://a.example/", "fragile"),
        ("emplois", "aucune"),
        ("Absences", "Rien."),
        ("Méthode", "Compter."),
        ("Source", "INSEE", "2023", "https://b.example/"),
    ]


def test_a_real_report_has_a_sheet_per_table(register) -> None:
    """Every row, also those that the PDF leaves out, with numbers as numbers."""
    report = essonne(register)
    book = opened(report)
    assert book.sheetnames == ["Synthèse", "Où sont les acteurs", "Groupes", "Acteurs"]
    sheet, table = book["Acteurs"], report.sections[2].table
    assert [row[0] for row in sheet.iter_rows(min_row=2, max_row=len(table.rows) + 1, values_only=True)] == [row[0] for row in table.rows]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:D{len(table.rows) + 1}")
    rates = [row[3] for row in book["Où sont les acteurs"].iter_rows(min_row=2, max_row=14, values_only=True)]
    assert rates == pytest.approx([row[3] for row in report.sections[0].table.rows])


def test_every_sheet_is_ready_to_print(register) -> None:
    """A4 in landscape, as wide as the page; tables repeat their header."""
    first, *tables = opened(essonne(register)).worksheets
    for sheet in (first, *tables):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.print_title_rows for sheet in tables} == {"$1:$1"}


def test_cells_keep_their_types() -> None:
    """Numbers with their decimals, text as text, nothing where nothing is known; caption and note below the rows."""
    sheet = opened(a_report(sections=(Section("s", table=a_table(("091", 3, 2.5), ("b", None, None), note="fragile")),))).worksheets[1]
    assert [[cell.value for cell in row] for row in sheet["A1:C3"]] == [
        ["Nom", "Sites", "Pour 100 000 hab."],
        ["091", 3, 2.5],
        ["b", None, None],
    ]
    assert (sheet["B2"].number_format, sheet["C2"].number_format) == ("#,##0", "#,##0.0")
    assert (sheet["A5"].value, sheet["A6"].value) == ("Sites par intercommunalité", "fragile")


def test_bars_stand_in_their_column() -> None:
    """As in the PDF."""
    table = a_table(("a", 1), columns=(ReportColumn("n"), ReportColumn("v", 0, bar=True)))
    sheet = opened(a_report(sections=(Section("s", table=table),))).worksheets[1]
    assert [str(found.sqref) for found in sheet.conditional_formatting] == ["B2"]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@A1", "\t=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """Wherever the text stands."""
    report = a_report(
        title=text,
        subtitle=text,
        licence=text,
        link=text,
        version=text,
        figures=(KeyFigure(text, text, text, text, 0, text, text, text),),
        sections=(
            Section(
                text, (text,), table=a_table((text, 1, 2.5), caption=text, note=text, columns=(ReportColumn(text), *a_table().columns[1:]))
            ),
        ),
        method=(text,),
        sources=(ReportSource(text, text, text),),
    )
    book = opened(report)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert len([cell for cell in cells if cell.value == f"'{text.strip()}"]) >= 18


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("A/B: [c]*?\\", "'x'"), ["A B   c", "x"]),
        (("même titre", "MÊME TITRE", "même titre"), ["même titre", "MÊME TITRE 2", "même titre 3"]),
        (("x" * 40, "x" * 41), ["x" * 31, "x" * 29 + " 2"]),
        (("", "history", "Synthèse"), ["-", "history 2", "Synthèse 2"]),
        (("=1+1", "\x00<b>"), ["=1+1", "<b>"]),
    ],
)
def test_sheets_have_names_that_a_workbook_takes(titles: tuple[str, ...], names: list[str]) -> None:
    """31 characters, no sign that formulas use, no name twice."""
    report = a_report(sections=tuple(Section(title, table=a_table(("a", 1, 1.0))) for title in titles))
    assert opened(report).sheetnames == ["Synthèse", *names]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "chapter"])
def test_only_web_addresses_are_links(url: str) -> None:
    """Anything else stays text."""
    report = a_report(link=url, sources=(ReportSource("t", url), ReportSource("u", "https://b.example/")))
    found = {cell.value: cell.hyperlink for row in opened(report).worksheets[0].iter_rows() for cell in row if cell.value}
    assert found[url] is None
    assert found["https://b.example/"].target == "https://b.example/"


def test_english_is_complete() -> None:
    """Labels of the first sheet, and its name."""
    report = a_report(lang="en", figures=(KeyFigure(1, "l", "s"),), method=("m",))
    assert opened(report).sheetnames == ["Overview"]
    assert {row[0] for row in lines(report)} >= {"Key figures", "Method", "Link", "Licence"}


def test_a_bare_report_is_a_workbook() -> None:
    """Empty tables and columns are no error."""
    report = a_report(title="", sections=(Section("s", table=a_table()), Section("c", table=a_table(columns=()))))
    assert opened(report).sheetnames == ["Synthèse", "s"]


def test_the_reader_sees_the_progress(register) -> None:
    """It only grows, and ends with 1."""
    seen: list[float] = []
    xlsx.write(essonne(register), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
