"""The one way from a question to rows: `select(filters, catalogue)` answers facets, words, place and drawing together, for every page.

What an answer is looked up in (the prepared actors, the bits of their facets, the index of their words) is made once per catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from weakref import WeakSet

import numpy as np
import numpy.typing as npt
import pandas as pd

from biocarto import caches
from biocarto.caches import Cache
from biocarto.names import fold
from biocarto.query import facets, filters, proximity, search
from biocarto.query.facets import Facets, Mask
from biocarto.query.filters import Filters, keep_facets
from biocarto.query.proximity import Kilometres, Origin
from biocarto.query.search import SearchIndex, Weights
from biocarto.register import lifetimes
from biocarto.register.catalogue import Catalogue
from biocarto.register.lifetimes import Existence, Lifetimes

_stores: WeakSet[Cache] = WeakSet()
_adding = Lock()


def key_by_catalogue(store: Cache) -> Cache:
    """A cache whose keys are catalogues: `forget_all_but` knows it from now on, as long as somebody holds it."""
    with _adding:
        _stores.add(store)
    return store


_prepared, _facets, _words, _lives = (key_by_catalogue(Cache(caches.JOINED_EDITIONS)) for _ in range(4))


def forget_all_but(catalogues: Collection[Catalogue]) -> None:
    """Drop what was made for any other catalogue, here and in every cache that is keyed by them."""
    with _adding:
        stores = list(_stores)
    for store in stores:
        store.keep(lambda catalogue: catalogue in catalogues)


def prepare_actors(catalogue: Catalogue) -> pd.DataFrame:
    """The joined actors with what filters, search and distances need of each (`filters.with_filter_columns`)."""
    return _prepared.get(catalogue, lambda: filters.with_filter_columns(catalogue))


def build_facets(catalogue: Catalogue) -> Facets:
    """The facets of the prepared actors."""
    return _facets.get(catalogue, lambda: facets.build(prepare_actors(catalogue)))


def index_words(catalogue: Catalogue) -> SearchIndex:
    """The words of the prepared actors."""
    return _words.get(catalogue, lambda: search.build(prepare_actors(catalogue)))


def trace_lifetimes(catalogue: Catalogue) -> Lifetimes:
    """From when to when each actor is known to have been there."""
    return _lives.get(catalogue, lambda: lifetimes.trace_lifetimes(catalogue))


@dataclass(frozen=True, eq=False)
class QueryResult:
    """The answer to a Filters value. Rows, their order and the counts are made when first asked for: each page pays for what it shows.

    `keep` marks the rows of `everyone` that are left, `free` those that words and space keep; `origin` is where distances start;
    `unsure` are rows that all else keeps and of which nobody knows whether they are near enough, `undated` those of which no date says
    whether they were there in the year asked for; `first` marks those with the role that ranks before the others, None where none does.
    """

    asked: Filters
    built: Facets
    free: Mask
    keep: Mask
    origin: Origin | None
    scores: Weights | None
    distances: Kilometres | None
    unsure: int = 0
    first: Mask | None = None
    undated: int = 0

    @property
    def everyone(self) -> pd.DataFrame:
        """All prepared actors."""
        return self.built.actors

    @property
    def total(self) -> int:
        """How many rows are left."""
        return int(self.keep.sum())

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """What `facets.count_values` says, with words and space applied."""
        return facets.count_values(self.asked, self.built, self.free)

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The rows left, in the order of the register."""
        return self.everyone[self.keep]

    @cached_property
    def score(self) -> pd.Series | None:
        """Actor id -> relevance, over 0 to 100, best first; None where nothing is searched. A role that ranks first is worth half."""
        if self.scores is None:
            return None
        ranked = self.scores if self.first is None else self.scores / 2 + 50 * self.first
        return self._select_numbers(ranked).sort_values(ascending=False, kind="stable").rename("score")

    @cached_property
    def ranked_first(self) -> frozenset[str]:
        """Ids of the rows left that have the role which ranks first."""
        return frozenset() if self.first is None else frozenset(self.everyone.index[self.keep & self.first])

    @cached_property
    def distance_km(self) -> pd.Series | None:
        """Actor id -> kilometres, nearest first, nan last (known by an area only); None where no place is given, or an area."""
        return None if self.distances is None else self._select_numbers(self.distances).sort_values(kind="stable").rename("distance_km")

    def _select_numbers(self, numbers: npt.NDArray[np.float64]) -> pd.Series:
        return pd.Series(numbers[self.keep], index=self.everyone.index[self.keep])


