"""Space as a filter: what lies within so many kilometres of a point, and what lies inside a drawn polygon.

Distances are straight, on the Lambert-93 plane (EPSG:2154), between positions as precise as the register knows them: for most
actors the point of a commune. From and to an area larger than a commune (Paris as a whole) there is none: it is nan, and such an
actor is inside a circle or a polygon only where its whole area is. Frames: `filters.with_filter_columns`: latitude, longitude in
degrees, x and y in metres, all four missing of an area.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from biocarto import rows
from biocarto.model import DIVIDED, Modality, Precision, Presence
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import Territory, project_points

Kilometres = npt.NDArray[np.float64]
Vertex = tuple[float, float]
"""Latitude and longitude, degrees."""

FRANCE = (41.0, -5.5, 51.5, 10.0)
"""South, west, north, east of metropolitan France, with a little sea: where EPSG:2154 measures well."""

MARGIN = 10.0
"""Degrees by which a drawn polygon may leave that box."""

FEWEST, MOST = 3, 200
"""Vertices of a polygon."""

_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?"
_POINT = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*")


class Origin(NamedTuple):
    """Where distances start: degrees (nan of an area), what people call it, what the position is worth, and its commune's code.

    A point that a visitor gave has no commune, and is as exact as an address.
    """

    latitude: float
    longitude: float
    label: str
    precision: str = Precision.ADDRESS.value
    commune: str = ""

    @property
    def is_area(self) -> bool:
        """Whether it is larger than a commune: no distance starts here."""
        return self.precision == Precision.AREA


def _in_box(point: Vertex, margin: float = 0.0) -> bool:
    south, west, north, east = FRANCE
    return south - margin <= point[0] <= north + margin and west - margin <= point[1] <= east + margin


def _parse_point(text: str) -> Vertex | None:
    found = _POINT.fullmatch(text)
    # Adding zero turns -0.0 into 0.0, so that a point is written in one way only.
    return (round(float(found[1]), 5) + 0.0, round(float(found[2]), 5) + 0.0) if found else None


def parse_point(text: str) -> Vertex | None:
    """A point of `lat,lon` at five decimals (a metre), None outside metropolitan France's box."""
    found = _parse_point(text)
    return found if found and _in_box(found) else None


def format_points(vertices: Sequence[Vertex]) -> str:
    """Points as the address writes them: `48.85660,2.35220;...`."""
    return ";".join(f"{latitude:.5f},{longitude:.5f}" for latitude, longitude in vertices)


def parse_vertices(text: str) -> tuple[Vertex, ...] | None:
    """The corners of `lat,lon;lat,lon;...`, the closing one left out; None for what is not a polygon that can be used."""
    parts = text.split(";", MOST + 1)
    found = [corner for part in parts if (corner := _parse_point(part)) is not None]
    ring = tuple(found[:-1] if len(found) > 1 and found[0] == found[-1] else found)
    return ring if len(found) == len(parts) and build_polygon(ring) is not None else None


def build_polygon(corners: Sequence[Vertex]) -> shapely.Geometry | None:
    """A valid polygon (x = longitude, y = latitude), every lobe kept where its line crosses itself.

    None for fewer than 3 or more than 200 corners, for no area, and for coordinates far from France (those of a polygon around
    the antimeridian, wrapped longitudes, not-a-number).
    """
    if not FEWEST <= len(corners) <= MOST or not all(_in_box(corner, MARGIN) for corner in corners):
        return None
    ring = shapely.Polygon([(longitude, latitude) for latitude, longitude in corners])
    valid = shapely.make_valid(ring, method="structure", keep_collapsed=False)
    return valid if valid.area > 0 else None


def mark_inside(actors: pd.DataFrame, corners: Sequence[Vertex], territory: Territory) -> pd.Series | None:
    """Actor id -> whether it lies in the polygon, its edge included; None where `build_polygon` refuses the corners."""
    drawn = build_polygon(corners)
    if drawn is None:
        return None
    shapely.prepare(drawn)
    points = shapely.intersects_xy(drawn, actors["longitude"].to_numpy(), actors["latitude"].to_numpy())
    whole = {code for code in _areas(actors) if drawn.covers(territory.communes.geometry[code])}
    return pd.Series(points, index=actors.index) | _lies_in(actors, whole)


def _areas(actors: pd.DataFrame) -> set[str]:
    """The codes of the areas that actors are known by."""
    return set(actors.loc[actors["precision"].eq(Precision.AREA), "commune_code"])


def _lies_in(actors: pd.DataFrame, areas: Collection[str]) -> pd.Series:
    """Actor id -> whether all that is known of its place is one of the areas."""
    found: pd.Series = actors["precision"].eq(Precision.AREA) & actors["commune_code"].isin(list(areas))
    return found


def measure_distances(actors: pd.DataFrame, centre: Vertex) -> Kilometres:
    """Kilometres from the centre, one per row; nan of an area."""
    x, y = project_points(*centre)
    return np.hypot(actors["x"].to_numpy() - x, actors["y"].to_numpy() - y) / 1000


