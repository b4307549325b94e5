"""A file for an import as sheets of text, whatever spreadsheet has written it: known by what it holds, not by what it is called."""

from __future__ import annotations

import re

from biocarto.desk.intake.geo_file import read_geojson, read_geopackage, read_parquet
from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.packed_part import build_password_error
from biocarto.desk.intake.sheet_limits import LARGEST_FILE, build_large_error
from biocarto.desk.intake.staging import Grid
from biocarto.desk.intake.synonyms import is_known_header
from biocarto.desk.intake.text_file import build_empty_error, read_text
from biocarto.desk.intake.workbook import read_package, read_xls

_ZIP, _OLE, _SQLITE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\0", b"PAR1"
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|table|div|body)\b", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)
_GEOJSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_SAVE = (
    "Ouvrez-le dans le tableur, Enregistrer sous › XLSX, puis importez ce classeur.",
    "Open it in the spreadsheet, Save as › XLSX, then import that workbook.",
)
_FROM_SOURCE = (
    "Demandez le tableau lui-même, en XLSX, ODS ou CSV, à qui l'a fait.",
    "Ask whoever made it for the table itself, as XLSX, ODS or CSV.",
)
_OTHERS: tuple[tuple[bytes, tuple[str, str], tuple[str, str]], ...] = (
    (b"%PDF", ("un document PDF, et non un classeur.", "a PDF document, not a workbook."), _FROM_SOURCE),
    (b"{\\rtf", ("un texte RTF, et non un classeur.", "an RTF text, not a workbook."), _FROM_SOURCE),
    (b"\x89PNG", ("une image, et non un classeur.", "a picture, not a workbook."), _FROM_SOURCE),
    (b"\xff\xd8\xff", ("une image, et non un classeur.", "a picture, not a workbook."), _FROM_SOURCE),
    (b"GIF8", ("une image, et non un classeur.", "a picture, not a workbook."), _FROM_SOURCE),
    (b"\x1f\x8b", ("une archive, et non un classeur.", "an archive, not a workbook."), _FROM_SOURCE),
    (b"Rar!", ("une archive, et non un classeur.", "an archive, not a workbook."), _FROM_SOURCE),
    (b"7z\xbc\xaf", ("une archive, et non un classeur.", "an archive, not a workbook."), _FROM_SOURCE),
)


def read_grids(name: str, data: bytes) -> tuple[Grid, ...]:
    """The sheets of a file that hold anything; raises IntakeError for what cannot be read at all."""
    if len(data) > LARGEST_FILE:
        raise build_large_error(name)
    if not data.strip(b" \t\r\n\0"):
        raise build_empty_error(name)
    if data.startswith(_ZIP):
        return read_package(name, data)
    if data.startswith(_OLE):
        return _read_ole(name, data)
    if data.startswith(_SQLITE):
        return read_geopackage(name, data)
    if data.startswith(_PARQUET):
        return read_parquet(name, data)
    if other := _find_other(name, data):
        raise other
    return read_geojson(name, data) if _GEOJSON.match(data) else read_text(name, data, is_known_header)


def _read_ole(name: str, data: bytes) -> tuple[Grid, ...]:
    """An old XLS; other programs use the same container, and so do passwords."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise build_password_error(name)
    if not any(part.encode("utf-16-le") + b"\0\0" in data for part in ("Workbook", "Book")):
        what = (
            "un ancien document (texte, présentation, courriel), et non un classeur.",
            "an old document (text, slides, mail), not a workbook.",
        )
        raise build_intake_error(name, what, _FROM_SOURCE)
    return read_xls(name, data)


def _find_other(name: str, data: bytes) -> IntakeError | None:
    """What the file is instead, where that is no table at all."""
    for start, what, remedy in _OTHERS:
        if data.startswith(start):
            return build_intake_error(name, what, remedy)
    if _HTML.match(data):
        what = (
            "une page HTML, quel que soit le nom du fichier, et non un classeur.",
            "an HTML page, whatever the file is called, not a workbook.",
        )
        return build_intake_error(name, what, _SAVE)
    if _XML.match(data):
        what = "un document XML, et non un classeur.", "an XML document, not a workbook."
        return build_intake_error(name, what, _SAVE)
    return None
