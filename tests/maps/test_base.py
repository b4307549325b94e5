"""The base map: our files only, one call, the same on every run."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit_folium

from biocarto.errors import DataError
from biocarto.maps.assets import BOUNDARIES, FRONTEND, LIBRARIES
from biocarto.maps.base import BOUNDARY_OF_LEVEL, FRANCE, ILE_DE_FRANCE, SCRIPTS, STYLES, LocalMap, View, build_base_map
from tests.maps.drawn import installed

VIEWS = [ILE_DE_FRANCE, ILE_DE_FRANCE.make_small(), FRANCE, FRANCE.make_small()]


def sent(base: LocalMap) -> str:
    """The script that streamlit-folium sends for a base map."""
    base.get_root().render()
    return streamlit_folium._get_map_string(base)


def test_a_map_asks_for_our_files_only() -> None:
    """Scripts and styles are those of the static folder, the guard against broken ones first."""
    base = build_base_map(installed(), ILE_DE_FRANCE)
    assert [url for _, url in base.default_js] == [f"../../assets/{name}" for name in SCRIPTS]
    assert [url for _, url in base.default_css] == [f"../../assets/{name}" for name in STYLES]
    assert SCRIPTS[0] == "guard.js"
    assert "://" not in base.get_root().render()


def test_every_script_of_ours_is_loaded() -> None:
    """A file added to the front end and forgotten here would never run."""
    own = {path.name for path in FRONTEND.iterdir() if path.suffix in {".js", ".css"}}
    assert own == {*SCRIPTS, *STYLES} - {*LIBRARIES}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_base_is_the_same_on_every_run(view: View) -> None:
    """The script that decides about a remount does not change, nor does the key."""
    one, other = build_base_map(installed(), view), build_base_map(installed(), view)
    assert one.key == other.key
    assert sent(one) == sent(other)


def test_two_maps_never_share_a_key() -> None:
    """Streamlit-folium's own hash forgets what follows an underscore; ours does not."""
    keys = {build_base_map(installed(), view).key for view in VIEWS}
    keys.add(build_base_map(installed(), replace(ILE_DE_FRANCE, min_zoom=6)).key)
    assert len(keys) == len(VIEWS) + 1


def test_the_script_of_a_base_is_one_short_call() -> None:
    """A few hundred bytes travel with each run."""
    script = sent(build_base_map(installed(), ILE_DE_FRANCE))
    assert script.startswith('var map_div = BioCarto.base("map_div", {')
    assert len(script) < 900


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_names_boundaries_that_exist(view: View) -> None:
    """Its ground, and every level that its choropleths may ask for."""
    assert set(view.list_boundary_keys()) <= set(BOUNDARIES)
    assert {BOUNDARY_OF_LEVEL[level] for level in view.levels} <= set(view.list_boundary_keys())


def test_background_tiles_are_asked_for_only_by_the_operator() -> None:
    """No address of a third party unless `tiles`."""
    assert "geopf" not in sent(build_base_map(installed(), ILE_DE_FRANCE))
    assert "data.geopf.fr/wmts" in sent(build_base_map(installed(), ILE_DE_FRANCE, tiles=True))


def test_missing_files_are_named_in_both_languages() -> None:
    """Instead of a blank map without a word."""
    with pytest.raises(DataError) as raised:
        build_base_map(installed(missing=("leaflet.js", "boundaries/france")), FRANCE)
    assert raised.value.fr == "Fichiers de la carte non installés : leaflet.js."
    assert "leaflet.js" in raised.value.en


def test_an_operator_may_allow_foliums_own_addresses() -> None:
    """Leaflet comes from there; our own scripts travel inside the page."""
    base = build_base_map(installed(missing=("leaflet.js", "biocarto.js")), FRANCE, allow_cdn=True)
    urls = dict(base.default_js)
    assert urls["leaflet.js"].startswith("https://")
    assert urls["biocarto.js"].startswith("data:text/javascript;base64,")
    assert urls["guard.js"] == "../../assets/guard.js"


def test_a_missing_boundary_does_not_stop_the_map() -> None:
    """The browser says so in the map; symbols and tables are unharmed."""
    base = build_base_map(installed(missing=("boundaries/paris",)), ILE_DE_FRANCE)
    assert "boundaries-departments" in base.config
    assert "boundaries-paris" not in base.config
