"""What answers a question outside Île-de-France, on a map of France: one symbol per commune, divided by group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from biocarto.i18n import Locale
from biocarto.maps import escape, palette, texts
from biocarto.maps.base import Bounds
from biocarto.maps.layer import ScriptLayer


def build_elsewhere_layer(points: pd.DataFrame, groups: Mapping[str, str], t: Locale, *, theme: str = "light") -> ScriptLayer | None:
    """Sites, clusters, networks and events at the point of their commune; None where no row has a point.

    points: columns group, name, commune, commune_code, latitude, longitude (degrees, EPSG:4326, missing where nobody knows).
    groups: group -> its name in the visitor's language, in the order of the legend. The map goes to what it shows.
    A click returns {"type": "city", "id": code of the commune, "n": ...}.
    """
    placed = points.dropna(subset=["latitude", "longitude"])
    if placed.empty:
        return None
    order = {group: number for number, group in enumerate(key for key in groups if key in set(placed["group"]))}
    payload = {
        "networks": [escape.clean_text(groups[group]) for group in order],
        "colours": {shade: list(palette.NETWORKS[shade][: len(order)]) for shade in palette.THEMES},
        "places": [_place(str(code), rows, order) for code, rows in placed.groupby("commune_code", sort=False)],
        "links": [],
        "ground": None,
        "countries": {},
        "look": _bounds(placed),
        "selected": "",
        "rings": True,
        "words": texts.list_elsewhere_texts(t),
    }
    return ScriptLayer("network", payload, t, theme)


def _place(code: str, rows: pd.DataFrame, order: Mapping[str, int]) -> dict[str, Any]:
    """One commune: what is there, and of which groups."""
    first = rows.iloc[0]
    return {
        "id": code,
        "city": escape.clean_text(first["commune"]),
        "names": [escape.clean_text(name) for name in rows["name"]],
        "networks": sorted({order[group] for group in rows["group"]}),
        "hub": False,
        "at": [round(float(first["latitude"]), 5), round(float(first["longitude"]), 5)],
    }


def _bounds(placed: pd.DataFrame) -> Bounds:
    """South-west and north-east corner of the points."""
    (south, west), (north, east) = placed[["latitude", "longitude"]].agg(["min", "max"]).to_numpy(dtype=float).tolist()
    return (south, west), (north, east)
