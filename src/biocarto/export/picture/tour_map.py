"""The French Bioproduction Tour as a picture: the regions by stage, the order of the stages, the seats of who organised them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from biocarto.analysis import tour
from biocarto.export.drawing.frame import Frame
from biocarto.export.drawing.names import Wish, add_names, place_names
from biocarto.export.drawing.territories import add_area, smooth_layer
from biocarto.export.picture.marks import Disc, Line, Swatch
from biocarto.export.picture.model import LegendEntry, LegendPart, Picture
from biocarto.export.picture.subject import GROUND, PictureContext
from biocarto.i18n import Locale
from biocarto.maps import palette
from biocarto.model import N_, Level
from biocarto.render import cards
from biocarto.render.svg import BORDER, INK, add, add_text
from biocarto.render.svg import GROUND as NONE
from biocarto.rows import list_rows
from biocarto.territory.outlines import INSETS
from biocarto.territory.territory import project_points, to_metres

_NUMBER, _SEAT = 11.0, 3.2
"""Radius of the number of a stage, and of a seat."""
_CHOSEN = 2.4
"""Width of the border of a stage that is chosen."""
_WEST, _NORTH, _SIDE, _BETWEEN = -70_000.0, 6_640_000.0, 172_000.0, 12_000.0
"""Where the squares of the overseas regions begin, how large and how far apart they are, in metres."""
TITLE = N_("Le French Bioproduction Tour")


@dataclass(frozen=True, eq=False)
class TourDrawing:
    """Regions (EPSG:2154, columns name, fill, chosen), the frames of those overseas, the stages in their order and the seats (metres)."""

    regions: gpd.GeoDataFrame
    frames: tuple[shapely.Polygon, ...]
    stops: tuple[tuple[str, str, float, float], ...]
    seats: tuple[tuple[float, float], ...]

    def draw(self, parent: ET.Element, width: float, height: float, _t: Locale) -> float:
        """France with its overseas regions beside it; the scale is that of the mainland."""
        bounds = shapely.total_bounds(np.concatenate([self.regions.geometry, self.frames]))
        frame = Frame.fit_bounds(bounds, width, height)
        flat = smooth_layer(self.regions, frame)
        for shape, fill, chosen in zip(flat.geometry, flat["fill"], flat["chosen"], strict=True):
            add_area(parent, shape, frame, fill, class_="region", stroke=INK if chosen else BORDER, stroke_width=_CHOSEN if chosen else 0.8)
        for shape in self.frames:
            add_area(parent, shape, frame, "none", class_="inset")
        self._draw_route(parent, frame)
        circles = self._draw_points(parent, frame)
        wishes = [Wish(name, frame.flatten(shape)) for name, shape in zip(flat["name"], flat.geometry, strict=True)]
        add_names(parent, place_names(wishes, circles, width, height))
        return frame.scale

    def _place(self, points: list[tuple[float, float]], frame: Frame) -> list[tuple[float, float]]:
        flat = frame.to_drawing(np.array(points, dtype=float).reshape(-1, 2))
        return [(float(x), float(y)) for x, y in flat]

    def _draw_route(self, parent: ET.Element, frame: Frame) -> None:
        points = self._place([stop[2:] for stop in self.stops], frame)
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        for stroke, line in ((NONE, 4.0), (INK, 1.6)):
            add(parent, "path", d=d, class_="route", fill="none", stroke=stroke, stroke_width=line, stroke_dasharray="7 4")

    def _draw_points(self, parent: ET.Element, frame: Frame) -> np.ndarray:
        """Seats, then numbers; what names keep clear of. A seat that a number would hide is left to the number."""
        stops = self._place([stop[2:] for stop in self.stops], frame)
        seats = [(x, y) for x, y in self._place(list(self.seats), frame) if all(np.hypot(x - a, y - b) > _NUMBER + _SEAT for a, b in stops)]
        for x, y in seats:
            add(parent, "circle", class_="seat", cx=x, cy=y, r=_SEAT, fill=NONE, stroke=INK, stroke_width=1.2)
        for (number, fill, *_), (x, y) in zip(self.stops, stops, strict=True):
            add(parent, "circle", class_="stop", cx=x, cy=y, r=_NUMBER, fill=fill, stroke=INK, stroke_width=1.4)
            add_text(parent, number, x, y + 4.6, font_size=13, font_weight="bold", text_anchor="middle")
        circles = [(x, y, _NUMBER + 1) for x, y in stops] + [(x, y, _SEAT + 1) for x, y in seats] + _follow(stops)
        return np.array(circles, dtype=float).reshape(-1, 3)


def _follow(stops: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Small circles along the way from stop to stop, so that no name lies on it."""
    line = shapely.LineString(stops)
    points = shapely.line_interpolate_point(line, np.arange(0, line.length, 6.0))
    return [(point.x, point.y, 1.5) for point in points]


