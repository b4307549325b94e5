"""What a selection says of itself, and the names of its files."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.export.columns import COLUMNS, NAMES
from biocarto.export.selection import LONGEST_NAME, build_file_name, describe_filters, describe_provenance
from tests.export.selections import a_row, a_selection


def test_every_column_is_in_the_register_and_described_once(register, root) -> None:
    """By datapackage.json where the table has it, by the list of columns where the joins add it, or say more: a point for every row."""
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    table = {field["name"] for field in package["resources"][0]["schema"]["fields"]}
    assert set(NAMES) <= set(register.actors.columns)
    assert table - set(NAMES) == {"position"}
    assert {column.name for column in COLUMNS if not column.meaning} == (set(NAMES) & table) - {"latitude", "longitude"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], "biocarto-acteurs-2026-11-23.csv"),
        ([("Commune", "L'Haÿ-les-Roses")], "biocarto-l-hay-les-roses-2026-11-23.csv"),
        ([("Recherche", "../../etc/passwd\x00")], "biocarto-etc-passwd-2026-11-23.csv"),
        ([("Recherche", "基因")], "biocarto-acteurs-2026-11-23.csv"),
    ],
)
def test_a_file_name_says_what_and_when(filters, expected) -> None:
    """Safe on every system, and useful in a folder of downloads."""
    assert build_file_name(a_selection(filters=filters), "csv") == expected


@given(st.lists(st.tuples(st.just("x"), st.text())), st.sampled_from(["csv", "geojson", "parquet"]))
def test_a_file_name_is_always_safe(filters, extension) -> None:
    """Small letters, digits and hyphens, 80 characters at most, whatever was searched."""
    name = build_file_name(a_selection(filters=filters), extension)
    assert re.fullmatch(rf"biocarto-[a-z0-9]+(-[a-z0-9]+)*-2026-11-23\.{extension}", name)
    assert len(name) <= LONGEST_NAME


def test_a_long_file_name_is_cut_between_words() -> None:
    """No half word, except of a single word that is too long."""
    words = [("Commune", f"commune{n}") for n in range(20)]
    assert build_file_name(a_selection(filters=words), "csv") == (
        "biocarto-commune0-commune1-commune2-commune3-commune4-commune5-2026-11-23.csv"
    )
    assert len(build_file_name(a_selection(filters=[("Recherche", "a" * 500)]), "csv")) == LONGEST_NAME


def test_filters_are_one_line() -> None:
    """A search over several lines, or with characters that a file refuses, stays one line of text."""
    assert describe_filters(a_selection(filters=[("Recherche", "a\n\x00 b\ud800")])) == "Recherche\u00a0: a b"
    assert describe_filters(a_selection(filters=[])) == "sans filtre"


def test_provenance_is_complete() -> None:
    """What, how many, why these, when, from whom, under which licence, and where again."""
    found = describe_provenance(a_selection(a_row()))
    assert list(found) == ["title", "rows", "filters", "link", "date", "data_version", "sources", "licence"]
    assert all(found.values())
    assert json.dumps(found)
