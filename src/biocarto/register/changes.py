"""changes.csv: what each edition tells differently from the one before, and from which page; without any person.

A log that the desk writes beside the tables, and nobody by hand: no form is made of it, so it is described here and not in
datapackage.json. A folder without it has no known history; one whose log is damaged is refused as for any other table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from biocarto.errors import Issue
from biocarto.model import RowChange
from biocarto.register import schema
from biocarto.register.schema import Resource
from biocarto.register.sheets import read_table

FILE = "changes.csv"
KEY_JOINT = "|"
"""Between the columns of a key of several columns."""


@dataclass(frozen=True)
class Change:
    """A cell that an edition tells differently, or (`field` is "") a row that it has added or removed.

    `day` is when the register learned of it, `row_id` the key of the row in its table, `valid_from` when it became true, and
    `as_of` the year of the page, as far as they are known.
    """

    edition: str
    day: str
    table: str
    row_id: str
    name: str
    change: str
    field: str
    before: str
    after: str
    valid_from: str
    as_of: str
    source_url: str
    source_title: str


COLUMNS = tuple(column.name for column in fields(Change))
_PATTERNS = {
    "edition": (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]{1,6})?",
        "le nom d'une édition, comme 2026-11-28",
        "the name of an edition, like 2026-11-28",
    ),
    "day": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "un jour, comme 2026-11-28", "a day, like 2026-11-28"),
    "table": (r"[a-z_]{1,60}", "le nom d'une table", "the name of a table"),
}


@cache
def describe() -> Resource:
    """The columns of the log and their rules, in the words that other tables have."""
    texts = {"title": FILE, "title_en": FILE, "description": "", "description_en": ""}
    table = {
        "name": "changes",
        "path": FILE,
        **texts,
        "licenses": [{}],
        "sources": [],
        "schema": {"fields": [_describe_column(name) for name in COLUMNS], "primaryKey": ["edition", "table", "row_id", "change", "field"]},
    }
    return schema.parse(json.dumps({"resources": [table]}))["changes"]


def _describe_column(name: str) -> dict[str, object]:
    column: dict[str, object] = {"name": name, "type": "string"}
    if name in _PATTERNS:
        pattern, french, english = _PATTERNS[name]
        return column | {"constraints": {"required": True, "pattern": pattern}, "expected": {"fr": french, "en": english}}
    return column | {"constraints": {"required": True, "enum": list(RowChange)}} if name == "change" else column


def read(folder: Path) -> tuple[tuple[Change, ...], list[Issue]]:
    """The log of a folder, oldest edition first, and what must be corrected in it; empty where there is none."""
    path = folder / FILE
    if not path.exists():
        return (), []
    sheet = read_table(path, describe())
    issues = [*sheet.issues, *(schema.find_issues(describe(), sheet.frame) if not sheet.frame.columns.empty and not sheet.issues else ())]
    if issues:
        return (), issues
    rows = sheet.frame[list(COLUMNS)].itertuples(index=False, name=None)
    return tuple(Change(*row) for row in rows), []


def write(earlier: str, changes: Iterable[Change]) -> str:
    """The text of a log with lines more: nothing where there is neither."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    lines = [astuple(change) for change in changes]
    if lines and not earlier:
        writer.writerow(COLUMNS)
    writer.writerows(lines)
    gap = "" if not earlier or earlier.endswith("\n") else "\n"
    return earlier + gap * bool(lines) + text.getvalue()
