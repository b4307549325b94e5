"""Actors of Île-de-France as a picture: all of a selection on the map of the region, or one actor where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd

from biocarto import labels
from biocarto.analysis.places import Bounds, find_extent
from biocarto.analysis.whereabouts import name_place_and_department
from biocarto.export.active_filters import name_filters
from biocarto.export.drawing.frame import Frame
from biocarto.export.drawing.ground import list_neighbours, list_rivers
from biocarto.export.drawing.legend import add_scale
from biocarto.export.drawing.territories import MapContent, draw_map
from biocarto.export.picture.marks import Ring, Shape, Swatch
from biocarto.export.picture.model import LegendEntry, LegendPart, Picture
from biocarto.export.picture.subject import GROUND, PictureContext
from biocarto.i18n import Locale
from biocarto.model import ILE_DE_FRANCE, NP_, PARIS, PRECISION_LABELS, SYMBOLS, Level, Precision, Presence
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, select
from biocarto.register.columns import COMMUNE_OFFICIAL
from biocarto.render.svg import INK, add, add_text
from biocarto.render.svg import UNKNOWN as DOTS
from biocarto.rows import get_row
from biocarto.territory.territory import project_points

_WIDE_ROOM, _SHARE, _GAP = 1.55, 0.31, 14.0
"""From how many times its height the room of a map has a close-up beside it, its share of the width, and the space between."""
_HEAD, _FOOT = 18.0, 24.0
"""Above a close-up its name, below it its scale."""
_CORNER = 9.0
"""How far the marks at the corners of what is drawn larger run."""
_CLEAR = 14.0
"""How far from the edge of a close-up the symbols stand that it shows."""
_AROUND = (0.012, 0.02)
"""Degrees of latitude and longitude around Paris that its close-up shows."""
_NAMED = 14
"""Communes that are named where a map is of a part of the region."""
_WIDE = 0.8
"""Degrees of longitude from which a selection is shown on the whole region."""
_NO_POINT = NP_("{n} site : Paris, arrondissement inconnu", "{n} sites : Paris, arrondissement inconnu")
_APART = NP_(
    "Dont {n} site qui n'est pas présent (ancien, en projet, statut inconnu, page d'avant 2015)",
    "Dont {n} sites qui ne sont pas présents (anciens, en projet, statut inconnu, pages d'avant 2015)",
)


@dataclass(frozen=True, eq=False)
class MapDrawing:
    """A map that fills its room; `bounds` are what must be seen, where that is not the whole layer.

    `closeup` is a part of it that is drawn larger beside it, where the room is wide enough for both.
    """

    content: MapContent
    bounds: Bounds | None = None
    closeup: CloseUp | None = None

    def draw(self, parent: ET.Element, width: float, height: float, t: Locale) -> float:
        """The map; units per metre."""
        has_closeup = self.closeup is not None and width > _WIDE_ROOM * height
        own = width * (1 - _SHARE) - _GAP if has_closeup else width
        frame = Frame.fit_bounds(self._find_metres(), own, height)
        if self.closeup is None or not has_closeup:
            draw_map(parent, self.content, frame)
            return frame.scale
        close = self.closeup.fit_frame(width - own - _GAP, height)
        corners = _find_corners(frame, close)
        draw_map(parent, self.content, frame, clear=[(x, y, _CORNER) for x, y, *_ in corners])
        marks = "".join(f"M{x:.1f} {y + down:.1f}v{-down:g}h{across:g}" for x, y, across, down in corners)
        add(parent, "path", class_="closeup", d=marks, fill="none", stroke=INK, stroke_width=1.6)
        self.closeup.draw(parent, close, own + _GAP, t)
        return frame.scale

    def _find_metres(self) -> np.ndarray:
        return self.content.find_bounds() if self.bounds is None else _find_metres(self.bounds)


def _find_metres(bounds: Bounds) -> np.ndarray:
    """West, south, east, north (EPSG:2154) of two corners in degrees."""
    xs, ys = project_points(*np.transpose(bounds))
    return np.array([xs[0], ys[0], xs[1], ys[1]])


def _find_corners(around: Frame, close: Frame) -> list[tuple[float, float, float, float]]:
    """The corners of what a frame shows larger, in the drawing of another, and how far their marks run across and down."""
    west, south, east, north = close.find_extent()
    (x0, y0), (x1, y1) = (tuple(map(float, at)) for at in around.to_drawing(np.array([(west, north), (east, south)])))
    return [(x, y, across, down) for x, across in ((x0, _CORNER), (x1, -_CORNER)) for y, down in ((y0, _CORNER), (y1, -_CORNER))]


@dataclass(frozen=True, eq=False)
class CloseUp:
    """A part of a map, larger: its name, what it shows, and what must be seen."""

    name: str
    content: MapContent
    bounds: Bounds

    def fit_frame(self, width: float, height: float) -> Frame:
        """The frame of its map, in a room that also has its name and its scale."""
        return Frame.fit_bounds(_find_metres(self.bounds), width, height - _HEAD - _FOOT)

    def draw(self, parent: ET.Element, frame: Frame, left: float, t: Locale) -> None:
        """Its name, its map and its scale."""
        add_text(parent, self.name, left, 12, font_size=12, font_weight="bold")
        place = add(parent, "g", transform=f"translate({left:.2f} {_HEAD:g})")
        draw_map(place, replace(self.content, actors=self._keep_inside(frame)), frame)
        add_scale(place, 2, frame.height + 18, frame.scale, t.language)

    def _keep_inside(self, frame: Frame) -> pd.DataFrame:
        """The actors whose symbols have room in the frame; the others are on the map beside it."""
        actors = self.content.placed
        x, y = frame.to_drawing(np.column_stack(project_points(actors["latitude"], actors["longitude"]))).T
        inside = (x > _CLEAR) & (x < frame.width - _CLEAR) & (y > _CLEAR) & (y < frame.height - _CLEAR)
        return actors.loc[pd.Series(inside, index=actors.index)]


def list_departments(context: PictureContext) -> gpd.GeoDataFrame:
    """Those of Île-de-France."""
    departments = context.catalogue.territory.departments
    return departments[departments["region_code"].eq(ILE_DE_FRANCE)]


def draw_closely(context: PictureContext, actors: pd.DataFrame, bounds: Bounds) -> MapDrawing:
    """Actors over the communes of a part of the region, those with most of them named."""
    territory = context.catalogue.territory
    layer = territory.light["communes"]
    vague = actors["precision"].eq(Precision.AREA)
    counts = actors.loc[~vague, COMMUNE_OFFICIAL].value_counts()
    unknown = layer.index.isin(actors.loc[vague, COMMUNE_OFFICIAL])
    content = MapContent(
        layer,
        -pd.Series(unknown.astype(int), index=layer.index),
        outlined=list_departments(context),
        outline=1.3,
        labels={str(code): str(layer.at[code, "name"]) for code in counts.index[:_NAMED] if code in layer.index},
        around=list_neighbours(territory, Level.REGION, ILE_DE_FRANCE),
        actors=actors,
        rivers=list_rivers(territory),
    )
    return MapDrawing(content, bounds)


def _draw_paris(context: PictureContext, actors: pd.DataFrame) -> CloseUp:
    """Paris, where most symbols of the region would stand for many."""
    territory, t = context.catalogue.territory, context.t
    communes = territory.light["communes"]
    vague = actors.loc[actors["precision"].eq(Precision.AREA), COMMUNE_OFFICIAL]
    content = MapContent(
        communes,
        -pd.Series(communes.index.isin(vague).astype(int), index=communes.index),
        outlined=list_departments(context),
        outline=1.3,
        actors=actors,
        rivers=list_rivers(territory),
    )
    west, south, east, north = communes.geometry[PARIS].bounds
    up, aside = _AROUND
    return CloseUp(t("Paris en grand"), content, ((south - up, west - aside), (north + up, east + aside)))


def draw_region(context: PictureContext, actors: pd.DataFrame) -> MapDrawing:
    """Actors over the departments of the region, each with its name."""
    territory, layer = context.catalogue.territory, list_departments(context)
    vague = actors.loc[actors["precision"].eq(Precision.AREA), "department_code"]
    content = MapContent(
        layer,
        -pd.Series(layer.index.isin(vague).astype(int), index=layer.index),
        outlined=territory.regions.loc[[ILE_DE_FRANCE]],
        outline=1.6,
        labels=dict(layer["name"]),
        around=list_neighbours(territory, Level.REGION, ILE_DE_FRANCE),
        actors=actors,
        rivers=list_rivers(territory),
    )
    return MapDrawing(content, closeup=_draw_paris(context, actors) if len(actors) > 1 else None)


def explain_actors(actors: pd.DataFrame, t: Locale) -> LegendPart:
    """The groups that are there with their numbers, the ring, and what stands at no point or is not present."""
    counts = actors["group"].value_counts()
    entries = [
        LegendEntry(Shape(symbol.key), f"{t(symbol.label)}{t.colon}{t.number(int(counts[symbol.key]))}")
        for symbol in SYMBOLS
        if counts.get(symbol.key, 0)
    ]
    if actors["precision"].ne(Precision.AREA).sum() > 1:
        entries.append(LegendEntry(Ring(), t("Nombre de sites au même lieu ou en des lieux voisins")))
    vague = int(actors["precision"].eq(Precision.AREA).sum())
    if vague:
        entries.append(LegendEntry(Swatch(DOTS), t.write_count(vague, *_NO_POINT)))
    apart = int(actors["presence"].ne(Presence.PRESENT).sum())
    return LegendPart(t("Sites d'acteurs"), tuple(entries), (t.write_count(apart, *_APART),) if apart else ())


def tell_filters(filters: Filters, found: QueryResult, context: PictureContext) -> str:
    """`42 sites d'acteurs : 3 entreprises · Type : Entreprise · Département : Essonne`."""
    return " · ".join([labels.summarise_sites(found.actors, context.t), *tell_narrowing(filters, found, context)])


def tell_narrowing(filters: Filters, found: QueryResult, context: PictureContext) -> list[str]:
    """`Type : Entreprise`, `Département : Essonne`: each value with the name of its field."""
    t = context.t
    return [f"{label}{t.colon}{value}" for label, value in name_filters(filters, found.origin, context.catalogue, t)]


def picture_region(context: PictureContext, filters: Filters) -> Picture:
    """The actors that filters leave, on the map of the region, or of where they are."""
    t, found = context.t, select(filters, context.catalogue)
    actors = found.actors
    here = find_extent(actors, context.catalogue.territory)
    is_part = filters != Filters(etat=filters.etat) and here is not None and here[1][1] - here[0][1] < _WIDE
    return context.compose(
        t("Biothérapies et bioproduction en Île-de-France"),
        tell_filters(filters, found, context),
        draw_closely(context, actors, here) if here and is_part else draw_region(context, actors),
        [explain_actors(actors, t)],
        sources=context.list_sources("actors", GROUND),
        alt=_tell_departments(actors, t),
    )


def _tell_departments(actors: pd.DataFrame, t: Locale) -> str:
    """The map in words: how many sites, and in which departments most of them are."""
    counts: Sequence[tuple[object, int]] = list(actors["department_name"].value_counts().head(5).items())
    named = ", ".join(f"{name} ({t.number(int(count))})" for name, count in counts)
    return t("Carte des sites par lieu. {places}").format(places=named or t("Aucun site."))


def picture_actor(context: PictureContext, actor_id: str) -> Picture:
    """Where one actor is; KeyError for none of the register."""
    t, actor = context.t, get_row(context.catalogue.actors, actor_id)
    rows = context.catalogue.actors.loc[[actor_id]]
    known = Precision(actor["precision"])
    place = name_place_and_department(actor, t)
    where = LegendPart(t("Position connue"), (), (t(PRECISION_LABELS[known]),))
    label = next(t(symbol.label) for symbol in SYMBOLS if symbol.key == actor["group"])
    return context.compose(
        str(actor["name"]),
        f"{label} · {place}",
        draw_region(context, rows),
        [explain_actors(rows, t), where],
        sources=context.list_sources("actors", GROUND),
        alt=f"{label}, {place}.",
    )
