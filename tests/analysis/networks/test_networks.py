"""Networks: members against published numbers, clusters against networks, and members on the map or beside it."""

import dataclasses

import pandas as pd
import pytest

from biocarto.analysis.networks import affiliations, networks, organisations
from biocarto.model import CHAPTER
from biocarto.register.catalogue import Catalogue
from tests.support.register import joined


def members_of(network: str) -> pd.DataFrame:
    """The real members of one network, by id."""
    found = networks.list_members(joined())
    return found[found["network_id"].eq(network)].set_index("member_id")


def with_member(**cells: object) -> Catalogue:
    """The real catalogue with one more member of IVEth, which has none."""
    row = joined().members.iloc[[0]].assign(network_id="iveth", member_id="new", member_name="New", **cells)
    return dataclasses.replace(joined(), members=pd.concat([joined().members, row], ignore_index=True))


def test_every_membership_has_a_source() -> None:
    """A link or the chapter, and a title; a city from elsewhere has its own page."""
    rows = networks.list_members(joined())
    assert (rows["source_url"].eq(CHAPTER) | rows["source_url"].str.startswith("http")).all()
    assert rows["source_title"].ne("").all()
    assert rows["city_source_url"].ne("").equals(rows["city_source_title"].ne(""))
    assert rows.loc[rows["city"].eq(""), "city_source_url"].eq("").all()


def test_enosis_is_complete() -> None:
    """Four of four, all founders, all clusters of ours, all on the map."""
    found, counted = members_of("enosis-sante"), networks.count_members(joined(), "enosis-sante")
    assert set(found.index) == {"biovalley-france", "eurobiomed", "lyonbiopole", "medicen"}
    assert set(found["role"]) == {"founder"}
    assert set(found["table"]) == {"cluster"}
    assert (counted.named, list(counted.published["value"])) == (4, ["4"])
    assert set(found.index) == set(joined().clusters.index[joined().clusters["enosis_member"].eq("yes")])


def test_bioman4r2_is_complete() -> None:
    """Seven members: six clusters in six countries, and the CEBR."""
    found = members_of("bioman4r2")
    assert len(found) == 7
    clusters = found.drop("cebr")
    assert sorted(clusters["country"]) == ["DE", "ES", "FI", "FR", "NL", "PL"]
    assert list(found.index[found["role"].eq("coordinator")]) == ["turku-science-park"]


def test_cobioe_is_complete() -> None:
    """Genopole coordinates; the four others are partners."""
    found = members_of("cobioe")
    assert set(found.index) == {"genopole", "cebr", "eit-health", "health-cluster-portugal", "scanbalt"}
    assert list(found.index[found["role"].eq("coordinator")]) == ["genopole"]


def test_known_members_of_the_cebr_stand_against_both_published_numbers() -> None:
    """45 according to the chapter, 44 according to another page; neither is averaged away, and the known ones are fewer."""
    counted = networks.count_members(joined(), "cebr")
    assert sorted(counted.published["value"]) == ["44", "45"]
    assert counted.named == len(members_of("cebr")) < 44


def test_a_network_without_published_number_or_members() -> None:
    """Nothing is counted, nothing stops."""
    counted = networks.count_members(joined(), "iveth")
    assert (counted.named, len(counted.published)) == (0, 0)
    with pytest.raises(KeyError):
        networks.count_members(joined(), "nobody")


def test_a_member_is_one_organisation_in_all_its_networks() -> None:
    """CEBR under two names, BioRegio STERN under two: one id each; and a body of ours has no second id."""
    rows = joined().members
    assert set(rows.loc[rows["member_name"].str.contains("CEBR"), "member_id"]) == {"cebr"}
    assert set(rows.loc[rows["member_name"].str.startswith("BioRegio"), "member_id"]) == {"bioregio-stern"}
    names = {name.casefold(): body for frame in (joined().clusters, joined().networks) for body, name in frame["name"].items()}
    wrong = [row.member_name for row in rows.itertuples() if names.get(row.member_name.casefold(), row.member_id) != row.member_id]
    assert wrong == []


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"country": "FR", "city": "Lyon", "latitude": 45.76, "longitude": 4.83}, networks.PLACED),
        ({"country": "PT", "city": "", "latitude": None, "longitude": None}, networks.NO_CITY),
        ({"country": "", "city": "", "latitude": None, "longitude": None}, networks.NO_CITY),
        ({"country": "PT", "city": "Porto", "latitude": None, "longitude": None}, networks.NO_POINT),
        ({"country": "JP", "city": "Kobe", "latitude": 34.69, "longitude": 135.18}, networks.NO_COUNTRY),
    ],
)
def test_a_member_is_placed_or_says_why_not(cells: dict[str, object], place: str) -> None:
    """Nothing is drawn where we have no country for it, and nothing disappears."""
    changed = with_member(**cells)
    drawn = networks.place_members(networks.list_members(changed), ["iveth"])
    assert networks.list_members(changed).iloc[-1]["place"] == place
    assert (len(drawn.points), len(drawn.listed)) == ((1, 0) if place == networks.PLACED else (0, 1))


