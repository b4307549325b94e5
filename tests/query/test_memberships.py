"""Memberships: an actor is a member where a page names it, and nowhere else."""

import dataclasses

import pandas as pd

from biocarto.query import memberships
from biocarto.register.catalogue import Catalogue
from tests.support.register import joined


def with_members(*names: str) -> Catalogue:
    """The real catalogue with other members, all of the network `cebr`."""
    members = pd.DataFrame({"network_id": "cebr", "member_id": "", "member_name": names, "role": "member"})
    return dataclasses.replace(joined(), members=members)


def test_a_member_is_found_by_name_and_by_organisation() -> None:
    """Every site of an organisation that is named carries the membership, however it is written."""
    found = memberships.list_links(with_members("GENETHON", "Sanofi S.A."))
    sanofi = joined().actors.index[joined().actors["organisation"].eq("Sanofi")]
    assert set(found["actor_id"]) == {"genethon", *sanofi}
    assert len(sanofi) > 1


def test_a_membership_of_an_organisation_says_so() -> None:
    """Merck has two sites in the register, and neither is the member: the organisation is; Genopole is named itself."""
    found = memberships.list_links(joined()).set_index("member_id")
    merck = joined().actors.index[joined().actors["organisation"].eq("Merck")]
    assert set(found.loc[["merck"], "actor_id"]) == set(merck)
    assert len(merck) > 1
    assert set(found.loc[["merck"], "level"]) == {memberships.ORGANISATION}
    assert set(found.loc[["genopole"], "level"]) == {memberships.SITE}


def test_an_id_that_the_editors_gave_is_enough() -> None:
    """A member with the id of an actor is that actor, whatever the page calls it; an actor is found once per network."""
    found = memberships.list_links(joined())
    aenitis = found[found["actor_id"].eq("aenitis-technologies")]
    assert aenitis[["network_id", "member_name", "level"]].to_numpy().tolist() == [["meary", "Aenitis", memberships.SITE]]
    assert not found.duplicated(["actor_id", "network_id"]).any()
    servier = with_members("Servier")
    servier.members["member_id"] = "servier-siege"
    assert list(memberships.list_links(servier).set_index("actor_id").loc[["servier-siege"], "level"]) == [memberships.SITE]


def test_nothing_is_guessed() -> None:
    """Part of a name, a longer name or a name close to it is another organisation."""
    found = memberships.list_links(with_members("Curie", "Genopole Évry", "Généton", ""))
    assert found.empty
    assert set(memberships.group_by_actor(with_members("Curie"))) == {()}


def test_the_same_network_counts_once() -> None:
    """Named twice, a member once; every actor has an answer."""
    networks = memberships.group_by_actor(with_members("Yposkesi", "YPOSKESI"))
    assert networks["yposkesi"] == ("cebr",)
    assert list(networks.index) == list(joined().actors.index)


def test_the_real_members() -> None:
    """What the pages name in the register today: Genopole in several networks, by another path than the fold."""
    members = joined().members
    genopole = sorted(members.loc[members["member_name"].eq("Genopole"), "network_id"])
    assert memberships.group_by_actor(joined())["genopole"] == tuple(genopole)
    assert len(genopole) > 1
    assert set(memberships.list_links(joined())["network_id"]) <= set(joined().networks.index)
