"""The Tour, counted from the tables."""

import shapely

from biocarto.analysis import tour
from tests.support.register import joined


def test_twelve_organisers_are_medicen_and_eleven_around_it() -> None:
    """Both counts come out of the stages, and agree with the clusters' own column and the published figures."""
    summary = tour.summarise_tour(joined())
    assert len(summary.organisers) == int(joined().figures.at["tour_organisateurs", "value"])
    assert len(summary.around_initiator) == int(joined().figures.at["tour_poles_federes", "value"])
    members = joined().clusters[joined().clusters["tour_member"].eq("yes")]
    assert set(summary.organisers) == set(members["id"])


def test_every_region_is_visited_or_not() -> None:
    """18 regions: 11 had a stage; Normandie, Corse and the five overseas regions had none."""
    summary = tour.summarise_tour(joined())
    regions = joined().territory.regions
    assert len(summary.visited) == int(joined().figures.at["tour_regions", "value"])
    assert {regions.at[code, "name"] for code in summary.unvisited} == {
        "Normandie",
        "Corse",
        "Guadeloupe",
        "Martinique",
        "Guyane",
        "La Réunion",
        "Mayotte",
    }
    assert sorted([*summary.visited, *summary.unvisited]) == sorted(regions.index)


def test_the_stages_are_in_the_order_of_the_source() -> None:
    """Seven stages, one after the other."""
    assert list(joined().stages["order"]) == list(range(1, tour.summarise_tour(joined()).stages + 1))
    assert tour.find_neighbours(joined().stages, "stage-1") == ("", "stage-2")
    assert tour.find_neighbours(joined().stages, "stage-7") == ("stage-6", "")


def test_a_region_has_one_stage() -> None:
    """No region is coloured twice."""
    assert tour.map_regions_to_stages(joined().stages).index.is_unique


def test_unknown_seats_are_listed_not_placed() -> None:
    """Placed and unplaced organisers are the twelve."""
    placed, listed = tour.locate_seats(joined()), tour.list_unplaced(joined())
    assert len(placed) + len(listed) == len(tour.summarise_tour(joined()).organisers)
    assert not placed[["latitude", "longitude"]].isna().any(axis=None)


def test_anchors_lie_in_a_region_of_their_stage() -> None:
    """The route passes through the regions of the stage."""
    regions = joined().territory.regions
    for stage, point in tour.place_anchors(joined()).iterrows():
        codes = list(joined().stages.at[stage, "region_codes"])
        inside = regions.loc[codes].contains(shapely.Point(point["longitude"], point["latitude"]))
        assert inside.any()
