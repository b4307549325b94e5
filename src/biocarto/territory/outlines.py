"""Outlines for the browser: light GeoJSON in EPSG:4326, every level of Île-de-France sharing its borders, overseas regions in insets."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from biocarto.model import ILE_DE_FRANCE
from biocarto.territory.territory import Territory

Collection = dict[str, Any]

EUROPE = (-25.0, 33.0, 46.0, 72.0)
"""West, south, east, north of the map of Europe, in degrees; what lies beyond is cut off."""


WEST, NORTH, SIDE, MARGIN, STEP = -7.9, 46.9, 2.5, 0.2, 2.65
"""Where the insets begin (degrees), their side, inner margin and distance, in degrees of longitude on a Web Mercator map."""
INSETS = {"01": (0, 0), "02": (1, 0), "03": (0, 1), "04": (1, 1), "06": (0, 2)}
"""Region code -> column and row of its frame in the Bay of Biscay and south of it, clear of every coast that we draw."""


def _mercator(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude in degrees as Web Mercator, in degrees of longitude, so that both axes have one scale."""
    return np.column_stack([xy[:, 0], np.degrees(np.arctanh(np.sin(np.radians(xy[:, 1]))))])


def _degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([xy[:, 0], np.degrees(np.arcsin(np.tanh(np.radians(xy[:, 1]))))])


def _flat_frame(code: str) -> shapely.Polygon:
    column, row = INSETS[code]
    north = _mercator(np.array([[WEST, NORTH]]))[0, 1] - row * STEP
    west = WEST + column * STEP
    return shapely.box(west, north - SIDE, west + SIDE, north)


def frame_region(code: str) -> shapely.Polygon:
    """The rectangle around an overseas region, in EPSG:4326: a square on a Web Mercator map."""
    return shapely.transform(_flat_frame(code), _degrees)


def move_region(code: str, shape: shapely.Geometry) -> shapely.Geometry:
    """The shape of an overseas region in the middle of its frame, as large as fits, its aspect on a Web Mercator map kept."""
    flat = shapely.transform(shape, _mercator)
    west, south, east, north = shapely.bounds(flat)
    scale = (SIDE - 2 * MARGIN) / max(east - west, north - south)
    middle = _flat_frame(code).centroid
    return shapely.transform(flat, lambda xy: _degrees((xy - [(west + east) / 2, (south + north) / 2]) * scale + [middle.x, middle.y]))


def _feature(code: str, name: str, shape: shapely.Geometry, decimals: int, **more: object) -> dict[str, Any]:
    rounded = shapely.remove_repeated_points(shapely.transform(shape, lambda xy: np.round(xy, decimals)))
    return {"type": "Feature", "properties": {"code": code, "name": name, **more}, "geometry": json.loads(shapely.to_geojson(rounded))}


def _collection(shapes: gpd.GeoSeries, names: pd.Series, decimals: int = 4) -> Collection:
    features = [_feature(str(code), names[code], shape, decimals) for code, shape in shapes.items()]
    return {"type": "FeatureCollection", "features": features}


def _merge_communes(communes: gpd.GeoDataFrame, by: pd.Series) -> gpd.GeoSeries:
    """Light communes merged by the code of a parent: borders stay those of the communes."""
    groups = pd.Series(communes.geometry.to_numpy(), index=by.to_numpy()).groupby(level=0)
    unions = {code: shapely.coverage_union_all(group.to_numpy()) for code, group in groups}
    return gpd.GeoSeries(unions, crs=4326)


def _france(territory: Territory) -> Collection:
    """18 regions; the five overseas ones moved into insets and marked `inset`; `frames` lists the rectangles around them."""
    names = territory.regions["name"]
    shapes = territory.light["regions"].geometry
    home = shapes[~shapes.index.isin(list(INSETS))]
    collection = _collection(home, names)
    collection["features"] += [_feature(code, names[code], move_region(code, shapes[code]), 4, inset=True) for code in INSETS]
    collection["frames"] = [_feature(code, names[code], frame_region(code), 4, kind="frame") for code in INSETS]
    return collection


def build_outlines(territory: Territory) -> dict[str, Collection]:
    """GeoJSON FeatureCollections by key; features carry code and name only.

    Keys: france, departments (the eight of Île-de-France), epci, communes, paris (arrondissements), region (Île-de-France), europe.
    """
    light = territory.light["communes"]
    outlines = _merge_communes(light, light["department_code"])
    region = gpd.GeoSeries({ILE_DE_FRANCE: shapely.coverage_union_all(outlines.to_numpy())}, crs=4326)
    europe = territory.countries.geometry.clip_by_rect(*EUROPE)
    return {
        "france": _france(territory),
        "departments": _collection(outlines, territory.departments["name"]),
        "epci": _collection(_merge_communes(light, light["intercommunality_code"]), territory.epci["name"]),
        "communes": _collection(light.geometry, light["name"]),
        "paris": _collection(territory.light["arrondissements"].geometry, territory.arrondissements["name"]),
        "region": _collection(region, territory.regions["name"]),
        "europe": _collection(europe[~europe.is_empty], territory.countries["name"], 3),
    }
