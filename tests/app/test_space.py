"""Space in the address of the directory: an area, a place, a view; what they leave, and what is said of those that mean nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.ui import directory_map
from tests.maps.drawn import as_received
from tests.support.pages import opened, words

SQUARE = "48.80000,2.20000;48.90000,2.20000;48.90000,2.40000;48.80000,2.40000"


def sent(app: AppTest) -> str:
    """The script that the map of a page was sent."""
    return str(json.loads(app.get("component_instance")[0].proto.json_args)["feature_group"])


def tools(app: AppTest) -> dict[str, Any]:
    """The payload of the tools on the map of a page."""
    return as_received(sent(app)[sent(app).index("BioCarto.actors") :].split("\n", 1)[1])


def chips(app: AppTest) -> dict[str, str]:
    """Key -> text of what narrows the selection."""
    return {button.key: button.label for button in app.button if str(button.key).startswith("drop-")}


def test_an_area_narrows_the_list_and_is_drawn() -> None:
    """Its chip, its outline, fewer rows; its chip takes it away."""
    app = opened("directory", area=SQUARE)
    assert len(tools(app)["area"]) == 1
    app.button(key=f"drop-area-{SQUARE}").click().run()
    assert "area" not in app.query_params
    assert tools(app)["area"] == []


def test_a_point_is_told_in_words() -> None:
    """Three decimals in the chip and in the popover, the comma of French numbers; the circle on the map."""
    app = opened("directory", near="48.85661,2.35222", km="5")
    assert [label.replace("\\", "") for label in chips(app).values()] == ["à 5 km de 48,857° N, 2,352° E ✕"]
    assert app.selectbox(key="directory_near").value == "48.85661,2.35222"
    assert "48,857° N, 2,352° E" in app.selectbox(key="directory_near").options
    assert tools(app)["near"] == [48.85661, 2.35222, 5000]


def test_a_point_west_of_greenwich_in_english() -> None:
    """W, and the point of English numbers."""
    app = opened("directory", near="48.1,-1.6777", lang="en")
    assert [label.replace("\\", "") for label in chips(app).values()] == ["within 10 km of 48.1° N, 1.678° W ✕"]


def test_a_view_reaches_the_map() -> None:
    """As numbers, with a turn that tells the map to go there."""
    assert tools(opened("directory", view="48.85,2.35,10.5"))["view"] == [48.85, 2.35, 10.5]


def test_the_map_goes_where_the_address_changed_to() -> None:
    """The back button brings another view: another turn; the same view again: the same turn."""
    app = opened("directory", view="48.85,2.35,10.5")
    first = tools(app)["turn"]
    assert tools(app.run())["turn"] == first
    app.query_params["view"] = "48.7,2.2,9"
    assert tools(app.run())["turn"] == first + 1
    del app.query_params["view"]
    assert (tools(app.run())["turn"], tools(app)["view"]) == (first + 2, None)


def test_a_view_told_by_the_map_is_not_sent_back() -> None:
    """The address follows the map, not the other way round."""
    app = opened("directory")
    before = tools(app)["turn"]
    app.session_state[directory_map._TOLD] = "48.7000,2.2000,9"
    app.query_params["view"] = "48.7,2.2,9.0"
    assert tools(app.run())["turn"] == before


@pytest.mark.parametrize(("name", "value"), [("view", "0,0,3"), ("view", "<script>"), ("area", "1,2;3,4"), ("near", "0,0")])
def test_what_means_nothing_is_named(name: str, value: str) -> None:
    """In the notice at the top; every row is left, nothing is drawn."""
    app = opened("directory", **{name: value})
    assert not app.exception
    assert any(name in notice.value for notice in app.warning)
    assert not chips(app)
    assert (tools(app)["area"], tools(app)["near"], tools(app)["view"]) == ([], None, None)


def test_a_polygon_of_many_corners_passes() -> None:
    """Two hundred corners, as many as can be drawn."""
    ring = [f"{48.8 + (i % 2) / 100 + i / 10_000:.5f},{2.3 + i / 1000:.5f}" for i in range(199)] + ["48.70000,2.40000"]
    app = opened("directory", area=";".join(ring))
    assert not app.exception
    assert not app.warning
    assert tools(app)["area"]


def test_only_the_directory_has_the_tools() -> None:
    """The page of Île-de-France draws no area."""
    assert "BioCarto.tools(" in sent(opened("directory"))
    app = opened("ile_de_france", area=SQUARE)
    assert "BioCarto.actors(" in sent(app)
    assert "BioCarto.tools(" not in sent(app)
    assert "Traceback" not in words(app)
