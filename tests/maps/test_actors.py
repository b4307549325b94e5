"""The actor layer: what is sent, how much, and that names arrive FRENCH."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from biocarto.maps.actors import MOST_NAMES, build_actor_layer
from biocarto.maps.base import ILE_DE_FRANCE, build_base_map
from biocarto.model import SYMBOLS
from tests.maps.drawn import FRENCH, GROUPS, HOSTILE, MarkedLocale, as_received, as_sent, installed, places, unpacked

ROWS = [
    {"latitude": 48.62362, "longitude": 2.43933, "label": "Genopole Évry", "biotherapies": 2, "incubator": 1},
    {"latitude": 48.8566, "longitude": 2.35222, "label": "Alpha", "actor_id": "alpha", "techproviders": 1},
]


def test_positions_travel_as_whole_numbers() -> None:
    """In 1e-5 degrees, rounded, not cut."""
    payload = build_actor_layer(places(*ROWS), FRENCH).payload
    assert payload["size"] == 2
    assert unpacked(payload["lat"]) == [4862362, 4885660]
    assert unpacked(payload["lon"]) == [243933, 235222]


def test_counts_are_listed_only_where_there_are_several() -> None:
    """One group number per place; a ring also has its counts."""
    payload = build_actor_layer(places(*ROWS), FRENCH).payload
    assert unpacked(payload["group"], "u1") == [GROUPS.index("biotherapies"), GROUPS.index("techproviders")]
    assert unpacked(payload["rows"]) == [0]
    assert unpacked(payload["rings"]) == [2, 0, 0, 0, 1, 0]


def test_a_tap_can_tell_a_place_from_an_actor() -> None:
    """Ids are those of the index; where one actor stands alone, also the actor's."""
    payload = build_actor_layer(places(*ROWS, index=["site-genopole", "commune-75056"]), FRENCH, selected="alpha").payload
    assert payload["ids"] == ["site-genopole", "commune-75056"]
    assert payload["actors"] == {1: "alpha"}
    assert payload["selected"] == "alpha"
    assert payload["labels"].split("\n") == ["Genopole Évry", "Alpha"]


def test_rings_know_whom_they_hold() -> None:
    """In the order of the rings: id, name without what a browser would read as more, number of the group, whether it is away."""
    who = {"place_id": "genopole", "group": "biotherapies", "presence": "present"}
    actors = pd.DataFrame(
        [
            who | {"id": "b", "name": "Bêta\x00"},
            who | {"id": "a", "name": "A" * 200, "group": "incubator", "presence": "former"},
            who | {"id": "alpha", "name": "Alpha", "place_id": "paris"},
        ]
    )
    payload = build_actor_layer(places(*ROWS, index=["genopole", "paris"]), FRENCH, actors=actors).payload
    assert payload["held"] == [[["b", "Bêta", 0, 0], ["a", "A" * 159 + "…", GROUPS.index("incubator"), 1]]]
    assert "held" not in build_actor_layer(places(*ROWS), FRENCH).payload
    many = pd.concat([actors.head(1)] * (MOST_NAMES + 1))
    assert "held" not in build_actor_layer(places(*ROWS, index=["genopole", "paris"]), FRENCH, actors=many).payload


def test_the_legend_knows_how_many_points_are_of_a_street() -> None:
    """Actors, not places; also those that stand nowhere else."""
    told = [
        {"precision": precision, "total": total} for precision, total in (("street", 2), ("street", 1), ("in_street", 3), ("commune", 4))
    ]
    assert build_actor_layer(places(*(ROWS[0] | one for one in told)), FRENCH).payload["points"] == {"in_street": 3, "street": 3}
    assert "points" not in build_actor_layer(places(*ROWS), FRENCH).payload


def test_a_place_without_actors_is_not_drawn() -> None:
    """A filter may leave places empty."""
    payload = build_actor_layer(places(ROWS[0], {"label": "nobody"}), FRENCH).payload
    assert payload["size"] == 1
    assert payload["ids"] == ["place-0"]


def test_no_places_at_all_is_an_empty_layer() -> None:
    """Filters that find nothing still give a map."""
    payload = build_actor_layer(places(*ROWS).iloc[:0], FRENCH).payload
    assert payload["size"] == 0
    assert unpacked(payload["rings"]) == []


