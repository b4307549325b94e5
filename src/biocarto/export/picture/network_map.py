"""Networks as a picture: members at their cities, a line from each to who coordinates, over the countries of Europe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from biocarto.analysis.networks import networks
from biocarto.analysis.networks.networks import MappedMembers
from biocarto.export.drawing.frame import Frame
from biocarto.export.drawing.names import Wish, add_names, place_names
from biocarto.export.drawing.territories import add_area
from biocarto.export.picture.marks import Disc, Line
from biocarto.export.picture.model import LegendEntry, LegendPart, Picture
from biocarto.export.picture.subject import PictureContext
from biocarto.i18n import Locale
from biocarto.maps import palette
from biocarto.model import N_
from biocarto.render.svg import AROUND, GROUND, INK, add, add_text
from biocarto.territory.territory import to_europe

CREDIT = N_("Pays : Natural Earth ; villes : INSEE et GeoNames, CC BY 4.0")
_DASHES = ("none", "9 5", "2 5", "12 4 2 4")
"""Lines of networks on black and white paper, in their order and over again, as on the screen."""
SCALE_TITLES = {
    "european": N_("Réseaux européens"),
    "national": N_("Réseaux nationaux"),
    "regional": N_("Réseaux régionaux"),
}
"""Scale -> the networks that are drawn where none is named."""
_LEAST, _MOST = 4.0, 15.0
"""Radius of a city with one member, and of one with the most."""
_NAMED = 22
"""Cities that are named: who coordinates first, then those with most members."""
_ROOM = 120_000.0
"""Metres around the members that are seen at least."""


@dataclass(frozen=True)
class City:
    """A city with members: its point (EPSG:3035, metres), how many, and whether one of them coordinates."""

    name: str
    x: float
    y: float
    members: int
    is_hub: bool

    @property
    def radius(self) -> float:
        """Its area grows with its members."""
        return min(_MOST, _LEAST + 2.2 * float(np.sqrt(self.members - 1)))


@dataclass(frozen=True, eq=False)
class NetworkDrawing:
    """Countries (EPSG:3035), cities the largest first, and lines with the number of their network."""

    countries: gpd.GeoDataFrame
    cities: tuple[City, ...]
    links: tuple[tuple[int, float, float, float, float], ...]

    def draw(self, parent: ET.Element, width: float, height: float, t: Locale) -> float:
        """The part of Europe where members are; no scale, as the drawing is of a continent."""
        frame = Frame.fit_bounds(self._find_bounds(), width, height)
        for shape in shapely.clip_by_rect(self.countries.geometry.to_numpy(), *frame.find_extent()):
            if not shape.is_empty:
                add_area(parent, shapely.simplify(shape, 0.4 / frame.scale), frame, AROUND, class_="country")
        for network, *ends in self.links:
            self._draw_link(parent, frame, network, ends)
        points = frame.to_drawing(np.array([(city.x, city.y) for city in self.cities]).reshape(-1, 2))
        shown = _part_circles(self.cities, points)
        for city, x, y in reversed(shown):
            _draw_city(parent, city, x, y, t)
        circles = np.array([(x, y, city.radius + 1) for city, x, y in shown], dtype=float).reshape(-1, 3)
        wishes = [Wish(city.name, shapely.Point(x, y).buffer(city.radius + 5), is_point=True) for city, x, y in _rank(shown)[:_NAMED]]
        add_names(parent, place_names(wishes, circles, width, height))
        return 0.0

    def _find_bounds(self) -> NDArray[np.float64]:
        points = np.array([(city.x, city.y) for city in self.cities]).reshape(-1, 2)
        if not len(points):
            return np.array(self.countries.total_bounds)
        return np.concatenate([points.min(axis=0) - _ROOM, points.max(axis=0) + _ROOM])

    @staticmethod
    def _draw_link(parent: ET.Element, frame: Frame, network: int, ends: Sequence[float]) -> None:
        (x0, y0), (x1, y1) = frame.to_drawing(np.array(ends).reshape(2, 2))
        bend = 0.1 + 0.05 * (network % 5)
        middle = ((x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend)
        d = f"M{x0:.1f} {y0:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x1:.1f} {y1:.1f}"
        looks = {"fill": "none", "stroke": _colour(network), "stroke_dasharray": _DASHES[network % len(_DASHES)]}
        add(parent, "path", d=d, class_="link", stroke_width=1.3, stroke_opacity=0.8, **looks)


def _colour(network: int) -> str:
    colours = palette.NETWORKS["light"]
    return colours[network % len(colours)]


_Placed = tuple[City, float, float]


def _rank(placed: Sequence[_Placed]) -> list[_Placed]:
    """Who coordinates first, then by members."""
    return sorted(placed, key=lambda at: (not at[0].is_hub, -at[0].members, at[0].name))


def _part_circles(cities: Sequence[City], points: NDArray[np.float64]) -> list[_Placed]:
    """The circles pushed apart until none hides another, each as near to its city as that allows."""
    radii = np.array([city.radius for city in cities])
    for _ in range(60):
        away = points[:, None] - points[None]
        distance = np.hypot(*away.transpose(2, 0, 1)) + 1e-6
        lack = np.maximum(radii[:, None] + radii[None] + 1 - distance, 0)
        np.fill_diagonal(lack, 0)
        if not lack.any():
            break
        points += (away / distance[..., None] * lack[..., None] * 0.5).sum(axis=1)
    return [(city, float(x), float(y)) for city, (x, y) in zip(cities, points, strict=True)]


def _draw_city(parent: ET.Element, city: City, x: float, y: float, t: Locale) -> None:
    """A circle, double where someone coordinates, and the number of members where there are several."""
    add(parent, "circle", class_="city", cx=x, cy=y, r=city.radius, fill=GROUND, stroke=INK, stroke_width=2.4 if city.is_hub else 1.2)
    if city.members > 1:
        size = 9.0 if city.radius < 9 else 11.0
        add_text(parent, t.number(city.members), x, y + size * 0.34, font_size=size, font_weight="bold", text_anchor="middle")
    elif city.is_hub:
        add(parent, "circle", cx=x, cy=y, r=1.6, fill=INK)


def picture_networks(context: PictureContext, here: Sequence[str], name_city: Mapping[str, str], told: str) -> Picture:
    """The members of some networks (ids); `name_city`: place id -> name, `told` says in words which networks these are."""
    t, catalogue = context.t, context.catalogue
    found = networks.place_members(networks.list_members(catalogue), here)
    order = {network: number for number, network in enumerate(here)}
    entries = [
        LegendEntry(Line(_colour(number), _DASHES[number % len(_DASHES)]), str(catalogue.networks.at[network, "name"]))
        for network, number in order.items()
    ]
    cities = LegendPart(
        t("Villes"),
        (
            LegendEntry(Disc(GROUND, 7, number="n"), t("Membres dans une ville, et leur nombre")),
            LegendEntry(Disc(GROUND, 5), t("Un membre")),
            LegendEntry(_Hub(), t("Ville d'un coordinateur")),
        ),
        _tell_missing(found, t),
    )
    return context.compose(
        t("Réseaux : qui fédère qui"),
        told,
        _build_drawing(context, found, order, name_city),
        [LegendPart(t("Réseaux dessinés"), tuple(entries)), cities],
        sources=context.list_sources("network_members", CREDIT),
        alt=", ".join(entry.text for entry in entries),
    )


@dataclass(frozen=True)
class _Hub:
    """The mark of a city where someone coordinates."""

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """As the drawing has it."""
        add(parent, "circle", cx=x, cy=y, r=5, fill=GROUND, stroke=INK, stroke_width=2.4)
        add(parent, "circle", cx=x, cy=y, r=1.6, fill=INK)


def _tell_missing(found: MappedMembers, t: Locale) -> tuple[str, ...]:
    """Who is not on the map."""
    absent = int(found.listed["member_id"].nunique())
    words = t.write_count(
        absent,
        "{n} membre hors de la carte : ville ou pays sans coordonnées",
        "{n} membres hors de la carte : ville ou pays sans coordonnées",
    )
    return (words,) if absent else ()


def _build_drawing(context: PictureContext, found: MappedMembers, order: Mapping[str, int], names: Mapping[str, str]) -> NetworkDrawing:
    ends = gpd.points_from_xy(found.links["to_longitude"], found.links["to_latitude"], crs=4326)
    starts = gpd.points_from_xy(found.links["longitude"], found.links["latitude"], crs=4326)
    lines = [
        (order[str(network)], start.x, start.y, end.x, end.y)
        for network, start, end in zip(found.links["network_id"], _project(starts), _project(ends), strict=True)
    ]
    return NetworkDrawing(to_europe(_crop_world(context)), _list_cities(found.points, names), tuple(lines))


def _project(points: gpd.array.GeometryArray) -> gpd.GeoSeries:
    return to_europe(gpd.GeoDataFrame(geometry=points)).geometry


def _crop_world(context: PictureContext) -> gpd.GeoDataFrame:
    """The countries as far as the projection of Europe draws them well (degrees)."""
    countries = context.catalogue.territory.countries
    return countries.set_geometry(countries.geometry.clip_by_rect(-35.0, 20.0, 60.0, 80.0))


def _list_cities(points: pd.DataFrame, names: Mapping[str, str]) -> tuple[City, ...]:
    """One of each place with members, the largest first."""
    if points.empty:
        return ()
    first = points.drop_duplicates("place_id").set_index("place_id")
    where = _project(gpd.points_from_xy(first["longitude"], first["latitude"], crs=4326))
    counts = points.groupby("place_id")["member_id"].nunique()
    hubs = set(points.loc[points["role"].eq("coordinator"), "place_id"])
    found = [
        City(names[str(place)], float(at.x), float(at.y), int(counts[place]), place in hubs)
        for place, at in zip(first.index, where, strict=True)
    ]
    return tuple(sorted(found, key=lambda city: (-city.members, city.name)))
