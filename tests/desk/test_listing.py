"""Looking for a row."""

from __future__ import annotations

import pytest

from biocarto.desk import listing
from biocarto.desk.facts import RegisterRow

ROWS = [
    RegisterRow(
        "actors", "genethon", 1, 1, {"id": "genethon", "name": "Généthon", "commune": "Évry", "siren": "123456789", "as_of": "2020"}
    ),
    RegisterRow("actors", "abivax", 2, 1, {"id": "abivax", "name": "Abivax", "commune": "Paris", "status": "present", "as_of": "2017"}),
    RegisterRow("actors", "yposkesi", 3, 1, {"id": "yposkesi", "name": "Yposkesi (Généthon)", "commune": "Évry"}),
]
CLAIMS = [RegisterRow("evidence", "c", 1, 1, {"actor_id": "abivax", "field": "status", "as_of": "2024"})]
REDIRECTS = [RegisterRow("redirects", "r", 1, 1, {"old_id": "afm-labo", "actor_id": "genethon"})]


def find(typed: str) -> list[str]:
    """Ids of what is found, in their order."""
    return [row.id for row in listing.search(listing.list_rows(ROWS, CLAIMS, REDIRECTS), typed)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", ["abivax", "genethon", "yposkesi"]),
        ("GENETHON", ["genethon", "yposkesi"]),
        ("évry yposkesi", ["yposkesi"]),
        ("123456789", ["genethon"]),
        ("afm labo", ["genethon"]),
        ("rien de tel", []),
        ("' OR 1=1 --", []),
        ("💥", ["abivax", "genethon", "yposkesi"]),
    ],
)
def test_rows_are_found_by_what_people_know_of_them(typed: str, ids: list[str]) -> None:
    """Name, commune, SIREN, a former id, without accents; what begins so comes first."""
    assert find(typed) == ids


def test_a_row_tells_the_year_of_its_newest_page() -> None:
    """Its own, or that of a claim on it."""
    rows = {row.id: row for row in listing.list_rows(ROWS, CLAIMS, REDIRECTS)}
    assert (rows["abivax"].year, rows["genethon"].year, rows["yposkesi"].year) == ("2024", "2020", "")
    assert (rows["abivax"].status, rows["abivax"].place) == ("present", "Paris")


def test_a_place_is_told_by_its_name() -> None:
    """A row that only has a code or the id of another row is listed under the name of that, and found by it."""
    rows = [RegisterRow("sites", "park", 0, 1, {"id": "park", "name": "Park", "commune_code": "93063"})]
    [row] = listing.list_rows(rows, tell=lambda column, cell: "Romainville" if column == "commune_code" else cell)
    assert row.place == "Romainville"
    assert listing.search([row], "romain") == [row]
