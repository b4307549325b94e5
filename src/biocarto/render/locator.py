"""Where an actor is, as a small vector map for its sheet: the departments of Île-de-France and one shape."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from biocarto.model import ILE_DE_FRANCE, PARIS, Precision
from biocarto.render.svg import add, add_shape
from biocarto.rows import Row
from biocarto.territory.territory import Territory, project_points, to_metres

WIDTH = 240.0
"""Units of the drawing; one is a pixel on screen."""

_DETAIL = 900.0
"""Metres below which a bend of a border is left out: under two pixels."""

_LINE = "#8A99A6"
"""Visible on white and on the dark theme alike."""


@dataclass(frozen=True)
class LocatorBase:
    """The drawing without an actor, made once: its borders, those of the areas by commune, and the way from metres (EPSG:2154) to units."""

    borders: str
    areas: dict[str, str]
    west: float
    north: float
    scale: float
    height: float


def draw_base(territory: Territory) -> LocatorBase:
    """The departments of Île-de-France."""
    departments = to_metres(territory.departments[territory.departments["region_code"].eq(ILE_DE_FRANCE)])
    shapes = shapely.coverage_simplify(departments.geometry.to_numpy(), _DETAIL)
    west, south, east, north = shapely.total_bounds(shapes)
    scale = WIDTH / (east - west)
    paths = []
    for shape in shapes:
        rings = [(shapely.get_coordinates(ring) - [west, north]) * [scale, -scale] for ring in shapely.get_rings(shapely.get_parts(shape))]
        paths.append("".join("M" + "L".join(f"{x:g} {y:g}" for x, y in np.round(points, 1)) + "Z" for points in rings))
    areas = {PARIS: paths[departments.index.get_loc(PARIS[:2])]}
    return LocatorBase("".join(paths), areas, float(west), float(north), float(scale), float((north - south) * scale))


def _canvas(drawn: LocatorBase) -> ET.Element:
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"-8 -8 {WIDTH + 16:g} {drawn.height + 16:.0f}"})
    add(root, "path", d=drawn.borders, fill="none", stroke=_LINE, stroke_width=1)
    return root


def draw_outline(drawn: LocatorBase) -> str:
    """The SVG of the borders alone, to lie beneath drawings that were made without them."""
    return ET.tostring(_canvas(drawn), encoding="unicode")


def _at(place: Row, drawn: LocatorBase) -> tuple[float, float]:
    """Where a position stands in the drawing, in units."""
    xs, ys = project_points(place["latitude"], place["longitude"])
    return float((xs[0] - drawn.west) * drawn.scale), float((drawn.north - ys[0]) * drawn.scale)


def draw_actors(actors: Iterable[Row], drawn: LocatorBase, radius: float = 3.2) -> str:
    """The SVG of many joined actors, a small shape each: a picture of where they are, not a map to read; none for an area."""
    root = _canvas(drawn)
    for actor in (actor for actor in actors if actor["precision"] != Precision.AREA):
        add_shape(root, actor["group"], *_at(actor, drawn), radius)
    return ET.tostring(root, encoding="unicode")


def draw_locator(actor: Row, drawn: LocatorBase) -> str:
    """The SVG of one joined actor: its shape where it is known, ringed where that is a whole commune; an area is drawn as one."""
    root = _canvas(drawn)
    if actor["precision"] == Precision.AREA:
        add(root, "path", d=drawn.areas[actor["commune_code"]], fill=_LINE, fill_opacity=0.45, stroke=_LINE, stroke_dasharray="3 2")
        return ET.tostring(root, encoding="unicode")
    x, y = _at(actor, drawn)
    if actor["precision"] == Precision.COMMUNE:
        add(root, "circle", cx=x, cy=y, r=11, fill="none", stroke=_LINE, stroke_width=1.2, stroke_dasharray="3 2")
    add_shape(root, actor["group"], x, y, 6)
    return ET.tostring(root, encoding="unicode")


def encode_svg(svg: str) -> str:
    """The drawing as the `src` of an image: nothing in it can run."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
