"""The sheet of a body: everything that the tables know of it, and nothing of another."""

from functools import lru_cache

import pytest

from biocarto.analysis.networks.organisations import list_organisations
from biocarto.analysis.networks.profile import OrganisationProfile, build_profiles
from tests.support.register import joined


@lru_cache(maxsize=1)
def every() -> dict[str, OrganisationProfile]:
    """All real sheets, made once."""
    return build_profiles(joined())


def sheet(key: str) -> OrganisationProfile:
    """The sheet of a real body."""
    return every()[key]


@pytest.mark.parametrize("key", list_organisations(joined()).index)
def test_every_body_has_a_sheet_with_evidence(key: str) -> None:
    """Also a network without members, a cluster without a seat; each page is cited once."""
    found = sheet(key)
    assert found.row["id"] == key
    assert len(found.evidence) >= 1
    assert found.evidence["source_title"].ne("").all()
    assert not found.evidence.duplicated().any()
    assert set(found.actors["actor_id"]) <= set(joined().actors.index)


def test_links_run_both_ways() -> None:
    """A member of Enosis lists Enosis; Enosis lists it."""
    assert "medicen" in set(sheet("enosis-sante").members["member_id"])
    assert "enosis-sante" in set(sheet("medicen").member_of["network_id"])
    assert list(sheet("lyonbiopole").stages["id"]) == ["stage-2"]


def test_the_tour_has_its_stages_and_their_regions() -> None:
    """Seven stages, eleven regions."""
    tour = sheet("french-bioproduction-tour")
    assert len(tour.stages) == 7
    assert len(tour.regions) == len(set(tour.regions)) == 11


def test_an_integrator_is_an_actor_too() -> None:
    """The integrator itself first, then its partners in the register; IVEth has neither actor nor member."""
    assert list(sheet("magenta").actors["actor_id"]) == ["magenta", "cithera", "art-tg"]
    empty = sheet("iveth")
    assert (len(empty.members), len(empty.actors), len(empty.figures)) == (0, 0, 0)
    assert empty.regions == ("11",)


@pytest.mark.parametrize(
    ("key", "fact", "values"),
    [
        ("france-biolead", "france-biolead-founders", ["15", "17"]),
        ("cebr", "cebr-members", ["44", "45"]),
        ("meary", "meary-start", ["2018", "2020"]),
        ("congres-france-bioproduction", "congress-2021-end", ["2021-06-18", "2021-06-23"]),
        ("assises-regionales-2021", "regional-assises-date", ["2021-05", "2021-06-08"]),
        ("ais", "ais-launch", ["2022-10-31", "2022-11"]),
    ],
)
def test_conflicting_figures_keep_both_values(key: str, fact: str, values: list[str]) -> None:
    """Each with its own source."""
    rows = sheet(key).conflicts[fact]
    assert sorted(rows["value"]) == values
    assert rows["source_title"].is_unique


def test_the_countries_of_a_network_are_those_of_its_members() -> None:
    """Sorted, the unknown left out."""
    assert sheet("cobioe").countries == ("BE", "DE", "FR", "PT")


def test_no_other_id_has_a_sheet() -> None:
    """The page asks `organisations.resolve_organisation` first; sheets stand in the order of the bodies."""
    assert list(every()) == list(list_organisations(joined()).index)
