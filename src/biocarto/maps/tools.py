"""The tools of a map that filters by space: an area, the view, a position; and what of them is in force."""

from __future__ import annotations

import shapely

from biocarto.i18n import Locale
from biocarto.maps import texts
from biocarto.maps.base import Bounds
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.viewpoint import Viewpoint
from biocarto.query import proximity
from biocarto.query.proximity import Origin

Ring = list[list[float]]


def build_tools_layer(
    t: Locale,
    *,
    area: str = "",
    near: Origin | None = None,
    km: float = 0,
    view: Viewpoint | None = None,
    turn: int = 0,
    question: str = "",
    found: Bounds | None = None,
    theme: str = "light",
) -> ScriptLayer:
    """Buttons to draw an area, to take the view as one and to start from one's own position; the page without this layer has none.

    `area` is the polygon in force as the address writes it, `near` and `km` the circle. A new map starts at `view`; one that is
    on screen goes there (None: to what is found, or the bounds of the page) only when `turn` changes: what a visitor moved stays
    where it is. When `question` changes and no other view is asked for, the map goes to `found`; to the bounds of the page when
    nothing is asked ("") any more, nowhere when nothing is found (None).
    Said by the browser, as a click: {"type": "area", "id": "lat,lon;..."}, {"type": "near", "id": "lat,lon"}, and once a visitor
    has moved the map {"type": "view", "id": "lat,lon,zoom"}, or "" after "reset view".
    """
    payload = {
        "area": _lobes(area),
        "near": [round(near.latitude, 5), round(near.longitude, 5), round(km * 1000)] if near else None,
        "view": list(view) if view else None,
        "turn": turn,
        "question": question,
        "found": found,
        "most": proximity.MOST,
        "france": proximity.FRANCE,
        "words": texts.list_tool_texts(t),
    }
    return ScriptLayer("tools", payload, t, theme)


def _lobes(area: str) -> list[list[Ring]]:
    """Rings of [latitude, longitude] of every lobe of a polygon, holes after the outline; none for what is not a polygon."""
    corners = proximity.parse_vertices(area)
    drawn = proximity.build_polygon(corners) if corners else None
    return [[_ring(ring) for ring in (lobe.exterior, *lobe.interiors)] for lobe in shapely.get_parts(drawn)] if drawn else []


def _ring(line: shapely.LinearRing) -> Ring:
    return [[round(latitude, 5), round(longitude, 5)] for longitude, latitude in list(line.coords)[:-1]]
