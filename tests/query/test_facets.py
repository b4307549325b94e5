"""Facets: counts that equal the rows left, for any state."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.query import facets, filters
from biocarto.query.filters import Filters
from tests.support.naive import held, naive

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


HELD = held(ACTORS)


@given(any_state)
def test_counts_are_the_rows_left(chosen: Filters) -> None:
    """For every facet and value: as many as are left when only this value is chosen there."""
    counted = facets.count_values(chosen, BUILT)
    for name, numbers in counted.items():
        for value, number in numbers.items():
            alone = Filters(**{field: getattr(chosen, field) for field in filters.COLUMNS if field != name} | {name: (value,)})
            assert number == len(naive(alone, HELD)), (name, value)


@given(any_state)
def test_the_same_rows_are_left_by_every_path(chosen: Filters) -> None:
    """Bits, and row by row."""
    known = Filters(**{name: tuple(v for v in getattr(chosen, name) if v) for name in filters.COLUMNS})
    by_bits = set(ACTORS.index[facets.mark_rows(known, BUILT)])
    assert by_bits == naive(known, HELD)


@given(any_state, st.lists(st.booleans(), min_size=len(ACTORS), max_size=len(ACTORS)))
def test_search_and_space_narrow_every_count(chosen: Filters, marks: list[bool]) -> None:
    """Counts among some of the rows are those of a register of these rows alone, zeros included."""
    free = np.array(marks)
    counted = facets.count_values(chosen, BUILT, free)
    alone = facets.count_values(chosen, facets.build(ACTORS[free]))
    assert counted == {
        name: {value: alone[name].get(value, 0) for value in numbers} for name, numbers in facets.count_values(Filters(), BUILT).items()
    }


def test_zero_counts_stay_and_unknown_is_no_value() -> None:
    """A value that would leave nothing is still there; an empty cell is not a value."""
    counted = facets.count_values(Filters(kind=("company",), category=("gone",)), BUILT)
    assert set(counted["department"].values()) == {0}
    assert list(counted["category"]) == ["bioproduction", "biotherapies"]
    assert list(counted["site"]) == ["genopole"]


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 128])
def test_every_length_of_register(rows: int) -> None:
    """Words hold 64 actors; none is lost or invented at their edges."""
    actors = generated(rows, seed=rows)
    assert facets.mark_rows(Filters(), facets.build(actors)).sum() == len(naive(Filters(), held(actors)))
    assert sum(facets.count_values(Filters(), facets.build(actors))["precision"].values()) == len(naive(Filters(), held(actors)))
