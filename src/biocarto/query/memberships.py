"""Which networks and clusters an actor belongs to, as far as a page names it as a member."""

from __future__ import annotations

import pandas as pd

from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import folded

SITE, ORGANISATION = "site", "organisation"
"""What a page names as the member: this very actor, or the organisation that it is one site of."""


def list_links(catalogue: Catalogue) -> pd.DataFrame:
    """One row per actor and membership: actor_id, level (SITE or ORGANISATION), then the columns of network_members.

    A member is an actor whose id is the member's, or whose name or organisation is the same once folded (accents, case, legal
    form); nothing looser is guessed. Every site of an organisation that is named carries its memberships, at the level ORGANISATION.
    """
    members = catalogue.members
    named = members.assign(key=[folded(name) for name in members["member_name"]])
    by_name = _keys(catalogue.actors).merge(named, on="key").drop(columns="key")
    own = pd.DataFrame({"actor_id": catalogue.actors.index, "member_id": catalogue.actors.index, "level": SITE})
    found = pd.concat([own.merge(members, on="member_id"), by_name])[["actor_id", "level", *members.columns]]
    best = found.sort_values("level", key=lambda level: level.ne(SITE), kind="stable").drop_duplicates(
        ["actor_id", "network_id", "member_name"]
    )
    return best.sort_values(["actor_id", "network_id"], ignore_index=True)


def _keys(actors: pd.DataFrame) -> pd.DataFrame:
    """What an actor may be called by a page (actor_id, key, level), its own name before that of its organisation."""
    names = [
        pd.DataFrame({"actor_id": actors.index, "key": [folded(name) for name in actors[column]], "level": level})
        for column, level in (("name", SITE), ("organisation", ORGANISATION))
    ]
    return pd.concat(names).drop_duplicates(["actor_id", "key"])


def group_by_actor(catalogue: Catalogue) -> pd.Series:
    """Actor id -> ids of its networks, each once, sorted; an empty tuple where no page names it. One item per actor."""
    found = list_links(catalogue).groupby("actor_id")["network_id"].unique().to_dict()
    actors = catalogue.actors.index
    return pd.Series([tuple(found.get(actor, ())) for actor in actors], index=actors, dtype=object)
