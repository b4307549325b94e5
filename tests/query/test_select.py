"""One entry for every page: facets, words, place and drawing together, as row by row."""

import gc
import weakref
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from biocarto import caches
from biocarto.api.embed.selection import select_rows
from biocarto.export.collections.library import CollectionLibrary
from biocarto.query import filters, proximity, search
from biocarto.query.filters import Filters
from biocarto.query.proximity import Origin
from biocarto.query.select import QueryResult, build_facets, forget_all_but, index_words, prepare_actors, select, sort_rows
from tests.support.naive import held, naive
from tests.support.register import joined

ACTORS = prepare_actors(joined())
ROWS = ACTORS.to_dict("index")
HELD = held(ACTORS)
OPTIONS = filters.list_options(ACTORS)
EARTH = Geod(ellps="GRS80")
SLACK_KM = 0.1
"""What the plane and the ellipsoid may differ by at 60 km."""

WORDS = ("rna", "thérapie génique", "genopole", "institut", "phages Paris", "日本語", "!!", "cdmo")
PLACES = ("91228", "94076", "93066", "48.72000,2.26000", "genethon", "75056", "nobody")
BOXES = st.tuples(st.floats(48.2, 49.0), st.floats(1.6, 3.0), st.floats(0.02, 0.9), st.floats(0.02, 0.9))


def written(box: tuple[float, float, float, float]) -> str:
    """A rectangle (south, west, height, width in degrees) as the address writes its corners."""
    south, west, up, across = box
    corners = [(south, west), (south + up, west), (south + up, west + across), (south, west + across)]
    return proximity.format_points(corners)


questions = st.fixed_dictionaries(
    {},
    optional={name: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple) for name, values in OPTIONS.items()}
    | {
        "q": st.sampled_from(WORDS),
        "near": st.sampled_from(PLACES),
        "km": st.integers(1, 60).map(float),
        "area": BOXES.map(written),
        "first": st.sampled_from(["makes", "cdmo"]),
    },
).map(lambda chosen: Filters(**chosen))


def whole_paris() -> list[tuple[float, float]]:
    """Corners of the outline of Paris: latitude, longitude."""
    west, south, east, north = joined().territory.communes.geometry["75056"].bounds
    return [(south, west), (south, east), (north, west), (north, east)]


