"""The actor layer: one symbol per place, sent as columns, drawn by the browser as shapes, rings or a canvas."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pandas as pd

from biocarto.analysis.whereabouts import UNKNOWN_DISTRICT
from biocarto.i18n import Locale
from biocarto.maps import escape, palette, texts
from biocarto.maps.layer import ScriptLayer
from biocarto.model import OWN_POINTS, SYMBOLS, Presence

MOST_NAMES = 2000
"""Beyond so many places, or actors of places of several, a map is sent no names: a tap then opens the list of the page alone."""

SCALE = 100_000
"""Coordinates travel as whole numbers of 1e-5 degree: about one metre."""


def build_actor_layer(
    places: pd.DataFrame,
    t: Locale,
    *,
    selected: str = "",
    theme: str = "light",
    legend: bool = True,
    gather: bool = True,
    actors: pd.DataFrame | None = None,
) -> ScriptLayer:
    """A symbol per row of `places` (EPSG:4326): a ring divided by group where total > 1, else the group's shape.

    Index: place_id; a plain numbering from 0 means that ids are not sent, and a click returns the row number as text.
    Columns: latitude, longitude, one count per key of model.SYMBOLS; optional: actor_id, apart (how many of them are not present:
    a symbol without any that is stands hollow, and the legend says how many), precision and total (of `group_by_place`: the legend
    says how many stand at a point of their own), and label (tooltip and spoken name; leave it out
    at 200,000 points). Rows without any actor are left out. Rows without a position (`model.DIVIDED`: Paris as
    a whole) stand beside the map, with their outline hatched on it.
    `selected` is a place id or an actor id; `legend=False` leaves the layer out of the legend.
    `gather`: places whose symbols would hide each other stand as one ring with a double outline until a closer zoom parts
    them (a tap goes there); the selected place always stands alone. Above 800 rows a canvas draws every row.
    `actors`: who stands there (columns id, name, group, presence, place_id): a tap on a ring then lists them by kind and name; left
    out above `MOST_NAMES`.
    A click returns {"type": "place" | "actor", "id": ..., "n": ...}: "actor" where the row has an actor_id.
    """
    counts = places[[symbol.key for symbol in SYMBOLS]].to_numpy(dtype=np.int32)
    some = counts.any(axis=1)
    at_point = places["latitude"].notna().to_numpy()
    drawn = places.iloc[np.flatnonzero(some & at_point)]
    payload = _positions(drawn) | _counts(counts[some & at_point]) | _names(drawn)
    payload |= _points(places) | _apart(drawn, counts[some & at_point]) | {"apartTotal": int(places.get("apart", pd.Series(0)).sum())}
    payload |= _name_actors(drawn, counts[some & at_point], actors)
    payload |= {"areas": [_area(str(place), row, t) for place, row in places[some & ~at_point].iterrows()]}
    return ScriptLayer("actors", payload | _words(t, legend) | {"selected": selected, "gather": gather}, t, theme)


def _points(places: pd.DataFrame) -> dict[str, Any]:
    """How many actors stand at a point of their own, per precision."""
    if "precision" not in places:
        return {}
    totals = places["total"].groupby(places["precision"]).sum()
    return {"points": {precision: int(totals.get(precision, 0)) for precision in sorted(OWN_POINTS)}}


def _apart(places: pd.DataFrame, counts: np.ndarray) -> dict[str, Any]:
    """The rows none of whose actors is present."""
    if "apart" not in places:
        return {"apart": []}
    return {"apart": np.flatnonzero(places["apart"].to_numpy() >= counts.sum(axis=1)).tolist()}


def _name_actors(places: pd.DataFrame, counts: np.ndarray, actors: pd.DataFrame | None) -> dict[str, Any]:
    """The actors of the rows of several, in the order of those rows: id, name, number of the group, and 1 where one is not present."""
    several = places.index[counts.sum(axis=1) > 1]
    if actors is None or len(places) > MOST_NAMES:
        return {}
    here = actors[actors["place_id"].isin(several)]
    if len(here) > MOST_NAMES:
        return {}
    groups = here["group"].map([symbol.key for symbol in SYMBOLS].index)
    apart = here["presence"].ne(Presence.PRESENT).astype(int)
    held: dict[str, list[Any]] = {str(place): [] for place in several}
    for place, identity, name, group, away in zip(here["place_id"], here["id"], here["name"], groups, apart, strict=True):
        held[str(place)].append([str(identity), escape.clean_text(name), int(group), int(away)])
    return {"held": list(held.values())}


def _area(place: str, row: pd.Series, t: Locale) -> dict[str, Any]:
    """Actors of which only an area is known: its outline is that of a department (Paris is one)."""
    counts = [int(row[symbol.key]) for symbol in SYMBOLS]
    name = t(UNKNOWN_DISTRICT).format(place=row.get("name", ""))
    return {"id": place, "name": escape.clean_text(name), "counts": counts, "department": place.removeprefix("commune-")[:2]}


def pack_numbers(values: np.ndarray) -> str:
    """Base64 of whole numbers, little-endian, as the browser's typed arrays read them."""
    return base64.b64encode(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()).decode("ascii")


def _positions(places: pd.DataFrame) -> dict[str, Any]:
    degrees = places[["latitude", "longitude"]].to_numpy(dtype=float)
    whole = np.rint(degrees * SCALE).astype(np.int32)
    return {"size": len(places), "lat": pack_numbers(whole[:, 0]), "lon": pack_numbers(whole[:, 1])}


def _counts(counts: np.ndarray) -> dict[str, Any]:
    """One group number per row; rows of several actors also have all their counts, listed by row."""
    several = np.flatnonzero(counts.sum(axis=1) > 1).astype(np.int32)
    return {
        "group": pack_numbers(counts.argmax(axis=1).astype(np.uint8)),
        "rows": pack_numbers(several),
        "rings": pack_numbers(counts[several]),
    }


def _names(places: pd.DataFrame) -> dict[str, Any]:
    names: dict[str, Any] = {}
    if not places.index.equals(pd.RangeIndex(len(places))):
        names["ids"] = [str(place) for place in places.index]
    if "actor_id" in places:
        names["actors"] = {row: str(actor) for row, actor in enumerate(places["actor_id"]) if actor}
    if "label" in places:
        names["labels"] = "\n".join(escape.clean_text(label) for label in places["label"])
    return names


def _words(t: Locale, legend: bool) -> dict[str, Any]:
    colours = {theme: palette.list_group_colours(theme) for theme in palette.THEMES}
    short = texts.list_short_groups(t)
    groups = [
        {
            "label": t(s.label),
            "short": short.get(s.key, t(s.label)),
            "shape": s.shape,
            **{theme: colours[theme][s.key] for theme in palette.THEMES},
        }
        for s in SYMBOLS
    ]
    return {"groups": groups, "words": texts.list_actor_texts(t), "legend": legend}
