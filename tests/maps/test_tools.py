"""The tools layer: what is in force travels as numbers, and words as text."""

from __future__ import annotations

import pytest

from biocarto.maps.base import ILE_DE_FRANCE, build_base_map
from biocarto.maps.tools import build_tools_layer
from biocarto.maps.viewpoint import Viewpoint
from biocarto.query import proximity
from biocarto.query.proximity import Origin
from tests.maps.drawn import FRENCH, HOSTILE, MarkedLocale, as_received, as_sent, installed

SQUARE = "48.8,2.2;48.9,2.2;48.9,2.4;48.8,2.4"
BOW_TIE = "48.8,2.2;48.9,2.4;48.9,2.2;48.8,2.4"


def test_nothing_is_in_force_at_first() -> None:
    """No area, no circle, no view; the limits and the words are there."""
    payload = build_tools_layer(FRENCH).payload
    assert (payload["area"], payload["near"], payload["view"], payload["turn"]) == ([], None, None, 0)
    assert payload["most"] == proximity.MOST
    assert payload["france"] == proximity.FRANCE
    assert {"draw", "view", "locate", "finish", "undo", "cancel", "refused", "unavailable", "outside"} <= payload["words"].keys()


def test_an_area_travels_as_its_corners() -> None:
    """One lobe, one ring, latitude first, the closing corner left out."""
    [[ring]] = build_tools_layer(FRENCH, area=SQUARE).payload["area"]
    assert sorted(ring) == [[48.8, 2.2], [48.8, 2.4], [48.9, 2.2], [48.9, 2.4]]


def test_every_lobe_of_an_area_that_crosses_itself_is_drawn() -> None:
    """What is drawn is what filters: two triangles that meet in the middle."""
    lobes = build_tools_layer(FRENCH, area=BOW_TIE).payload["area"]
    assert len(lobes) == 2
    assert all(len(rings) == 1 and len(rings[0]) == 3 and [48.85, 2.3] in rings[0] for rings in lobes)


@pytest.mark.parametrize("area", ["", "48,2;48,2;48,2", "0,179;1,-179;2,0", "x", *HOSTILE])
def test_what_is_not_an_area_is_not_drawn(area: str) -> None:
    """No surface, no France, no numbers."""
    assert build_tools_layer(FRENCH, area=area).payload["area"] == []


def test_the_circle_is_in_metres() -> None:
    """Its centre to five decimals, its radius as browsers draw it."""
    assert build_tools_layer(FRENCH, near=Origin(48.8566123, 2.3522, "Paris"), km=2.5).payload["near"] == [48.85661, 2.3522, 2500]


def test_the_view_comes_with_its_turn() -> None:
    """A map goes to a view again only when the turn is another one."""
    payload = build_tools_layer(FRENCH, view=Viewpoint(48.85, 2.35, 9.3), turn=4).payload
    assert (payload["view"], payload["turn"]) == ([48.85, 2.35, 9.3], 4)


def test_names_stay_on_the_server() -> None:
    """The label of an origin is no part of the payload; hostile words arrive as text."""
    layer = build_tools_layer(MarkedLocale("fr", HOSTILE[1] + "{}"), near=Origin(48.8, 2.3, HOSTILE[0]), km=1, area=SQUARE)
    received = as_received(as_sent(layer, build_base_map(installed(), ILE_DE_FRANCE)))
    assert received["near"] == [48.8, 2.3, 1000]
    assert received["words"]["draw"] == f"{HOSTILE[1]}Dessiner une zone"
    assert HOSTILE[0] not in str(received)
