"""The countries of Europe, from Natural Earth 1:50m, under ISO codes and with French and English names."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from babel import Locale
from pyproj import Geod

from biocarto.build.layers_mesh import dissolve_layer, to_geographic

EXTRA = ("TR",)
"""Drawn with Europe although GeoNames files it under Asia: a neighbour that takes part in European research networks."""
UNCODED = {"Kosovo": "XK", "N. Cyprus": "CY"}
"""Shapes without ISO number in the source: Kosovo's user-assigned code, and the north of Cyprus joined to Cyprus."""
CRIMEA = shapely.box(32.0, 44.0, 37.0, 46.3)
"""The part that the source draws with Russia and that France holds to be Ukrainian."""


def _cut(shape: shapely.Geometry) -> shapely.Geometry:
    """A polygon of the source that crosses the antimeridian (Russia), cut there; others unchanged."""
    west, _, east, _ = shapely.bounds(shape)
    if east - west < 180:
        return shape
    eastern = shapely.transform(shape, lambda xy: np.column_stack([np.where(xy[:, 0] < 0, xy[:, 0] + 360, xy[:, 0]), xy[:, 1]]))
    beyond = shapely.transform(shapely.intersection(eastern, shapely.box(180, -90, 360, 90)), lambda xy: xy - [360, 0])
    return shapely.union(shapely.intersection(eastern, shapely.box(0, -90, 180, 90)), beyond)


def _shapes(world: gpd.GeoDataFrame, codes: pd.DataFrame) -> gpd.GeoSeries:
    """Single polygons of the countries of Europe; index (repeated) = ISO A2 code."""
    numbers = pd.Series(codes.index, index=codes["number"])
    code = world["name"].map(UNCODED).fillna(world["id"].map(numbers))
    kept = code.isin({*codes.index[codes["continent"] == "EU"], *EXTRA})
    whole = gpd.GeoSeries(world.geometry[kept].to_numpy(), index=code[kept].to_numpy(), crs=4326)
    parts = gpd.GeoSeries(whole.explode().map(_cut), crs=4326).explode()
    moved = (parts.index == "RU") & shapely.contains(CRIMEA, parts.to_numpy())
    return parts.set_axis(np.where(moved, "UA", parts.index))


def _area(shape: shapely.Geometry) -> float:
    """km² on the WGS 84 ellipsoid."""
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def _largest(shape: shapely.Geometry) -> shapely.Point:
    return max(shapely.get_parts(shape), key=lambda part: part.area).point_on_surface()


def cut_countries(world: gpd.GeoDataFrame, codes: pd.DataFrame) -> gpd.GeoDataFrame:
    """Countries of Europe in EPSG:4326, index = ISO A2 code.

    name_fr and name_en (Unicode CLDR), name (French), area_km2 (ellipsoid), a point inside the largest part; population stays unknown.
    """
    parts = _shapes(world, codes)
    cleaned = gpd.GeoSeries(shapely.coverage_clean(parts.to_numpy()), index=parts.index, crs=4326)
    shapes = to_geographic(dissolve_layer(cleaned, cleaned.index))
    names = {lang: [Locale(lang).territories[code] for code in shapes.index] for lang in ("fr", "en")}
    points = [_largest(shape) for shape in shapes]
    facts = {
        "name": names["fr"],
        "name_fr": names["fr"],
        "name_en": names["en"],
        "area_km2": [round(_area(shape), 1) for shape in shapes],
        "population": pd.array([pd.NA] * len(shapes), dtype="Int64"),
        "population_year": pd.array([pd.NA] * len(shapes), dtype="Int64"),
        "latitude": [round(point.y, 6) for point in points],
        "longitude": [round(point.x, 6) for point in points],
    }
    return gpd.GeoDataFrame(facts, index=pd.Index(shapes.index, name="code"), geometry=shapes.to_numpy(), crs=4326)
