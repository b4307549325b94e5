"""How the sheets of a workbook come out of a printer: A4 in landscape, as wide as the page, the header on every page, pages numbered."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from biocarto.export.columns import ExportColumn

_A4 = 9
_LONGEST = 200
"""A footer holds 255 characters."""

_LINE = 15.0
"""Points of a line of text."""
_MOST_LINES = 25


def estimate_height(cells: Sequence[object], columns: Sequence[ExportColumn]) -> float | None:
    """Points that a row of wrapped cells needs, because not every spreadsheet works it out; None for a single line."""
    lines = max((_count_lines(str(cell), column.width) for cell, column in zip(cells, columns, strict=True) if cell is not None), default=1)
    return min(lines, _MOST_LINES) * _LINE if lines > 1 else None


def _count_lines(text: str, width: int) -> int:
    """As many as the words fill; a column is as many digits wide, and a letter of the usual fonts is narrower."""
    return 1 if len(text) <= width else len(textwrap.wrap(text, width)) or 1


def set_up_print(sheet: Worksheet, title: str, corner: tuple[int, int] | None = None, *, head: bool = True) -> None:
    """`corner` is the last line and the last column that are printed, all where it is None; `head`: the first line on every page."""
    sheet.set_paper(_A4)
    sheet.hide_gridlines(0)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if corner is not None:
        sheet.print_area(0, 0, *corner)
    if head:
        sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8 {title[:_LONGEST].replace('&', '&&')}&R&8&P / &N")
