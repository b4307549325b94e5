"""A workbook: typed rows, where they come from, and what each column means."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from biocarto.export.columns import COLUMNS, Column, Type, of_type
from biocarto.export.errors import ExportError
from biocarto.export.selection import TITLE, Progress, Selection, quiet
from biocarto.export.table import chunks, flat
from biocarto.export.words import harmless, is_web
from biocarto.export.xlsx_notes import add_about, add_dictionary
from biocarto.i18n import number

MOST_ROWS = 1_048_575
MOST_LINKS = 65_530
"""Limits of the format: rows below the header, and links of one sheet."""

_ROWS_SHARE = 0.7
"""Share of the time that goes to the rows; the rest is compression."""

_NUMBER_FORMATS = {Type.INTEGER: "0", Type.NUMBER: "0.000000"}


def _writer(book: xlsxwriter.Workbook, sheet: Worksheet, position: int, column: Column, links: bool) -> Callable[[int, Any], object]:
    """How a known cell of one column is written: (line, value)."""
    if column.type in _NUMBER_FORMATS:
        style = book.add_format({"num_format": _NUMBER_FORMATS[column.type]})
        return lambda line, value: sheet.write_number(line, position, value, style)
    if column.type is Type.LINK and links:
        return lambda line, value: (
            sheet.write_url(line, position, value, string=value) if is_web(value) else sheet.write_string(line, position, harmless(value))
        )
    return lambda line, value: sheet.write_string(line, position, harmless(value))


def _cells(selection: Selection, progress: Progress) -> Iterator[list[Any]]:
    """The cells of each row, None where unknown."""
    for rows in chunks(selection.actors, progress):
        cells = flat(rows).astype(object)
        yield from cells.where(cells.notna(), None).to_numpy().tolist()


def _add_rows(book: xlsxwriter.Workbook, selection: Selection, progress: Progress) -> None:
    """Sheet `actors`: one row per site; beyond the limit of links, addresses stay text."""
    sheet = book.add_worksheet("actors")
    bold = book.add_format({"bold": True})
    links = len(selection.actors) * len(of_type(Type.LINK)) <= MOST_LINKS
    writers = [_writer(book, sheet, position, column, links) for position, column in enumerate(COLUMNS)]
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.name, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(selection.actors), len(COLUMNS) - 1)
    for line, cells in enumerate(_cells(selection, lambda share: progress(share * _ROWS_SHARE)), start=1):
        for write, cell in zip(writers, cells, strict=True):
            if cell is not None:
                write(line, cell)


def xlsx(selection: Selection, progress: Progress = quiet) -> bytes:
    """Sheets `actors`, about and columns; raises ExportError beyond the rows that the format can hold.

    Rows go through temporary files, not memory; they are removed even when `progress` raises.
    """
    if len(selection.actors) > MOST_ROWS:
        raise ExportError(
            f"Un classeur contient au plus {number(MOST_ROWS, 'fr')} lignes : choisissez un autre format.",
            f"A workbook holds at most {number(MOST_ROWS, 'en')} rows: choose another format.",
        )
    target = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder}) as book:
        title = selection.text(TITLE)
        book.set_properties({"title": title, "created": datetime.combine(selection.made, time())})
        _add_rows(book, selection, progress)
        add_about(book, selection)
        add_dictionary(book, selection)
    progress(1.0)
    return target.getvalue()