def test_groups_bring_their_words_and_looks() -> None:
    """In the visitor's language, in both themes: a change of theme needs no new layer."""
    layer = build_actor_layer(places(*ROWS), MarkedLocale("en"), theme="dark")
    groups = layer.payload["groups"]
    assert [group["shape"] for group in groups] == [symbol.shape for symbol in SYMBOLS]
    assert [group["label"] for group in groups] == [f"<{symbol.label}>" for symbol in SYMBOLS]
    assert all(group["light"] != group["dark"] for group in groups)
    assert (layer.payload["lang"], layer.payload["theme"]) == ("en", "dark")
    assert all(text.startswith("<") for text in layer.payload["ui"].values())


def test_hostile_names_and_ids_reach_the_browser_unchanged() -> None:
    """Through branca and streamlit-folium, which rewrite variable names in the script."""
    rows = [{"label": name, "biotherapies": 2} for name in HOSTILE]
    layer = build_actor_layer(places(*rows, index=list(HOSTILE)), FRENCH)
    received = as_received(as_sent(layer, build_base_map(installed(), ILE_DE_FRANCE)))
    assert received["ids"] == list(HOSTILE)
    assert received["labels"].split("\n") == [name.replace("\u2028", " ").replace("\u2029", " ") for name in HOSTILE]


def test_the_script_adds_the_layer_that_streamlit_folium_expects() -> None:
    """The name that it hooks clicks to, added to its map."""
    script = as_sent(build_actor_layer(places(*ROWS), FRENCH), build_base_map(installed(), ILE_DE_FRANCE))
    assert script.startswith("var feature_group_feature_group_0 = BioCarto.actors({")
    assert "map_div.addLayer(feature_group_feature_group_0);" in script


def test_a_page_saved_without_streamlit_holds_the_layer() -> None:
    """A static edition writes the same map as one HTML file."""
    base = build_base_map(installed(), ILE_DE_FRANCE)
    layer = build_actor_layer(places({"label": "{{ 7 * 7 }}", "biotherapies": 2}), FRENCH).add_to(base)
    page = base.get_root().render()
    assert f"{base.get_name()}.addLayer({layer.get_name()});" in page
    assert as_received(page)["labels"] == "{{ 7 * 7 }}"


@pytest.mark.parametrize(("count", "most"), [(183, 6_000), (20_000, 250_000), (200_000, 2_410_000)])
def test_points_are_light(count: int, most: int) -> None:
    """Twelve bytes and a few words per point where neither ids nor names are sent."""
    random = np.random.default_rng(7)
    groups = np.eye(len(GROUPS), dtype=int)[random.integers(0, len(GROUPS), count)]
    points = pd.DataFrame(groups, columns=GROUPS).assign(
        latitude=random.uniform(48.1, 49.2, count), longitude=random.uniform(1.4, 3.5, count)
    )
    layer = build_actor_layer(points, FRENCH)
    assert "ids" not in layer.payload
    assert "labels" not in layer.payload
    assert len(layer.call) < most


def test_row_numbers_stay_those_of_the_frame_when_some_rows_are_left_out() -> None:
    """A click on an unnamed point returns its row in the frame that was given."""
    points = places({}, {"biotherapies": 1}, {"incubator": 1}).reset_index(drop=True)
    assert build_actor_layer(points, FRENCH).payload["ids"] == ["1", "2"]


def test_actors_without_a_point_stand_beside_the_map() -> None:
    """By name and number, with the department whose outline is hatched; never as a symbol."""
    vague = {"name": "Paris", "latitude": np.nan, "longitude": np.nan, "biotherapies": 3, "techproviders": 1}
    payload = build_actor_layer(places(*ROWS, vague, index=["site-genopole", "commune-75113", "commune-75056"]), FRENCH).payload
    assert payload["size"] == 2
    assert payload["ids"] == ["site-genopole", "commune-75113"]
    area = {
        "id": "commune-75056",
        "name": "Paris, arrondissement inconnu",
        "counts": [{"biotherapies": 3, "techproviders": 1}.get(group, 0) for group in GROUPS],
        "department": "75",
    }
    assert payload["areas"] == [area]


def test_a_symbol_without_anyone_present_is_told() -> None:
    """Which rows stand hollow, and how many actors the legend speaks of."""
    mixed, gone = {**ROWS[0], "apart": 1}, {**ROWS[1], "apart": 1}
    payload = build_actor_layer(places(mixed, gone), FRENCH).payload
    assert (payload["apart"], payload["apartTotal"]) == ([1], 2)
    assert "{n}" in payload["words"]["apart"]
