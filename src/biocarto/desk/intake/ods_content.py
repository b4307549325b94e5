"""The content of an ODS looked through before it is read: how far its sheets reach, and how much text its cells repeat."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from biocarto.desk.intake.packed_part import refuse_declarations
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, build_bomb_error, check_shape
from biocarto.register.delimited import name_column

_SHEET, _ROW, _CELL, _COVERED = "table:table", "table:table-row", "table:table-cell", "table:covered-table-cell"
"""Tags as the reader knows them: by their usual prefix."""


class _Content:
    """How far each sheet of an ODS is filled, where a cell and a row may stand for a million like them; and the errors of its formulas."""

    def __init__(self, name: str) -> None:
        self.name, self.sheet = name, ""
        self.errors: dict[str, dict[str, str]] = {}
        self.left, self.area = LARGEST_UNPACKED, 0
        self.height = self.columns = self.empty_rows = 0
        self.row = self.width = 0
        self.row_repeats, self.cell_repeats = 0, 1
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = lambda *_: refuse_declarations(name, b"<!DOCTYPE")

    def start(self, tag: str, told: dict[str, str]) -> None:
        """A sheet, a row or a cell begins, or something that stands in a cell."""
        if tag in {_CELL, _COVERED}:
            self.cell_repeats = _read_count(told, "table:number-columns-repeated")
            self.row += self.cell_repeats
            if "office:value-type" in told:
                self.width = self.row
            is_error = told.get("calcext:value-type") == "error"
            is_watched = is_error or self.cell_repeats * self.row_repeats > 1
            self.parser.CharacterDataHandler = (self.take_error if is_error else self.take_text) if is_watched else None
        elif tag == _ROW:
            self.close_row()
            self.row_repeats = _read_count(told, "table:number-rows-repeated")
        elif tag == _SHEET:
            self.close_row()
            self.area += self.height * self.columns
            self.sheet = told.get("table:name", "")
            self.height = self.columns = self.empty_rows = self.row_repeats = 0
        elif self.row and tag.startswith("text:"):
            self.width = self.row

    def take_text(self, text: str) -> None:
        """Text of a cell, as often as the cell stands there."""
        self.left -= len(text) * self.cell_repeats * self.row_repeats
        if self.left < 0:
            raise build_bomb_error(self.name)

    def take_error(self, text: str) -> None:
        """What a formula ended in."""
        self.take_text(text)
        if self.row and text.strip():
            place = f"{name_column(self.row - 1)}{self.height + self.empty_rows + 1}"
            self.errors.setdefault(self.sheet, {})[place] = text.strip()

    def close_row(self) -> None:
        """A row is complete: blank ones count where another follows them."""
        if self.width:
            self.height += self.empty_rows + self.row_repeats
            self.columns, self.empty_rows = max(self.columns, self.width), 0
            check_shape(self.name, self.height, self.columns, self.area)
        else:
            self.empty_rows += self.row_repeats
        self.row = self.width = 0


def scan_content(name: str, pieces: Iterator[bytes]) -> tuple[dict[str, dict[str, str]], int]:
    """Sheet -> cell -> the error that stands there, and the size of the content in bytes; raises IntakeError beyond the limits."""
    found, size = _Content(name), 0
    for piece in pieces:
        size += len(piece)
        found.parser.Parse(piece, False)
    found.parser.Parse(b"", True)
    found.close_row()
    return found.errors, size


def _read_count(told: dict[str, str], attribute: str) -> int:
    text = told.get(attribute, "1")
    return max(int(text[:9]), 1) if text.isdigit() else 1
