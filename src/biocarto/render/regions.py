"""Where a body acts, as a small vector drawing for its sheet: the regions of metropolitan France, its own filled."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from biocarto.render.svg import add
from biocarto.territory.outlines import INSETS
from biocarto.territory.territory import Territory, to_metres

WIDTH = 180.0
"""Units of the drawing; one is a pixel on screen."""

_DETAIL = 6_000.0
"""Metres below which a bend of a border is left out: about a pixel."""

_LINE, _FILL = "#8A99A6", "#3B82AD"
"""Visible on white and on the dark theme alike."""


def list_outlines(territory: Territory) -> dict[str, str]:
    """Code of each metropolitan region -> its outline as path data; made once."""
    regions = to_metres(territory.regions[~territory.regions.index.isin(list(INSETS))])
    shapes = shapely.coverage_simplify(regions.geometry.to_numpy(), _DETAIL)
    west, _, east, north = shapely.total_bounds(shapes)
    scale = WIDTH / (east - west)
    return {str(code): _path(shape, west, north, scale) for code, shape in zip(regions.index, shapes, strict=True)}


def _path(shape: shapely.Geometry, west: float, north: float, scale: float) -> str:
    """The outline in units, without islands smaller than a pixel."""
    rings = []
    for ring in shapely.get_rings([part for part in shapely.get_parts(shape) if part.area * scale**2 > 1]):
        points = (shapely.get_coordinates(ring) - [west, north]) * [scale, -scale]
        rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in np.round(points, 1)) + "Z")
    return "".join(rings)


def draw_regions(drawn: dict[str, str], codes: Collection[str]) -> str:
    """The SVG of `list_outlines`, the regions `codes` filled; an overseas region is named in the text only."""
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"-3 -3 {WIDTH + 6:g} {WIDTH + 6:g}"})
    for code, path in drawn.items():
        add(root, "path", d=path, fill=_FILL if code in codes else "none", stroke=_LINE, stroke_width=0.8)
    return ET.tostring(root, encoding="unicode")
