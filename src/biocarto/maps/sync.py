"""Maps of one page that move together: each around its own territory, all at one scale."""

from __future__ import annotations

from collections.abc import Sequence

from biocarto.i18n import Locale
from biocarto.maps.base import Bounds
from biocarto.maps.layer import ScriptLayer


def build_sync_layer(name: str, own: Bounds, others: Sequence[Bounds], t: Locale, *, theme: str = "light") -> ScriptLayer:
    """Look at `own` at the scale that also holds each of `others`, and share every move with the maps of the same `name`.

    Bounds are south-west and north-east corners, (latitude, longitude) in EPSG:4326. A map that is on screen goes there only when
    they change: what a visitor moved stays where it is.
    """
    return ScriptLayer("sync", {"name": name, "own": own, "others": list(others)}, t, theme)
