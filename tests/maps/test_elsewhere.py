"""The layer of what answers outside Île-de-France: one symbol per commune, groups told apart, names as text."""

from __future__ import annotations

import pandas as pd
import pytest

from biocarto.maps import escape, palette
from biocarto.maps.base import FRANCE, build_base_map
from biocarto.maps.elsewhere import build_elsewhere_layer
from tests.maps.drawn import FRENCH, HOSTILE, as_received, as_sent, installed

GROUPS = {"national_site": "Sites", "cluster": "Pôles", "event": "Rendez-vous"}
POINTS = pd.DataFrame(
    {
        "group": ["national_site", "event", "national_site", "event"],
        "name": ["Flash", "Salon", "Labège", "Partout"],
        "commune": ["Toulouse", "Toulouse", "Labège", ""],
        "commune_code": ["31555", "31555", "31254", ""],
        "latitude": [43.6007, 43.6007, 43.5322, None],
        "longitude": [1.4328, 1.4328, 1.5282, None],
    }
)


def test_a_commune_has_one_symbol() -> None:
    """With the groups that answer there, by their number in the legend; a row without a point is not drawn."""
    layer = build_elsewhere_layer(POINTS, GROUPS, FRENCH)
    assert layer is not None
    assert [(place["id"], place["networks"], len(place["names"])) for place in layer.payload["places"]] == [
        ("31555", [0, 1], 2),
        ("31254", [0], 1),
    ]
    assert layer.payload["networks"] == ["Sites", "Rendez-vous"]
    assert layer.payload["look"] == ((43.5322, 1.4328), (43.6007, 1.5282))
    assert [len(layer.payload["colours"][theme]) for theme in palette.THEMES] == [2, 2]


def test_nothing_with_a_point_is_no_map() -> None:
    """The page then keeps the map of the region."""
    assert build_elsewhere_layer(POINTS.tail(1), GROUPS, FRENCH) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text(name: str) -> None:
    """What the browser receives is the name as the other layers write it."""
    layer = build_elsewhere_layer(POINTS.assign(name=name, commune=name), GROUPS, FRENCH)
    assert layer is not None
    (place, _) = as_received(as_sent(layer, build_base_map(installed(), FRANCE)))["places"]
    assert [place["city"], *place["names"]] == [escape.clean_text(name)] * 3
