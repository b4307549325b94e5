"""The Tour's layer: stages in the order of the source, seats, nothing invented."""

from __future__ import annotations

import pandas as pd

from biocarto.maps import palette
from biocarto.maps.base import FRANCE, build_base_map
from biocarto.maps.tour import build_tour_layer
from tests.maps.drawn import FRENCH, HOSTILE, as_received, as_sent, installed

STAGES = pd.DataFrame(
    {"order": [2, 1], "title": ["Grand Est", "Ouest"], "region_codes": [("44",), ("53", "24", "52")]}, index=["stage-2", "stage-1"]
)
ANCHORS = pd.DataFrame({"latitude": [48.689, 47.480512345], "longitude": [5.619, 1.684]}, index=["stage-2", "stage-1"])
SEATS = pd.DataFrame({"name": ["Medicen"], "commune": ["Paris"], "latitude": [48.86], "longitude": [2.35]}, index=["medicen"])


def test_the_route_follows_the_order_of_the_source() -> None:
    """Whatever the order of the rows; each stage has its regions, its point and its colours."""
    stages = build_tour_layer(STAGES, ANCHORS, SEATS, FRENCH).payload["stages"]
    assert [(stage["id"], stage["order"]) for stage in stages] == [("stage-1", 1), ("stage-2", 2)]
    assert stages[0]["regions"] == ["53", "24", "52"]
    assert stages[0]["at"] == [47.48051, 1.684]
    assert [stage["light"] for stage in stages] == list(palette.STAGES["light"][:2])


def test_seats_are_those_that_are_known() -> None:
    """No seat is drawn for an organiser that has none."""
    assert build_tour_layer(STAGES, ANCHORS, SEATS.iloc[:0], FRENCH).payload["seats"] == []
    seat = build_tour_layer(STAGES, ANCHORS, SEATS, FRENCH).payload["seats"]
    assert seat == [{"id": "medicen", "name": "Medicen", "commune": "Paris", "at": [48.86, 2.35]}]


def test_the_chosen_stage_travels_by_its_id() -> None:
    """The browser lets the others step back."""
    assert build_tour_layer(STAGES, ANCHORS, SEATS, FRENCH, selected="stage-2").payload["selected"] == "stage-2"
    assert build_tour_layer(STAGES, ANCHORS, SEATS, FRENCH).payload["selected"] == ""


def test_the_legend_says_what_the_route_is_not() -> None:
    """The order of the source is drawn, not a journey."""
    assert "pas un trajet" in build_tour_layer(STAGES, ANCHORS, SEATS, FRENCH).payload["words"]["route"]


def test_hostile_titles_reach_the_browser_as_text() -> None:
    """Titles and names are texts, whatever they hold."""
    stages, seats = STAGES.assign(title=list(HOSTILE[:2])), SEATS.assign(name=HOSTILE[4])
    received = as_received(as_sent(build_tour_layer(stages, ANCHORS, seats, FRENCH), build_base_map(installed(), FRANCE)))
    assert {stage["title"] for stage in received["stages"]} == set(HOSTILE[:2])
    assert received["seats"][0]["name"] == HOSTILE[4]
