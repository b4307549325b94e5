"""From metres to a drawing: which part of the world it shows, at which scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

MARGIN = 0.03
"""Share of the longer side that is left free around what must be seen."""


@dataclass(frozen=True)
class Frame:
    """From metres (of one projection) to the drawing: the west, the north and the units per metre; y runs downwards."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    @classmethod
    def fit_bounds(cls, bounds: NDArray[np.float64], width: float, height: float) -> Frame:
        """The frame of this size in whose middle the bounds (west, south, east, north) fit, with a margin."""
        west, south, east, north = bounds
        margin = MARGIN * max(east - west, north - south)
        scale = min(width / (east - west + 2 * margin), height / (north - south + 2 * margin))
        return cls((west + east - width / scale) / 2, (south + north + height / scale) / 2, scale, width, height)

    def to_drawing(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the drawing."""
        flat: NDArray[np.float64] = (points - [self.west, self.north]) * [self.scale, -self.scale]
        return flat

    def flatten(self, shape: shapely.Geometry) -> shapely.Geometry:
        """A shape of the drawing, a unit exact."""
        return shapely.make_valid(shapely.simplify(shapely.transform(shape, self.to_drawing), 1.0))

    def find_extent(self) -> tuple[float, float, float, float]:
        """The part of the world that is drawn: west, south, east, north in metres."""
        return self.west, self.north - self.height / self.scale, self.west + self.width / self.scale, self.north


def find_height(bounds: NDArray[np.float64], width: float) -> float:
    """How high a frame of this width is in which the bounds leave nothing free but the margin."""
    west, south, east, north = bounds
    margin = MARGIN * max(east - west, north - south)
    return float(width * (north - south + 2 * margin) / (east - west + 2 * margin))
