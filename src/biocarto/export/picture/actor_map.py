"""Actors of Île-de-France as a picture: all of a selection on the map of the region, or one actor where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from biocarto.export.drawing.territories import MapContent, draw_map
from biocarto.export.picture.marks import Ring, Shape, Swatch
from biocarto.export.picture.model import LegendEntry, LegendPart, Picture
from biocarto.export.picture.subject import GROUND, PictureContext
from biocarto.i18n import Locale
from biocarto.model import ILE_DE_FRANCE, NP_, PRECISION_LABELS, SYMBOLS, Level, Precision, Presence
from biocarto.query.filters import Filters, shows_apart
from biocarto.query.select import QueryResult, select
from biocarto.render.svg import UNKNOWN as DOTS
from biocarto.rows import get_row
from biocarto.territory.territory import project_points

_NO_POINT = NP_("{n} site : Paris, arrondissement inconnu", "{n} sites : Paris, arrondissement inconnu")
_APART = NP_(
    "Dont {n} site qui n'est pas présent (ancien, en projet, statut inconnu, page d'avant 2015)",
    "Dont {n} sites qui ne sont pas présents (anciens, en projet, statut inconnu, pages d'avant 2015)",
)


@dataclass(frozen=True, eq=False)
class MapDrawing:
    """A map that fills its room; `bounds` are what must be seen, where that is not the whole layer."""

    content: MapContent
    bounds: Bounds | None = None

    def draw(self, parent: ET.Element, width: float, height: float, _t: Locale) -> float:
        """The map; units per metre."""
        frame = Frame.fit_bounds(self._find_metres(), width, height)
        draw_map(parent, self.content, frame)
        return frame.scale

    def _find_metres(self) -> np.ndarray:
        if self.bounds is None:
            return self.content.find_bounds()
        xs, ys = project_points(*np.transpose(self.bounds))
        return np.array([xs[0], ys[0], xs[1], ys[1]])


def list_departments(context: PictureContext) -> gpd.GeoDataFrame:
    """Those of Île-de-France."""
    departments = context.catalogue.territory.departments
    return departments[departments["region_code"].eq(ILE_DE_FRANCE)]


def draw_region(context: PictureContext, actors: pd.DataFrame, bounds: Bounds | None) -> MapDrawing:
    """Actors over the departments of the region, each with its name."""
    territory, layer = context.catalogue.territory, list_departments(context)
    content = MapContent(
        layer,
        pd.Series(0, index=layer.index),
        outlined=territory.regions.loc[[ILE_DE_FRANCE]],
        labels=dict(layer["name"]),
        around=list_neighbours(territory, Level.REGION, ILE_DE_FRANCE),
        actors=actors,
        rivers=list_rivers(territory),
    )
    return MapDrawing(content, bounds)


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
    """`42 sites d'acteurs · Type : Entreprise, Département : Essonne`."""
    t, catalogue = context.t, context.catalogue
    listed = len(catalogue.actors) if shows_apart(filters) else select(Filters(), catalogue).total
    summary = labels.summarise_selection(found.actors, listed, t)
    narrowed = [f"{label}{t.colon}{value}" for label, value in name_filters(filters, found.origin, catalogue, t)]
    return " · ".join([summary, *narrowed])


def picture_region(context: PictureContext, filters: Filters) -> Picture:
    """The actors that filters leave, on the map of the region, or of where they are."""
    t, found = context.t, select(filters, context.catalogue)
    actors = found.actors
    here = find_extent(actors, context.catalogue.territory) if filters != Filters(etat=filters.etat) else None
    return context.compose(
        t("Biothérapies et bioproduction en Île-de-France"),
        tell_filters(filters, found, context),
        draw_region(context, actors, here),
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
        draw_region(context, rows, None),
        [explain_actors(rows, t), where],
        sources=context.list_sources("actors", GROUND),
        alt=f"{label}, {place}.",
    )
