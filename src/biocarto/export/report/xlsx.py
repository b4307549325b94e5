"""A report as a workbook: a first sheet with figures, method, sources and link, then one sheet per table with every row, typed."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from biocarto.export.report.model import Cell, Report, Section, Table
from biocarto.export.selection import Progress, ignore_progress
from biocarto.export.xlsx_print import set_up_print
from biocarto.model import N_
from biocarto.render.text import disarm_text, is_web, join_lines

_Line = tuple[Cell | date, ...]
_HEADER = (N_("Chiffres clés"), N_("Valeur"), N_("Unité"), N_("Source"), N_("Date"), N_("Lien"), N_("Note"))
_OVERVIEW = N_("Synthèse")
_LONGEST_NAME = 31
_BAR = {"type": "data_bar", "min_type": "num", "min_value": 0, "bar_color": "#9FC0D4"}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class _Writer:
    """Cells of every kind, written so that none is run and each keeps its type."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.large = book.add_format({"bold": True, "font_size": 16})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self._numbers = [
            book.add_format({"num_format": f"#,##0{'.' * bool(places)}{'0' * places}", "valign": "top"}) for places in range(7)
        ]

    def put_cell(self, sheet: Worksheet, line: int, column: int, value: Cell | date, digits: int | None = None) -> None:
        """Write one cell; an unknown value leaves it empty."""
        if isinstance(value, date):
            sheet.write_datetime(line, column, datetime.combine(value, time()), self._day)
        elif isinstance(value, str):
            self._text(sheet, line, column, join_lines(value))
        elif value is not None:
            sheet.write_number(line, column, value, self._numbers[min(digits or 0, 6)])

    def _text(self, sheet: Worksheet, line: int, column: int, text: str) -> None:
        if is_web(text):
            sheet.write_url(line, column, text, string=text)
        elif text:
            sheet.write_string(line, column, str(disarm_text(text)), self._wrapped)


def _overview(report: Report) -> list[_Line]:
    """The first sheet, line by line: what it is, the figures, what the sections say, how it was made."""
    t = report.text
    about: list[_Line] = [
        (t("Date de l'extraction"), report.made),
        (t("Version des données"), report.text.day(report.version)),
        (t("Lien"), report.link),
        (t("Licence"), report.licence),
    ]
    figures: list[_Line] = [
        (figure.label, figure.value, figure.unit, figure.source, report.text.day(figure.date), figure.url, figure.note)
        for figure in report.figures
    ]
    said: list[_Line] = [(section.title, paragraph) for section in report.sections for paragraph in section.paragraphs]
    method: list[_Line] = [(t("Méthode"), paragraph) for paragraph in report.method]
    sources: list[_Line] = [(t("Source"), source.title, "", "", report.text.day(source.date), source.url) for source in report.sources]
    head: list[_Line] = [tuple(t(label) for label in _HEADER)] if figures else []
    return [*about, (), *head, *figures, (), *said, *method, *sources]


def _add_overview(book: xlsxwriter.Workbook, report: Report, writer: _Writer) -> None:
    sheet = book.add_worksheet(_name(report.text(_OVERVIEW), set()))
    for column, width in enumerate((38, 60, 24, 40, 18, 40, 40)):
        sheet.set_column(column, column, width)
    set_up_print(sheet, join_lines(report.title), head=False)
    sheet.write_string(0, 0, str(disarm_text(join_lines(report.title))), writer.large)
    sheet.write_string(1, 0, str(disarm_text(join_lines(report.subtitle))))
    digits = {figure.label: figure.digits for figure in report.figures}
    for line, cells in enumerate(_overview(report), start=3):
        for column, value in enumerate(cells):
            writer.put_cell(sheet, line, column, value, digits.get(str(cells[0])))
        if cells:
            sheet.write_string(line, 0, str(disarm_text(join_lines(cells[0]))), writer.bold)


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may have: 31 characters, none that formulas use, unlike the others whatever the case."""
    name = _NOT_IN_NAMES.sub(" ", join_lines(title))[:_LONGEST_NAME].strip(" '") or "-"
    found, number = name, 2
    while found.casefold() in taken or found.casefold() == "history":
        found = f"{name[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        number += 1
    taken.add(found.casefold())
    return found


def _add_table(sheet: Worksheet, section: Section, table: Table, writer: _Writer) -> None:
    """Header in the first line, then every row; caption and note below, where they disturb neither sorting nor filters."""
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, 40 if column.digits is None else 16)
        sheet.write_string(0, position, str(disarm_text(join_lines(column.label))), writer.bold)
        for line, row in enumerate(table.rows, start=1):
            writer.put_cell(sheet, line, position, row[position], column.digits)
        if column.bar and table.rows:
            sheet.conditional_format(1, position, len(table.rows), position, _BAR)
    sheet.freeze_panes(1, 0)
    set_up_print(sheet, section.title)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for line, text in enumerate(filter(None, (table.caption or section.title, table.note)), start=len(table.rows) + 2):
        writer.put_cell(sheet, line, 0, text)


def write(report: Report, progress: Progress = ignore_progress) -> bytes:
    """The workbook: an overview, then the tables in the order of the report."""
    target = io.BytesIO()
    tables = [(section, section.table) for section in report.sections if section.table and section.table.columns]
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": join_lines(report.title), "created": datetime.combine(report.made, time())})
        writer = _Writer(book)
        _add_overview(book, report, writer)
        taken = {report.text(_OVERVIEW).casefold()}
        for done, (section, table) in enumerate(tables, start=1):
            _add_table(book.add_worksheet(_name(section.title, taken)), section, table, writer)
            progress(0.9 * done / len(tables))
    progress(1.0)
    return target.getvalue()
