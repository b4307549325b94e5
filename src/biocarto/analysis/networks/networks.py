"""Members of the networks: who is known against how many were published, clusters against networks, and where members sit in Europe."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from biocarto.model import N_
from biocarto.query import memberships
from biocarto.register.catalogue import Catalogue
from biocarto.rows import get_row

PLACED, NO_CITY, NO_POINT, NO_COUNTRY = "placed", "no_city", "no_point", "no_country"

PLACE_LABELS = {
    PLACED: N_("Sur la carte"),
    NO_CITY: N_("Aucune source ne dit sa ville"),
    NO_POINT: N_("Ville connue, sans coordonnées"),
    NO_COUNTRY: N_("Pays absent de nos couches"),
}
"""Where a member is on the map, or why it is only listed."""


def list_members(catalogue: Catalogue) -> pd.DataFrame:
    """One row per membership, in the order and with the columns of `Catalogue.members`.

    Columns added: table ("network" or "cluster" where the member is a body of ours, else ""), actor_ids (tuple) with actor_level
    (memberships.SITE, ORGANISATION or "": several sites of an organisation that is the member), place_id (one per city) and place
    (key of PLACE_LABELS).
    """
    rows = catalogue.members
    linked = memberships.list_links(catalogue).groupby(["network_id", "member_id"])
    ids, levels = linked["actor_id"].agg(tuple).to_dict(), linked["level"].first().to_dict()
    keys = list(zip(rows["network_id"], rows["member_id"], strict=True))
    tables = {**dict.fromkeys(catalogue.clusters.index, "cluster"), **dict.fromkeys(catalogue.networks.index, "network")}
    return rows.assign(
        place_id=rows["country"] + "-" + rows["city"],
        table=[tables.get(member, "") for member in rows["member_id"]],
        actor_ids=[ids.get(key, ()) for key in keys],
        actor_level=[levels.get(key, "") for key in keys],
        place=_places(rows, catalogue),
    )


def _places(rows: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """Why a member is not on the map, the widest reason first: a country that we cannot draw has no city there either."""
    found = pd.Series(PLACED, index=rows.index).mask(rows["latitude"].isna(), NO_POINT).mask(rows["city"].eq(""), NO_CITY)
    return found.mask(rows["country"].ne("") & ~rows["country"].isin(catalogue.territory.countries.index), NO_COUNTRY)


@dataclass(frozen=True)
class MemberCounts:
    """Members that pages name, against the numbers that were published; the numbers may disagree, and stay side by side."""

    named: int
    published: pd.DataFrame
    """Rows of figures; empty where no page gives a number."""


def count_members(catalogue: Catalogue, network: str) -> MemberCounts:
    """Named members and published numbers of one network; KeyError if there is no such network."""
    counts = catalogue.figures.loc[list(get_row(catalogue.networks, network)["published_counts"])]
    return MemberCounts(int(catalogue.members["network_id"].eq(network).sum()), counts)


def build_matrix(catalogue: Catalogue) -> pd.DataFrame:
    """Clusters (index: id, all of them) by networks (columns: ids with a cluster among their members), each cell a role or ""."""
    clusters = catalogue.clusters.index.difference(catalogue.networks.index, sort=False)
    rows = catalogue.members[catalogue.members["member_id"].isin(clusters)]
    table = rows.pivot_table(index="member_id", columns="network_id", values="role", aggfunc="first")
    networks = [network for network in catalogue.networks.index if network in table.columns]
    return table.reindex(index=clusters, columns=networks).fillna("").rename_axis(index=None, columns=None)


def list_without_members(catalogue: Catalogue, scale: str) -> list[str]:
    """Networks of a scale of which no page names a member, in the order of the table."""
    table, known = catalogue.networks, set(catalogue.members["network_id"])
    return [network for network in table.index[table["scale"].eq(scale)] if network not in known]


@dataclass(frozen=True)
class MappedMembers:
    """Members on a map and beside it.

    `points`: rows of `list_members` with a place. `links`: network_id, member_id, coordinator_id, latitude, longitude,
    to_latitude, to_longitude: a line from each placed member to each placed coordinator elsewhere. `listed`: members without a point.
    `uncoordinated`: networks whose coordinator is not named or not placed, so that they have no line.
    """

    points: pd.DataFrame
    links: pd.DataFrame
    listed: pd.DataFrame
    uncoordinated: tuple[str, ...]


def place_members(everyone: pd.DataFrame, networks: Collection[str]) -> MappedMembers:
    """The members of some networks among `everyone` (rows of `list_members`); unknown ids have none."""
    rows = everyone[everyone["network_id"].isin(networks)]
    placed = rows["place"].eq(PLACED)
    points = rows[placed]
    links = _links(points)
    centred = set(points.loc[points["role"].eq("coordinator"), "network_id"])
    present = set(rows["network_id"])
    return MappedMembers(
        points=points,
        links=links,
        listed=rows[~placed],
        uncoordinated=tuple(network for network in networks if network in present - centred),
    )


def _links(points: pd.DataFrame) -> pd.DataFrame:
    ends = points.loc[points["role"].eq("coordinator"), ["network_id", "member_id", "place_id", "latitude", "longitude"]]
    names = {"member_id": "coordinator_id", "place_id": "to", "latitude": "to_latitude", "longitude": "to_longitude"}
    pairs = points.merge(ends.rename(columns=names), on="network_id")
    columns = ["network_id", "member_id", "coordinator_id", "latitude", "longitude", "to_latitude", "to_longitude"]
    return pairs.loc[pairs["place_id"].ne(pairs["to"]), columns].reset_index(drop=True)


def list_unplaced_integrators(networks: pd.DataFrame) -> pd.Series:
    """Network id -> name of the integrators that no page places: they are no actor of the register."""
    return networks.loc[networks["kind"].eq("integrator") & networks["actor_id"].eq(""), "name"]
