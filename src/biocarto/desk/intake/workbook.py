"""Workbooks (XLSX, XLSM, XLS, ODS) as sheets of text: the values of cells, never a formula or a macro."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from biocarto.desk.intake.intake_error import build_intake_error
from biocarto.desk.intake.package_scan import PackageScan, scan_package
from biocarto.desk.intake.packed_part import build_broken_error, build_password_error
from biocarto.desk.intake.sheet_limits import MOST_CELLS, check_shape
from biocarto.desk.intake.staging import Grid
from biocarto.desk.intake.xls_stream import scan_xls
from biocarto.errors import Notice, quote_value
from biocarto.i18n import format_number

_PIECE = 5_000
"""Rows that stand in memory as Python's own objects at a time."""
_PANIC = "PanicException"
"""How the reader, which is written in Rust, says that it has met what it did not expect; it is no Exception, and nobody exports it."""
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


def read_package(name: str, data: bytes) -> tuple[Grid, ...]:
    """The sheets of an XLSX, XLSM or ODS that hold anything; raises IntakeError."""
    return _read_book(name, data, scan_package(name, data))


def read_xls(name: str, data: bytes) -> tuple[Grid, ...]:
    """The sheets of an XLS that hold anything; raises IntakeError."""
    try:
        errors = scan_xls(name, data)
    except (struct.error, IndexError) as error:
        raise build_broken_error(name) from error
    return _read_book(name, data, PackageScan("xls", errors=errors))


def _read_book(name: str, data: bytes, scan: PackageScan) -> tuple[Grid, ...]:
    try:
        with load_workbook(io.BytesIO(data)) as book:
            grids = _read_sheets(name, book, scan)
    except PasswordError as error:
        raise build_password_error(name) from error
    except CalamineError as error:
        raise build_broken_error(name) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise build_broken_error(name) from error
    if not grids:
        raise build_intake_error(
            name,
            ("un classeur sans aucune cellule remplie.", "a workbook without any filled cell."),
            ("Vérifiez que c'est le bon fichier.", "Check that this is the right file."),
        )
    macros = Notice(
        name, 0, "", "ce classeur contient des macros : seules ses cellules sont lues", "this workbook has macros: only its cells are read"
    )
    return (replace(grids[0], notices=(macros, *grids[0].notices)), *grids[1:]) if scan.has_macros else tuple(grids)


def _read_sheets(name: str, book: CalamineWorkbook, scan: PackageScan) -> list[Grid]:
    """The visible sheets, or the others where there are none; each says which were passed over."""
    sheets = [told for told in book.sheets_metadata if told.typ == SheetTypeEnum.WorkSheet]
    visible = [told.name for told in sheets if told.visible == SheetVisibleEnum.Visible]
    hidden = [told.name for told in sheets if told.name not in visible]
    grids: list[Grid] = []
    names, left = visible or hidden, MOST_CELLS
    beyond: list[str] = []
    for place, sheet_name in enumerate(names):
        sheet = book.get_sheet_by_name(sheet_name)
        left -= sheet.height * sheet.width
        if left < 0 and grids:
            beyond = names[place:]
            break
        check_shape(name, sheet.height, sheet.width)
        cells = _read_cells(sheet, scan.errors.get(sheet_name, {}))
        if not cells.empty:
            grids.append(Grid(sheet_name, cells))
    return [replace(grid, notices=tuple(_report_unread(name, hidden if visible else [], beyond))) for grid in grids]


def _report_unread(name: str, hidden: Iterable[str], beyond: Iterable[str]) -> Iterator[Notice]:
    """The sheets that were passed over: hidden ones, and those `beyond` the cells that are read of a workbook."""
    for sheet in hidden:
        told = quote_value(sheet)
        yield Notice(name, 0, "", f"la feuille masquée « {told} » n'est pas lue", f"the hidden sheet “{told}” is not read")
    for sheet in beyond:
        told, fr, en = quote_value(sheet), format_number(MOST_CELLS, "fr"), format_number(MOST_CELLS, "en")
        why = f"le classeur a plus de {fr} cellules", f"the workbook has more than {en} cells"
        yield Notice(name, 0, "", f"la feuille « {told} » n'est pas lue : {why[0]}", f"the sheet “{told}” is not read: {why[1]}")


def _read_cells(sheet: CalamineSheet, errors: dict[str, str]) -> pd.DataFrame:
    """The rows that hold anything, by the line that a spreadsheet shows; columns from A on."""
    if sheet.start is None:
        return pd.DataFrame()
    rows, margin = sheet.iter_rows(), sheet.start[1]  # rows come from line 1 on, columns from the first that is filled
    first, pieces = 1, []
    while piece := list(islice(rows, _PIECE)):
        columns = [[""] * len(piece)] * margin + [_write_cells(cells) for cells in zip(*piece, strict=True)]
        frame = pd.DataFrame(dict(enumerate(columns)), index=range(first, first + len(piece)), dtype=str)
        first += len(piece)
        pieces.append(_place_errors(frame, errors))
    return drop_blank(pd.concat(pieces))


def drop_blank(cells: pd.DataFrame) -> pd.DataFrame:
    """A sheet without its blank rows and without the blank columns at its right."""
    filled = pd.DataFrame({place: cells[place].str.strip() != "" for place in cells.columns}, index=cells.index)
    used = [place for place in cells.columns if filled[place].any()]
    if not used:
        return pd.DataFrame()
    return cells.loc[filled.any(axis=1), : max(used)]


def _place_errors(frame: pd.DataFrame, errors: dict[str, str]) -> pd.DataFrame:
    """Put back what a formula ended in, `#REF!`, where the reader leaves an empty cell."""
    for place, said in errors.items():
        if (found := _PLACE.fullmatch(place)) and int(found[2]) in frame.index:
            column = count_letters(found[1]) - 1
            if column in frame.columns:
                frame.loc[int(found[2]), column] = said
    return frame


def count_letters(letters: str) -> int:
    """The number of a column from its letters: 1 for A, 27 for AA."""
    count = 0
    for letter in letters:
        count = 26 * count + ord(letter) - 64
    return count


def _write_cells(cells: Iterable[Any]) -> list[str]:
    return [cell if cell.__class__ is str else write_cell(cell) for cell in cells]


def write_cell(cell: object) -> str:
    """A value as a French spreadsheet would show it, but with a point for decimals and ISO days; an integral number has no decimals."""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