def select(filters: Filters, catalogue: Catalogue) -> QueryResult:
    """Everything a Filters value asks for, words, space and time included; a place or a drawing that means nothing keeps every row."""
    built = build_facets(catalogue)
    actors, free = built.actors, np.ones(len(built.actors), dtype=bool)
    scores = search.score_rows(index_words(catalogue), filters.q) if filters.q else None
    origin = proximity.find_origin(filters.near, catalogue) if filters.near else None
    distances = proximity.measure_distances(actors, origin[:2]) if origin and not origin.is_area else None
    corners = proximity.parse_vertices(filters.area) if filters.area else None
    drawn = proximity.mark_inside(actors, corners, catalogue.territory) if corners else None
    if scores is not None:
        free &= scores > 0
    if drawn is not None:
        free &= drawn.to_numpy()
    there, unknown = _mark_time(filters, catalogue)
    unsure = 0
    if origin:
        perhaps = free & there & proximity.mark_perhaps_near(actors, origin, filters.km, catalogue.territory).to_numpy()
        unsure = int(facets.mark_rows(filters, built, perhaps).sum())
        free &= proximity.mark_near(actors, origin, filters.km, catalogue.territory).to_numpy()
    undated = int(facets.mark_rows(filters, built, free & unknown).sum()) if filters.etat else 0
    free &= there
    first = facets.mark(built, "role", (filters.first,)) if filters.first else None
    return QueryResult(filters, built, free, facets.mark_rows(filters, built, free), origin, scores, distances, unsure, first, undated)


def _mark_time(filters: Filters, catalogue: Catalogue) -> tuple[Mask, Mask]:
    """Which actors were there at the end of the year asked for, and of which no date says so; all and none without a year."""
    if not filters.etat:
        every = np.ones(len(catalogue.actors), dtype=bool)
        return every, ~every
    found = lifetimes.classify_year(trace_lifetimes(catalogue), int(filters.etat))
    return found == Existence.THERE, found == Existence.UNDATED


def count_by_year(filters: Filters, catalogue: Catalogue) -> pd.DataFrame:
    """What `select` would count with each year in turn, of facets alone (index: year; columns: there, undated)."""
    built = build_facets(catalogue)
    kept = facets.mark_rows(replace(keep_facets(filters), etat=str(lifetimes.FIRST_YEAR)), built)
    return lifetimes.count_by_year(trace_lifetimes(catalogue), kept)


def list_sorts(found: QueryResult) -> list[str]:
    """The orders that mean something for this answer, the most telling first."""
    offered = {"relevance": found.score is not None, "distance": found.distance_km is not None, "name": True, "date": True}
    return [key for key, here in offered.items() if here]


def sort_rows(found: QueryResult, sort: str) -> pd.DataFrame:
    """The rows of the answer in the order asked for; names break ties."""
    rows = found.actors.sort_values("name", key=lambda names: names.map(fold))
    if sort == "relevance" and found.score is not None:
        return rows.loc[found.score.reindex(rows.index).sort_values(ascending=False, kind="stable").index]
    if sort == "distance" and found.distance_km is not None:
        return rows.loc[found.distance_km.reindex(rows.index).sort_values(kind="stable").index]
    return rows.sort_values("source_year", ascending=False, kind="stable") if sort == "date" else rows
