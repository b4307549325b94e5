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
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.ods_content import scan_content
from biocarto.desk.intake.packed_part import build_broken_error, build_password_error, limit_size, unpack
from biocarto.desk.intake.sheet_limits import LARGEST_UNPACKED
from biocarto.desk.intake.xlsx_sheet import SheetShape, measure_texts, scan_sheet, weigh_texts

_SHARED_TEXTS = "xl/sharedstrings.xml"
_DIRECTORIES = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True)
class PackageScan:
    """What a packed workbook holds: its kind (`xlsx`, `ods`), whether it has macros, and sheet -> cell -> the error that stands there."""

    kind: str
    has_macros: bool = False
    errors: dict[str, dict[str, str]] = field(default_factory=dict)


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


def _scan_members(name: str, data: bytes, members: list[zipfile.ZipInfo]) -> PackageScan:
    kind = _find_kind(name, {member.filename for member in members})
    if any(member.flag_bits & 1 for member in members):
        raise build_password_error(name)
    if kind == "xlsb":
        raise _build_kind_error(name, "un classeur binaire (.xlsb), que l'on ne lit pas.", "a binary workbook (.xlsb), which is not read.")
    has_macros = any(member.filename.endswith("vbaProject.bin") for member in members)
    left = LARGEST_UNPACKED
    found = _Parts(name)
    for member in members:
        pieces = limit_size(name, unpack(data, member), member.compress_size, left)
        left -= found.scan_ods(member.filename, pieces) if kind == "ods" else found.scan_xlsx(member.filename, pieces)
    if found.cells * max(found.lengths, default=0) > LARGEST_UNPACKED:
        sheets = (unpack(data, member) for member in members if member.filename.lower() != _SHARED_TEXTS)
        weigh_texts(name, sheets, found.lengths)
    return PackageScan(kind, has_macros, found.errors if kind == "ods" else _name_sheets(found.texts, found.errors))


@dataclass
class _Parts:
    """What the parts of a workbook say: the cells of all, the errors and the text of each, the lengths of what they share."""

    name: str
    cells: int = 0
    errors: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    lengths: array[int] = field(default_factory=lambda: array("L"))

    def scan_ods(self, path: str, pieces: Iterator[bytes]) -> int:
        """The size of a part of an ODS."""
        if path != "content.xml":
            return sum(map(len, pieces))
        self.errors, size = scan_content(self.name, pieces)
        return size

    def scan_xlsx(self, path: str, pieces: Iterator[bytes]) -> int:
        """The size of a part of an XLSX: any but the texts may be called a sheet by another."""
        if path.lower() == _SHARED_TEXTS:
            self.lengths, size = measure_texts(self.name, pieces)
            return size
        if path in _DIRECTORIES:
            kept = b"".join(pieces)
            self.texts[path] = kept.decode("utf-8-sig", "replace")
            return len(kept)
        shape = SheetShape()
        self.errors[path], size = scan_sheet(self.name, pieces, shape)
        self.cells += shape.cells
        return size


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
