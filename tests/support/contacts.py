"""Files as a pole would send them, and what becomes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from biocarto.desk.acts import Desk
from biocarto.desk.intake.applying import apply_import
from biocarto.desk.intake.explaining import explain
from biocarto.desk.intake.staging import Choices, Explanation
from tests.support.desk import PAGE, an_intent

CONTACT = {
    "Société": "Nouvelle Biotech Inventée",
    "Ville": "Évry-Courcouronnes",
    "Type": "Entreprise",
    "Catégorie": "Biothérapies",
    "Activité (français)": "Met au point un vecteur inventé",
    "Activité (anglais)": "Develops an invented vector",
}
"""A line that the register takes; a test states what is otherwise."""


def a_contact(**changes: str) -> dict[str, str]:
    """A line of a sheet of contacts; `name`, `city` and so on are said in French headers by their own keys."""
    return CONTACT | changes


def write_contacts(*lines: Mapping[str, str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Lines as CSV; every column that one of them has."""
    columns = list(dict.fromkeys(name for line in lines for name in line))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode(encoding)


def explain_lines(desk: Desk, *lines: Mapping[str, str], **choices: Any) -> Explanation:
    """What a sheet of contacts would do, resting on a page."""
    return explain(desk, "contacts.csv", write_contacts(*lines), Choices(**{"page": PAGE, **choices}))


def import_lines(desk: Desk, *lines: Mapping[str, str], **choices: Any) -> Explanation:
    """A sheet of contacts explained and applied."""
    explanation = explain_lines(desk, *lines, **choices)
    apply_import(desk, an_intent("les contacts du pôle"), explanation)
    return explanation


def count_outcome(explanation: Explanation) -> dict[str, int]:
    """How many of each kind; what is none is left out."""
    told = {name: len(getattr(explanation, name)) for name in ("new", "changed", "refused", "doubtful", "needs_page")}
    return {name: count for name, count in told.items() if count}