def picture_tour(context: PictureContext, chosen: str = "") -> Picture:
    """The whole Tour; `chosen` is the stage that stands out, "" for none."""
    t, catalogue = context.t, context.catalogue
    stages = list_rows(catalogue.stages.sort_values("order"))
    colours = dict(zip((str(stage["id"]) for stage in stages), palette.STAGES["light"], strict=False))
    regions, frames = _colour_regions(context, colours, chosen)
    summary = tour.summarise_tour(catalogue)
    anchors = tour.place_anchors(catalogue).loc[[stage["id"] for stage in stages]]
    stops = tuple((str(stage["order"]), colours[str(stage["id"])], *at) for stage, at in zip(stages, _project(anchors), strict=True))
    seats = tour.locate_seats(catalogue)
    entries = [LegendEntry(Disc(colours[str(stage["id"])], 8, number=str(stage["order"])), t.read_cell(stage, "title")) for stage in stages]
    entries.append(LegendEntry(Swatch(NONE), t("Région sans étape")))
    entries.append(LegendEntry(Line(INK, "7 4"), t("Ordre des étapes selon la source (pas un trajet)")))
    entries.append(LegendEntry(Disc(NONE, _SEAT + 0.8), t("Siège d'un organisateur")))
    missing = len(tour.list_unplaced(catalogue))
    note = t.write_count(missing, "{n} organisateur dont le siège n'est pas connu", "{n} organisateurs dont le siège n'est pas connu")
    visited = cards.write_tour_unvisited(catalogue, summary, t)
    return context.compose(
        t(TITLE),
        cards.write_tour_dates(catalogue.figures, t),
        TourDrawing(regions, frames, stops, tuple(_project(seats))),
        [LegendPart(t("Étapes du Tour"), tuple(entries), (note,) if missing else ())],
        sources=context.list_sources("tour_stages", GROUND),
        alt=visited,
    )


def _project(points: pd.DataFrame) -> list[tuple[float, float]]:
    xs, ys = project_points(points["latitude"], points["longitude"])
    return [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]


def _colour_regions(context: PictureContext, colours: dict[str, str], chosen: str) -> tuple[gpd.GeoDataFrame, tuple[shapely.Polygon, ...]]:
    """The regions with their fill, those overseas moved into their frames; and these frames."""
    territory = context.catalogue.territory
    stage_of = tour.map_regions_to_stages(context.catalogue.stages)
    layer = territory.light["regions"]
    flat = to_metres(layer[~layer.index.isin(list(INSETS))]).geometry
    shapes = [flat[code] if code in flat.index else _move_region(str(code), layer.geometry[code]) for code in layer.index]
    fills = [colours.get(str(stage_of.get(code, "")), NONE) for code in layer.index]
    names = territory.get_layer(Level.REGION)["name"].loc[layer.index]
    marked = [bool(chosen) and stage_of.get(code) == chosen for code in layer.index]
    regions = gpd.GeoDataFrame({"name": names, "fill": fills, "chosen": marked}, geometry=shapes, index=layer.index, crs=2154)
    return regions, tuple(_frame_region(code) for code in INSETS)


def _frame_region(code: str) -> shapely.Polygon:
    """The square of an overseas region, in metres (EPSG:2154), west of the mainland."""
    column, row = INSETS[code]
    west, north = _WEST + column * (_SIDE + _BETWEEN), _NORTH - row * (_SIDE + _BETWEEN)
    return shapely.box(west, north - _SIDE, west + _SIDE, north)


def _move_region(code: str, shape: shapely.Geometry) -> shapely.Geometry:
    """An overseas region (EPSG:4326) in the middle of its square, as large as fits, north up."""
    west, south, east, north = shape.bounds
    narrow = np.cos(np.radians((south + north) / 2))
    scale = 0.84 * _SIDE / max((east - west) * narrow, north - south)
    centre = _frame_region(code).centroid
    middle = np.array([(west + east) / 2, (south + north) / 2])
    return shapely.transform(shape, lambda xy: (xy - middle) * [narrow * scale, scale] + [centre.x, centre.y])
