"""Shapes that programs give in a system of their own, in degrees."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from biocarto import caches


@lru_cache(maxsize=caches.PROJECTIONS)
def _to_degrees(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, 4326, always_xy=True)


def move_to_degrees(shape: shapely.Geometry, epsg: int, latitude_first: bool = False) -> shapely.Geometry | None:
    """A shape of EPSG:4326, 2154 or 3857 as longitude and latitude (EPSG:4326); None where a corner of it is nowhere on earth.

    `latitude_first` is the order of axes of what is given, in degrees only.
    """

    def convert(pairs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        if latitude_first:
            return pairs[:, ::-1]
        return pairs if epsg == 4326 else np.column_stack(_to_degrees(epsg).transform(pairs[:, 0], pairs[:, 1]))

    moved = shapely.transform(shape, convert)
    corners = shapely.get_coordinates(moved)
    return moved if np.isfinite(corners).all() and (np.abs(corners) <= (180, 90)).all() else None
