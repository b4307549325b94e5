"""Which networks and clusters an actor belongs to, as far as a page names it as a member."""

from __future__ import annotations

import pandas as pd

from biocarto.catalogue import folded
from biocarto.joins import Catalogue


def links(catalogue: Catalogue) -> pd.DataFrame:
    """One row per actor and membership: actor_id, then the columns of network_members.

    A member is an actor whose name or organisation is the same once folded (accents, case, legal form); nothing looser is
    guessed. Every site of an organisation that is named carries its memberships.
    """
    actors, members = catalogue.actors, catalogue.members
    names = pd.concat([actors["name"], actors["organisation"]])
    keys = pd.DataFrame({"actor_id": names.index, "key": [folded(name) for name in names]}).drop_duplicates()
    named = members.assign(key=[folded(name) for name in members["member_name"]])
    return keys.merge(named, on="key").drop(columns="key").sort_values(["actor_id", "network_id"], ignore_index=True)


def by_actor(catalogue: Catalogue) -> pd.Series:
    """Actor id -> ids of its networks, each once, sorted; an empty tuple where no page names it. One item per actor."""
    found = links(catalogue).groupby("actor_id")["network_id"].unique().to_dict()
    actors = catalogue.actors.index
    return pd.Series([tuple(found.get(actor, ())) for actor in actors], index=actors, dtype=object)