def measure_within(actors: pd.DataFrame, centre: Vertex, km: float) -> pd.Series:
    """Actor id -> kilometres from the centre, for those at `km` or less, nearest first (ties in the order of the register).

    No actor that is known by an area only.
    """
    found = pd.Series(measure_distances(actors, centre), index=actors.index, name="distance_km")
    return found[found <= km].sort_values(kind="stable")


def measure_around(actors: pd.DataFrame, origin: Origin, km: float, territory: Territory) -> pd.Series:
    """Actor id -> kilometres of all that is `mark_near` an origin, nearest first, nan last."""
    found = pd.Series(_from(actors, origin), index=actors.index, name="distance_km")
    return found[mark_near(actors, origin, km, territory)].sort_values(kind="stable")


def _from(actors: pd.DataFrame, origin: Origin) -> Kilometres:
    return np.full(len(actors), np.nan) if origin.is_area else measure_distances(actors, origin[:2])


def mark_near(actors: pd.DataFrame, origin: Origin, km: float, territory: Territory) -> pd.Series:
    """Actor id -> whether it is certainly within `km` of an origin: of an area, whether it lies in there, at whatever distance."""
    if origin.is_area:
        return actors["commune_official"].eq(origin.commune)
    whole = {code for code in _areas(actors) if territory.measure_span(code, *origin[:2])[1] <= km}
    return pd.Series(measure_distances(actors, origin[:2]) <= km, index=actors.index) | _lies_in(actors, whole)


def mark_perhaps_near(actors: pd.DataFrame, origin: Origin, km: float, territory: Territory) -> pd.Series:
    """Actor id -> whether it may be within `km` and nobody knows: a part of its area is, another is not."""
    spans = {} if origin.is_area else {code: territory.measure_span(code, *origin[:2]) for code in _areas(actors)}
    return _lies_in(actors, {code for code, (least, most) in spans.items() if least <= km < most})


def frame_circle(origin: Origin, km: float) -> tuple[Vertex, Vertex]:
    """South-west and north-east corner (latitude, longitude) around a circle of `km` kilometres."""
    up, across = km / 111.2, km / (111.2 * np.cos(np.radians(origin.latitude)))
    latitude, longitude = origin[:2]
    return (float(latitude - up), float(longitude - across)), (float(latitude + up), float(longitude + across))


def list_origins(catalogue: Catalogue) -> Collection[str]:
    """Everything but `lat,lon` that `find_origin` understands: actors, their former ids, communes and arrondissements."""
    south, west, north, east = FRANCE
    points = catalogue.territory.points
    measured = points["latitude"].between(south, north) & points["longitude"].between(west, east)
    return frozenset(catalogue.actors.index) | frozenset(catalogue.redirects) | frozenset(points.index[measured])


def find_origin(text: str, catalogue: Catalogue) -> Origin | None:
    """The place of an actor (or its former id), of an INSEE code, or of `lat,lon`; None if unknown or outside the box.

    Of Paris, Lyon and Marseille as a whole, and of an actor of which no more is known, an area.
    """
    given = parse_point(text)
    if given is not None:
        return Origin(*given, f"{given[0]:.5f}, {given[1]:.5f}")
    actor = catalogue.redirects.get(text, text)
    if actor in catalogue.actors.index:
        row = rows.get_row(catalogue.actors, actor)
        return _place_row(row, str(row["precision"]), str(row["commune_code"]))
    points = catalogue.territory.points
    if text not in points.index:
        return None
    known = Precision.AREA if text in DIVIDED else Precision.COMMUNE
    return _place_row(rows.get_row(points, text), known.value, text)


def _place_row(row: rows.Row, precision: str, commune: str) -> Origin | None:
    if precision == Precision.AREA:
        return Origin(np.nan, np.nan, str(row["name"]), precision, commune)
    found = Origin(float(row["latitude"]), float(row["longitude"]), str(row["name"]), precision, commune)
    return found if _in_box(found[:2]) else None


def find_nearby(actors: pd.DataFrame, actor_id: str, km: float = 10) -> pd.Series:
    """Other actor id -> kilometres, nearest first; only sites that are present, and nothing for an actor known by an area only.

    KeyError for an unknown actor.
    """
    centre = rows.get_row(actors, actor_id)
    others = actors[(actors.index != actor_id) & actors["presence"].eq(Presence.PRESENT)]
    return measure_within(others, (centre["latitude"], centre["longitude"]), km)


def find_alike(actors: pd.DataFrame, actor_id: str, km: float = 10) -> pd.Series:
    """Those of `find_nearby` that share a modality with the actor; "other" is not one that two actors share."""
    own = frozenset(rows.get_row(actors, actor_id)["modalities"]) - {Modality.OTHER.value}
    distances = find_nearby(actors, actor_id, km)
    shared: pd.Series = ~actors.loc[distances.index, "modalities"].map(own.isdisjoint).astype(bool)
    return distances[shared]
