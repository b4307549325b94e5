"""How the sheets of a workbook come out of a printer: A4 in landscape, as wide as the page, the header on every page, pages numbered."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LONGEST = 200
"""A footer holds 255 characters."""


def set_up_print(sheet: Worksheet, title: str, corner: tuple[int, int] | None = None, *, head: bool = True) -> None:
    """`corner` is the last line and the last column that are printed, all where it is None; `head`: the first line on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if corner is not None:
        sheet.print_area(0, 0, *corner)
    if head:
        sheet.repeat_rows(0)
    sheet.set_footer(f"&L&8{title[:_LONGEST].replace('&', '&&')}&R&8&P / &N")
