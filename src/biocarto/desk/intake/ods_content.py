"""The content of an ODS looked through before it is read: how far its sheets reach, and how much text its cells repeat."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from biocarto.desk.intake.packed_part import refuse_declarations
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, build_bomb_error, check_shape

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


class _ContentSize:
    """How far each sheet of an ODS is filled: a cell and a row may stand for a million like them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.repeats = 1
        self.row = self.width = self.height = self.columns = self.empty_rows = 0
        self.is_filled = False
        self.cell_repeats, self.left = 1, LARGEST_UNPACKED

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            self.height = self.columns = self.empty_rows = 0
        elif tag == f"{_TABLE} table-row":
            self.repeats, self.row, self.width = _read_count(told, "number-rows-repeated"), 0, 0
        elif tag in {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}:
            self.cell_repeats = _read_count(told, "number-columns-repeated")
            self.row += self.cell_repeats
            self.is_filled = any(key.endswith(" value-type") for key in told)
            self.width = self.row if self.is_filled else self.width
        elif self.row:
            self.width = self.row

    def take_text(self, text: str) -> None:
        self.left -= len(text) * self.cell_repeats * self.repeats
        if self.left < 0:
            raise build_bomb_error(self.name)

    def end(self, tag: str) -> None:
        if tag != f"{_TABLE} table-row":
            return
        if self.width:
            self.height += self.empty_rows + self.repeats
            self.columns, self.empty_rows = max(self.columns, self.width), 0
            check_shape(self.name, self.height, self.columns)
        else:
            self.empty_rows += self.repeats
        self.row = 0


def scan_content(name: str, pieces: Iterator[bytes]) -> int:
    """The size of the content of an ODS in bytes; raises IntakeError where a sheet reaches too far."""
    counted, size = _ContentSize(name), 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = counted.start, counted.end, counted.take_text
    for piece in pieces:
        if not size:
            refuse_declarations(name, piece)
        size += len(piece)
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return size


def _read_count(told: dict[str, str], attribute: str) -> int:
    text = told.get(f"{_TABLE} {attribute}", "1")
    return max(int(text[:9]), 1) if text.isdigit() else 1
