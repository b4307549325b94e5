"""Concentration: Gini and Moran by their textbook definitions, on real communes and on cases that one can see."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from biocarto.analysis.coverage import concentration, coverage
from biocarto.analysis.coverage.concentration import compute_gini, compute_moran, find_neighbours
from biocarto.model import Level
from tests.analysis import raw
from tests.support.register import layers


def plain_gini(values: list[float]) -> float:
    """Half the mean difference of all pairs over the mean: the definition, without sorting."""
    gaps = sum(abs(one - other) for one in values for other in values)
    return gaps / (2 * len(values) ** 2 * (sum(values) / len(values)))


def real_counts() -> pd.Series:
    """Sites per commune of the raw file, communes without any included."""
    return raw.actors()["commune"].value_counts().reindex(raw.layer("communes").index, fill_value=0)


def board(rows: int) -> gpd.GeoSeries:
    """A square board of unit fields, row by row."""
    fields = {f"{row}{column}": box(column, row, column + 1, row + 1) for row in range(rows) for column in range(rows)}
    return gpd.GeoSeries(fields, crs=4326)


def test_the_real_register_is_measured_as_by_hand() -> None:
    """First ten communes, Gini over all pairs, Moran over every commune and all that intersect it."""
    counts, shapes = real_counts(), raw.layer("communes").geometry
    table = coverage.measure(raw.shown(), layers(), Level.COMMUNE).table
    found = concentration.measure_concentration(table["count"], layers().communes.geometry)
    assert found.sites == len(raw.actors())
    assert found.territories == len(shapes)
    assert found.occupied == raw.actors()["commune"].nunique()
    assert found.first_share == pytest.approx(100 * counts.nlargest(10).sum() / counts.sum())
    assert counts[list(found.first)].sum() == counts.nlargest(10).sum()
    assert found.gini == pytest.approx(plain_gini(counts.tolist()))
    assert found.moran == pytest.approx(plain_moran(counts, shapes))
    assert found.expected == pytest.approx(-1 / (len(shapes) - 1))


def plain_moran(counts: pd.Series, shapes: gpd.GeoSeries) -> float:
    """Queen contiguity through geopandas' spatial join, and the sums of the definition one pair at a time."""
    frame = gpd.GeoDataFrame({"code": counts.index}, geometry=shapes.to_numpy(), crs=4326)
    pairs = frame.sjoin(frame, predicate="intersects")
    pairs = pairs[pairs["code_left"] != pairs["code_right"]]
    gap = (counts - counts.mean()).to_dict()
    top = sum(gap[one] * gap[other] for one, other in zip(pairs["code_left"], pairs["code_right"], strict=True))
    return len(counts) / len(pairs) * top / sum(value**2 for value in gap.values())


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_gini_is_its_definition(values: list[int]) -> None:
    """And never leaves 0 to 1."""
    found = compute_gini(pd.Series(values))
    assert found == pytest.approx(plain_gini([float(value) for value in values]), abs=1e-12)
    assert -1e-12 <= found < 1


def test_equal_shares_and_one_for_all() -> None:
    """0 where all have the same; (n - 1) / n where one has everything."""
    assert compute_gini(pd.Series([3, 3, 3, 3])) == pytest.approx(0)
    assert compute_gini(pd.Series([0, 0, 0, 9])) == pytest.approx(0.75)


def test_neighbours_share_an_edge_or_a_corner() -> None:
    """A queen on a board of nine fields: 3 from a corner, 5 from an edge, 8 from the middle."""
    pairs = find_neighbours(board(3))
    assert np.bincount(pairs[0]).tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]


def test_moran_sees_halves_and_stripes() -> None:
    """Two halves attract (above what chance expects), a board of stripes repels."""
    pairs = find_neighbours(board(6))
    halves = pd.Series([1.0 if row < 3 else 0.0 for row in range(6) for _ in range(6)])
    stripes = pd.Series([float(row % 2) for row in range(6) for _ in range(6)])
    assert compute_moran(halves, pairs) > 0.5
    assert compute_moran(stripes, pairs) < -0.3


@pytest.mark.parametrize("sites", [[], [0, 0, 0], [0], [4], [2, 2, 2]], ids=str)
def test_too_little_is_missing_not_an_error(sites: list[int]) -> None:
    """No territory, no site, one territory, all alike."""
    shapes = board(2).iloc[: len(sites)]
    found = concentration.measure_concentration(pd.Series(sites, index=shapes.index, dtype=int), shapes)
    assert math.isnan(found.moran)
    assert math.isnan(found.gini) == (sum(sites) == 0)
    assert math.isnan(found.first_share) == (sum(sites) == 0)
    assert len(found.first) == found.occupied
