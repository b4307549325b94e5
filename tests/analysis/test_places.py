"""Places: where the map goes, and how many of a place are not present."""

import numpy as np
import pytest
import shapely

from biocarto.analysis.places import LEAST, find_extent, group_by_place
from tests.analysis import raw
from tests.support.register import joined, layers


def edges(codes: list[str]) -> tuple[float, ...]:
    """West, south, east and north of the points of communes in the raw layer of points."""
    points = layers().points.loc[codes]
    return tuple(float(edge) for edge in shapely.total_bounds(shapely.points(points["longitude"], points["latitude"])))


def test_the_map_surrounds_every_point() -> None:
    """Actors known by commune in two of them: their points are the corners."""
    actors = joined().actors
    by_commune = actors[actors["precision"].eq("commune")]
    far = by_commune[by_commune["department_code"].isin(["77", "95"])]
    (south, west), (north, east) = find_extent(far, layers())
    assert (west, south, east, north) == pytest.approx(edges(list(far["commune_code"].unique())))


def test_one_place_has_room_around_it() -> None:
    """In its middle, nearly seven kilometres wide."""
    one = joined().actors.loc[["genethon"]]
    (south, west), (north, east) = find_extent(one, layers())
    assert (east - west, north - south) == pytest.approx(tuple(LEAST))
    assert ((south + north) / 2, (west + east) / 2) == pytest.approx((one["latitude"].iloc[0], one["longitude"].iloc[0]))


def test_an_area_is_surrounded_whole() -> None:
    """Paris without an arrondissement; and nothing at all is nowhere."""
    actors = joined().actors
    vague = actors[actors["precision"].eq("area")]
    (south, west), (north, east) = find_extent(vague, layers())
    assert (west, south, east, north) == pytest.approx(tuple(raw.layer("communes").geometry["75056"].bounds))
    assert find_extent(actors.iloc[:0], layers()) is None


def test_a_place_counts_those_that_are_not_present() -> None:
    """By the words of the register's own column."""
    actors = joined().actors
    found = group_by_place(actors)
    for place in ("site-genopole", "commune-75056"):
        here = actors[actors["place_id"].eq(place)]
        assert found.at[place, "apart"] == np.sum(here["presence"] != "present")
        assert found.at[place, "total"] == len(here)
    assert found["apart"].sum() > 10
