"""Geometries in every system of coordinates that is asked for: as shapes, as GeoJSON, and as a tree to look places up in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from biocarto import caches
from biocarto.caches import Cache
from biocarto.territory.systems import CRS84, CoordinateSystem, Shapes, project_shapes

Mask = npt.NDArray[np.bool_]


class Box(NamedTuple):
    """A rectangle: the smaller and the greater x and y, in the units of its system, x to the east."""

    west: float
    south: float
    east: float
    north: float


class ProjectedShapes:
    """Shapes of EPSG:4326 (longitude, latitude; None where unknown), and the same in other systems, each made once."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._made = Cache(caches.SYSTEMS)

    def project(self, system: CoordinateSystem) -> Shapes:
        """The shapes in a system, in its order of axes."""
        return self._made.get(("shapes", system), lambda: project_shapes(self._shapes, system))

    def write(self, system: CoordinateSystem) -> list[bytes]:
        """Each shape as GeoJSON, the outer rings counter-clockwise where x comes first (RFC 7946); `null` where there is none."""
        return self._made.get(("texts", system), lambda: _write_shapes(self.project(system), turned=system.latitude_first))

    def find_bounds(self) -> Box | None:
        """The rectangle around everything (CRS84); None where nothing has a position."""
        bounds = shapely.total_bounds(self._shapes) if len(self._shapes) else np.array([np.nan])
        return Box(*map(float, np.round(bounds, CRS84.decimals))) if np.isfinite(bounds).all() else None

    def mark_inside(self, boxes: tuple[Box, ...], system: CoordinateSystem) -> Mask:
        """The shapes that a box of a system has a point in common with, and those without a position: nobody knows that they are not."""
        plain = _find_plain(system)
        tree: shapely.STRtree = self._made.get(("tree", plain), lambda: shapely.STRtree(self.project(plain)))
        found: Mask = shapely.is_missing(self.project(plain))
        for box in boxes:
            found[tree.query(shapely.box(*box), predicate="intersects")] = True
        return found


def _find_plain(system: CoordinateSystem) -> CoordinateSystem:
    """The system whose x goes east."""
    return CRS84 if system.is_geographic else system


def _write_shapes(shapes: Shapes, *, turned: bool) -> list[bytes]:
    texts = shapely.to_geojson(shapely.orient_polygons(shapes, exterior_cw=turned))
    return [b"null" if text is None else text.encode() for text in texts]
