"""Tables of a printed report: which rows, how wide, and how long the bars are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from biocarto.export.report.model import Cell, Table, write_cell
from biocarto.i18n import format_number, write_count
from biocarto.model import NP_
from biocarto.render.printable import make_breakable

_SHORT = 22
"""Characters of a text that needs no second line."""


def _rest(table: Table, lang: str) -> str:
    """What the page leaves out, in words; nothing where it shows every row."""
    hidden = len(table.rows) - table.shown
    if hidden <= 0:
        return ""
    one, many = NP_("{n} ligne sur {total} : le classeur les contient toutes.", "{n} lignes sur {total} : le classeur les contient toutes.")
    return write_count(table.shown, one, many, lang, total=format_number(len(table.rows), lang))


def _widths(table: Table) -> list[float]:
    """The room that each column asks for beside the others; 0 for one as wide as its content. One at least takes what is left."""
    widths = [_width(table, position) for position in range(len(table.columns))]
    return widths if any(widths) else [1.0, *widths[1:]]


def _width(table: Table, position: int) -> float:
    column = table.columns[position]
    if column.digits is not None:
        return 14.0 * column.bar
    lengths = sorted(len(str(row[position] or "")) for row in table.rows) or [0]
    usual = lengths[len(lengths) * 9 // 10]
    return 0.0 if max(lengths[-1], len(column.label)) <= _SHORT else float(min(max(usual, 12), 60))


def _bars(table: Table) -> list[list[float]]:
    """Length of each bar against the longest of its column, row by row; 0 where there is none."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    numbers = [
        [float(cell) if column.bar and isinstance(cell, int | float) else 0.0 for cell in cells]
        for column, cells in zip(table.columns, columns, strict=True)
    ]
    shares = [[max(value, 0) / (max(values) or 1) for value in values] for values in numbers]
    return [list(row) for row in zip(*shares, strict=True)]


def _select_printed(table: Table) -> Table:
    """The rows and columns that the page shows."""
    kept = [position for position, column in enumerate(table.columns) if column.printed]
    rows = tuple(tuple(row[position] for position in kept) for row in table.rows[: table.shown])
    return replace(table, columns=tuple(table.columns[position] for position in kept), rows=rows)


def _write_aligned(cell: Cell, lang: str, places: int | None) -> str:
    """A cell with as many decimals as its column has, so that they stand below each other: 0,42, 0,40, 2,00."""
    if not isinstance(cell, int | float) or not places:
        return write_cell(cell, lang, places)
    mark = "," if lang == "fr" else "."
    whole, _, decimals = write_cell(cell, lang, places).partition(mark)
    return f"{whole}{mark}{decimals.ljust(places, '0')}"


def build_content(table: Table, lang: str) -> dict[str, Any]:
    """The table as plain texts, with the widths of its columns and the lengths of its bars."""
    printed = _select_printed(table)
    digits = [column.digits for column in printed.columns]
    return {
        "caption": make_breakable(table.caption),
        "header": [make_breakable(column.label) for column in printed.columns],
        "numeric": [places is not None for places in digits],
        "widths": _widths(printed),
        "barred": [column.bar for column in printed.columns],
        "bars": _bars(printed),
        "rows": [
            [make_breakable(_write_aligned(cell, lang, places)) for cell, places in zip(row, digits, strict=True)] for row in printed.rows
        ],
        "notes": [make_breakable(note) for note in (_rest(table, lang), table.note) if note],
    }
