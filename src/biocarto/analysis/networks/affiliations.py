"""Who belongs to what, as a graph: bodies and members are nodes, memberships are edges; a circle of memberships stops nothing."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from biocarto.analysis.networks.networks import list_members
from biocarto.analysis.networks.organisations import list_organisations
from biocarto.register.catalogue import Catalogue


@dataclass(frozen=True)
class Graph:
    """`nodes`: index id; name, kind (of vocabulary.BODY_KINDS, "" for others), scale, table ("network", "cluster" or ""), actor_ids.

    `edges`: member_id, network_id, role, source_url, source_title; a member points to its network. Bodies without a member or a
    network are nodes too.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def build_graph(catalogue: Catalogue) -> Graph:
    """Every body, every member that a page names, and their memberships."""
    own, rows = list_organisations(catalogue), list_members(catalogue)
    others = rows[rows["table"].eq("")].drop_duplicates("member_id").set_index("member_id").rename_axis(None)
    named = others.rename(columns={"member_name": "name"}).assign(kind="", scale="")
    nodes = pd.concat([own, named])[["name", "kind", "scale", "table"]]
    actors = {member: ids for member, ids in zip(rows["member_id"], rows["actor_ids"], strict=True) if ids}
    actors |= {body: (actor,) for body, actor in own["actor_id"].items() if actor}
    nodes = nodes.assign(actor_ids=[actors.get(node, ()) for node in nodes.index])
    return Graph(nodes, rows[["member_id", "network_id", "role", "source_url", "source_title"]])


def find_ancestors(edges: pd.DataFrame, member: str) -> dict[str, int]:
    """Networks that a member belongs to -> how many memberships away; itself only where memberships run in a circle."""
    networks = _networks(edges)
    found: dict[str, int] = {}
    waiting = deque((network, 1) for network in networks.get(member, ()))
    while waiting:
        network, distance = waiting.popleft()
        if network not in found:
            found[network] = distance
            waiting.extend((further, distance + 1) for further in networks.get(network, ()))
    return found


def list_circular(edges: pd.DataFrame) -> tuple[str, ...]:
    """Members that belong to themselves by way of others, sorted: to be shown, since a source or a row must be wrong."""
    return tuple(member for member in sorted(set(edges["member_id"])) if member in find_ancestors(edges, member))


def _networks(edges: pd.DataFrame) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for member, network in zip(edges["member_id"], edges["network_id"], strict=True):
        found[member].append(network)
    return found
