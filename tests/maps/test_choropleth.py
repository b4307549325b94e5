"""The choropleth sends codes, class numbers and texts; the browser has the shapes."""

from __future__ import annotations

import pandas as pd
import pytest

from biocarto.maps import palette
from biocarto.maps.base import ILE_DE_FRANCE, build_base_map
from biocarto.maps.choropleth import build_choropleth_layer
from biocarto.maps.legend import Legend
from biocarto.model import Level
from tests.maps.drawn import FRENCH, HOSTILE, as_received, as_sent, installed

LEGEND = Legend("Sites", ("aucun", "1 – 4", "5 – 9"), no_data="pas de donnée", hatch="fragile")
CLASSES = pd.Series({"91": 2, "75": 1, "78": 0, "95": -1})


def test_codes_and_classes_stand_in_the_same_order() -> None:
    """One character per territory: `-` has no data, 0 is none."""
    payload = build_choropleth_layer(Level.DEPARTMENT, CLASSES, LEGEND, FRENCH).payload
    assert payload["codes"].split() == ["91", "75", "78", "95"]
    assert payload["classes"] == "210-"
    assert payload["level"] == "departments"


def test_values_follow_the_codes_whatever_their_order() -> None:
    """A territory without a value has an empty text."""
    values = pd.Series({"75": "1 site", "91": "7 sites"})
    payload = build_choropleth_layer(Level.DEPARTMENT, CLASSES, LEGEND, FRENCH, values=values, hatched={"75"}, selected="91").payload
    assert payload["values"] == ["7 sites", "1 site", "", ""]
    assert payload["hatched"] == ["75"]
    assert payload["selected"] == "91"


def test_colours_are_as_many_as_the_legend_has_classes() -> None:
    """Class 0 is the ground's own colour; both themes travel."""
    payload = build_choropleth_layer(Level.DEPARTMENT, CLASSES, LEGEND, FRENCH).payload
    assert payload["colours"] == {theme: palette.list_sequential(2, theme) for theme in (*palette.THEMES, "forced")}
    assert payload["legend"]["classes"] == LEGEND.classes


def test_a_class_beyond_the_legend_is_drawn_as_the_last() -> None:
    """No territory is left without a colour."""
    assert build_choropleth_layer(Level.DEPARTMENT, pd.Series({"91": 9}), LEGEND, FRENCH).payload["classes"] == "2"


def test_nothing_known_anywhere_is_an_empty_ramp() -> None:
    """Filters may leave no site at all."""
    payload = build_choropleth_layer(Level.EPCI, pd.Series({"75056": 0}), Legend("Sites", ("aucun",)), FRENCH).payload
    assert payload["colours"] == payload["label_colours"] == {"light": [], "dark": [], "forced": []}


@pytest.mark.parametrize("level", [Level.DEPARTMENT, Level.EPCI, Level.COMMUNE])
def test_shapes_of_every_level_are_known_to_the_page(level: Level) -> None:
    """The key that the layer asks for is among the files that its base map names."""
    payload = build_choropleth_layer(level, CLASSES, LEGEND, FRENCH).payload
    assert f'"{payload["level"]}":"../../assets/' in build_base_map(installed(), ILE_DE_FRANCE).config


def test_hostile_values_reach_the_browser_as_text() -> None:
    """Legend and values are texts, whatever they hold."""
    classes = pd.Series(1, index=[str(number) for number in range(len(HOSTILE))])
    legend = Legend(HOSTILE[0], ("none", HOSTILE[3]))
    layer = build_choropleth_layer(Level.COMMUNE, classes, legend, FRENCH, values=pd.Series(HOSTILE, index=classes.index))
    received = as_received(as_sent(layer, build_base_map(installed(), ILE_DE_FRANCE)))
    assert received["legend"]["title"] == HOSTILE[0]
    assert received["legend"]["classes"][1] == HOSTILE[3]
    assert received["values"][:7] == list(HOSTILE[:7])


def test_a_whole_region_of_communes_is_light() -> None:
    """1,266 communes with their texts take less than a picture would."""
    codes = [f"{number:05d}" for number in range(1266)]
    layer = build_choropleth_layer(Level.COMMUNE, pd.Series(0, index=codes), LEGEND, FRENCH, values=pd.Series("0 site", index=codes))
    assert len(layer.call) < 25_000
