"""A map that looks where its page does: at a territory, or at the circle around an origin."""

from __future__ import annotations

from biocarto.i18n import Locale
from biocarto.maps.base import Bounds
from biocarto.maps.escape import clean_text
from biocarto.maps.layer import ScriptLayer
from biocarto.query.proximity import Origin


def build_focus_layer(
    t: Locale,
    *,
    bounds: Bounds | None = None,
    near: Origin | None = None,
    km: float = 0,
    name: str = "",
    asks: bool = False,
    theme: str = "light",
) -> ScriptLayer:
    """Look at `bounds`, or at `km` around `near` with the circle drawn; at the bounds of the page where neither is given.

    Bounds are south-west and north-east corners, (latitude, longitude) in EPSG:4326. A map that is on screen goes there only when
    they change: what a visitor moved stays where it is. `name` is written on the circle, whose middle then has a pin that keeps clear
    of symbols. With `asks`, a tap on the ground comes back as {"type": "here", "id": "lat,lon"}.
    """
    circle = [round(near.latitude, 5), round(near.longitude, 5), round(km * 1000)] if near else None
    return ScriptLayer("focus", {"bounds": bounds, "near": circle, "name": clean_text(name), "asks": asks}, t, theme)