def corners_of(row: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Where a row is: its point, or the box around all of Paris."""
    return whole_paris() if row["precision"] == "area" else [(row["latitude"], row["longitude"])]


def is_in_box(row: Mapping[str, Any], area: str) -> bool:
    """Whether all that is known of a row's place lies in a drawn rectangle."""
    latitudes, longitudes = zip(*(map(float, corner.split(",")) for corner in area.split(";")), strict=True)
    return all(
        min(latitudes) <= latitude <= max(latitudes) and min(longitudes) <= longitude <= max(longitudes)
        for latitude, longitude in corners_of(row)
    )


def is_near(row: Mapping[str, Any], origin: Origin, km: float) -> bool | None:
    """Whether a row is within so many kilometres on the ellipsoid; None where that hangs on how the distance is measured."""
    if origin.is_area:
        return bool(row["commune_official"] == origin.commune)
    outline = joined().territory.communes.geometry["75056"]
    spots = [(y, x) for x, y in shapely.get_coordinates(outline)] if row["precision"] == "area" else corners_of(row)
    far = max(EARTH.inv(origin.longitude, origin.latitude, longitude, latitude)[2] for latitude, longitude in spots) / 1000
    return None if abs(far - km) < SLACK_KM else far < km


def by_hand(chosen: Filters) -> tuple[set[str], set[str]]:
    """Ids of the rows that a question leaves, row by row, and of those that may be left or not (at the very radius)."""
    left = naive(chosen, HELD)
    if chosen.q:
        left &= set(search.find(index_words(joined()), chosen.q).index)
    if chosen.area:
        left = {actor for actor in left if is_in_box(ROWS[actor], chosen.area)}
    origin = proximity.find_origin(chosen.near, joined())
    if origin is None:
        return left, set()
    near = {actor: is_near(ROWS[actor], origin, chosen.km) for actor in left}
    return {actor for actor, here in near.items() if here}, {actor for actor, here in near.items() if here is None}


@given(questions)
def test_it_leaves_what_a_filter_row_by_row_leaves(chosen: Filters) -> None:
    """Any facets, words, place and drawing at once: every one of them narrows, whichever page asks."""
    found = select(chosen, joined())
    sure, at_the_edge = by_hand(chosen)
    assert sure <= set(found.actors.index) <= sure | at_the_edge
    assert found.total == len(found.actors)
    assert list(found.actors.index) == [actor for actor in ACTORS.index if actor in set(found.actors.index)]


@given(questions, st.sampled_from(["kind", "category", "department", "status", "precision", "region"]))
def test_a_count_is_the_number_of_rows_of_that_question(chosen: Filters, name: str) -> None:
    """The number beside a value is what the question with this value alone leaves, words and space included."""
    for value, count in select(chosen, joined()).counts[name].items():
        assert count == select(replace(chosen, **{name: (value,)}), joined()).total, value


@given(questions)
def test_every_part_of_a_question_narrows(chosen: Filters) -> None:
    """Taking words, place or drawing away never loses a row."""
    kept = set(select(chosen, joined()).actors.index)
    for name in ("q", "near", "area"):
        assert kept <= set(select(replace(chosen, **{name: ""}), joined()).actors.index)


def test_what_answers_are_looked_up_in_is_made_once_for_a_register() -> None:
    """The same frames for every page and question; another register has its own; the bound holds."""
    assert select(Filters(), joined()).everyone is prepare_actors(joined()) is build_facets(joined()).actors
    smaller = replace(joined(), actors=joined().actors.head(10))
    assert select(Filters(q="institut", status=filters.EVERY_STATUS), smaller).total <= 10 == len(prepare_actors(smaller))
    assert index_words(smaller) is index_words(smaller) is not index_words(joined())


@pytest.mark.parametrize("sort", ["relevance", "distance", "name", "date"])
def test_an_order_loses_no_row(sort: str) -> None:
    """In whatever order, the rows are those of the answer."""
    found = select(Filters(q="institut", near="91228", km=200.0), joined())
    assert sorted(sort_rows(found, sort).index) == sorted(found.actors.index)


def selected(**chosen: object) -> QueryResult:
    """The real register asked."""
    return select(Filters(**chosen), joined())


def test_text_space_and_facets_narrow_together() -> None:
    """Gene therapy in Essonne within 10 km of Genopole: each part is an independent set, the answer is what they share."""
    actors = prepare_actors(joined())
    place = proximity.find_origin("91228", joined())
    found = selected(q="thérapie génique", near="91228", km=10.0, department=("91",))
    expected = (
        set(search.find(search.build(actors), "thérapie génique").index)
        & set(proximity.measure_within(actors, place[:2], 10).index)
        & naive(Filters(department=("91",)), held(actors))
    )
    assert set(found.actors.index) == set(found.score.index) == set(found.distance_km.index) == expected
    assert found.total == len(expected) > 3
    assert found.counts["department"]["91"] == found.total
    assert found.distance_km.is_monotonic_increasing
    assert found.score.is_monotonic_decreasing
    assert found.origin == place


def test_a_polygon_keeps_what_lies_in_it() -> None:
    """A box around Essonne's campus, drawn as corners; a drawing that means nothing keeps every row."""
    box = selected(area="48.60000,2.40000;48.65000,2.40000;48.65000,2.50000;48.60000,2.50000")
    assert box.actors["latitude"].between(48.6, 48.65).all()
    assert "genethon" in box.actors.index
    assert selected(area="1,1").total == selected(near="nobody").total == selected().total
    assert (box.score, box.distance_km) == (None, None)


def test_nothing_found_is_an_answer() -> None:
    """A search without result: no rows, and every count zero."""
    found = selected(q="日本語")
    assert found.total == len(found.actors) == len(found.score) == 0
    assert {number for numbers in found.counts.values() for number in numbers.values()} == {0}


def test_what_may_be_near_is_counted_apart() -> None:
    """A circle that cuts Paris: those without an arrondissement are no answer, and as many as the other filters keep are unsure."""
    actors = prepare_actors(joined())
    found = selected(near="94076", km=10.0, kind=("company",))
    vague = actors["precision"].eq("area") & actors["presence"].eq("present") & actors["kind"].eq("company")
    assert found.unsure == vague.sum() > 10
    assert not set(found.actors.index) & set(actors.index[vague])
    whole = selected(near="94076", km=20.0, kind=("company",))
    assert whole.unsure == 0
    assert set(actors.index[vague]) == set(whole.distance_km.index[whole.distance_km.isna()])


def test_a_whole_city_has_no_distances() -> None:
    """Its sites answer, no other, at no distance."""
    found = selected(near="75056")
    assert found.distance_km is None
    assert set(found.actors["commune_official"]) == {"75056"}
    assert found.total == selected(commune=("75056",)).total


def test_an_edition_that_is_dropped_is_held_by_nobody() -> None:
    """What pages, embeds and other programs had looked up in it goes with it."""
    dropped, library = replace(joined()), CollectionLibrary()
    held_by = weakref.ref(dropped)
    select(Filters(q="rna"), dropped)
    select_rows(Filters(q="rna"), (), dropped)
    library.find_source(dropped, "actors")
    kept = library.find_source(joined(), "actors")
    forget_all_but([joined()])
    del dropped
    gc.collect()
    assert held_by() is None
    assert library.find_source(joined(), "actors") is kept


def test_older_editions_take_no_place_of_the_pages() -> None:
    """Programs ask for as many of them as are kept; today's facets and words are still those that were made."""
    today = build_facets(joined()), index_words(joined())
    older = [replace(joined()) for _ in range(caches.OLDER_EDITIONS + caches.EDITIONS - 1)]
    for catalogue in older:
        build_facets(catalogue)
        index_words(catalogue)
    assert (build_facets(joined()), index_words(joined())) == today
    forget_all_but([joined()])
