"""Delimited text (CSV, TSV, TXT) as one sheet: encoding and separator are found, and said where they are unusual."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pandas as pd

from biocarto.desk.intake.intake_error import IntakeError, build_intake_error
from biocarto.desk.intake.sheet_limits import MOST_ROWS, check_shape
from biocarto.desk.intake.staging import Grid
from biocarto.desk.intake.workbook import drop_blank
from biocarto.errors import Issue, Notice
from biocarto.register.delimited import LONGEST_CELL, SEPARATOR_LINE, SEPARATORS, UnreadableError, decode, report_broken_quotes

_PIECE = 5_000
"""Rows that stand in memory as Python's own objects at a time."""
_LOOKED_AT = 60
"""Rows by which the separator is found: title rows stand above the header."""


def read_text(name: str, data: bytes, known: Callable[[str], bool]) -> tuple[Grid, ...]:
    """The rows that hold anything, by the line that a spreadsheet shows; `known` tells a header that means something."""
    text, notices = _decode(name, data)
    told = SEPARATOR_LINE.match(text)
    body = text[told.end() :] if told else text
    separator = told[1] if told and told[1] in SEPARATORS else _find_separator(body, known)
    cells = _split(name, body, separator)
    if cells.empty:
        raise build_empty_error(name)
    return (Grid(name, cells, tuple(notices)),)


def build_empty_error(name: str) -> IntakeError:
    """The error of a file without a filled cell."""
    return build_intake_error(
        name,
        ("un fichier vide : aucune cellule n'est remplie.", "an empty file: no cell is filled."),
        ("Vérifiez que c'est le bon fichier et qu'il est enregistré.", "Check that this is the right file, and that it is saved."),
    )


def _decode(name: str, data: bytes) -> tuple[str, list[Notice]]:
    if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} and b"\0" in data:
        raise _build_binary_error(name, data)
    try:
        text, notices = decode(name, data)
    except UnreadableError as error:
        raise _build_issue_error(name, error.issue) from error
    if "\0" in text:
        raise _build_binary_error(name, text[: text.index("\0") + 1].encode())
    return text, notices


def _build_binary_error(name: str, data: bytes) -> IntakeError:
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    return build_intake_error(
        name,
        (
            f"un octet nul (\\x00) à la ligne {line} : ce n'est pas du texte, ou le fichier est abîmé.",
            f"a null byte (\\x00) in line {line}: this is no text, or the file is damaged.",
        ),
        (
            "Dans le tableur : Enregistrer sous › CSV UTF-8, ou XLSX, puis importez ce fichier.",
            "In the spreadsheet: Save as › CSV UTF-8, or XLSX, then import that file.",
        ),
    )


def _build_issue_error(name: str, issue: Issue) -> IntakeError:
    where = (f"ligne {issue.line}, ", f"line {issue.line}, ") if issue.line else ("", "")
    remedy = (
        issue.remedy_fr or "Corrigez-la dans le tableur, puis enregistrez.",
        issue.remedy_en or "Correct it in the spreadsheet, then save.",
    )
    return build_intake_error(
        name,
        (
            f"{where[0]}trouvé « {issue.found} », attendu : {issue.expected_fr}.",
            f"{where[1]}found “{issue.found}”, expected: {issue.expected_en}.",
        ),
        remedy,
    )


def _find_separator(text: str, known: Callable[[str], bool]) -> str:
    """The separator that makes the most known headers in one row, then the most cells in the row that has most."""
    start = text[:LONGEST_CELL]

    def worth(separator: str) -> tuple[int, int]:
        rows = []
        try:
            for row, _ in zip(csv.reader(io.StringIO(start, newline=""), delimiter=separator), range(_LOOKED_AT), strict=False):
                rows.append(row)
        except csv.Error:
            pass  # whatever was read before says enough
        return max((sum(map(known, row)) for row in rows), default=0), sum(len(row) - 1 for row in rows)

    return max(SEPARATORS, key=worth)


def _split(name: str, text: str, separator: str) -> pd.DataFrame:
    """The rows that hold anything, blank at the right where they are shorter than others."""
    pieces: list[pd.DataFrame] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    line = width = 0
    lined = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")  # a quarter of what StringIO takes
    try:
        for line, row in enumerate(csv.reader(lined, delimiter=separator, strict=True), start=1):
            if any(row):
                rows.append(row)
                lines.append(line)
                width = max(width, len(row))
            if len(rows) == _PIECE or line > MOST_ROWS:
                check_shape(name, line, width)
                pieces.append(_frame(rows, lines))
                rows, lines = [], []
    except csv.Error as error:
        raise _build_issue_error(name, report_broken_quotes(name, line + 1, str(error))) from error
    pieces.append(_frame(rows, lines))
    check_shape(name, sum(map(len, pieces)), width)
    if len({len(piece.columns) for piece in pieces}) > 1:
        pieces = [piece.reindex(columns=range(width), fill_value="") for piece in pieces]
    return drop_blank(pd.concat(pieces))


def _frame(rows: list[list[str]], lines: list[int]) -> pd.DataFrame:
    width = max(map(len, rows), default=0)
    shaped = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    return pd.DataFrame(shaped, index=lines, dtype=str)