def test_the_map_of_europe_draws_or_lists_every_member() -> None:
    """Lines lead from members to the coordinator of their network, never from it; a network without one is named."""
    drawn = networks.place_members(networks.list_members(joined()), ["cebr", "bioman4r2", "cobioe", "iveth", "nobody"])
    assert len(drawn.points) + len(drawn.listed) == sum(len(members_of(network)) for network in ("cebr", "bioman4r2", "cobioe"))
    assert not drawn.points[["latitude", "longitude"]].isna().any(axis=None)
    assert set(drawn.links["coordinator_id"]) == {"turku-science-park", "genopole"}
    assert (drawn.links["member_id"] != drawn.links["coordinator_id"]).all()
    assert len(drawn.links) == len(drawn.points[drawn.points["network_id"].ne("cebr")]) - 2
    assert drawn.uncoordinated == ("cebr",)


def test_networks_without_a_known_member_are_named_by_scale() -> None:
    """IVEth in the region; in Europe every network has one."""
    assert "iveth" in networks.list_without_members(joined(), "regional")
    assert networks.list_without_members(joined(), "european") == []
    known = set(joined().members["network_id"])
    assert not known & {network for scale in organisations.SCALES for network in networks.list_without_members(joined(), scale)}


def test_the_matrix_is_the_table_of_members_turned() -> None:
    """Every cluster is a row, also one that no network names; every cell is a role of the table."""
    table = networks.build_matrix(joined())
    rows = joined().members[joined().members["member_id"].isin(table.index)]
    assert table.ne("").sum().sum() == len(rows)
    assert table.at["medicen", "bioman4r2"] == "partner"
    assert table.at["clubster-nsl", "cebr"] == ""
    assert set(table.index) | set(joined().networks.index) >= set(joined().clusters.index)
    assert (table.ne("").sum() > 0).all()


def test_the_graph_holds_every_body_and_every_member() -> None:
    """Each node once, each edge between two nodes, also for a body without a membership."""
    graph = affiliations.build_graph(joined())
    assert graph.nodes.index.is_unique
    assert set(graph.edges["member_id"]) | set(graph.edges["network_id"]) <= set(graph.nodes.index)
    assert "iveth" in graph.nodes.index
    assert graph.nodes.at["merck", "kind"] == ""
    assert graph.nodes.at["magenta", "actor_ids"] == ("magenta",)


def test_memberships_lead_upwards() -> None:
    """Medicen is in Enosis Santé, and by it in France BioLead, whose meeting is one further."""
    found = affiliations.find_ancestors(affiliations.build_graph(joined()).edges, "medicen")
    assert (found["enosis-sante"], found["france-biolead"], found["jnbb"]) == (1, 2, 3)
    assert affiliations.list_circular(joined().members) == ()


def test_a_circle_of_memberships_ends_and_is_told() -> None:
    """Three in a circle, one beside it, one in itself: the walk stops, and those that come back are named."""
    edges = pd.DataFrame({"member_id": ["a", "b", "c", "d", "e"], "network_id": ["b", "c", "a", "a", "e"]})
    assert affiliations.find_ancestors(edges, "d") == {"a": 1, "b": 2, "c": 3}
    assert affiliations.list_circular(edges) == ("a", "b", "c", "e")


def test_an_integrator_without_a_place_is_named() -> None:
    """IVETh is documented by the chapter alone; the others are actors."""
    assert networks.list_unplaced_integrators(joined().networks).to_dict() == {"iveth": "IVETh"}
