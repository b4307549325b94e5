"""A packed workbook (XLSX, XLSM, ODS) looked through before a reader opens it: how large it really is, and what readers drop.

A reader lays a sheet out in memory from its first to its last cell, so that two cells at its ends are enough to take all of it; sizes
that a file declares may lie, so what is counted here is what was unpacked.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED, build_bomb_error, check_shape

BROKEN = (
    "Redemandez-le à qui l'a envoyé, ou rouvrez-le dans le tableur et enregistrez-le de nouveau.",
    "Ask its sender for it again, or open it in the spreadsheet and save it anew.",
)
_PIECE = 1 << 20
_LONGEST_TAG = 8 * _PIECE
_HEADER = struct.Struct("<4s5H3I2H")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_ROWS, _COLUMNS = re.compile(rb' r="[A-Za-z]*([0-9]+)'), re.compile(rb' r="([A-Za-z]+)')
_PREFIXED = re.compile(rb"<\w+:(?:c|row)[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_WRONG = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\st=["']e["'])[^>]*?\br=["']([A-Z]+[0-9]+)["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""", re.DOTALL
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


@dataclass(frozen=True)
class PackageScan:
    """What a packed workbook holds: its kind (`xlsx`, `ods`), whether it has macros, and sheet -> cell -> the error that stands there."""

    kind: str
    has_macros: bool = False
    errors: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class _SheetSize:
    """How far a sheet may be filled, never less than it is: what says its place, and what only follows another.

    `begun` are the cells so far of a row that the next piece goes on with.
    """

    rows: int = 0
    numbered: int = 0
    unnumbered: int = 0
    begun: int = 0
    longest: int = 0

    @property
    def height(self) -> int:
        """Rows from the first line to the last that may hold anything."""
        return self.rows + self.unnumbered

    @property
    def columns(self) -> int:
        """Columns likewise."""
        return self.numbered + self.longest


def scan_package(name: str, data: bytes) -> PackageScan:
    """Look a workbook through; raises IntakeError for what is no workbook, is beyond the limits, has a password or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise build_broken_error(name) from error
    try:
        return _scan_members(name, data, members)
    except (zlib.error, struct.error, UnicodeDecodeError, expat.ExpatError) as error:
        raise build_broken_error(name) from error


def build_broken_error(name: str) -> IntakeError:
    """The error of a workbook of which a part is missing."""
    return build_intake_error(
        name,
        ("un classeur abîmé ou incomplet : il s'arrête avant sa fin.", "a damaged or incomplete workbook: it stops before its end."),
        BROKEN,
    )


def build_password_error(name: str) -> IntakeError:
    """The error of a workbook that a password closes."""
    return build_intake_error(
        name,
        ("un classeur protégé par un mot de passe.", "a workbook that a password protects."),
        (
            "Ouvrez-le dans le tableur, enlevez son mot de passe, puis enregistrez.",
            "Open it in the spreadsheet, remove its password, then save.",
        ),
    )


def _scan_members(name: str, data: bytes, members: list[zipfile.ZipInfo]) -> PackageScan:
    paths = {member.filename for member in members}
    kind = _find_kind(name, paths)
    if any(member.flag_bits & 1 for member in members):
        raise build_password_error(name)
    left, errors, texts = LARGEST_UNPACKED, {}, {}
    for member in members:
        pieces = _limit(name, _unpack(data, member), left)
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            errors[member.filename], size = _scan_sheet(name, pieces)
        elif member.filename == "content.xml" and kind == "ods":
            size = _scan_content(name, pieces)
        else:
            kept, size = _look_through(name, member.filename, pieces)
            texts[member.filename] = kept
        left -= size
    if kind == "xlsb":
        raise _build_kind_error(name, "un classeur binaire (.xlsb), que l'on ne lit pas.", "a binary workbook (.xlsb), which is not read.")
    named = _name_sheets(texts, errors) if kind == "xlsx" else {}
    return PackageScan(kind, any(path.endswith("vbaProject.bin") for path in paths), named)


def _find_kind(name: str, paths: set[str]) -> str:
    if "xl/workbook.xml" in paths:
        return "xlsx"
    if "content.xml" in paths:
        return "ods"
    if "xl/workbook.bin" in paths:
        return "xlsb"
    found = next((what for start, what in _OTHER_PACKAGES.items() if any(path.startswith(start) for path in paths)), _ARCHIVE)
    raise _build_kind_error(name, *found)


_ARCHIVE = ("une archive, et non un classeur.", "an archive, not a workbook.")
_OTHER_PACKAGES = {
    "word/": ("un document de traitement de texte, et non un classeur.", "a text document, not a workbook."),
    "ppt/": ("une présentation, et non un classeur.", "a presentation, not a workbook."),
    "Index/": ("un classeur Numbers, que l'on ne lit pas.", "a Numbers workbook, which is not read."),
}


def _build_kind_error(name: str, fr: str, en: str) -> IntakeError:
    return build_intake_error(
        name,
        (fr, en),
        ("Enregistrez le tableau en XLSX, ODS ou CSV, puis importez-le.", "Save the table as XLSX, ODS or CSV, then import that."),
    )


# --- unpacking --------------------------------------------------------------------------------------------------------


def _unpack(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member piece by piece, whatever size it declares."""
    header = _HEADER.unpack_from(data, member.header_offset)
    start = member.header_offset + _HEADER.size + header[-2] + header[-1]
    raw = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield bytes(raw)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zlib.error("a method that no spreadsheet uses")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = raw
    while not inflater.eof:
        piece = inflater.decompress(rest, _PIECE)
        rest = inflater.unconsumed_tail
        if not piece and not rest and not inflater.eof:
            raise zlib.error("a member without its end")
        yield piece


