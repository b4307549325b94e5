"""A delimited file as spreadsheets write it, as rows of text: the header tells the separator; UTF-8 first, then what else they write.

What cannot be read is told once, with its cause, instead of once per cell.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from biocarto.errors import Issue, Notice, quote_value

SEPARATORS = (",", ";", "\t")
LONGEST_CELL = 131_072
"""Characters: where Python's reader of CSV stops, far beyond what a spreadsheet's cell holds (32,767)."""

SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[,;\t]*\r?\n?')
"""The line by which Excel tells itself the separator; it shows the next one as its first."""

_TWO_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP = b"PK\x03\x04"

Known = Callable[[str], bool]
Row = tuple[int, list[str]]
"""The line that a spreadsheet shows, and the cells."""


@dataclass(frozen=True)
class Sheet:
    """One file as read: strings, the index is the spreadsheet line (a quoted cell with line breaks is one line, as in a spreadsheet)."""

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    notices: tuple[Notice, ...] = ()
    separator: str = ","


class UnreadableError(Exception):
    """Carries the one issue of a file that cannot be read any further."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.text("en"))
        self.issue = issue


def read_sheet(path: Path, known: Known) -> Sheet:
    """The rows of a file under its header; `known` tells a name that a column may have. Never raises for what a file holds."""
    return parse_sheet(path.name, read_bytes(path), known)


def read_bytes(path: Path) -> bytes | None:
    """What a file holds; None where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def parse_sheet(name: str, data: bytes | None, known: Known) -> Sheet:
    """The same of what a file of this name holds; None for one that cannot be read."""
    if data is None:
        return Sheet(pd.DataFrame(), (Issue(name, 0, "", "(absent)", "un fichier lisible de ce nom", "a readable file of this name"),))
    try:
        text, notices = decode(name, data)
        separator, rows = _split_rows(name, text, known)
    except UnreadableError as error:
        return Sheet(pd.DataFrame(), (error.issue,))
    frame, issues = _frame(name, rows)
    return Sheet(frame, tuple(issues), tuple(notices), separator)


def read_letters(path: Path, known: Known) -> dict[str, str]:
    """Column -> the letter above it in a spreadsheet; empty where the header cannot be read."""
    try:
        _, rows = _split_rows(path.name, decode(path.name, path.read_bytes())[0], known)
    except (UnreadableError, OSError):
        return {}
    header = rows[0][1]
    return {name.strip(): name_column(place) for place, name in reversed([*enumerate(header)])}


def name_column(place: int) -> str:
    """The letters of a spreadsheet's column: A for 0, Z for 25, AA for 26."""
    before, last = divmod(place, 26)
    return (name_column(before - 1) if before else "") + chr(ord("A") + last)


# --- from bytes to text -----------------------------------------------------------------------------------------------


def decode(name: str, data: bytes) -> tuple[str, list[Notice]]:
    """The text of a file, and what was unusual in how it is written."""
    if data.startswith(_ZIP):
        fr = "un fichier CSV : dans le tableur, Enregistrer sous › CSV UTF-8"
        raise UnreadableError(Issue(name, 0, "", ".xlsx, .ods", fr, "a CSV file: in the spreadsheet, Save as › CSV UTF-8"))
    if data.startswith(_UTF_16):
        return _decode_as(name, data, "utf-16", "Texte Unicode (UTF-16)", "Unicode Text (UTF-16)")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if _TWO_BYTES.search(data):  # UTF-8 with a stray byte: read as Windows-1252, every other accent would be spoilt
            raise _not_utf_8(name, data, error) from error
        return _decode_as(name, data, "cp1252", "Windows-1252", "Windows-1252")


def _decode_as(name: str, data: bytes, encoding: str, fr: str, en: str) -> tuple[str, list[Notice]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_utf_8(name, data, error) from error
    told = f"lu en {fr}, et non en UTF-8 ; vérifiez les accents", f"read as {en}, not as UTF-8; check the accents"
    return text, [Notice(name, 1, "", *told)]


def _not_utf_8(name: str, data: bytes, error: UnicodeDecodeError) -> UnreadableError:
    line = data.count(b"\n", 0, error.start) + 1
    found = repr(data[error.start : error.start + 1])[2:-1]
    remedy = "Dans le tableur : Enregistrer sous › CSV UTF-8.", "In the spreadsheet: Save as › CSV UTF-8."
    return UnreadableError(Issue(name, line, "", found, "un fichier en UTF-8", "a file in UTF-8", *remedy))


# --- from text to rows ------------------------------------------------------------------------------------------------


def _split_rows(name: str, text: str, known: Known) -> tuple[str, list[Row]]:
    """The separator and the rows that hold anything, the header first."""
    told = SEPARATOR_LINE.match(text)
    body = text[told.end() :] if told else text
    separator = told[1] if told and told[1] in SEPARATORS else _find_separator(body, known)
    rows = [row for row in _parse(name, body, separator) if any(cell.strip() for cell in row[1])]
    header = rows[0][1] if rows else []
    if len(header) < 2:
        raise UnreadableError(_no_header(name, header, known))
    return separator, rows


def _find_separator(text: str, known: Known) -> str:
    """The separator that makes the most known columns of the header, then the most columns."""
    start = text[:LONGEST_CELL]

    def worth(separator: str) -> tuple[int, int]:
        try:
            cells = next((row for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator) if row), [])
        except csv.Error:
            cells = []
        return sum(known(cell.strip()) for cell in cells), len(cells)

    return max(SEPARATORS, key=worth)


