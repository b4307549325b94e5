"""The layer of networks: one symbol per city, lines to coordinators, colours and dashes that can be told apart, names as text."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from biocarto.maps import palette
from biocarto.maps.base import build_base_map
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.network import EUROPE, HighlightedTerritory, build_network_layer
from tests.maps.drawn import FRENCH, HOSTILE, as_received, as_sent, installed
from tests.support.colours import contrast

POINTS = pd.DataFrame(
    {
        "network_id": ["one", "one", "two", "two"],
        "member_id": ["turku", "medicen", "medicen", "meary"],
        "member_name": ["Turku", "Medicen", "Medicen Paris Region", "MEARY"],
        "role": ["coordinator", "partner", "member", "member"],
        "place_id": ["FI-Turku", "FR-Paris", "FR-Paris", "FR-Paris"],
        "latitude": [60.451481, 48.86, 48.86, 48.86],
        "longitude": [22.26869, 2.35, 2.35, 2.35],
    }
)
LINKS = pd.DataFrame(
    {"network_id": ["one"], "latitude": [48.86], "longitude": [2.35], "to_latitude": [60.45148], "to_longitude": [22.26869]}
)


def layer(points: pd.DataFrame = POINTS, links: pd.DataFrame = LINKS, **more: object) -> ScriptLayer:
    """The layer of two networks."""
    cities = {"FI-Turku": "Turku", "FR-Paris": "Paris"}
    return build_network_layer(points, links, {"one": "One", "two": "Two"}, FRENCH, cities=cities, countries={"FI": "Finlande"}, **more)  # type: ignore[arg-type]


def test_members_of_one_city_share_a_symbol() -> None:
    """Each member once, whatever the number of its networks; the networks by their number in the legend."""
    turku, paris = layer().payload["places"]
    assert (turku["id"], turku["names"], turku["networks"], turku["hub"]) == ("FI-Turku", ["Turku"], [0], True)
    assert (paris["names"], paris["networks"], paris["hub"]) == (["Medicen", "MEARY"], [0, 1], False)
    assert turku["at"] == [60.45148, 22.26869]


def test_lines_run_from_members_to_their_coordinator() -> None:
    """A network without a coordinator has none."""
    assert layer().payload["links"] == [{"network": 0, "from": [48.86, 2.35], "to": [60.45148, 22.26869]}]


def test_a_network_without_members_draws_nothing() -> None:
    """The territory may still be drawn."""
    payload = layer(
        POINTS.iloc[:0], LINKS.iloc[:0], ground=HighlightedTerritory("france", ("11",)), look=((41.0, -5.0), (51.0, 9.0))
    ).payload
    assert (payload["places"], payload["links"]) == ([], [])
    assert payload["ground"] == {"file": "france", "codes": ["11"]}
    assert payload["look"] == ((41.0, -5.0), (51.0, 9.0))


def test_more_networks_than_colours_begin_again() -> None:
    """No network is without a colour."""
    names = {str(number): str(number) for number in range(20)}
    colours = build_network_layer(POINTS.iloc[:0], LINKS, {**names, "one": "One"}, FRENCH, cities={}, countries={}).payload["colours"]
    assert {theme: len(shades) for theme, shades in colours.items()} == {"light": 21, "dark": 21}
    assert colours["light"][8] == palette.NETWORKS["light"][0]


@pytest.mark.parametrize("theme", palette.THEMES)
def test_lines_stand_out_from_the_ground(theme: str) -> None:
    """Three to one, as WCAG asks of graphics; no colour twice."""
    shades = palette.NETWORKS[theme]
    assert len(set(shades)) == len(shades)
    assert min(contrast(shade, palette.GROUND[theme]) for shade in shades) >= 3


def test_hostile_names_reach_the_browser_as_text() -> None:
    """Names of members, cities and networks are texts, whatever they hold."""
    points = POINTS.iloc[:1].assign(member_name=HOSTILE[0])
    hostile = build_network_layer(points, LINKS, {"one": HOSTILE[1]}, FRENCH, cities={"FI-Turku": HOSTILE[4]}, countries={"FI": HOSTILE[5]})
    sent = as_sent(hostile, build_base_map(installed(), EUROPE))
    received = as_received(sent)
    assert received["places"][0]["names"] == [HOSTILE[0]]
    assert received["places"][0]["city"] == HOSTILE[4]
    assert (received["networks"], received["countries"]) == ([HOSTILE[1]], {"FI": HOSTILE[5]})
    assert "</script>" not in sent
    assert json.dumps(received)
