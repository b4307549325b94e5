"""Which row of the register a line may be: measured on labelled pairs, never merged without a person."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pandas as pd
import pytest

from biocarto.desk.intake.same_actor import LIKELY, MOST, find_same
from tests.support.labelled_pairs import LabelledPair, make_pairs
from tests.support.register import ROOT, layers

SEED = 2026
RECALL, PRECISION = 0.95, 0.9


def read_rows() -> list[dict[str, str]]:
    """The actors of the register as strings."""
    with (ROOT / "data" / "actors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def actors() -> pd.DataFrame:
    """The same as a frame whose index are the ids."""
    rows = read_rows()
    return pd.DataFrame(rows, index=[row["id"] for row in rows], dtype=object)


def is_found(pair: LabelledPair, actors: pd.DataFrame) -> bool:
    """Whether a line would be shown as the row."""
    known = actors.drop(index=pair.absent) if pair.absent and pair.absent != pair.row_id else actors
    found = find_same(pd.DataFrame([pair.line], index=[2], dtype=object), known, layers())
    return pair.row_id in {likeness.row_id for likeness in found}


def test_duplicates_are_found_and_others_are_not(actors: pd.DataFrame) -> None:
    """Of 200 labelled pairs, at least 95 in 100 of the same actors are shown, and 90 in 100 of those shown are the same."""
    pairs = make_pairs(read_rows(), SEED)
    assert len(pairs) == 200
    shown = [pair.is_same for pair in pairs if is_found(pair, actors)]
    recall, precision = sum(shown) / sum(pair.is_same for pair in pairs), sum(shown) / len(shown)
    assert recall >= RECALL
    assert precision >= PRECISION


def find(actors: pd.DataFrame, **line: str) -> Iterator[str]:
    """The rows that a line may be."""
    return (likeness.row_id for likeness in find_same(pd.DataFrame([line], index=[7], dtype=object), actors, layers()))


@pytest.mark.parametrize(
    ("line", "row_id"),
    [
        ({"name": "GENETHON S.A.", "commune_code": "91228"}, "genethon"),
        ({"name": "Ganethon", "commune_code": "91228"}, "genethon"),
        ({"name": "Inst. Curie", "commune_code": "75105"}, "institut-curie"),
        ({"name": "Nova (ex Lysogene)", "commune_code": "92051"}, "lysogene"),
        ({"name": "Lysogene", "commune_code": "69383"}, "lysogene"),
    ],
)
def test_a_name_is_known_however_it_is_written(actors: pd.DataFrame, line: dict[str, str], row_id: str) -> None:
    """Legal forms, typing errors, cut words, former names and moves."""
    assert next(find(actors, **line)) == row_id


@pytest.mark.parametrize(
    "line", [{"name": "Sanofi – site de Lyon", "commune_code": "69383"}, {"name": "Institut Untel", "commune_code": "75105"}, {"name": ""}]
)
def test_another_site_or_another_institute_is_nobody_known(actors: pd.DataFrame, line: dict[str, str]) -> None:
    """Words that many names have are no likeness, nor is the organisation alone."""
    assert list(find(actors, **line)) == []


def test_a_likeness_says_what_it_is_made_of(actors: pd.DataFrame) -> None:
    """Each part from 0 to 1, only what both sides tell; the likeliest row first, few of them."""
    line = {"name": "Cellectis", "commune_code": "75113", "organisation": "Cellectis", "siren": ""}
    found = find_same(pd.DataFrame([line], index=[9], dtype=object), actors, layers())
    assert [likeness.line for likeness in found] == [9] * len(found)
    assert found[0].row_id == "cellectis"
    assert found[0].why == {"name": 1.0, "organisation": 1.0, "place": 1.0}
    assert len(found) <= MOST
    assert all(LIKELY <= likeness.score < 1 for likeness in found)


def test_another_siren_is_another_company(actors: pd.DataFrame) -> None:
    """A number that differs weighs more than a name."""
    row = next(row for row in read_rows() if row["siren"])
    line = {"name": row["name"], "commune_code": row["commune_code"], "siren": row["siren"]}
    assert row["id"] in set(find(actors, **line))
    assert row["id"] not in set(find(actors, **line | {"siren": "552100554"}))
