"""Collections of features: every one there is, of an edition with rows and of one without, and how they are kept."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from biocarto.export.collections.collection import build_span, read_days
from biocarto.export.collections.library import NAMES, CollectionLibrary
from biocarto.export.collections.source import FeatureQuery, MomentRange, SortKey
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from tests.support.register import joined


@pytest.fixture(scope="module")
def empty() -> Catalogue:
    """The register before its first row."""
    found = joined()
    return replace(
        found,
        actors=found.actors.iloc[:0],
        sites=found.sites.iloc[:0],
        clusters=found.clusters.iloc[:0],
        stages=found.stages.iloc[:0],
        national_sites=found.national_sites.iloc[:0],
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_collection_is_whole(name: str) -> None:
    """Ids are unique, every column is described in both languages, every feature is one."""
    source = CollectionLibrary().find_source(joined(), name)
    collection = source.collection
    assert len(set(source.ids)) == len(source.ids) == len(collection.frame)
    assert list(collection.frame.columns) == [*collection.types, "geometry"]
    assert all(text.strip() for column in collection.columns for text in (*column.meaning, *column.label))
    features = json.loads(b"[" + source.read_page(FeatureQuery(10_000)).features + b"]")
    assert [feature["id"] for feature in features] == source.ids


@pytest.mark.parametrize("name", NAMES)
def test_a_collection_of_nothing_is_a_collection(name: str, empty: Catalogue) -> None:
    """Nothing is found, nothing fails."""
    source = CollectionLibrary().find_source(empty, name)
    query = FeatureQuery(10, interval=MomentRange(None, None), order=(SortKey(next(iter(source.collection.types)), True),))
    page = source.read_page(query)
    assert page.matched == len(source.ids) == page.returned or page.matched > 10
    assert source.digest
    assert source.get("nobody", query.system) is None


def test_what_was_made_is_made_once() -> None:
    """And a choice of sites is kept beside it."""
    library = CollectionLibrary()
    assert library.find_source(joined(), "actors") is library.find_source(joined(), "actors")
    chosen = library.find_source(joined(), "coverage-epci", Filters(kind=("company",)))
    plain = library.find_source(joined(), "coverage-epci")
    assert chosen is library.find_source(joined(), "coverage-epci", Filters(kind=("company",)))
    assert chosen is not plain
    assert chosen.collection.shapes is plain.collection.shapes


def test_another_cell_is_another_digest() -> None:
    """By which readers know whether they have a collection already."""
    changed = joined().actors.assign(name=lambda rows: rows["name"].where(rows.index != "genethon", "Genethon"))
    digests = [CollectionLibrary().find_source(found, "actors").digest for found in (joined(), replace(joined(), actors=changed))]
    assert digests[0] != digests[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01T00:00:00", "2024-12-31T23:59:59"),
        ("2024-02", "2024-02-01T00:00:00", "2024-02-29T23:59:59"),
        ("2024-09-10", "2024-09-10T00:00:00", "2024-09-10T23:59:59"),
    ],
)
def test_a_year_a_month_and_a_day_last_as_long_as_they_do(text: str, first: str, last: str) -> None:
    """To the second."""
    assert read_days(text) == (np.datetime64(first), np.datetime64(last))


def test_what_is_no_day_has_no_time() -> None:
    """Missing, in words, or on no calendar."""
    span = build_span(pd.Series(["", "2023-02-30", "spring", None, "20240910", "0000", "2024"]))
    assert np.isnat(span.start).tolist() == [True] * 6 + [False]
