"""What Python sends is what the scripts' types say: every name of a payload stands in `types/payloads.d.ts`, and the other way round."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from biocarto.maps import texts
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.assets import FRONTEND
from biocarto.maps.base import ILE_DE_FRANCE, build_base_map
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.elsewhere import build_elsewhere_layer
from biocarto.maps.focus import build_focus_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.legend import Legend
from biocarto.maps.network import build_network_layer
from biocarto.maps.sync import build_sync_layer
from biocarto.maps.tools import build_tools_layer
from biocarto.maps.tour import build_tour_layer
from biocarto.model import SYMBOLS, Level
from tests.maps.drawn import FRENCH, installed, places

TYPES = (FRONTEND / "types" / "payloads.d.ts").read_text(encoding="utf-8")
EVERYWHERE = ((1.0, 2.0), (3.0, 4.0))
"""Bounds that mean nothing."""


def fields(interface: str) -> tuple[set[str], set[str]]:
    """Names that an interface must have, and those that it may lack."""
    found = re.search(rf"^export interface {interface}(?: extends (\w+))? \{{\n(.*?)^\}}", TYPES, re.MULTILINE | re.DOTALL)
    assert found is not None, interface
    names = re.findall(r"^  (\w+)(\??):", found[2], re.MULTILINE)
    must, may = {name for name, mark in names if not mark}, {name for name, mark in names if mark}
    above = fields(found[1]) if found[1] else (set(), set())
    return must | above[0], may | above[1]


def keys_of(record: str) -> set[str]:
    """The keys of the first `Record<"a" | "b", string>` after some text."""
    found = re.search(re.escape(record) + r'.*?Record<([^>]*"[^>]*?),\s*string\s*>', TYPES, re.DOTALL)
    assert found is not None, record
    return set(re.findall(r'"(\w+)"', found[1]))


def expect_typed(value: dict[str, Any], interface: str) -> None:
    """No name is missing, and none is unknown."""
    must, may = fields(interface)
    assert must <= value.keys()
    assert value.keys() <= must | may


def stage_frame() -> pd.DataFrame:
    """One stage of the Tour."""
    return pd.DataFrame([{"order": 1, "title": "A", "region_codes": ("11",)}], index=["a"])


def cities() -> pd.DataFrame:
    """One member of a network."""
    row = {"place_id": "p", "member_id": "m", "member_name": "M", "network_id": "n", "role": "member", "latitude": 48.0, "longitude": 2.0}
    return pd.DataFrame([row])


def elsewhere() -> ScriptLayer:
    """One site in another region."""
    row = {"group": "sites", "name": "S", "commune": "Lyon", "commune_code": "69123", "latitude": 45.7, "longitude": 4.8}
    layer = build_elsewhere_layer(pd.DataFrame([row]), {"sites": "Sites"}, FRENCH)
    assert layer is not None
    return layer


AT = pd.DataFrame([{"latitude": 48.0, "longitude": 2.0}], index=["a"])
SEATS = pd.DataFrame([{"name": "S", "commune": "C", "latitude": 48.0, "longitude": 2.0}], index=["s"])
ONE = {SYMBOLS[0].key: 1}
LAYERS = {
    "ActorsPayload": lambda: build_actor_layer(places(ONE), FRENCH),
    "ChoroplethPayload": lambda: build_choropleth_layer(Level.DEPARTMENT, pd.Series({"75": 1}), Legend("L", ("0", "1")), FRENCH),
    "TourPayload": lambda: build_tour_layer(stage_frame(), AT, SEATS, FRENCH),
    "FocusPayload": lambda: build_focus_layer(FRENCH),
    "SyncPayload": lambda: build_sync_layer("a", EVERYWHERE, [EVERYWHERE], FRENCH),
    "ToolsPayload": lambda: build_tools_layer(FRENCH),
    "NetworkPayload": lambda: build_network_layer(
        cities(), pd.DataFrame(columns=["network_id"]), {"n": "N"}, FRENCH, cities={"p": "P"}, countries={}
    ),
}


@pytest.mark.parametrize("interface", LAYERS)
def test_a_payload_has_the_names_of_its_type(interface: str) -> None:
    """A script that reads a name which nobody sends is wrong in the editor already."""
    expect_typed(LAYERS[interface]().payload, interface)


def test_what_payloads_hold_has_its_type_too() -> None:
    """Groups, areas, stages, seats, cities, and the legend of a choropleth."""
    vague = places({**ONE, "latitude": None, "longitude": None, "name": "Paris"}, index=["commune-75056"])
    actors = build_actor_layer(vague, FRENCH).payload
    tour = LAYERS["TourPayload"]().payload
    expect_typed(actors["groups"][0], "Group")
    expect_typed(actors["areas"][0], "Area")
    expect_typed(tour["stages"][0], "Stage")
    expect_typed(tour["seats"][0], "Seat")
    expect_typed(LAYERS["NetworkPayload"]().payload["places"][0], "City")
    expect_typed(LAYERS["ChoroplethPayload"]().payload["legend"], "ChoroplethLegend")


def test_what_answers_elsewhere_is_drawn_as_a_network() -> None:
    """It has the same type, and its places too."""
    payload = elsewhere().payload
    expect_typed(payload, "NetworkPayload")
    expect_typed(payload["places"][0], "City")


def test_the_base_has_its_type() -> None:
    """The call that never changes."""
    config = re.findall(r'"(\w+)":', re.sub(r'"boundaries":\{[^}]*\}', '"boundaries":0', build_base_map(installed(), ILE_DE_FRANCE).config))
    assert set(config) == fields("BaseConfig")[0]


def test_words_have_their_types() -> None:
    """What a control or a legend may say."""
    words = {
        "export type Interface": texts.list_interface_texts(FRENCH),
        "export interface ActorsPayload": texts.list_actor_texts(FRENCH),
        "export interface TourPayload": texts.list_tour_texts(FRENCH),
        "export type ToolWords": texts.list_tool_texts(FRENCH),
    }
    for where, said in words.items():
        assert keys_of(where) == said.keys(), where
    network = re.search(r"interface NetworkPayload.*?words: Record<([^>]*),", TYPES, re.DOTALL)
    assert network is not None
    assert set(re.findall(r'"(\w+)"', network[1])) == texts.list_network_texts(FRENCH).keys() == texts.list_elsewhere_texts(FRENCH).keys()
