"""A sheet of an XLSX looked through before it is read: how far it reaches, its errors, and how much text its cells repeat."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from biocarto.desk.intake.packed_part import PIECE, build_broken_error, refuse_declarations
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, MOST_CELLS, build_bomb_error, check_shape

_LONGEST_TAG = 8 * PIECE
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_ROWS, _COLUMNS = re.compile(rb' r="[A-Za-z]*([0-9]+)'), re.compile(rb' r="([A-Za-z]+)')
_PREFIXED = re.compile(rb"<\w+:(?:c|row)[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_WRONG = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\st=["']e["'])[^>]*?\br=["']([A-Z]+[0-9]+)["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""", re.DOTALL
)
_COUNT = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["']\s*\+?([0-9]+)""", re.IGNORECASE)
_TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_SHARED_NUMBER = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]+)""")


@dataclass
class SheetShape:
    """How far a sheet may be filled, never less than it is: what says its place, and what only follows another.

    `begun` are the cells so far of a row that the next piece goes on with.
    """

    rows: int = 0
    numbered: int = 0
    unnumbered: int = 0
    begun: int = 0
    cells: int = 0
    longest: int = 0

    @property
    def height(self) -> int:
        """Rows from the first line to the last that may hold anything."""
        return self.rows + self.unnumbered

    @property
    def columns(self) -> int:
        """Columns likewise."""
        return self.numbered + self.longest


def scan_sheet(name: str, pieces: Iterator[bytes], shape: SheetShape) -> tuple[dict[str, str], int]:
    """The errors of a sheet by cell, and its size in bytes; raises IntakeError where it reaches too far."""
    errors: dict[str, str] = {}
    size, before = 0, b""
    for piece in pieces:
        if not size:
            refuse_declarations(name, piece)
        size += len(piece)
        text = before + piece
        cut = _find_cut(text)
        before = text[cut:]
        if len(before) > _LONGEST_TAG:
            raise build_broken_error(name)
        _scan_rows(text[:cut], shape, errors)
        check_shape(name, shape.height, shape.columns)
    _scan_rows(before, shape, errors)
    check_shape(name, shape.height, shape.columns)
    return errors, size


def _find_cut(text: bytes) -> int:
    """Where to cut so that no tag is cut in two, and no row that is shorter than a piece."""
    if (row := text.rfind(b"<row")) > 0:
        return row
    tag = text.rfind(b"<")
    return len(text) if text.find(b">", max(tag, 0)) >= 0 or tag < 0 else tag


def _scan_rows(piece: bytes, shape: SheetShape, errors: dict[str, str]) -> None:
    if b"<" not in piece:
        return
    shape.cells += piece.count(b"<c") + piece.count(b":c")
    if _PREFIXED.search(piece) or piece.count(b' r="') != piece.count(b"<c") + piece.count(b"<row"):
        _scan_unusual(piece, shape)
    else:
        shape.rows = max(shape.rows, *map(_count_rows, set(_ROWS.findall(piece))), 0)
        shape.numbered = max(shape.numbered, *map(_count_columns, set(_COLUMNS.findall(piece))), 0)
    if b't="e"' in piece or b"t='e'" in piece:
        errors |= {place.decode(): html.unescape(said.decode("utf-8", "replace")) for place, said in _WRONG.findall(piece)}


def _scan_unusual(piece: bytes, shape: SheetShape) -> None:
    """The same where a cell or a row may have no number of its own, or tags a prefix: never less than what a reader will find."""
    references = _REFERENCE.findall(piece)
    shape.rows = max(shape.rows, *(_count_rows(number) for _, number in references), 0)
    shape.numbered = max(shape.numbered, *(_count_columns(name) for name, _ in references), 0)
    shape.unnumbered += len(_ROW.findall(piece))
    begun, *rows = _ROW.split(piece)
    shape.begun += len(_CELL.findall(begun))
    shape.longest = max(shape.longest, shape.begun)
    for row in rows:
        shape.begun = len(_CELL.findall(row))
        shape.longest = max(shape.longest, shape.begun)


def _count_rows(digits: bytes) -> int:
    return int(digits.lstrip(b"0")[:9] or b"0")


def _count_columns(letters: bytes) -> int:
    count = 0
    for letter in letters[:4].upper():
        count = 26 * count + letter - 64
    return count


# --- texts that a workbook has once and cells repeat ------------------------------------------------------------------


def measure_texts(name: str, pieces: Iterator[bytes]) -> tuple[array[int], int]:
    """The length in bytes of each shared text, and of all of them."""
    lengths, size, before = array("L"), 0, b""
    for piece in pieces:
        if not size:
            refuse_declarations(name, piece)
        if any(int(count[:20]) > MOST_CELLS for count in _COUNT.findall(before + piece)):
            raise build_bomb_error(name)  # a reader sets memory aside for so many before it looks
        size += len(piece)
        *whole, before = _TEXT_END.split(before + piece) if b"<" in piece else (before + piece,)
        lengths.extend(map(len, whole))
    return lengths, size


def weigh_texts(name: str, sheets: Iterable[Iterator[bytes]], lengths: array[int]) -> None:
    """Raise IntakeError where the cells of all sheets would be far more text than is read: a reader copies a text into each cell."""
    left, longest = LARGEST_UNPACKED, max(lengths)
    for pieces in sheets:
        before = b""
        for piece in pieces:
            text = before + piece
            cut = _find_cut(text)
            before = text[cut:]
            left -= _weigh_cells(text[:cut], lengths, longest)
            if left < 0:
                raise build_bomb_error(name)
        left -= _weigh_cells(before, lengths, longest)
        if left < 0:
            raise build_bomb_error(name)


def _weigh_cells(piece: bytes, lengths: array[int], longest: int) -> int:
    numbers = [int(number[:9]) for number in _SHARED_NUMBER.findall(piece)]
    unread = max(len(_SHARED.findall(piece)) - len(numbers), 0)
    return sum(lengths[number] for number in numbers if number < len(lengths)) + unread * longest
