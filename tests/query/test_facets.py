"""Facets: counts that equal the rows left, for any state."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.query import facets, filters, proximity, search
from biocarto.query.filters import Filters
from tests.support.register import joined

VALUES = {
    "kind": ["company", "research_centre"],
    "category": ["biotherapies", "bioproduction", ""],
    "modality": ["rna", "phage", "antibody"],
    "department": ["75", "91"],
    "epci": ["200059228", "75056"],
    "commune": ["75056", "91228", "91471"],
    "site": ["", "genopole"],
    "status": ["present", "unknown", "dated"],
    "founded": ["1990s", "unknown"],
    "source_year": ["-2014", "2021"],
    "precision": ["campus", "commune"],
    "network": ["cebr", "magenta"],
    "ownership": ["", "part_of"],
    "role": ["makes", "cdmo"],
    "region": ["11", "76"],
}


def generated(rows: int, seed: int = 1) -> pd.DataFrame:
    """Prepared actors at random, all that facets look at."""
    chance = random.Random(seed)

    def cell(name: str) -> object:
        values = VALUES[name]
        return tuple(chance.sample(values, chance.randint(0, len(values)))) if name in filters.LISTS else chance.choice(values)

    columns = {column: [cell(name) for _ in range(rows)] for name, column in filters.COLUMNS.items()}
    return pd.DataFrame(columns, index=[f"actor-{number}" for number in range(rows)])


ACTORS = generated(70)
BUILT = facets.build(ACTORS)
any_state = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from([*values, "gone"]), max_size=3).map(tuple) for name, values in VALUES.items()}
).map(lambda chosen: Filters(**chosen))


def held(actors: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Id -> facet -> the values that the row has there; an empty cell has none."""
    return {
        str(actor): {
            name: (set(row[column]) if name in filters.LISTS else {row[column]}) - {""} for name, column in filters.COLUMNS.items()
        }
        for actor, row in actors.to_dict("index").items()
    }


def naive(chosen: Filters, rows: dict[str, dict[str, set[str]]]) -> set[str]:
    """Ids of the rows left, row by row, facet by facet: another path than bits and than `apply`."""
    wanted = {name: set(values) for name in filters.COLUMNS if (values := getattr(chosen, name))}
    historic = chosen.status or "-2014" in chosen.source_year
    return {
        actor
        for actor, row in rows.items()
        if all(row[name] & values for name, values in wanted.items()) and (historic or row["status"] == {"present"})
    }


HELD = held(ACTORS)


@given(any_state)
def test_counts_are_the_rows_left(chosen: Filters) -> None:
    """For every facet and value: as many as are left when only this value is chosen there."""
    counted = facets.counts(chosen, BUILT)
    for name, numbers in counted.items():
        for value, number in numbers.items():
            alone = Filters(**{field: getattr(chosen, field) for field in filters.COLUMNS if field != name} | {name: (value,)})
            assert number == len(naive(alone, HELD)), (name, value)


@given(any_state)
def test_the_same_rows_are_left_by_every_path(chosen: Filters) -> None:
    """Bits, the pandas filter of the map page, and row by row."""
    known = Filters(**{name: tuple(v for v in getattr(chosen, name) if v) for name in filters.COLUMNS})
    by_bits = set(ACTORS.index[facets.kept(known, BUILT)])
    assert by_bits == naive(known, HELD) == set(filters.apply(known, ACTORS).index)


@given(any_state, st.lists(st.booleans(), min_size=len(ACTORS), max_size=len(ACTORS)))
def test_search_and_space_narrow_every_count(chosen: Filters, marks: list[bool]) -> None:
    """Counts among some of the rows are those of a register of these rows alone, zeros included."""
    free = np.array(marks)
    counted = facets.counts(chosen, BUILT, free)
    alone = facets.counts(chosen, facets.build(ACTORS[free]))
    assert counted == {
        name: {value: alone[name].get(value, 0) for value in numbers} for name, numbers in facets.counts(Filters(), BUILT).items()
    }


def test_zero_counts_stay_and_unknown_is_no_value() -> None:
    """A value that would leave nothing is still there; an empty cell is not a value."""
    counted = facets.counts(Filters(kind=("company",), category=("gone",)), BUILT)
    assert set(counted["department"].values()) == {0}
    assert list(counted["category"]) == ["bioproduction", "biotherapies"]
    assert list(counted["site"]) == ["genopole"]


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 128])
def test_every_length_of_register(rows: int) -> None:
    """Words hold 64 actors; none is lost or invented at their edges."""
    actors = generated(rows, seed=rows)
    assert facets.kept(Filters(), facets.build(actors)).sum() == len(naive(Filters(), held(actors)))
    assert sum(facets.counts(Filters(), facets.build(actors))["precision"].values()) == len(naive(Filters(), held(actors)))


def selected(**chosen: object) -> facets.Found:
    """The real register asked."""
    actors = filters.prepared(joined())
    return facets.select(Filters(**chosen), facets.build(actors), search.build(actors), joined())


def test_text_space_and_facets_narrow_together() -> None:
    """Gene therapy in Essonne within 10 km of Genopole: each part is an independent set, the answer is what they share."""
    actors = filters.prepared(joined())
    place = proximity.origin("91228", joined())
    found = selected(q="thérapie génique", near="91228", km=10.0, department=("91",))
    expected = (
        set(search.find(search.build(actors), "thérapie génique").index)
        & set(proximity.within(actors, place[:2], 10).index)
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
    actors = filters.prepared(joined())
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
