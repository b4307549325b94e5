"""One message per cause: a column that is wrong in the same way all along, or a row whose cells have moved, is told once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from biocarto.errors import Issue

MOST_ALIKE = 5
"""Issues of one column with one expectation that are told one by one."""

MOST_IN_A_ROW = 6
"""Issues of one row that are told one by one; more, and its cells have probably moved."""

_SHORT_CODE = re.compile("[0-9]{4}")


def gather(issues: Sequence[Issue]) -> list[Issue]:
    """The issues in their order, those of one cause as one, each with its remedy where one is known."""
    rows = Counter((issue.table, issue.line) for issue in issues if issue.line > 1)
    found: dict[tuple[object, ...], list[Issue]] = {}
    alike = Counter(_column(issue) for issue in issues)
    for issue in issues:
        moved = rows[issue.table, issue.line] > MOST_IN_A_ROW
        cause = (issue.table, issue.line) if moved else _column(issue) if alike[_column(issue)] > MOST_ALIKE else (issue, len(found))
        found.setdefault(cause, []).append(issue)
    return [_together(group) for group in found.values()]


def _column(issue: Issue) -> tuple[str, str, str]:
    return issue.table, issue.column, issue.expected_en


def _together(group: Sequence[Issue]) -> Issue:
    first = _with_remedy(group[0])
    if len(group) == 1:
        return first
    lines, columns = [*dict.fromkeys(issue.line for issue in group)], [*dict.fromkeys(issue.column for issue in group)]
    if len(lines) == 1:
        named = ", ".join(columns)
        fr = f"Colonnes refusées sur cette ligne : {named}. Les cellules se sont sans doute décalées."
        return replace(first, remedy_fr=fr, remedy_en=f"Columns refused in this row: {named}. Its cells have probably moved.")
    some = ", ".join(map(str, lines[1:6])) + ("…" if len(lines) > 6 else "")
    fr, en = f"De même sur {len(lines) - 1} autres lignes : {some}", f"The same in {len(lines) - 1} other lines: {some}"
    return replace(first, remedy_fr=f"{first.remedy_fr} {fr}".strip(), remedy_en=f"{first.remedy_en} {en}".strip())


def _with_remedy(issue: Issue) -> Issue:
    """What a spreadsheet does to codes, said beside the code."""
    if not issue.column.endswith(("postcode", "commune_code")) or issue.remedy_fr or not _SHORT_CODE.fullmatch(issue.found):
        return issue
    code = f"0{issue.found}"
    return replace(
        issue,
        remedy_fr=f"Le tableur a ôté le zéro du début : mettez la colonne au format Texte, puis écrivez {code}.",
        remedy_en=f"The spreadsheet has dropped the leading zero: format the column as Text, then write {code}.",
    )
