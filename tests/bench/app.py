"""The app that the benchmark opens: `/?way=ours&size=183` draws generated points in one way, its button brings other points.

What a run of the script costs is the processor time from points in memory to the end of the call that hands them to
Streamlit: nothing in between waits, and what else runs on the machine does not count.
Every way gets the same frame and carries the same facts to the browser: position, colour by group, name.
Where a choice is open, the others get the lighter one: folium loads two scripts instead of five and returns nothing but
the clicked tooltip (by default it runs the page twice), pydeck has no map beneath its points and returns no clicks.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import folium
import pandas as pd
import pydeck
import streamlit as st
from branca.element import Element
from folium.plugins import MarkerCluster
from streamlit_folium import st_folium

from biocarto.i18n import Locale
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.base import ILE_DE_FRANCE
from biocarto.model import SYMBOLS
from biocarto.ui.shared import cache, map_view
from tests.bench.points import generated

LOG = "BENCH_LOG"
HEIGHT = 620
CENTRE = (48.68, 2.5)
PLUGS = (
    "L.Icon.Default.imagePath = '../../assets/images/';"
    "window.$ = (text) => { const box = document.createElement('template'); box.innerHTML = text;"
    " return [box.content.firstElementChild]; };"
)
"""Where the picture of a marker is, and what folium's popups need of jQuery: one element from its text."""
CLUSTERS = (
    "L.MarkerClusterGroup = L.Layer.extend({ initialize() { this.kept = []; }, onAdd() {}, onRemove() {},"
    " addLayer(marker) { this.kept.push(marker); window.benchKept = this.kept.length; return this; } });"
    " L.markerClusterGroup = () => new L.MarkerClusterGroup();"
)
"""Leaflet.markercluster is not among our packages: this one takes the markers and draws none."""


def _script(text: str) -> str:
    return f"data:text/javascript,{text}"


def _tapped(kind: str, identity: str) -> None:
    """Nobody taps here."""


def _ours(points: pd.DataFrame) -> None:
    counts = {symbol.key: points["group"].eq(symbol.key) for symbol in SYMBOLS}
    layer = build_actor_layer(points.assign(**counts, label=points["name"]), Locale("fr"), theme=map_view.read_theme())
    map_view.show(ILE_DE_FRANCE, [layer], _tapped, HEIGHT)


def _folium_map() -> folium.Map:
    base = folium.Map(CENTRE, zoom_start=9, tiles=None)
    base.default_js = [("leaflet", cache.load_assets().url("leaflet.js")), ("jquery", _script(PLUGS))]
    base.default_css = [("leaflet_css", cache.load_assets().url("leaflet.css"))]
    return base


def _add_markers(points: pd.DataFrame, parent: Element) -> None:
    for latitude, longitude, name in zip(points["latitude"], points["longitude"], points["name"], strict=True):
        folium.Marker([latitude, longitude], popup=name, tooltip=name).add_to(parent)


def _show(base: folium.Map) -> None:
    st_folium(base, height=HEIGHT, use_container_width=True, returned_objects=["last_object_clicked_tooltip"])


def _markers(points: pd.DataFrame) -> None:
    base = _folium_map()
    _add_markers(points, base)
    _show(base)


def _cluster(points: pd.DataFrame) -> None:
    base = _folium_map()
    group = MarkerCluster()
    group.default_js, group.default_css = [("clusters", _script(CLUSTERS))], []
    _add_markers(points, group.add_to(base))
    _show(base)


def _pydeck(points: pd.DataFrame) -> None:
    colours = {symbol.key: [int(symbol.colour[i : i + 2], 16) for i in (1, 3, 5)] for symbol in SYMBOLS}
    data = points[["longitude", "latitude", "name"]].assign(colour=points["group"].map(colours))
    layer = pydeck.Layer(
        "ScatterplotLayer", data, get_position="[longitude, latitude]", get_fill_color="colour", radius_min_pixels=3, pickable=True
    )
    view = pydeck.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=8)
    deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{name}"})
    st.pydeck_chart(deck, height=HEIGHT)


def _nothing(points: pd.DataFrame) -> None:
    """The page without a map: what Streamlit itself costs."""


WAYS: dict[str, Callable[[pd.DataFrame], None]] = {
    "ours": _ours,
    "markers": _markers,
    "cluster": _cluster,
    "pydeck": _pydeck,
    "nothing": _nothing,
}


in_memory = lru_cache(maxsize=4)(generated)


def _next() -> None:
    st.session_state["turn"] += 1


def page() -> None:
    """One run: take the points, draw them, write down how long that took."""
    st.set_page_config(layout="wide")
    turn = st.session_state.setdefault("turn", 0)
    st.button("Other points", on_click=_next)
    draw = WAYS[st.query_params["way"]]
    points = in_memory(int(st.query_params["size"]), turn)
    start = time.thread_time()
    draw(points)
    seconds = time.thread_time() - start
    with Path(os.environ[LOG]).open("a") as log:
        log.write(json.dumps({"turn": turn, "seconds": seconds}) + "\n")
