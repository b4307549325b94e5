"""Proximity: kilometres on the ground, polygons as people draw them, and places however they are named."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from biocarto.query import filters, proximity
from biocarto.territory.territory import project_points
from tests.analysis import raw
from tests.support.register import joined, layers

PLACES = {
    "paris": (48.8566, 2.3522),
    "evry": (48.62362, 2.43933),
    "villejuif": (48.7939, 2.3592),
    "cergy": (49.0364, 2.0633),
    "provins": (48.5604, 3.2996),
}
BOW_TIE = [(48.0, 2.0), (49.0, 3.0), (49.0, 2.0), (48.0, 3.0)]


def frame(places: dict[str, tuple[float, float]], **columns: object) -> pd.DataFrame:
    """Actors at points."""
    points = np.array(list(places.values()))
    x, y = project_points(points[:, 0], points[:, 1])
    facts = {"latitude": points[:, 0], "longitude": points[:, 1], "x": x, "y": y, "presence": "present", "precision": "commune"}
    facts |= {"commune_code": "00000", **columns}
    return pd.DataFrame(facts, index=list(places))


ACTORS = frame(PLACES)


@pytest.mark.parametrize("start", PLACES)
def test_distances_agree_with_the_ellipsoid(start: str) -> None:
    """By another path: the geodesic on WGS 84, within one in a thousand, all over Île-de-France."""
    found = proximity.measure_within(ACTORS, PLACES[start], 200)
    for place, km in found.items():
        (lat, lon), (lat2, lon2) = PLACES[start], PLACES[str(place)]
        assert km == pytest.approx(Geod(ellps="WGS84").inv(lon, lat, lon2, lat2)[2] / 1000, rel=0.001, abs=1e-6)
    assert list(found.index) == list(found.sort_values().index)
    assert found.index[0] == start


def test_known_distances() -> None:
    """Two pairs that a map shows: Paris to Évry 27 km, Paris to Villejuif 7 km."""
    found = proximity.measure_within(ACTORS, PLACES["paris"], 200)
    assert found["evry"] == pytest.approx(26.7, abs=0.2)
    assert found["villejuif"] == pytest.approx(7.0, abs=0.1)


def test_the_radius_is_kept_and_its_edge_belongs_to_it() -> None:
    """At exactly that distance an actor is within it, a metre less and it is not."""
    km = proximity.measure_within(ACTORS, PLACES["paris"], 200)["villejuif"]
    assert "villejuif" in proximity.measure_within(ACTORS, PLACES["paris"], km)
    assert "villejuif" not in proximity.measure_within(ACTORS, PLACES["paris"], km - 0.001)


def test_a_polygon_that_crosses_itself_keeps_both_lobes() -> None:
    """A bow tie has two halves, and nothing beside its knot."""
    points = {"below": (48.2, 2.5), "above": (48.8, 2.5), "beside": (48.5, 2.1)}
    found = proximity.mark_inside(frame(points), BOW_TIE, layers())
    assert found is not None
    assert found.to_dict() == {"below": True, "above": True, "beside": False}


@pytest.mark.parametrize(
    "corners",
    [
        [(48.0, 179.0), (49.0, -179.0), (48.0, -179.0)],
        [(48.0, 362.0), (49.0, 362.0), (49.0, 363.0)],
        [(float("nan"), 2.0), (49.0, 2.0), (49.0, 3.0)],
        [(float("inf"), 2.0), (49.0, 2.0), (49.0, 3.0)],
        [(48.0, 2.0), (48.5, 2.5), (49.0, 3.0)],
        [(48.0, 2.0)] * 5,
        [(48.0, 2.0), (49.0, 2.0)],
        [],
        BOW_TIE * 51,
    ],
    ids=["antimeridian", "wrapped", "nan", "inf", "flat", "point", "two", "none", "too many"],
)
def test_a_polygon_that_means_nothing_is_refused(corners: list[tuple[float, float]]) -> None:
    """Nothing is raised, and no row is lost by it."""
    assert proximity.mark_inside(ACTORS, corners, layers()) is None


@given(st.lists(st.tuples(st.floats(47, 50), st.floats(1, 4)), max_size=12))
def test_any_drawing_has_an_answer(corners: list[tuple[float, float]]) -> None:
    """Whatever is drawn: one answer per actor, or a refusal; what is far outside the drawing is never inside."""
    found = proximity.mark_inside(frame({**PLACES, "lyon": (45.76, 4.84)}), corners, layers())
    assert found is None or (len(found) == 6 and not found["lyon"])


def test_an_origin_is_an_actor_a_code_or_a_point() -> None:
    """Each has its point and a name for people; a former id leads to today's actor."""
    catalogue = joined()
    genethon = proximity.find_origin("genethon", catalogue)
    assert genethon == (*catalogue.actors.loc["genethon", ["latitude", "longitude"]], "Généthon", "campus", "91228")
    assert proximity.find_origin("94076", catalogue)[2] == "Villejuif"
    assert proximity.find_origin("48.8566,2.3522", catalogue) == (48.8566, 2.3522, "48.85660, 2.35220", "address", "")
    old, new = next(iter(catalogue.redirects.items()))
    assert proximity.find_origin(old, catalogue) == proximity.find_origin(new, catalogue)


@pytest.mark.parametrize("text", ["nobody", "99999", "40.7,-74.0", "91,181", "97411", "", "48.8", "48.8,2.3,1", "<b>", "48.8;2.3"])
def test_no_origin_where_nothing_is_known(text: str) -> None:
    """Unknown names, other countries, overseas communes that the projection does not measure, and noise."""
    assert proximity.find_origin(text, joined()) is None


