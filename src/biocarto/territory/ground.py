"""The ground of the maps for the browser: rivers, rail, stations and towns in EPSG:4326, compact; what a folder lacks is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from biocarto.model import DIVIDED
from biocarto.territory.territory import Territory, project_points

GroundFile = dict[str, Any]

FINE, COARSE = 10_000, 1_000
"""Parts of a degree in which lines are written: of the region, of France."""
RAIL, METRO, TRAM = 0, 1, 2
"""Kinds of lines and stations: trains and RER, metro, tram."""
_KIND_OF_MODE = {"train": RAIL, "rer": RAIL, "metro": METRO, "tram": TRAM}
_WIDTHS = ((600, 3), (240, 2), (0, 1))
"""A river of so many kilometres, in all of France, is drawn this wide."""
_ZOOM_OF_POPULATION = ((100_000, 9.2), (50_000, 9.8), (20_000, 10.4), (10_000, 11.0), (5_000, 11.4), (2_000, 11.8), (0, 12.2))
"""A town of so many inhabitants may be named from this zoom; a seat of a department from `_ZOOM_OF_SEAT`."""
_ZOOM_OF_SEAT = 8.6
_LANDMARK, _ALONE = 10_000, 20_000
"""A town of so many inhabitants, so many metres from every greater one, is named as early as a seat: it tells the country around it."""
_ROOM = 8.4e6
"""Metres to the next greater town, times two to the zoom, from which a town is named: about 80 pixels at the latitude of Paris."""
_CITY = 90_000
"""Inhabitants of the cities that the map of France names."""
_ZOOM_OF_CITY = 6.2
_CLOSE_TOWNS = 10.0
"""Towns that are named from a closer zoom than this come with the closer file."""
_SAME_STATION = 600
"""Metres within which two stops of one name are one station."""


def _pack(shape: shapely.Geometry, scale: int) -> list[list[int]]:
    """Each line of a shape as [longitude, latitude, step east, step north, …], whole numbers of 1/scale degrees."""
    lines = [np.round(shapely.get_coordinates(line) * scale).astype(int) for line in shapely.get_parts(shape)]
    steps = [np.diff(points, axis=0, prepend=0) for points in lines]
    moved = [way[np.any(way != 0, axis=1)] for way in steps]
    return [way.ravel().tolist() for way in moved if len(way) > 1]


def _list_rivers(territory: Territory, layer: str, scale: int) -> list[dict[str, Any]]:
    """Rivers with their name, their width (1 to 3) by the length that they have in France, and their lines."""
    empty = gpd.GeoDataFrame({"name": [], "length_km": []}, geometry=[])
    rivers = territory.ground.get(layer, empty)
    whole = territory.ground.get("rivers", empty)["length_km"]
    lengths = [max(length, float(whole.get(code, 0))) for code, length in rivers["length_km"].items()]
    widths = [next(width for least, width in _WIDTHS if length >= least) for length in lengths]
    rows = zip(rivers["name"], widths, rivers.geometry, strict=True)
    return [{"name": name, "width": width, "lines": _pack(shape, scale)} for name, width, shape in rows]


def _list_rail(territory: Territory) -> list[dict[str, Any]]:
    """The lines of each kind, as far as there are any."""
    rail = territory.ground.get("rail_lines")
    if rail is None:
        return []
    kinds = rail["mode"].map(_KIND_OF_MODE)
    shapes = [(kind, rail.geometry[kinds == kind]) for kind in (RAIL, METRO, TRAM)]
    return [{"kind": kind, "lines": [line for shape in some for line in _pack(shape, FINE)]} for kind, some in shapes if len(some)]


def _list_stations(territory: Territory) -> list[list[Any]]:
    """[name, latitude, longitude, kind] of each station, those with most lines first; two stops of one name are one."""
    stations = territory.ground.get("stations")
    if stations is None:
        return []
    kinds = [min(_KIND_OF_MODE[mode] for mode in modes.split(";")) for modes in stations["modes"]]
    names = [name.split(" / ")[0] for name in stations["name"]]
    lines = stations["lines"].str.count(";").to_numpy()
    x, y = project_points(stations.geometry.y, stations.geometry.x)
    order = sorted(range(len(names)), key=lambda i: (kinds[i], -lines[i], names[i]))
    kept: list[int] = []
    for i in order:
        if not any(names[i] == names[j] and np.hypot(x[i] - x[j], y[i] - y[j]) < _SAME_STATION for j in kept):
            kept.append(i)
    points = stations.geometry.to_numpy()
    return [[names[i], round(points[i].y, 4), round(points[i].x, 4), kinds[i]] for i in kept]


def _measure_isolation(towns: pd.DataFrame) -> NDArray[np.float64]:
    """Metres from each town to the nearest one before it in the table; far away for the first."""
    x, y = project_points(towns["latitude"], towns["longitude"])
    gaps = np.full(len(towns), 1e6)
    for i in range(1, len(towns)):
        gaps[i] = np.hypot(x[:i] - x[i], y[:i] - y[i]).min()
    return gaps


def _rank_towns(towns: pd.DataFrame, seats: set[str]) -> pd.DataFrame:
    """The towns, greatest first and seats before all, with the zoom (`zoom`) from which each has a name."""
    is_seat = towns.index.isin(list(seats))
    ranked = towns.assign(seat=is_seat).sort_values(["seat", "population"], ascending=False, kind="stable")
    by_people = [next(zoom for least, zoom in _ZOOM_OF_POPULATION if people >= least) for people in ranked["population"].fillna(0)]
    gaps = _measure_isolation(ranked)
    is_landmark = ranked["seat"] | ((ranked["population"] >= _LANDMARK) & (gaps >= _ALONE))
    by_rank = np.where(is_landmark, np.minimum(by_people, _ZOOM_OF_SEAT), by_people)
    by_room = np.log2(_ROOM / np.maximum(gaps, 1))
    return ranked.assign(zoom=np.round(np.maximum(by_rank, np.minimum(by_room, 13)), 1))


def _list_towns(towns: pd.DataFrame) -> Iterator[list[Any]]:
    rows = zip(towns["name"], towns["latitude"], towns["longitude"], towns["zoom"], strict=True)
    for name, latitude, longitude, zoom in rows:
        yield [name, round(float(latitude), 4), round(float(longitude), 4), float(zoom)]


def _read_seats(layer: pd.DataFrame) -> set[str]:
    return set(layer["seat_code"]) if "seat_code" in layer else set()


def _rank_cities(territory: Territory) -> pd.DataFrame:
    """Cities of metropolitan France, the seats of regions first; Paris as a whole."""
    points = territory.points
    home = points[points["department_code"].str.len().eq(2) & ~points.index.isin(territory.arrondissements.index)]
    seats = _read_seats(territory.regions)
    cities = home[(home["population"] >= _CITY) | home.index.isin(list(seats))]
    ranked = _rank_towns(cities, seats)
    return ranked.assign(zoom=np.where(ranked["seat"], _ZOOM_OF_CITY, np.maximum(ranked["zoom"] - 2.8, _ZOOM_OF_CITY + 0.6)).round(1))


def build_ground(territory: Territory) -> dict[str, GroundFile]:
    """What is drawn beneath the data, by the name of its file: ground-region at once, ground-region-close and ground-france.

    Rivers: name, width, lines, each packed in parts of a degree (`scale`). Rail: kind, lines. Stations: name, latitude, longitude, kind.
    Towns: name, latitude, longitude, zoom, in the order of their rank; a city of arrondissements is none, its department bears its name.
    """
    towns = _rank_towns(territory.communes.drop(index=list(DIVIDED), errors="ignore"), _read_seats(territory.departments))
    is_far = towns["zoom"] < _CLOSE_TOWNS
    return {
        "ground-region": {
            "scale": FINE,
            "rivers": _list_rivers(territory, "rivers_ile_de_france", FINE),
            "towns": [*_list_towns(towns[is_far])],
        },
        "ground-region-close": {
            "scale": FINE,
            "rail": _list_rail(territory),
            "stations": _list_stations(territory),
            "towns": [*_list_towns(towns[~is_far])],
        },
        "ground-france": {
            "scale": COARSE,
            "rivers": _list_rivers(territory, "rivers", COARSE),
            "towns": [*_list_towns(_rank_cities(territory))],
        },
    }
