"""A Folium map on a page: the base never changes, the layers do, and a tap comes back as an id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
import streamlit_folium
from streamlit.runtime import exists, get_instance
from streamlit_folium import st_folium

from biocarto.maps.base import View, build_base_map
from biocarto.maps.layer import ScriptLayer
from biocarto.model import N_
from biocarto.ui.shared import accessibility, cache
from biocarto.ui.shared.language import get_locale

Picked = Callable[[str, str], None]
PickedPoint = Callable[[float, float], None]
"""What is done with a point: latitude and longitude in degrees (EPSG:4326)."""


def register_component() -> None:
    """Make the map's component known to the server: Streamlit does so only where a session imports it."""
    if exists():
        get_instance().component_registry.register_component(streamlit_folium._component_func)


def read_theme() -> str:
    """`light` or `dark`, as the browser shows it."""
    return str(st.context.theme.type or "light")


def _read_drawing(key: str) -> dict[str, Any]:
    """The shape that was tapped last, as the browser tells it; empty for anything else."""
    drawing = (st.session_state.get(key) or {}).get("last_active_drawing")
    return drawing if isinstance(drawing, dict) else {}


def _pick(key: str, handler: Picked) -> None:
    """Hand the type and id of the tapped shape to `handler`; anything else from the browser is ignored."""
    properties = _read_drawing(key).get("properties")
    if isinstance(properties, dict) and isinstance(properties.get("type"), str) and isinstance(properties.get("id"), str):
        handler(properties["type"], properties["id"])


def _pick_point(key: str, handler: PickedPoint) -> None:
    """Hand the point of a tap to `handler`; anything else from the browser is ignored."""
    geometry = _read_drawing(key).get("geometry")
    corners = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if isinstance(corners, list) and len(corners) == 2 and all(isinstance(c, (int, float)) and abs(c) <= 180 for c in corners):
        handler(float(corners[1]), float(corners[0]))


TITLES = {
    "actors": N_("Carte des acteurs d'Île-de-France"),
    "tour": N_("Carte de France des étapes du Bioproduction Tour"),
    "network": N_("Carte des réseaux et de leurs membres"),
    "choropleth": N_("Carte des territoires, colorés selon leur chiffre"),
}
"""What a map is, by its most telling layer, the most telling first."""


def _write_title(layers: Sequence[ScriptLayer]) -> str:
    kinds = {layer.layer_name for layer in layers}
    return get_locale()(next((title for kind, title in TITLES.items() if kind in kinds), N_("Carte")))


def show(view: View, layers: Sequence[ScriptLayer], picked: Picked, height: int, *, title: str = "") -> None:
    """Draw the map, unless its files are missing (the page has said so already); `title` is what it is, where its layers do not tell."""
    with accessibility.name_frame(title or _write_title(layers)):
        _draw(view, layers, height, lambda key: _pick(key, picked))


def show_for_point(view: View, layers: Sequence[ScriptLayer], picked: PickedPoint, height: int, *, title: str = "") -> None:
    """The same map, of which the point of a tap is wanted; one of the layers must have an area there."""
    with accessibility.name_frame(title or _write_title(layers)):
        _draw(view, layers, height, lambda key: _pick_point(key, picked))


def _draw(view: View, layers: Sequence[ScriptLayer], height: int, tapped: Callable[[str], None]) -> None:
    settings = cache.settings()
    if cache.load_assets().missing and not settings.allow_cdn:
        return
    ground = cache.make_ground(
        view, lambda: build_base_map(cache.load_assets(), view, tiles=settings.ign_tiles, allow_cdn=settings.allow_cdn)
    )
    base = ground.copy_for_run()
    st_folium(
        base,
        key=base.key,
        height=height,
        use_container_width=True,
        feature_group_to_add=[layer.copy_for_run() for layer in layers],
        returned_objects=["last_active_drawing"],
        on_change=lambda: tapped(base.key),
    )
