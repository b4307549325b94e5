"""Actors gathered by place: what the map draws, because most positions are a commune or a campus."""

from __future__ import annotations

import pandas as pd

from biocarto.model import SYMBOLS

GROUPS = [symbol.key for symbol in SYMBOLS]


def places(actors: pd.DataFrame) -> pd.DataFrame:
    """One row per place (index: place_id), by id.

    Columns: name, latitude, longitude (EPSG:4326), precision, one count per group, total, actor_id (the only actor of the
    place, else empty) and label (that actor's name, else the place's).
    """
    first = actors.drop_duplicates("place_id").set_index("place_id").sort_index()
    pairs = actors.groupby(["place_id", "group"]).size().unstack(fill_value=0)
    counts = pairs.reindex(index=first.index, columns=GROUPS, fill_value=0)
    total = counts.sum(axis=1).astype(int)
    alone = total.eq(1)
    return counts.assign(
        name=first["place_name"],
        latitude=first["latitude"],
        longitude=first["longitude"],
        precision=first["precision"],
        total=total,
        actor_id=first["id"].where(alone, ""),
        label=first["name"].where(alone, first["place_name"]),
    )


def at_place(actors: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """The actors of one place, companies by category first, then by name."""
    here = actors[actors["place_id"].eq(place_id)]
    order = here["group"].map(GROUPS.index)
    return here.assign(_order=order).sort_values(["_order", "name"]).drop(columns="_order")
