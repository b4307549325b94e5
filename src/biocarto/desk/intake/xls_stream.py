"""An old XLS looked through before it is read: how far its sheets reach, the errors of its formulas, how much text its cells repeat."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from biocarto.desk.intake.packed_part import build_broken_error, build_password_error
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, build_bomb_error, check_shape
from biocarto.register.delimited import name_column

_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on are none."""
_ENTRY = 128
_BOUND_SHEET, _BEGIN, _DIMENSIONS, _PASSWORD, _TEXTS, _MORE = 0x85, 0x809, 0x200, 0x2F, 0xFC, 0x3C
_ERROR, _SHARED, _FORMULA, _SEVERAL = 0x205, 0xFD, {0x06, 0x206, 0x406}, 0xBD
_CELLS = {0x203, 0x204, 0xD6, 0x27E, _ERROR, _SHARED, _SEVERAL} | _FORMULA
_SIGNS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass
class _Book:
    """What the records of a workbook say: sheets by where they begin, errors by sheet and cell, how often each text stands."""

    sheets: dict[int, str] = field(default_factory=dict)
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: list[bytes] = field(default_factory=list)
    repeats: Counter[int] = field(default_factory=Counter)


def scan_xls(name: str, data: bytes) -> dict[str, dict[str, str]]:
    """Sheet -> cell -> the error that stands there; raises IntakeError beyond the limits, struct.error or IndexError for a damaged file."""
    book = _Book()
    _scan_records(name, _read_stream(data), book)
    if book.repeats:
        lengths = _measure_texts(book.texts)
        if sum(count * lengths[place] for place, count in book.repeats.items() if place < len(lengths)) > LARGEST_UNPACKED:
            raise build_bomb_error(name)
    return book.errors


def _scan_records(name: str, stream: bytes, book: _Book) -> None:
    sheet, rows, columns, before, area = "", 0, 0, 0, 0
    for start, kind, body in _list_records(stream):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _SEVERAL else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            _take_cell(book, sheet, kind, body)
        elif kind == _BEGIN:
            area += rows * columns
            check_shape(name, rows, columns, area - rows * columns)
            sheet, rows, columns = book.sheets.get(start, ""), 0, 0
        elif kind == _DIMENSIONS:
            _check_dimensions(name, body)
        elif kind == _PASSWORD:
            raise build_password_error(name)
        elif kind == _BOUND_SHEET:
            book.sheets[struct.unpack_from("<I", body)[0]] = _read_name(body)
        elif kind == _TEXTS or (kind == _MORE and before == _MORE and book.texts):
            book.texts.append(body[8:] if kind == _TEXTS else body)
        before = _MORE if kind in {_TEXTS, _MORE} else kind
    check_shape(name, rows, columns, area)


def _check_dimensions(name: str, body: bytes) -> None:
    """A reader sets memory aside for what a sheet says that it holds, before it looks."""
    first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 14 else "<HHHH", body)
    if min(last, right) >= 1 and (first >= last or left >= right):
        raise build_broken_error(name)
    check_shape(name, max(last - first, 0), max(right - left, 0))


def _take_cell(book: _Book, sheet: str, kind: int, body: bytes) -> None:
    """Count a shared text, keep an error."""
    row, column = struct.unpack_from("<HH", body)
    if kind == _SHARED:
        book.repeats[struct.unpack_from("<I", body, 6)[0]] += 1
    is_error = (kind == _ERROR and body[7] == 1) or (kind in _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2)
    if is_error:
        code = body[6] if kind == _ERROR else body[8]
        book.errors.setdefault(sheet, {})[f"{name_column(column)}{row + 1}"] = _SIGNS.get(code, "#ERR!")


def _list_records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record begins, what it is, what it holds."""
    start = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        yield start, kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _read_name(body: bytes) -> str:
    """The name of a sheet: its letters take one byte each, or two where a flag says so."""
    count, is_wide = body[6], body[7] & 1
    return body[8 : 8 + 2 * count].decode("utf-16-le", "replace") if is_wide else body[8 : 8 + count].decode("latin-1")


def _measure_texts(pieces: list[bytes]) -> list[int]:
    """The letters of each shared text: one that is longer than a record goes on in the next, behind a flag of its own."""
    lengths, piece, at, left = [], 0, 0, 0
    while piece < len(pieces):
        body = pieces[piece]
        if left:  # the rest of a text
            wide = body[0] & 1 if body else 0
            at, taken = 1, min(left, (len(body) - 1) // (1 + wide))
            at, left = at + taken * (1 + wide), left - taken
        while not left and at + 3 <= len(body):
            count, flags = struct.unpack_from("<HB", body, at)
            runs = struct.unpack_from("<H", body, at + 3)[0] if flags & 8 else 0
            more = struct.unpack_from("<I", body, at + 3 + 2 * bool(flags & 8))[0] if flags & 4 else 0
            at += 3 + 2 * bool(flags & 8) + 4 * bool(flags & 4)
            lengths.append(count)
            size = count * (1 + (flags & 1))
            left = max(size - (len(body) - at), 0) // (1 + (flags & 1))
            at += size + 4 * runs + more
        piece, at = piece + 1, 0
    return lengths


# --- the container ----------------------------------------------------------------------------------------------------


def _read_stream(data: bytes) -> bytes:
    """The records of a workbook, out of the sectors that the container has cut them into."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first, smallest = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    sectors = [data[start : start + size] for start in range(size, len(data), size)] if size >= 512 else []
    table = _read_table(data, sectors)
    directory = _join(sectors, table, first)
    entries = [directory[start : start + _ENTRY] for start in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    for wanted in ("workbook", "book"):
        for entry in entries:
            if entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace").lower() == wanted:
                start, length = struct.unpack_from("<II", entry, 116)
                if length >= smallest:
                    return _join(sectors, table, start)[:length]
                return _read_small(data, sectors, table, entries[0], start)[:length]
    return b""


def _read_table(data: bytes, sectors: list[bytes]) -> list[int]:
    """Sector -> the one that follows it."""
    numbers = list(struct.unpack_from("<109I", data, 76))
    more, left = struct.unpack_from("<II", data, 68)
    while more < len(sectors) and left > 0:
        listed = struct.unpack(f"<{len(sectors[more]) // 4}I", sectors[more])
        numbers += listed[:-1]
        more, left = listed[-1], left - 1
    whole = b"".join(sectors[number] for number in numbers if number < min(_FREE, len(sectors)))
    return list(struct.unpack_from(f"<{len(whole) // 4}I", whole))


def _read_small(data: bytes, sectors: list[bytes], table: list[int], root: bytes, start: int) -> bytes:
    """A stream so short that it is kept in pieces of 64 bytes inside of another."""
    whole = _join(sectors, table, struct.unpack_from("<I", root, 116)[0])
    pieces = [whole[at : at + 64] for at in range(0, len(whole), 64)]
    listed = _join(sectors, table, struct.unpack_from("<I", data, 60)[0])
    return _join(pieces, list(struct.unpack_from(f"<{len(listed) // 4}I", listed)), start)


def _join(sectors: list[bytes], table: list[int], start: int) -> bytes:
    """The bytes of a chain of sectors; one that goes round in a circle ends."""
    chain: list[bytes] = []
    while start < len(sectors) and len(chain) <= len(sectors):
        chain.append(sectors[start])
        start = table[start] if start < len(table) else _FREE
    return b"".join(chain)