def _limit(name: str, pieces: Iterator[bytes], left: int) -> Iterator[bytes]:
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise build_bomb_error(name)
        yield piece


def _look_through(name: str, path: str, pieces: Iterator[bytes]) -> tuple[str, int]:
    """The text of a part that names sheets, and the size of any part; a part of XML declares nothing of its own."""
    size, kept, is_kept = 0, b"", path in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    for piece in pieces:
        if not size and path.endswith((".xml", ".rels")):
            _refuse_declarations(name, piece)
        size += len(piece)
        kept += piece if is_kept else b""
    return kept.decode("utf-8-sig", "replace"), size


def _refuse_declarations(name: str, piece: bytes) -> None:
    """No spreadsheet writes a document type; who does can make a few bytes into a thousand million."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise build_intake_error(
            name,
            (
                "ce classeur déclare des entités XML, ce qu'aucun tableur n'écrit.",
                "this workbook declares XML entities, which no spreadsheet writes.",
            ),
            ("Ouvrez-le dans le tableur et enregistrez-le de nouveau.", "Open it in the spreadsheet and save it anew."),
        )


# --- a sheet of XLSX --------------------------------------------------------------------------------------------------


def _scan_sheet(name: str, pieces: Iterator[bytes]) -> tuple[dict[str, str], int]:
    """The errors of a sheet by cell, and its size in bytes; raises IntakeError where it reaches too far."""
    errors: dict[str, str] = {}
    size, before, shape = 0, b"", _SheetSize()
    for piece in pieces:
        if not size:
            _refuse_declarations(name, piece)
        size += len(piece)
        text = before + piece
        cut = max(text.rfind(b"<row"), 0) or max(text.rfind(b"<"), 0)  # no tag is cut in two, and no row that is shorter than a piece
        before = text[cut:]
        if len(before) > _LONGEST_TAG:
            raise build_broken_error(name)
        _scan_rows(text[:cut], shape, errors)
        check_shape(name, shape.height, shape.columns)
    _scan_rows(before, shape, errors)
    check_shape(name, shape.height, shape.columns)
    return errors, size


def _scan_rows(piece: bytes, shape: _SheetSize, errors: dict[str, str]) -> None:
    if _PREFIXED.search(piece) or piece.count(b' r="') != piece.count(b"<c") + piece.count(b"<row"):
        _scan_unusual(piece, shape)
    else:
        shape.rows = max(shape.rows, *map(_count_rows, set(_ROWS.findall(piece))), 0)
        shape.numbered = max(shape.numbered, *map(_count_columns, set(_COLUMNS.findall(piece))), 0)
    if b't="e"' in piece or b"t='e'" in piece:
        errors |= {place.decode(): html.unescape(said.decode("utf-8", "replace")) for place, said in _WRONG.findall(piece)}


def _scan_unusual(piece: bytes, shape: _SheetSize) -> None:
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


def _name_sheets(texts: dict[str, str], errors: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Errors by the name of their sheet instead of its part."""
    relations = [_read_attributes(tag) for tag in _RELATION.findall(texts.get("xl/_rels/workbook.xml.rels", ""))]
    parts = {told.get("Id", ""): posixpath.normpath(posixpath.join("/xl", told.get("Target", ""))).lstrip("/") for told in relations}
    sheets = [_read_attributes(tag) for tag in _SHEET.findall(texts.get("xl/workbook.xml", ""))]
    return {told.get("name", ""): errors.get(parts.get(_find_relation(told), ""), {}) for told in sheets}


def _find_relation(told: dict[str, str]) -> str:
    return next((value for key, value in told.items() if key.endswith(":id")), "")


def _read_attributes(tag: str) -> dict[str, str]:
    return {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(tag)}


# --- a sheet of ODS ---------------------------------------------------------------------------------------------------


class _ContentSize:
    """How far each sheet of an ODS is filled: a cell and a row may stand for a million like them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.repeats = 1
        self.row = self.width = self.height = self.columns = self.empty_rows = 0
        self.is_filled = False

    def start(self, tag: str, told: dict[str, str]) -> None:
        if tag == f"{_TABLE} table":
            self.height = self.columns = self.empty_rows = 0
        elif tag == f"{_TABLE} table-row":
            self.repeats, self.row, self.width = _read_count(told, "number-rows-repeated"), 0, 0
        elif tag in {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}:
            self.row += _read_count(told, "number-columns-repeated")
            self.is_filled = any(key.endswith(" value-type") for key in told)
            self.width = self.row if self.is_filled else self.width
        elif self.row:
            self.width = self.row

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


def _scan_content(name: str, pieces: Iterator[bytes]) -> int:
    """The size of the content of an ODS in bytes; raises IntakeError where a sheet reaches too far."""
    counted, size = _ContentSize(name), 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = counted.start, counted.end
    for piece in pieces:
        if not size:
            _refuse_declarations(name, piece)
        size += len(piece)
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return size


def _read_count(told: dict[str, str], attribute: str) -> int:
    text = told.get(f"{_TABLE} {attribute}", "1")
    return max(int(text[:9]), 1) if text.isdigit() else 1
