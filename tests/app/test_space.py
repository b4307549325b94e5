"""Space in the address of the directory: an area, a place, a view; what they leave, and what is said of those that mean nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from markupsafe import escape
from pyproj import Geod
from streamlit.testing.v1 import AppTest

from biocarto.ui.directory import map as directory_map
from tests.maps.drawn import as_received
from tests.support.pages import opened, words
from tests.support.register import joined

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


def places_of_france(app: AppTest) -> list[dict[str, Any]]:
    """The communes on the map of what answers outside Île-de-France."""
    return list(as_received(sent(app))["places"])


def test_what_answers_only_elsewhere_is_drawn_on_the_map_of_france() -> None:
    """Each row of the list at its commune, none on an empty map; with an answer in the region the map is that of the region."""
    app = opened("directory", q="cdmo Toulouse")
    drawn = places_of_france(app)
    listed = re.findall(r"<li data-id=\"[^\"]+\" data-kind=\"national_site\"[^>]*><strong>(.*?)</strong>", words(app))
    assert "31555" in {place["id"] for place in drawn}
    assert sorted(name for place in drawn for name in place["names"]) == sorted(listed)
    assert all(43 < place["at"][0] < 44 for place in drawn)
    assert "BioCarto.tools(" in sent(opened("directory", q="CDMO thérapie cellulaire"))


def test_the_stand_draws_them_too() -> None:
    """The same places under the keys of the stand, and the region where nothing answers."""
    booth = opened("booth", door="who", by="search", q="cdmo Toulouse")
    assert places_of_france(booth) == places_of_france(opened("directory", q="cdmo Toulouse"))
    nothing = opened("booth", door="who", by="search", q="zzzz près de Brest")
    assert "BioCarto.network(" not in sent(nothing)
    assert re.search(r'"near":\s*null', sent(nothing))


def test_the_map_stays_on_the_region_where_nothing_answers_far_away() -> None:
    """No ground is drawn beyond it: the map goes to a circle that touches the region, and to no other."""
    near_brest = opened("directory", q="zzzz", near="29019")
    assert "BioCarto.tools(" in sent(near_brest)
    assert tools(near_brest)["found"] is None
    assert tools(opened("directory", q="zzzz", near="91228"))["found"]


def test_only_the_directory_has_the_tools() -> None:
    """The page of Île-de-France draws no area."""
    assert "BioCarto.tools(" in sent(opened("directory"))
    app = opened("ile_de_france", area=SQUARE)
    assert "BioCarto.actors(" in sent(app)
    assert "BioCarto.tools(" not in sent(app)
    assert "Traceback" not in words(app)


# --- the map follows the question ----------------------------------------------------------------------------------------


def test_a_question_tells_the_map_where_its_answer_is() -> None:
    """A search, a facet: another question each, and bounds that hold every point of its rows; nothing asked, no bounds."""
    told = [tools(opened("directory", **params)) for params in ({}, {"q": "Villejuif"}, {"department": "95"})]
    assert (told[0]["question"], told[0]["found"]) == ("", None)
    assert len({each["question"] for each in told}) == 3
    (south, west), (north, east) = told[2]["found"]
    rows = joined().actors[joined().actors["department_code"].eq("95") & joined().actors["presence"].eq("present")]
    assert rows["latitude"].between(south, north).all()
    assert rows["longitude"].between(west, east).all()
    assert (north - south, east - west) < (0.6, 0.9)


def test_a_circle_is_looked_at_whole() -> None:
    """By the geodesic: twice its radius high and wide."""
    (south, west), (north, east) = tools(opened("directory", near="48.8,2.3", km="20"))["found"]
    geod = Geod(ellps="WGS84")
    assert geod.inv(2.3, south, 2.3, north)[2] == pytest.approx(40_000, rel=0.005)
    assert geod.inv(west, 48.8, east, 48.8)[2] == pytest.approx(40_000, rel=0.005)


@pytest.mark.parametrize("params", [{"sort": "date"}, {"page": "2"}, {"actor": "genethon"}, {"area": SQUARE}, {"place": "site-genopole"}])
def test_what_is_no_question_moves_nothing(params: dict[str, str]) -> None:
    """An order, a page, a sheet, and what was drawn or tapped on the map itself."""
    assert tools(opened("directory", **params))["question"] == ""


def test_an_answer_without_rows_leaves_the_map_alone() -> None:
    """A question, and nowhere to go."""
    told = tools(opened("directory", q="日本語"))
    assert (told["question"] != "", told["found"]) == (True, None)


# --- Paris as a whole ---------------------------------------------------------------------------------------------------


def test_from_a_whole_city_no_distance_is_told() -> None:
    """Its sites in the list, no circle on the map, and why in words."""
    app = opened("directory", near="75056")
    assert tools(app)["near"] is None
    assert [label.replace("\\", "") for label in chips(app).values()] == ["Paris ✕"]
    assert any("ville entière" in note.value for note in app.caption)
    assert " km" not in words(app)


@pytest.mark.parametrize("code", ["69123", "13055"])
def test_other_cities_with_arrondissements_are_areas_too(code: str) -> None:
    """Lyon and Marseille: no circle, no distance; what is there answers, the register's own sites do not."""
    app = opened("directory", near=code)
    assert not app.exception
    assert tools(app)["near"] is None
    assert " km" not in words(app)
    assert "0 site affiché" in words(app).replace("\u202f", " ")
    told = set(
        joined().national_sites.loc[
            joined().national_sites["commune_code"].eq(code) & joined().national_sites["presence"].eq("present"), "name"
        ]
    )
    assert all(escape(name) in words(app) for name in told)


def test_who_may_be_near_is_told_and_one_tap_away() -> None:
    """Beside the count; the tap leads to exactly these."""
    app = opened("directory", near="94076")
    actors = joined().actors
    vague = (actors["precision"].eq("area") & actors["presence"].eq("present")).sum()
    assert any(note.value.startswith(f"{vague} sites de Paris") for note in app.caption)
    app.button(key="see-vague").click().run()
    assert dict(app.query_params) == {"precision": "area"}
    assert f"{vague} sites affichés" in words(app)


def test_distances_end_with_those_that_nobody_knows() -> None:
    """The last page of a list by distance: Paris, arrondissement unknown, and no kilometres."""
    app = opened("directory", near="75101", km="20", sort="distance", page="99")
    lines = [str(piece.proto.body) for piece in app.get("html") if str(piece.proto.body).startswith("<p class='bc-line'")]
    assert "Paris, arrondissement inconnu" in lines[-1]
    assert " km" not in lines[-1]


def test_the_other_place_of_an_actor_has_its_year() -> None:
    """Two pages, two places: the newest is the actor's, the older one is shown with its year and its page."""
    told = words(opened("directory", actor="aenitis-technologies"))
    assert "Paris, arrondissement inconnu" in told
    assert "Mitry-Mory, Seine-et-Marne (2018)" in told
    assert "inov_laureates.json" in told


def test_a_view_of_the_question_before_is_none_of_this_one() -> None:
    """A map that is made anew by the answer must not go back there; a link with both has its view."""
    app = opened("directory", view="48.85,2.35,10.5")
    app.query_params["department"] = "95"
    assert tools(app.run())["view"] is None
    assert tools(app.run())["view"] is None
    app.query_params["view"] = "48.7,2.2,9"
    assert tools(app.run())["view"] == [48.7, 2.2, 9]
    assert tools(opened("directory", view="48.85,2.35,10.5", department="95"))["view"] == [48.85, 2.35, 10.5]
