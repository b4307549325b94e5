"""Classes of a choropleth."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.analysis.coverage.territories import (
    DEPARTMENTS,
    SCHEME_LABELS,
    SCHEME_NOTES,
    Scheme,
    classify_values,
    count_per_territory,
    find_bounds,
    find_least_served,
    list_within,
    select_layer,
)
from biocarto.model import Level
from tests.analysis import raw
from tests.support.register import layers


def test_few_values_have_a_class_each() -> None:
    """Zero is class 0, no data is class -1, and each other value its own class."""
    found = classify_values(pd.Series({"a": 0, "b": 3, "c": 7, "d": None}, dtype="Float64"))
    assert found.of.to_dict() == {"a": 0, "b": 1, "c": 2, "d": -1}
    assert found.bounds == ((3.0, 3.0), (7.0, 7.0))


@pytest.mark.parametrize("scheme", list(Scheme))
@given(values=st.lists(st.integers(0, 400) | st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=60))
def test_classes_are_ordered_and_their_bounds_hold_their_members(scheme: Scheme, values: list[float]) -> None:
    """A larger value never has a lower class, and the bounds shown are those of the members."""
    series = pd.Series(values, index=[str(i) for i in range(len(values))], dtype=float)
    found = classify_values(series, scheme=scheme)
    ordered = found.of[series.sort_values().index]
    assert ordered.is_monotonic_increasing
    assert len(found.bounds) <= 5
    for number, (low, high) in enumerate(found.bounds, start=1):
        members = series[found.of.eq(number)]
        assert (members.min(), members.max()) == (low, high)
    assert found.of.eq(0).equals(series.eq(0))


@pytest.mark.parametrize("scheme", list(Scheme))
def test_nothing_known_has_no_class(scheme: Scheme) -> None:
    """Only zeros, or nothing at all: no class to colour, and no error."""
    assert classify_values(pd.Series({"a": 0.0, "b": 0.0}), scheme=scheme).bounds == ()
    assert classify_values(pd.Series([], dtype=float), scheme=scheme).bounds == ()
    assert classify_values(pd.Series({"a": None}, dtype="Float64"), scheme=scheme).of.to_dict() == {"a": -1}


def real_rates() -> pd.Series:
    """Rates of the communes that have an actor."""
    rates = count_per_territory(raw.shown(), layers(), Level.COMMUNE)["rate"]
    return rates[rates > 0].astype(float)


def test_quantiles_hold_about_the_same_number() -> None:
    """By numpy: each class of the real rates ends at a fifth of them."""
    rates = real_rates()
    found = classify_values(rates, scheme=Scheme.QUANTILES)
    edges = np.quantile(rates, [0.2, 0.4, 0.6, 0.8, 1])
    assert found.of.to_dict() == {code: int(np.searchsorted(edges, rate)) + 1 for code, rate in rates.items()}
    assert found.of.value_counts().agg(np.ptp) <= 1


def test_equal_intervals_are_equal() -> None:
    """By hand: a fifth of the range each; what holds nobody is left out, and the numbers stay consecutive."""
    found = classify_values(pd.Series({"a": 1.0, "b": 2.9, "c": 3.1, "d": 11.0}), scheme=Scheme.EQUAL)
    assert found.of.to_dict() == {"a": 1, "b": 1, "c": 2, "d": 3}
    assert found.bounds == ((1.0, 2.9), (3.1, 3.1), (11.0, 11.0))


def test_natural_breaks_part_least_within() -> None:
    """By trying every way to cut the real rates in three: none has smaller squares within its classes."""
    rates = np.sort(real_rates())[:20]
    found = classify_values(pd.Series(rates), most=3).of.to_numpy()
    cuts = [(one, two) for one in range(1, len(rates) - 1) for two in range(one + 1, len(rates))]

    def within(parts: list[np.ndarray]) -> float:
        return sum(((part - part.mean()) ** 2).sum() for part in parts)

    best = min(within(np.split(rates, cut)) for cut in cuts)
    assert within([rates[found == number] for number in (1, 2, 3)]) == pytest.approx(best)


def test_the_library_of_classes_is_not_on_the_way_to_the_first_page() -> None:
    """Importing every analysis imports neither mapclassify nor SciPy nor esda."""
    source = raw.ROOT / "src"
    modules = [path.relative_to(source).with_suffix("") for path in sorted((source / "biocarto/analysis").rglob("*.py"))]
    names = ", ".join(".".join(module.parts) for module in modules if module.name != "__init__")
    code = f"import sys, {names}; print([name for name in ('mapclassify', 'scipy', 'esda') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_scheme_is_explained() -> None:
    """A name and a sentence each."""
    assert set(SCHEME_LABELS) == set(SCHEME_NOTES) == set(Scheme)


def test_an_intercommunality_of_two_departments_lies_in_both() -> None:
    """Évry's lies in Essonne and in Seine-et-Marne: every department and EPCI against the communes' own list."""
    assert "200059228" in list_within(layers(), Level.EPCI, Level.DEPARTMENT, "91")
    assert "200059228" in list_within(layers(), Level.EPCI, Level.DEPARTMENT, "77")
    communes = layers().communes
    for code in select_layer(layers(), Level.DEPARTMENT).index:
        expected = set(communes.loc[[commune[:2] == code for commune in communes.index], "intercommunality_code"])
        assert set(list_within(layers(), Level.EPCI, Level.DEPARTMENT, code)) == expected


def test_what_a_territory_holds() -> None:
    """All of a level in the region, the communes of an EPCI, nothing of a code that is none."""
    assert list_within(layers(), Level.COMMUNE, Level.REGION, "11") == list(layers().communes.index)
    assert set(list_within(layers(), Level.COMMUNE, Level.EPCI, "75056")) == {"75056"}
    assert list_within(layers(), Level.COMMUNE, Level.EPCI, "nope") == []


def test_departments_without_a_site_are_the_least_served() -> None:
    """None is less than one; the departments are those of the layer."""
    assert set(DEPARTMENTS) == set(select_layer(layers(), Level.DEPARTMENT).index)
    counts = raw.actors()["department"].value_counts()
    assert find_least_served(raw.shown(), len(DEPARTMENTS))[-1] == counts.index[0]
    elsewhere = raw.shown()[~raw.shown()["commune_code"].str.startswith("92")]
    assert find_least_served(elsewhere, 1) == ["92"]


@pytest.mark.parametrize(("level", "code"), [(Level.DEPARTMENT, "91"), (Level.COMMUNE, "94076"), (Level.REGION, "11")])
def test_bounds_hold_their_territory(level: Level, code: str) -> None:
    """South-west corner first, latitude first, and no smaller box would do."""
    (south, west), (north, east) = find_bounds(layers(), level, code)
    shape = select_layer(layers(), level).geometry[code]
    assert shape.bounds == (west, south, east, north)
    assert 48.1 < south < north < 49.3
    assert 1.4 < west < east < 3.6


def test_no_bounds_of_a_territory_elsewhere() -> None:
    """A department outside of Île-de-France is not there."""
    with pytest.raises(KeyError):
        find_bounds(layers(), Level.DEPARTMENT, "69")
