"""What the chapter names: every name leads to a row of the tables, and nothing that the tables owe to the chapter is missing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from biocarto.analysis.networks.organisations import list_organisations
from biocarto.model import CHAPTER
from biocarto.register.catalogue import Catalogue
from tests.support.chapter import ROWS
from tests.support.register import joined

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"/reseaux", "/annuaire", "/bioproduction-tour"}
NAMED = 59
"""Lines of the table: one less is a name that was lost."""


def there(catalogue: Catalogue, parameter: str, value: str) -> bool:
    """Whether an address leads to something; a cluster and a network each under their own parameter."""
    known = list_organisations(catalogue)["table"]
    frames = {"actor": catalogue.actors, "stage": catalogue.stages, "event": catalogue.events}
    return value in frames[parameter].index if parameter in frames else known.get(value) == parameter


def told(catalogue: Catalogue, name: str, parameter: str, value: str) -> bool:
    """Whether the sheet at an address tells an id: it is its own, a member's, an organiser's, or its actor's or edition's."""
    if parameter == "network":
        rows = catalogue.members[catalogue.members["network_id"].eq(value)]
        return name == value or name in set(rows["member_id"])
    if parameter == "stage":
        return name == value or name in catalogue.stages.at[value, "organisers"]
    if parameter == "event":
        return name == value or name in catalogue.events.at[value, "network_ids"]
    if parameter == "actor":
        return bool(list_organisations(catalogue).at[name, "actor_id"] == value)
    return name == value


def test_the_list_is_whole_and_names_each_once() -> None:
    """Every line of the table is read, and no id stands twice."""
    assert len(ROWS) == NAMED
    assert len({key for _, key, _ in ROWS}) == NAMED
    assert sum(line.startswith("|") for line in (ROOT / "docs/chapter.md").read_text("utf-8").splitlines()) == NAMED + 2


@pytest.mark.parametrize(("name", "key", "addresses"), ROWS, ids=[key for _, key, _ in ROWS])
def test_every_name_appears_at_its_addresses(name: str, key: str, addresses: list[str]) -> None:
    """The page is one of ours, what it asks for exists, and the sheet there tells the name."""
    assert addresses
    for address in addresses:
        parts = urlsplit(address)
        assert parts.path in PAGES, name
        for parameter, value in parse_qsl(parts.query, strict_parsing=bool(parts.query)):
            assert there(joined(), parameter, value), address
            assert told(joined(), key, parameter, value), address


def test_what_the_tables_owe_to_the_chapter_is_in_the_list() -> None:
    """By the other path: rows whose source is the chapter, the twelve organisers, the stages, the members of its networks."""
    keys = {key for _, key, _ in ROWS}
    catalogue = joined()
    networks = {*catalogue.networks.index[catalogue.networks["source_url"].eq(CHAPTER)], "enosis-sante", "bioman4r2", "cobioe"}
    events = catalogue.events.index[catalogue.events["source_url"].eq(CHAPTER)].difference(["assises-2021", "ais-2022", "carto-2023"])
    organisers = catalogue.clusters.index[catalogue.clusters["tour_member"].eq("yes")]
    members = catalogue.members.loc[catalogue.members["network_id"].isin(["enosis-sante", "bioman4r2", "cobioe"]), "member_id"]
    owed = {*networks, *events, *organisers, *members, *catalogue.stages.index}
    assert owed - keys == set()
