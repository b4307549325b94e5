"""Where a map looks, as the address writes it: `48.8566,2.3522,9.3`, the centre in degrees and the zoom."""

from __future__ import annotations

import re
from typing import NamedTuple

from biocarto.maps.base import View

_DEGREES = r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?"
_TEXT = re.compile(rf"\s*({_DEGREES})\s*,\s*({_DEGREES})\s*,\s*([0-9]{{1,2}}(?:\.[0-9]{{1,20}})?)\s*")


class Viewpoint(NamedTuple):
    """Centre (degrees, EPSG:4326, four decimals) and zoom (two decimals)."""

    latitude: float
    longitude: float
    zoom: float


def format_viewpoint(viewpoint: Viewpoint) -> str:
    """A viewpoint as the address writes it, and as the map's own script does."""
    return f"{viewpoint.latitude:.4f},{viewpoint.longitude:.4f},{viewpoint.zoom:g}"


def read(text: str, view: View) -> Viewpoint | None:
    """The viewpoint that `text` says; None for what is not one, and for one that this page's map cannot take."""
    found = _TEXT.fullmatch(text, endpos=200)
    if found is None:
        return None
    # Adding zero turns -0.0 into 0.0, so that a viewpoint is written in one way only.
    viewpoint = Viewpoint(round(float(found[1]), 4) + 0.0, round(float(found[2]), 4) + 0.0, round(float(found[3]), 2))
    (south, west), (north, east) = view.find_limits()
    there = south <= viewpoint.latitude <= north and west <= viewpoint.longitude <= east
    return viewpoint if there and view.min_zoom <= viewpoint.zoom <= view.max_zoom else None
