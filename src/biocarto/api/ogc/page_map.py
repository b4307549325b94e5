"""The map of a page of features: our boundaries as ground, our script, the same answer as GeoJSON."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from biocarto.api.ogc.call import OgcCall
from biocarto.config import STATIC
from biocarto.export.collections.collection import Collection
from biocarto.export.collections.shapes import Box
from biocarto.maps.assets import MANIFEST, add_hash, read_manifest, read_own_file
from biocarto.model import N_
from biocarto.server.assets import FOREVER, Asset

_SCRIPT = "map.js"
_FOLDER = Path(__file__).parent
_REGION, _NATION = "boundaries/departments", "boundaries/france"
_AROUND = Box(1.4, 48.1, 3.6, 49.3)
"""Île-de-France with a margin: what lies in it is shown over its departments."""


@cache
def read_script() -> tuple[str, Asset]:
    """The script, and the name that its content asks for."""
    content = read_own_file(_FOLDER / _SCRIPT)
    return add_hash(_SCRIPT, content), Asset.pack(content, "text/javascript", FOREVER)


@cache
def _read_style() -> str:
    return (_FOLDER / "map.css").read_text(encoding="utf-8")


def render_map(call: OgcCall, collection: Collection, features: str) -> Markup:
    """Where the script draws what it reads at `features`; nothing where nobody knows a position, or without the files of maps."""
    bounds, files = collection.shapes.find_bounds(), read_manifest(STATIC / MANIFEST)
    if bounds is None or not {"leaflet.js", "leaflet.css", _REGION, _NATION} <= files.keys():
        return Markup()
    ground = files[_REGION if _is_inside(bounds, _AROUND) else _NATION]
    label = call.t(N_("Carte de ces objets ; le tableau qui suit les nomme"))
    return Markup('<div id="map" role="region" aria-label="{}" data-features="{}" data-ground="{}" data-step="{}"></div>').format(
        label, features, f"{_find_assets(call)}/{ground}", call.write_step(f"/collections/{collection.id}/items/", collection.choices)
    )


def _is_inside(inner: Box, outer: Box) -> bool:
    return inner.west >= outer.west and inner.south >= outer.south and inner.east <= outer.east and inner.north <= outer.north


def _find_assets(call: OgcCall) -> str:
    return f"{call.root.rpartition('/')[0]}/assets"


def write_head(call: OgcCall) -> Markup:
    """The styles and scripts of the map; nothing without its files."""
    files, assets = read_manifest(STATIC / MANIFEST), _find_assets(call)
    if not {"leaflet.js", "leaflet.css"} <= files.keys():
        return Markup()
    return Markup(
        '<link rel="stylesheet" href="{assets}/{css}"><style>{style}</style>'
        '<script defer src="{assets}/{leaflet}"></script><script defer src="{script}"></script>\n'
    ).format(
        assets=assets,
        css=files["leaflet.css"],
        style=Markup(_read_style()),  # noqa: S704 - a file of ours
        leaflet=files["leaflet.js"],
        script=f"{call.root}/{read_script()[0]}",
    )