def _parse(name: str, text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    records = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows.extend(enumerate(records, start=1))
    except csv.Error as error:
        raise UnreadableError(report_broken_quotes(name, rows[-1][0] + 1 if rows else 1, str(error))) from error
    return rows


def report_broken_quotes(name: str, line: int, said: str) -> Issue:
    """What the reader stopped at; a cell without end is nearly always a quote that was never closed."""
    remedy = (
        "Cherchez sur cette ligne un guillemet qui n'est pas refermé ; dans une cellule entre guillemets, un guillemet s'écrit deux fois.",
        "Look in this line for a quote that is not closed; inside a quoted cell, a quote is written twice.",
    )
    if "field larger" in said:
        fr, en = "des cellules d'au plus 131 072 caractères", "cells of at most 131,072 characters"
        return Issue(name, line, "", "…", fr, en, *remedy)
    return Issue(name, line, "", '"', "du CSV correct (guillemets fermés)", "well-formed CSV (quotes closed)", *remedy)


def _no_header(name: str, header: Sequence[str], known: Known) -> Issue:
    """A header of less than two cells: an empty file, another kind of file, or rows that a spreadsheet kept in one column."""
    found = quote_value(header[0]) if header else "(absent)"
    expected = "un en-tête séparé par des virgules ou des points-virgules", "a header separated by commas or semicolons"
    if not header or sum(map(known, re.split(r"[,;\t]", header[0]))) < 2:
        return Issue(name, 1, "", found, *expected)
    remedy = (
        "Tout est dans la colonne A : dans le tableur, Données › Convertir, puis enregistrez.",
        "Everything is in column A: in the spreadsheet, Data › Text to Columns, then save.",
    )
    return Issue(name, 1, "", found, *expected, *remedy)


# --- from rows to a frame ---------------------------------------------------------------------------------------------


def _frame(name: str, rows: list[Row]) -> tuple[pd.DataFrame, list[Issue]]:
    """Rows under their header; a row of another width is told and left out."""
    header, body = [cell.strip() for cell in rows[0][1]], rows[1:]
    while header and not header[-1] and not any(cell.strip() for _, row in body for cell in row[len(header) - 1 :]):
        header.pop()  # a column that a spreadsheet has touched and left empty
    shaped = [(line, _trim(row, len(header))) for line, row in body]
    issues = [_report_unnamed(name, place) for place, column in enumerate(header) if not column]
    issues += [_report_repeated(name, column) for column in dict.fromkeys(c for i, c in enumerate(header) if c and c in header[:i])]
    issues += [_report_ragged(name, line, row, header) for line, row in shaped if len(row) != len(header)]
    kept = [(line, row) for line, row in shaped if len(row) == len(header)]
    frame = pd.DataFrame([row for _, row in kept], columns=header, index=[line for line, _ in kept], dtype=str)
    return frame.loc[:, ~frame.columns.duplicated() & (frame.columns != "")], issues


def _trim(row: list[str], width: int) -> list[str]:
    """A row without the empty cells beyond the header."""
    return row[:width] if not any(cell.strip() for cell in row[width:]) else row


def _report_unnamed(name: str, place: int) -> Issue:
    letter = name_column(place)
    fr, en = f"le nom de la colonne {letter}, dans la cellule {letter}1", f"the name of column {letter}, in cell {letter}1"
    return Issue(name, 1, letter, "(vide)", fr, en)


def _report_repeated(name: str, column: str) -> Issue:
    return Issue(name, 1, quote_value(column), quote_value(column), "chaque colonne une seule fois", "each column only once")


def _report_ragged(name: str, line: int, row: list[str], header: list[str]) -> Issue:
    column = header[min(len(row), len(header) - 1)]
    remedy = (
        "Une cellule manque, ou un texte qui contient le séparateur n'est pas entre guillemets.",
        "A cell is missing, or a text that holds the separator is not in quotes.",
    )
    return Issue(
        name, line, quote_value(column), str(len(row)), f"{len(header)} cellules sur la ligne", f"{len(header)} cells in the row", *remedy
    )