def test_what_may_be_named_is_understood() -> None:
    """The list for the address and the function agree."""
    catalogue = joined()
    sample = [name for name in sorted(proximity.list_origins(catalogue)) if not name.isdigit()] + [
        "75056",
        "75113",
        "91228",
        "13055",
        "2A004",
    ]
    assert all(proximity.find_origin(name, catalogue) for name in sample)


def test_neighbours_are_others_that_are_still_known() -> None:
    """The actor itself and rows of old pages are left out; nearest first."""
    actors = frame(PLACES, presence=["present", "present", "dated", "present", "present"])
    assert list(proximity.find_nearby(actors, "paris", 40).index) == ["evry", "cergy"]
    assert proximity.find_nearby(actors, "provins").empty
    with pytest.raises(KeyError):
        proximity.find_nearby(actors, "nobody")


def test_alike_means_a_modality_in_common() -> None:
    """Gene therapy is one; two actors of "other" have nothing in common."""
    modalities = [("rna", "gene_therapy", "other"), ("other",), ("gene_therapy",), (), ("rna",)]
    actors = frame(PLACES).assign(modalities=pd.Series(modalities, index=list(PLACES), dtype=object))
    assert list(proximity.find_alike(actors, "paris", 100).index) == ["villejuif", "provins"]
    assert list(proximity.find_alike(actors, "paris").index) == ["villejuif"]
    assert proximity.find_alike(actors, "evry", 100).empty
    assert proximity.find_alike(actors.loc[["paris"]], "paris").empty


def test_the_neighbours_of_a_real_actor() -> None:
    """Question 3: what is within 10 km of Villejuif, by the geodesic."""
    actors = filters.with_filter_columns(joined())
    latitude, longitude = proximity.find_origin("94076", joined())[:2]
    found = proximity.measure_within(actors, (latitude, longitude), 10)
    placed = actors[actors["latitude"].notna()]
    start = np.full(len(placed), longitude), np.full(len(placed), latitude)
    geodesic = Geod(ellps="WGS84").inv(*start, placed["longitude"], placed["latitude"])[2]
    assert set(found.index) == set(placed.index[geodesic <= 10_000])


# --- Paris as a whole: an area, not a point ----------------------------------------------------------------------------


def vague() -> set[str]:
    """Actors of the raw file of which no source says more than Paris."""
    rows = raw.table("actors")
    return set(rows.loc[rows["commune_code"].eq("75056") & rows["site_id"].eq(""), "id"])


def around(place: str, km: float) -> pd.Series:
    """What the real register has around a place."""
    return proximity.measure_around(filters.with_filter_columns(joined()), proximity.find_origin(place, joined()), km, layers())


def farthest(latitude: float, longitude: float) -> float:
    """Kilometres to the farthest corner of Paris, by the geodesic."""
    corners = shapely.get_coordinates(raw.layer("communes").geometry["75056"])
    start = np.full(len(corners), longitude), np.full(len(corners), latitude)
    return float(np.max(Geod(ellps="WGS84").inv(*start, *corners.T)[2]) / 1000)


def test_no_distance_leads_to_an_area() -> None:
    """Whatever the radius; who is certainly inside stands last, and a circle that cuts Paris holds none of them for certain."""
    assert len(vague()) > 30
    whole = farthest(*proximity.find_origin("75101", joined())[:2])
    for km in (whole + 0.05, 200):
        found = around("75101", km)
        assert set(found.index[found.isna()]) == vague()
        assert found.isna().to_list() == sorted(found.isna())
    assert not vague() & set(around("75101", whole - 0.05).index)


def test_a_circle_that_cuts_paris_says_that_they_may_be_inside() -> None:
    """From the border of Paris to just before its farthest corner; neither inside nor outside of that."""
    prepared, origin = filters.with_filter_columns(joined()), proximity.find_origin("94076", joined())
    near, far = layers().measure_span("75056", *origin[:2])
    assert far == pytest.approx(farthest(*origin[:2]), rel=0.001)
    for km, expected in ((near - 0.01, set()), (near + 0.01, vague()), (far - 0.01, vague()), (far + 0.01, set())):
        perhaps = proximity.mark_perhaps_near(prepared, origin, km, layers())
        assert set(perhaps.index[perhaps]) == expected


@pytest.mark.parametrize("place", ["75056", "aenitis-technologies"])
def test_no_distance_starts_from_an_area(place: str) -> None:
    """Paris, or an actor of which no more is known: everything in Paris is told, nothing at a distance."""
    origin = proximity.find_origin(place, joined())
    assert (origin.is_area, origin.commune) == (True, "75056")
    found = around(place, 10)
    rows = raw.table("actors").set_index("id")
    assert set(found.index) == set(rows.index[rows["commune_code"].str.startswith("75")])
    assert found.isna().all()


def test_an_actor_known_by_an_area_has_no_neighbours_and_is_nobodys() -> None:
    """Both ways."""
    prepared = filters.with_filter_columns(joined())
    assert proximity.find_nearby(prepared, "aenitis-technologies", 200).empty
    assert not vague() & set(proximity.find_nearby(prepared, "abivax", 200).index)


def test_a_drawing_holds_an_area_only_whole() -> None:
    """A box around Paris, and one through it."""
    west, south, east, north = raw.layer("communes").geometry["75056"].bounds
    for right, inside in ((east + 0.01, vague()), ((west + east) / 2, set())):
        corners = [(south - 0.01, west - 0.01), (north + 0.01, west - 0.01), (north + 0.01, right), (south - 0.01, right)]
        found = proximity.mark_inside(filters.with_filter_columns(joined()), corners, layers())
        assert vague() & set(found.index[found]) == inside
