"""The systems of coordinates that programs may ask for, by the addresses that OGC has given them, and shapes in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from biocarto import caches

Coordinates = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]
_OGC, _EPSG = "http://www.opengis.net/def/crs/OGC/1.3/", "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True)
class CoordinateSystem:
    """A system: its address, its EPSG code, the decimals worth writing, whether latitude comes first, in degrees or in metres."""

    uri: str
    curie: str
    epsg: int
    decimals: int
    latitude_first: bool = False

    @property
    def is_geographic(self) -> bool:
        """Whether its coordinates are degrees."""
        return self.epsg == 4326


CRS84 = CoordinateSystem(f"{_OGC}CRS84", "OGC:CRS84", 4326, 6)
"""Longitude, latitude in degrees: how everything is stored, and what is answered where nobody asks for another."""

SYSTEMS = (
    CRS84,
    CoordinateSystem(f"{_EPSG}4326", "EPSG:4326", 4326, 6, latitude_first=True),
    CoordinateSystem(f"{_EPSG}2154", "EPSG:2154", 2154, 2),
    CoordinateSystem(f"{_EPSG}3857", "EPSG:3857", 3857, 2),
)


def find_system(text: str) -> CoordinateSystem | None:
    """The system of an address (`http` or `https`) or of a short name (`EPSG:2154`, with or without brackets); None for any other."""
    wanted = text.strip().removeprefix("[").removesuffix("]").replace("https://", "http://", 1)
    return next((system for system in SYSTEMS if wanted in {system.uri, system.curie}), None)


@lru_cache(maxsize=caches.PROJECTIONS)
def _from_degrees(epsg: int) -> Transformer:
    return Transformer.from_crs(4326, epsg, always_xy=True)


def project_shapes(shapes: Shapes, system: CoordinateSystem) -> Shapes:
    """Shapes of longitude and latitude (EPSG:4326) in another system, in its order of axes, rounded; None stays None.

    A shape of which a corner cannot be told there (a place that the projection has no room for) is None.
    """

    def convert(corners: Coordinates) -> Coordinates:
        if system.latitude_first:
            corners = corners[:, ::-1]
        elif not system.is_geographic:
            corners = np.column_stack(_from_degrees(system.epsg).transform(corners[:, 0], corners[:, 1]))
        return np.round(corners, system.decimals)

    if not len(shapes):
        return shapes
    moved: Shapes = shapely.transform(shapes, convert)
    edges = shapely.bounds(moved)
    lost = ~np.isfinite(edges).all(axis=1) & ~shapely.is_missing(shapes)
    moved[lost] = None
    return moved
