"""A drawn map: territories by class, the chosen one outlined, actors with their shapes, names clear of them, as SVG without script."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from biocarto.export.drawing.frame import Frame, find_height
from biocarto.export.drawing.legend import add_legend, add_scale
from biocarto.export.drawing.names import Wish, add_names, place_names
from biocarto.i18n import Locale
from biocarto.maps import palette
from biocarto.maps.legend import Legend
from biocarto.render.printable import make_printable
from biocarto.render.svg import AROUND, BORDER, FONT, GROUND, HATCH, INK, UNKNOWN, WATER, add, add_patterns, add_place, compute_radius
from biocarto.territory.territory import project_points, to_metres

WIDTH, LEGEND = 680.0, 190.0
"""Width of a printed map and of its right-hand column; a unit is a quarter of a millimetre on A4."""

_LOWEST, _TALLEST = 300.0, 470.0
_GAP = 16.0
_MANY = 80
"""Territories from which their borders are fine lines, or together they would be the darkest of all."""
_BEND = 0.4
"""Units that a border may be moved by when it is drawn with fewer points."""

_Place = tuple[float, float, Counter[str]]
"""A point of the drawing and its actors by group."""


@dataclass(frozen=True, eq=False)
class MapContent:
    """What a map of territories shows (EPSG:4326, layers with index code).

    classes: index code, -1 no data, 0 none, 1..n (n <= 5) light to dark; a code that it does not name has no data. steps: n. hatched:
    codes whose value rests on small numbers. outlined: territories of any level that stand out, by a line of `outline` units. labels:
    code -> name to write, most important first, where there is room. around: neighbours with their `name`, drawn pale as far as the
    frame goes. actors: rows with latitude, longitude and group, gathered by place, and where symbols would hide one another. rivers:
    lines, drawn over the classes and beneath all else.
    """

    layer: gpd.GeoDataFrame
    classes: pd.Series
    steps: int = 0
    hatched: Collection[str] = ()
    outlined: gpd.GeoDataFrame | None = None
    outline: float = 2.2
    labels: Mapping[str, str] = field(default_factory=dict)
    around: gpd.GeoDataFrame | None = None
    actors: pd.DataFrame | None = None
    rivers: gpd.GeoDataFrame | None = None

    @property
    def placed(self) -> pd.DataFrame:
        """The actors that stand at a point."""
        if self.actors is None:
            return pd.DataFrame(columns=["latitude", "longitude", "group"])
        return self.actors.dropna(subset=["latitude", "longitude"])

    def find_bounds(self) -> NDArray[np.float64]:
        """West, south, east, north of what must be seen, in metres (EPSG:2154)."""
        shapes = [to_metres(layer).geometry for layer in (self.layer, self.outlined) if layer is not None]
        return np.array(shapely.total_bounds(np.concatenate(shapes)))


def trace_path(shape: shapely.Geometry, frame: Frame) -> str:
    """The outlines of a polygon in metres, a tenth of a unit exact."""
    parts = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = np.round(frame.to_drawing(shapely.get_coordinates(ring)), 1)
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


def trace_lines(shape: shapely.Geometry, frame: Frame) -> str:
    """Lines in metres, a third of a unit exact."""
    lines = shapely.get_parts(shapely.simplify(shapely.line_merge(shapely.transform(shape, frame.to_drawing)), 0.3))
    parts = [np.round(shapely.get_coordinates(line), 1) for line in lines]
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in points) for points in parts if len(points) > 1)


def add_area(parent: ET.Element, shape: shapely.Geometry, frame: Frame, fill: str, **looks: str | float) -> None:
    """A polygon in metres; without another `stroke`, its border is thin."""
    border: dict[str, str | float] = {"stroke": BORDER, "stroke_width": 0.6, "stroke_linejoin": "round"}
    add(parent, "path", d=trace_path(shape, frame), fill_rule="evenodd", fill=fill, **(border | looks))


def smooth_layer(flat: gpd.GeoDataFrame, frame: Frame) -> gpd.GeoDataFrame:
    """The same layer (metres) without the bends that no eye sees in the frame, which it ends at; neighbours keep one border."""
    smooth = shapely.coverage_simplify(flat.geometry.to_numpy(), _BEND / frame.scale)
    seen = flat.set_geometry(shapely.clip_by_rect(smooth, *frame.find_extent()))
    return seen[~seen.is_empty]


def _add_around(parent: ET.Element, around: gpd.GeoDataFrame, frame: Frame, inside: shapely.Geometry) -> list[Wish]:
    """What lies beside the territory, pale; returns the names, to be written where enough of it stays visible."""
    names = []
    seen = shapely.clip_by_rect(to_metres(around).geometry.to_numpy(), *frame.find_extent())
    for name, shape in zip(around["name"], shapely.simplify(seen, _BEND / frame.scale), strict=True):
        if not shape.is_empty:
            add_area(parent, shape, frame, AROUND, class_="around")
            names.append(Wish(name, frame.flatten(shape.difference(inside)), quiet=True))
    return names


def _add_areas(parent: ET.Element, content: MapContent, layer: gpd.GeoDataFrame, frame: Frame) -> None:
    """One path per territory, and one more over each that is hatched."""
    fills = [GROUND, *palette.list_sequential(content.steps, "light")]
    border = 0.6 if len(layer) <= _MANY else 0.3
    for code, shape in layer.geometry.items():
        step = min(int(content.classes.get(code, -1)), content.steps)
        fill = UNKNOWN if step < 0 else fills[step]
        add_area(parent, shape, frame, fill, class_="territory", stroke_width=border, data_code=make_printable(code))
        if code in content.hatched:
            add_area(parent, shape, frame, HATCH, class_="hatch", stroke="none")


def _add_rivers(parent: ET.Element, rivers: gpd.GeoDataFrame, frame: Frame) -> None:
    """Each as one line of water within a wider one of the ground, which parts it from a dark class."""
    for shape in shapely.clip_by_rect(to_metres(rivers).geometry.to_numpy(), *frame.find_extent()):
        d = trace_lines(shape, frame)
        for stroke, width in ((GROUND, 3.0), (WATER, 1.8)) if d else ():
            add(parent, "path", d=d, fill="none", class_="river", stroke=stroke, stroke_width=width, stroke_linejoin="round")


def _places(actors: pd.DataFrame, frame: Frame) -> list[_Place]:
    """Where actors are known, and how many of each group."""
    counted = actors.groupby(["latitude", "longitude"])["group"].value_counts().unstack(fill_value=0)
    points = frame.to_drawing(np.column_stack(project_points(counted.index.get_level_values(0), counted.index.get_level_values(1))))
    places = [
        (float(x), float(y), Counter({str(group): int(count) for group, count in zip(counted.columns, row, strict=True)}))
        for (x, y), row in zip(points, counted.to_numpy(), strict=True)
    ]
    return _gather_places(places)


def _gather_places(places: list[_Place]) -> list[_Place]:
    """Largest first; places whose symbols would hide one another become one, at the largest, until none does."""
    kept: list[_Place] = []
    for x, y, counts in sorted(places, key=lambda place: (-place[2].total(), place[0], place[1])):
        near = (
            other
            for other in kept
            if math.hypot(other[0] - x, other[1] - y) < compute_radius(other[2].total()) + compute_radius(counts.total())
        )
        if (host := next(near, None)) is None:
            kept.append((x, y, counts))
        else:
            host[2].update(counts)
    return kept if len(kept) == len(places) else _gather_places(kept)


def _keep_line(shape: shapely.Geometry, frame: Frame) -> shapely.Geometry:
    """What of an outline lies within the frame, whose own sides are none of it."""
    return shapely.intersection(shape.boundary, shapely.box(*frame.find_extent()))


def draw_map(parent: ET.Element, content: MapContent, frame: Frame, clear: Sequence[tuple[float, float, float]] = ()) -> None:
    """Everything of a map but its legend and its scale, within the frame; `add_patterns` is the caller's.

    clear: circles (x, y, radius) that no name may cover, as it may no symbol.
    """
    flat = smooth_layer(to_metres(content.layer), frame)
    names = [] if content.around is None else _add_around(parent, content.around, frame, flat.union_all())
    _add_areas(parent, content, flat, frame)
    if content.rivers is not None:
        _add_rivers(parent, content.rivers, frame)
    for shape in () if content.outlined is None else to_metres(content.outlined).geometry:
        line = trace_lines(_keep_line(shape, frame), frame)
        add(parent, "path", d=line, class_="outlined", fill="none", stroke=INK, stroke_width=content.outline, stroke_linejoin="round")
    known = content.placed
    places = _places(known, frame) if len(known) else []
    for x, y, counts in places:
        add_place(parent, counts, x, y)
    wanted = [Wish(text, frame.flatten(flat.geometry[code])) for code, text in content.labels.items() if code in flat.index]
    circles = np.array([*clear, *((x, y, compute_radius(counts.total()) + 1) for x, y, counts in places)]).reshape(-1, 3)
    add_names(parent, place_names([*wanted, *names], circles, frame.width, frame.height))


def draw_territories(content: MapContent, legend: Legend, lang: str) -> str:
    """A map of a report with its legend beside it and its scale: an SVG, WIDTH units wide."""
    bounds, width = content.find_bounds(), WIDTH - LEGEND
    frame = Frame.fit_bounds(bounds, width, min(_TALLEST, max(_LOWEST, find_height(bounds, width))))
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT})
    add_patterns(root)
    draw_map(root, content, frame)
    left = width + _GAP
    colours = palette.list_sequential(content.steps, "light")
    bottom = add_legend(root, legend, left=left, width=LEGEND - _GAP, colours=colours, groups=set(content.placed["group"]), t=Locale(lang))
    add_scale(root, left, bottom + 16, frame.scale, lang)
    root.set("viewBox", f"0 0 {WIDTH:g} {max(frame.height, bottom + 24):.0f}")
    return ET.tostring(root, encoding="unicode")
