"""The base map: our files only, our boundaries as ground, and a script that never changes for one page."""

from __future__ import annotations

import base64
import hashlib
import html
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlsplit

import folium
from branca.element import Figure
from folium.folium import _default_css, _default_js
from folium.template import Template

from biocarto.errors import DataError
from biocarto.maps import escape
from biocarto.maps.assets import FRONTEND, Assets, read_own_file
from biocarto.maps.layer import Verbatim
from biocarto.model import Level

Bounds = tuple[tuple[float, float], tuple[float, float]]

SCRIPTS = ("guard.js", "leaflet.js", "biocarto.js")
"""In the order of loading: the first one can say on screen that another failed."""
STYLES = ("leaflet.css", "fonts.css", "biocarto.css")

ROOM = 0.8
"""By how much of its bounds' height and width a visitor may move a map beyond them, on each side."""

BOUNDARY_OF_LEVEL = {
    Level.COUNTRY: "europe",
    Level.REGION: "france",
    Level.DEPARTMENT: "departments",
    Level.EPCI: "epci",
    Level.COMMUNE: "communes",
}

CDN_HOSTS = tuple(sorted({f"https://{urlsplit(url).netloc}" for name, url in (*_default_js, *_default_css) if "leaflet" in name}))
"""Whom Folium's own addresses of Leaflet ask; only where the operator allows it."""
IGN_HOST = "https://data.geopf.fr"
IGN_TILES = (
    f"{IGN_HOST}/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&TILEMATRIXSET=PM"
    "&FORMAT=image/png&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)


@dataclass(frozen=True)
class View:
    """What one page's map shows before any data: its name, where it looks, and which boundaries are its ground.

    bounds: south-west and north-east corner, (latitude, longitude) in EPSG:4326; "reset view" returns there.
    ground: boundary keys drawn beneath everything, first one lowest. levels: what a choropleth of the page may ask for.
    closeup: the name and bounds of what a button of the bar shows larger, and back; None for a map without one.
    compact: for small maps: no zoom buttons, scale or legend, and the page scrolls when a finger or the wheel is over it.
    """

    name: str
    bounds: Bounds
    ground: tuple[str, ...]
    levels: tuple[Level, ...] = ()
    min_zoom: float = 4
    max_zoom: float = 16
    compact: bool = False
    closeup: tuple[str, Bounds] | None = None

    def make_small(self) -> View:
        """The same view as a small map of an overview page."""
        return replace(self, name=f"{self.name}-small", compact=True)

    def find_limits(self) -> Bounds:
        """South-west and north-east corner of all that the map can be moved to."""
        (south, west), (north, east) = self.bounds
        up, across = ROOM * (north - south), ROOM * (east - west)
        return (south - up, west - across), (north + up, east + across)

    def list_boundary_keys(self) -> tuple[str, ...]:
        """Every boundary file that the page may draw."""
        return tuple(dict.fromkeys((*self.ground, *(BOUNDARY_OF_LEVEL[level] for level in self.levels))))


ILE_DE_FRANCE = View(
    "ile-de-france",
    ((48.12, 1.44), (49.24, 3.56)),
    ("region", "departments", "paris"),
    (Level.DEPARTMENT, Level.EPCI, Level.COMMUNE),
    min_zoom=7,
    closeup=("Paris", ((48.815, 2.224), (48.903, 2.47))),
)
FRANCE = View("france", ((41.2, -7.95), (51.15, 9.65)), ("france",), (Level.REGION,), max_zoom=11)
"""Metropolitan France with the insets of the overseas regions, which the boundaries put in the Bay of Biscay."""


class LocalMap(folium.Map):
    """A Folium map whose files are ours; its whole script is one call.

    `key` is what `st_folium(key=...)` should get: the same as long as the base is the same, so that the map is never
    remounted, and different for different maps (streamlit-folium's own hash drops every underscore with what follows it).
    """

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = "
        'BioCarto.base("{{ this.get_name() }}", {{ this.config }});{% endmacro %}'
    )

    def __init__(self, name: str, config: str, scripts: list[tuple[str, str]], styles: list[tuple[str, str]]) -> None:
        super().__init__(tiles=None)
        self.default_js, self.default_css = scripts, styles
        self.view, self.config = name, config
        self.key = f"biocarto-{name}-{hashlib.sha256(config.encode()).hexdigest()[:8]}"

    def copy_for_run(self) -> LocalMap:
        """The same map for another run: a Folium map may be shown once."""
        return LocalMap(self.view, self.config, self.default_js, self.default_css)

    def render(self, **kwargs: Any) -> str:
        """Fill the page's header, body and script; what st_folium reads is `default_js`, `default_css` and the script."""
        figure = cast(Figure, self.get_root())
        name = self.get_name()
        links = [f'<script src="{html.escape(url)}"></script>' for _, url in self.default_js]
        links += [f'<link rel="stylesheet" href="{html.escape(url)}"/>' for _, url in self.default_css]
        figure.header.add_child(Verbatim("\n".join(links)), name="biocarto")
        figure.html.add_child(Verbatim(f'<div class="folium-map" id="{name}" ></div>'), name=name)
        figure.script.add_child(Verbatim(f'var {name} = BioCarto.base("{name}", {self.config});'), name=name)
        for child in self._children.values():
            child.render(**kwargs)
        return ""


def build_base_map(assets: Assets, view: View, *, tiles: bool = False, allow_cdn: bool = False) -> LocalMap:
    """The map of one page, new for each run (a Folium map may be shown once), always with the same arguments; see `LocalMap.copy_for_run`.

    tiles: also IGN's background tiles, from the network. allow_cdn: where files are not installed, take Leaflet from
    Folium's own address and send our scripts inside the page. Raises DataError where a needed file is missing otherwise.
    """
    absent = sorted({*SCRIPTS, *STYLES} & set(assets.missing))
    if absent and not allow_cdn:
        names = ", ".join(absent)
        raise DataError(f"Fichiers de la carte non installés : {names}.", f"Files of the map are not installed: {names}.")
    scripts = {name: _inline(name) if name in absent else assets.url(name) for name in SCRIPTS}
    styles = {name: _inline(name) if name in absent else assets.url(name) for name in STYLES}
    config = escape.write_literal(_config(assets, view, tiles))
    return LocalMap(
        view.name,
        config,
        list(scripts.items()),
        [(name, url) for name, url in styles.items() if url],
    )


def _config(assets: Assets, view: View, tiles: bool) -> dict[str, Any]:
    installed = [key for key in view.list_boundary_keys() if f"boundaries/{key}" not in assets.missing]
    return {
        "name": view.name,
        "bounds": view.bounds,
        "ground": view.ground,
        "boundaries": {key: assets.url(f"boundaries/{key}") for key in installed},
        "minZoom": view.min_zoom,
        "maxZoom": view.max_zoom,
        "compact": view.compact,
        "closeup": view.closeup and {"name": view.closeup[0], "bounds": view.closeup[1]},
        "tiles": IGN_TILES if tiles else "",
    }


def _inline(name: str) -> str:
    """Where a file comes from when it is not installed: Folium's address for Leaflet, the page itself for ours."""
    if name.startswith("leaflet"):
        return dict([*_default_js, *_default_css])["leaflet" if name.endswith(".js") else "leaflet_css"]
    if not (FRONTEND / name).is_file():
        return ""
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    return f"data:{kind};base64," + base64.b64encode(read_own_file(FRONTEND / name)).decode("ascii")
