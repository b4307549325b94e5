"""The two maps of the attract loop, as outlines and names that its script draws in the page's own letters and colours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from biocarto.model import ILE_DE_FRANCE, PARIS, Precision
from biocarto.render.svg import trace_shape
from biocarto.rows import Row
from biocarto.territory.outlines import INSETS
from biocarto.territory.territory import Territory, project_points, to_metres

SIDE = 1000.0
"""Units of the longer side of a drawing."""

_MARGIN = 14.0
_DETAIL = {"france": 2_500.0, "region": 350.0}
"""Metres below which a bend of a border is left out: two units or so."""

_CALLED = {PARIS[:2]: (-20.0, -168.0, "middle"), "92": (-158.0, -6.0, "end"), "93": (150.0, -112.0, "start"), "94": (160.0, 84.0, "start")}
"""Department without room for its name -> where that stands, in units east and south of the middle of Paris, and which end is there."""
_MOVED = {"11": (0.0, 6.0), "28": (-22.0, 12.0), "32": (0.0, -26.0), "93": (0.0, -12.0)}
"""Region whose name would touch the next one's -> units by which it moves, east and south."""
_AROUND = 235.0
"""Units around the middle of Paris that are left to these names and to what lies there."""


@dataclass(frozen=True)
class HeroMap:
    """Outlines by code and names at their places, and the way from metres (EPSG:2154) to units."""

    areas: dict[str, str]
    names: list[dict[str, Any]]
    west: float
    north: float
    scale: float
    size: tuple[float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the plane, in units."""
        return round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1)

    def describe(self) -> dict[str, Any]:
        """What the script takes."""
        width, height = self.size
        box = f"{-_MARGIN:g} {-_MARGIN:g} {width + 2 * _MARGIN:.0f} {height + 2 * _MARGIN:.0f}"
        return {"box": box, "areas": self.areas, "names": self.names}


def draw_france(territory: Territory) -> HeroMap:
    """The metropolitan regions, each with its name."""
    regions = to_metres(territory.regions[~territory.regions.index.isin(list(INSETS))])
    return _draw(regions, "france")


def draw_region(territory: Territory) -> HeroMap:
    """The departments of Île-de-France, each with its name; those too small for it are named beside."""
    departments = to_metres(territory.departments[territory.departments["region_code"].eq(ILE_DE_FRANCE)])
    return _draw(departments, "region")


def _draw(layer: gpd.GeoDataFrame, name: str) -> HeroMap:
    shapes = shapely.coverage_simplify(layer.geometry.to_numpy(), _DETAIL[name])
    west, south, east, north = shapely.total_bounds(shapes)
    scale = SIDE / max(east - west, north - south)
    drawn = HeroMap({}, [], float(west), float(north), float(scale), (float((east - west) * scale), float((north - south) * scale)))
    middle = layer.geometry[PARIS[:2]].centroid if name == "region" else None
    for code, area, title in zip(layer.index, shapes, layer["name"], strict=True):
        drawn.areas[str(code)] = _trace(area, drawn)
        drawn.names.append({"code": str(code), "text": str(title), **_put_name(str(code), area, drawn, middle)})
    return drawn


def _trace(area: shapely.Geometry, drawn: HeroMap) -> str:
    """The outline as path data, without islands that nobody sees."""
    parts = [part for part in shapely.get_parts(area) if part.area * drawn.scale**2 > 20]
    rings = [[drawn.place(*point) for point in shapely.get_coordinates(ring)] for ring in shapely.get_rings(parts)]
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z" for points in rings)


def _put_name(code: str, area: shapely.Geometry, drawn: HeroMap, middle: shapely.Point | None) -> dict[str, Any]:
    """Where a name stands: where its area has most room, or beside it with a line to it; `middle` is that of Paris on its own map."""
    if middle is None:
        (x, y), (east, south) = drawn.place(*_find_room(area)), _MOVED.get(code, (0.0, 0.0))
        return {"at": [round(x + east, 1), round(y + south, 1)]}
    if code not in _CALLED:
        return {"at": drawn.place(*_find_room(area.difference(middle.buffer(_AROUND / drawn.scale))))}
    across, down, end = _CALLED[code]
    x, y = drawn.place(middle.x, middle.y)
    return {"at": [round(x + across, 1), round(y + down, 1)], "from": drawn.place(*_find_room(area)), "end": end}


def _find_room(area: shapely.Geometry) -> tuple[float, float]:
    """The middle of the largest circle inside: https://shapely.readthedocs.io/en/stable/reference/shapely.maximum_inscribed_circle.html."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    line = shapely.maximum_inscribed_circle(largest, tolerance=1000.0)
    x, y = shapely.get_coordinates(line)[0]
    return float(x), float(y)


def mark_actors(actors: Iterable[Row], drawn: HeroMap, radius: float) -> list[dict[str, Any]]:
    """A mark in the shape and colour of its group for each actor; none for one that is known by an area only."""
    return [_mark(actor, drawn, radius) for actor in actors if actor["precision"] != Precision.AREA]


def _mark(actor: Row, drawn: HeroMap, radius: float) -> dict[str, Any]:
    xs, ys = project_points(actor["latitude"], actor["longitude"])
    x, y = drawn.place(*np.array([xs[0], ys[0]], dtype=float))
    return {"group": actor["group"], "at": [x, y], "d": trace_shape(actor["group"], x, y, radius)}
