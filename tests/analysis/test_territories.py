"""Classes of a choropleth."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from biocarto.analysis.territories import classes


def test_few_values_have_a_class_each() -> None:
    """Zero is class 0, no data is class -1, and each other value its own class."""
    found = classes(pd.Series({"a": 0, "b": 3, "c": 7, "d": None}, dtype="Float64"))
    assert found.of.to_dict() == {"a": 0, "b": 1, "c": 2, "d": -1}
    assert found.bounds == ((3.0, 3.0), (7.0, 7.0))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_classes_are_ordered_and_their_bounds_hold_their_members(values: list[int]) -> None:
    """A larger value never has a lower class, and the bounds shown are those of the members."""
    series = pd.Series(values, index=[str(i) for i in range(len(values))], dtype=float)
    found = classes(series)
    ordered = found.of[series.sort_values().index]
    assert ordered.is_monotonic_increasing
    assert len(found.bounds) <= 5
    for number, (low, high) in enumerate(found.bounds, start=1):
        members = series[found.of.eq(number)]
        assert (members.min(), members.max()) == (low, high)
    assert found.of.eq(0).equals(series.eq(0))


def test_nothing_known_has_no_class() -> None:
    """Only zeros: no class to colour, and no error."""
    assert classes(pd.Series({"a": 0.0, "b": 0.0})).bounds == ()
