"""The glossary says every word of the tables and of the model, with the labels that screens and files have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from biocarto import model
from biocarto.analysis.coverage.coverage import MEANINGS
from biocarto.analysis.coverage.territories import SCHEME_LABELS
from biocarto.i18n import Locale
from biocarto.query.site_roles import SITE_ROLE_LABELS
from biocarto.register import vocabulary
from biocarto.register.headers import HEADERS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]
WORDS = [row for row in ROWS if len(row) == 5 and row[0] not in {"code", "column"}]
"""Code, French, English, meaning, source (or table)."""

LABELS: list[Mapping[str, str]] = [
    *(model.KIND_LABELS, model.CATEGORY_LABELS, model.MODALITY_LABELS, model.PRESENCE_LABELS, model.STATUS_LABELS),
    *(
        model.ROW_CHANGE_LABELS,
        model.OWNERSHIP_LABELS,
        model.PRECISION_LABELS,
        model.LEVEL_LABELS,
        model.LIFE_EVENT_LABELS,
        vocabulary.BODY_KINDS,
        vocabulary.BODY_SCALES,
    ),
    *(vocabulary.MEMBER_ROLES, vocabulary.EVENT_KINDS, vocabulary.PERIMETERS, vocabulary.SITE_TYPES, vocabulary.CONFIDENCE),
    *(vocabulary.QUALIFIERS, SITE_ROLE_LABELS, SCHEME_LABELS, {code: meaning.label for code, meaning in MEANINGS.items()}),
]


def test_every_row_says_what_the_word_means_and_where_it_comes_from() -> None:
    """French, English, a meaning and a source: no cell is empty, and every letter is in the list at the end."""
    assert [row[1] for row in WORDS if not all(row[1:])] == []
    letters = {letter for row in WORDS for letter in row[4].split(", ") if len(letter) == 1}
    assert letters == set(re.findall(r"^- \*\*([A-Z])\*\*", TEXT, re.MULTILINE))


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: "-".join(map(str, list(labels)[:2])))
def test_the_codes_are_there_with_their_labels(labels: Mapping[str, str]) -> None:
    """The French label and its translation, as people read them on the screens."""
    t = Locale("en")
    said = {(code, row[1], row[2]) for row in WORDS for code in re.findall(r"`([^`]+)`", row[0])}
    assert {(str(code), label, t(label)) for code, label in labels.items()} - said == set()


def test_every_column_is_there() -> None:
    """Those of the tables and those that only files have; each with its label in both languages."""
    package = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    columns = {field["name"] for resource in package["resources"] for field in resource["schema"]["fields"]} | set(HEADERS)
    t = Locale("en")
    listed = TEXT.split("## Columns")[1]
    assert {name for name in columns if f"| `{name}` | {HEADERS[name]} | {t(HEADERS[name])} |" not in listed} == set()
