"""A workbook: typed rows, where they come from, and what each column means."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from biocarto.errors import ExportError
from biocarto.export.columns import ExportColumn, Type, list_of_type
from biocarto.export.office import choose_printed, label_codes, label_headers, order_columns
from biocarto.export.selection import Progress, Selection, ignore_progress
from biocarto.export.table import split_chunks
from biocarto.export.xlsx_notes import add_about, add_dictionary
from biocarto.export.xlsx_print import estimate_height, set_up_print
from biocarto.i18n import format_number
from biocarto.model import N_
from biocarto.render.text import disarm_text, is_web

SHEET, ROWS = N_("Acteurs"), N_("Lignes")
"""Name of the first sheet: of actors, of any other table."""
MOST_ROWS = 1_048_575
MOST_LINKS = 65_530
"""Limits of the format: rows below the header, and links of one sheet."""

_HEADER_HEIGHT = 32.0
"""Points: two lines."""

_ROWS_SHARE = 0.7
"""Share of the time that goes to the rows; the rest is compression."""

_NUMBER_FORMATS = {Type.INTEGER: "0", Type.NUMBER: "0.000000"}


def _writer(sheet: Worksheet, position: int, column: ExportColumn, styles: dict[Type, Format], links: bool) -> Callable[[int, Any], object]:
    """How a known cell of one column is written: (line, value)."""
    if column.type in _NUMBER_FORMATS:
        return lambda line, value: sheet.write_number(line, position, value, styles[column.type])
    if column.type is Type.LINK and links:
        return lambda line, value: (
            sheet.write_url(line, position, value, string=value)
            if is_web(value)
            else sheet.write_string(line, position, disarm_text(value))
        )
    return lambda line, value: sheet.write_string(line, position, disarm_text(value), styles[Type.TEXT])


def _styles(book: xlsxwriter.Workbook, *, wrapped: bool) -> dict[Type, Format]:
    """Looks of cells by type; what is printed wraps, else the page would cut it."""
    numbers = {
        kind: book.add_format({"num_format": pattern, "valign": "top", "align": "left"}) for kind, pattern in _NUMBER_FORMATS.items()
    }
    return {**numbers, Type.TEXT: book.add_format({"text_wrap": wrapped, "valign": "top"})}


def _cells(selection: Selection, columns: tuple[ExportColumn, ...], progress: Progress) -> Iterator[list[Any]]:
    """The cells of each row in words, None where unknown."""
    for rows in split_chunks(selection.actors, progress, columns=columns):
        cells = label_codes(rows, selection, columns).astype(object)
        yield from cells.where(cells.notna(), None).to_numpy().tolist()


def _add_rows(book: xlsxwriter.Workbook, selection: Selection, progress: Progress) -> None:
    """The first sheet: one row per site; beyond the limit of links, addresses stay text. Printed: the columns for readers."""
    columns, printed, count = order_columns(selection), len(choose_printed(selection)), len(selection.actors)
    sheet = book.add_worksheet(selection.text(SHEET if selection.table == "actors" else ROWS))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    links = count * len(list_of_type(Type.LINK, columns=columns)) <= MOST_LINKS
    on_page, beside = _styles(book, wrapped=True), _styles(book, wrapped=False)
    writers = [_writer(sheet, place, column, on_page if place < printed else beside, links) for place, column in enumerate(columns)]
    headers = label_headers(selection, columns)
    sheet.set_row(0, _HEADER_HEIGHT)
    for position, (column, label) in enumerate(zip(columns, headers, strict=True)):
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, label, bold)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    set_up_print(sheet, selection.title, (count, printed - 1))
    for line, cells in enumerate(_cells(selection, columns, lambda share: progress(share * _ROWS_SHARE)), start=1):
        sheet.set_row(line, estimate_height(cells[:printed], columns[:printed]))
        for write, cell in zip(writers, cells, strict=True):
            if cell is not None:
                write(line, cell)


def write_xlsx(selection: Selection, progress: Progress = ignore_progress) -> bytes:
    """Sheets of the rows, about and columns, in words; raises ExportError beyond the rows that the format can hold.

    Rows go through temporary files, not memory; they are removed even when `progress` raises.
    """
    if len(selection.actors) > MOST_ROWS:
        raise ExportError(
            f"Un classeur contient au plus {format_number(MOST_ROWS, 'fr')} lignes : choisissez un autre format.",
            f"A workbook holds at most {format_number(MOST_ROWS, 'en')} rows: choose another format.",
        )
    target = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder}) as book:
        book.set_properties({"title": selection.title, "created": datetime.combine(selection.made, time())})
        _add_rows(book, selection, progress)
        add_about(book, selection)
        add_dictionary(book, selection)
    progress(1.0)
    return target.getvalue()
