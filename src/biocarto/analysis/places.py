"""Actors gathered by place: what the map draws, because most positions are a commune or a campus."""

from __future__ import annotations

import numpy as np
import pandas as pd

from biocarto.model import SYMBOLS, Precision, Presence
from biocarto.territory.territory import Territory

Bounds = tuple[tuple[float, float], tuple[float, float]]

GROUPS = [symbol.key for symbol in SYMBOLS]

LEAST = np.array([0.09, 0.06])
"""Degrees of longitude and latitude, nearly seven kilometres: closer than that a map shows nothing around a place."""


def group_by_place(actors: pd.DataFrame) -> pd.DataFrame:
    """One row per place (index: place_id), by id.

    Columns: name, latitude, longitude (EPSG:4326; missing of an area), precision, one count per group, total, apart (how many
    of them are not present), actor_id (the only actor of the place, else empty) and label (that actor's name, else the place's).
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
        apart=actors["presence"].ne(Presence.PRESENT).groupby(actors["place_id"]).sum().astype(int),
        actor_id=first["id"].where(alone, ""),
        label=first["name"].where(alone, first["place_name"]),
    )


def find_extent(actors: pd.DataFrame, territory: Territory) -> Bounds | None:
    """South-west and north-east corner, (latitude, longitude), of all that is known of where actors are; None without any.

    At least `LEAST` degrees in each direction: one commune with what is around it. Of an area, its outline.
    """
    points = actors[["longitude", "latitude"]].dropna()
    boxes = [points.agg(["min", "max"]).to_numpy().ravel()] if len(points) else []
    areas = actors.loc[actors["precision"].eq(Precision.AREA), "commune_code"].unique()
    boxes += [territory.communes.geometry[code].bounds for code in areas]
    if not boxes:
        return None
    edges = np.array(boxes)
    low, high = edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)
    room = np.maximum(LEAST - (high - low), 0) / 2
    (west, south), (east, north) = low - room, high + room
    return (float(south), float(west)), (float(north), float(east))


def select_at_place(actors: pd.DataFrame, place_id: str) -> pd.DataFrame:
    """The actors of one place, companies by category first, then by name."""
    here = actors[actors["place_id"].eq(place_id)]
    order = here["group"].map(GROUPS.index)
    return here.assign(_order=order).sort_values(["_order", "name"]).drop(columns="_order")
