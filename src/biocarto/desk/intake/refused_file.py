"""The lines that were refused, as a file to correct: the columns of the file as they were, and one more that says why."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import xlsxwriter

from biocarto.desk.intake.sheet_limits import LONGEST_CELL
from biocarto.desk.intake.staging import Explanation, RefusedCell, StagedSheet
from biocarto.names import fold
from biocarto.render.text import clean, disarm_text

REASONS = {"fr": "À corriger", "en": "To correct"}
"""Header of the column of reasons, which an import leaves aside."""
KINDS = ("csv", "xlsx")
_WIDE = 60
"""Width of the column of reasons in a workbook, in characters."""
Row = list[str]


def write_refused(explanation: Explanation, lang: str = "fr", kind: str = "csv") -> bytes:
    """The refused lines as CSV that Excel opens in French (`;`, UTF-8 with its mark), or as a workbook; all cells are text."""
    rows = [[str(disarm_text(clean(cell))) for cell in row] for row in _list_rows(explanation, lang)]
    return _write_workbook(rows) if kind == "xlsx" else _write_csv(rows)


def drop_reasons(staged: StagedSheet) -> StagedSheet:
    """A sheet without the column of reasons, which is none of the file that it came from."""
    ours = {fold(header) for header in REASONS.values()}
    if not staged.headers or fold(staged.headers[-1]) not in ours:
        return staged
    return replace(staged, headers=staged.headers[:-1], cells=staged.cells.iloc[:, : len(staged.headers) - 1])


def _list_rows(explanation: Explanation, lang: str) -> Iterator[Row]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for cell in explanation.refused:
        reasons[cell.line].append(tell_refused(cell, lang))
    staged = explanation.staged
    yield [*staged.headers, REASONS.get(lang, REASONS["en"])]
    lines = [line for line in staged.cells.index if int(line) in reasons]
    for line, *cells in staged.cells.loc[lines].itertuples(name=None):
        yield [*map(str, cells), " ; ".join(reasons[int(line)])]


def tell_refused(cell: RefusedCell, lang: str) -> str:
    """Why a cell is refused, in a sentence; where it stands in its file is the caller's to say."""
    if lang == "fr":
        near = f" ; « {cell.nearest} » ?" if cell.nearest else ""
        found = f"trouvé « {cell.found} »" if cell.found else "rien"
        return f"{cell.column} : {found}, attendu : {cell.expected_fr}{near}"
    near = f"; “{cell.nearest}”?" if cell.nearest else ""
    found = f"found “{cell.found}”" if cell.found else "nothing"
    return f"{cell.column}: {found}, expected: {cell.expected_en}{near}"


def _write_csv(rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _write_workbook(rows: list[Row]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        as_text = book.add_format({"num_format": "@"})
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, cell[:LONGEST_CELL], as_text)
        sheet.set_column(len(rows[0]) - 1, len(rows[0]) - 1, _WIDE)
        sheet.freeze_panes(1, 0)
    return target.getvalue()
