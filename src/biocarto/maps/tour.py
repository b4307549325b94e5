"""The Tour on a map: regions by stage, the order as a route, seats of the organisers, regions without a stage."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from biocarto.i18n import Locale
from biocarto.maps import escape, palette, texts
from biocarto.maps.layer import ScriptLayer

Row = Mapping[Hashable, Any]


def build_tour_layer(
    stages: pd.DataFrame,
    anchors: pd.DataFrame,
    seats: pd.DataFrame,
    t: Locale,
    *,
    selected: str = "",
    theme: str = "light",
) -> ScriptLayer:
    """Seven stages in the order of the source.

    stages: index stage id; columns order (int), title (text in the visitor's language), region_codes (tuple of codes).
    anchors: index stage id; latitude, longitude (EPSG:4326): where the route passes. seats: index cluster id; name,
    commune, latitude, longitude; may be empty. selected: a stage id; the other stages step back.
    A click returns {"type": "stage" | "cluster", "id": ..., "n": ...}; on a region without a stage nothing.
    """
    points = anchors.to_dict("index")
    ordered = stages.sort_values("order").to_dict("index").items()
    payload = {
        "stages": [_stage(str(stage), row, points[stage], place) for place, (stage, row) in enumerate(ordered)],
        "seats": [_seat(str(seat), row) for seat, row in seats.to_dict("index").items()],
        "selected": selected,
        "words": texts.list_tour_texts(t),
    }
    return ScriptLayer("tour", payload, t, theme)


def _stage(stage: str, row: Row, anchor: Row, place: int) -> dict[str, Any]:
    colours = {theme: palette.STAGES[theme][place % len(palette.STAGES[theme])] for theme in palette.THEMES}
    title, codes = escape.clean_text(row["title"]), list(row["region_codes"])
    return {"id": stage, "order": int(row["order"]), "title": title, "regions": codes, "at": _point(anchor), **colours}


def _seat(seat: str, row: Row) -> dict[str, Any]:
    return {"id": seat, "name": escape.clean_text(row["name"]), "commune": escape.clean_text(row["commune"]), "at": _point(row)}


def _point(row: Row) -> list[float]:
    return [round(float(row["latitude"]), 5), round(float(row["longitude"]), 5)]
