"""An explanation as programs read it: its members in the order that is documented, texts in one language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from biocarto.desk.intake.staging import Explanation, Likeness, RefusedCell

Json = dict[str, Any]


def to_json(explanation: Explanation, lang: str = "fr") -> Json:
    """What an import would do, line by line."""
    return {
        "columns": [{"header": column.header, "field": column.field, "score": round(column.score, 2)} for column in explanation.columns],
        "new": [{"line": row.line, "values": dict(row.values)} for row in explanation.new],
        "changed": [{"id": cell.row_id, "field": cell.field, "before": cell.before, "after": cell.after} for cell in explanation.changed],
        "unchanged": list(explanation.unchanged),
        "refused": [_list_refused(cell, lang) for cell in explanation.refused],
        "doubtful": _list_likenesses(explanation.doubtful),
        "matched": _list_likenesses(explanation.matched),
        "needs_page": list(explanation.needs_page),
        "notices": [
            {"line": notice.line, "column": notice.column, "text": notice.fr if lang == "fr" else notice.en}
            for notice in explanation.notices
        ],
        "table": explanation.resource,
        "sheet": explanation.staged.sheet,
        "file": explanation.file,
        "sha256": explanation.sha256,
    }


def _list_refused(cell: RefusedCell, lang: str) -> Json:
    told = {"line": cell.line, "column": cell.column, "letter": cell.letter, "found": cell.found}
    return told | {"expected": cell.expected_fr if lang == "fr" else cell.expected_en, "nearest": cell.nearest}


def _list_likenesses(likenesses: Iterable[Likeness]) -> list[Json]:
    return [{"line": found.line, "id": found.row_id, "score": found.score, "why": dict(found.why)} for found in likenesses]
