"""Networks on a map of Europe: members gathered by city, lines to who coordinates, the territory of what is open."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from biocarto.i18n import Locale
from biocarto.maps import escape, palette, texts
from biocarto.maps.base import Bounds, View
from biocarto.maps.layer import ScriptLayer
from biocarto.model import Level

EUROPE = View("europe", ((35.6, -10.6), (63.4, 27.5)), ("europe", "region"), (Level.COUNTRY, Level.REGION), min_zoom=3, max_zoom=11)
"""From Portugal to Finland, with the outline of Île-de-France."""

Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class HighlightedTerritory:
    """The territory of what is open, filled beneath the symbols: codes of one boundary file (`france` or `europe`)."""

    file: str = "france"
    codes: tuple[str, ...] = ()


def build_network_layer(
    points: pd.DataFrame,
    links: pd.DataFrame,
    names: Mapping[str, str],
    t: Locale,
    *,
    cities: Mapping[str, str],
    countries: Mapping[str, str],
    ground: HighlightedTerritory | None = None,
    look: Bounds | None = None,
    selected: str = "",
    theme: str = "light",
) -> ScriptLayer:
    """Members of some networks, one symbol per city.

    points, links: as `analysis.networks.place_members` gives them. names: network id -> name, in the order of the legend. cities: place id
    -> name of the city, countries: ISO code -> name, both in the visitor's language. look: what the map shows first, else the bounds of
    its view. selected: a place id.
    A click returns {"type": "city", "id": place id, "n": ...}.
    """
    order = {network: number for number, network in enumerate(names)}
    payload = {
        "networks": [escape.clean_text(name) for name in names.values()],
        "colours": {shade: _cycle_colours(palette.NETWORKS[shade], len(names)) for shade in palette.THEMES},
        "places": [_place(str(place), rows, order, cities) for place, rows in points.groupby("place_id", sort=False)],
        "links": [_link(row, order) for row in links.to_dict("records")],
        "ground": {"file": ground.file, "codes": list(ground.codes)} if ground else None,
        "countries": {code: escape.clean_text(name) for code, name in countries.items()},
        "look": look,
        "selected": selected,
        "words": texts.list_network_texts(t),
    }
    return ScriptLayer("network", payload, t, theme, credit=texts.EUROPE_CREDIT)


def _cycle_colours(colours: Sequence[str], count: int) -> list[str]:
    return [colours[number % len(colours)] for number in range(count)]


def _place(place: str, rows: pd.DataFrame, order: Mapping[str, int], cities: Mapping[str, str]) -> dict[str, Any]:
    """One city: who is there, in which of the networks, and whether one of them coordinates."""
    people = rows.drop_duplicates("member_id")
    return {
        "id": place,
        "city": escape.clean_text(cities[place]),
        "names": [escape.clean_text(name) for name in people["member_name"]],
        "networks": sorted({order[network] for network in rows["network_id"]}),
        "hub": bool(rows["role"].eq("coordinator").any()),
        "at": _point(rows.iloc[0], ""),
    }


def _link(row: Row, order: Mapping[str, int]) -> dict[str, Any]:
    return {"network": order[str(row["network_id"])], "from": _point(row, ""), "to": _point(row, "to_")}


def _point(row: Any, prefix: str) -> list[float]:
    return [round(float(row[f"{prefix}latitude"]), 5), round(float(row[f"{prefix}longitude"]), 5)]
