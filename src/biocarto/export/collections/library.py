"""Every collection of an edition, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from biocarto import caches
from biocarto.caches import Cache
from biocarto.export.collections import register_tables, territories
from biocarto.export.collections.collection import Collection
from biocarto.export.collections.memory_source import MemorySource
from biocarto.export.collections.source import FeatureSource
from biocarto.export.collections.territories import COVERAGE, LEVELS
from biocarto.query.filters import Filters
from biocarto.query.select import key_by_catalogue
from biocarto.register.catalogue import Catalogue

_TABLES: dict[str, Callable[[Catalogue], Collection]] = {
    "actors": register_tables.build_actors,
    "sites": register_tables.build_sites,
    "clusters": register_tables.build_clusters,
    "stages": register_tables.build_stages,
    "national-sites": register_tables.build_national_sites,
}
NAMES: tuple[str, ...] = (*_TABLES, *LEVELS, *(f"{COVERAGE}{name}" for name in LEVELS))
"""The ids of all collections, in the order in which they are listed."""


SourceMaker = Callable[[Collection], FeatureSource]
"""What answers for a collection as it is; a choice of sites is always answered from memory."""


def choose_sources(address: str) -> SourceMaker:
    """Memory, or the database with PostGIS at an address. Nothing is opened yet."""
    if not address:
        return MemorySource
    from biocarto.export.collections.postgis_source import PostgisSource  # noqa: PLC0415 - psycopg is loaded where it is asked for
    from biocarto.store.feature_tables import FeatureDatabase  # noqa: PLC0415 - as above

    return partial(PostgisSource, database=FeatureDatabase(address))


class CollectionLibrary:
    """The collections of the editions that were asked for last, as sources of features; any thread may ask."""

    def __init__(self, make_source: SourceMaker = MemorySource) -> None:
        self._editions = key_by_catalogue(Cache(caches.COLLECTIONS))
        self._make_source = make_source

    def find_source(self, catalogue: Catalogue, name: str, filters: Filters | None = None) -> FeatureSource:
        """The features of a collection; of a coverage, for the sites that `filters` leave. KeyError for another name."""
        edition: _EditionSources = self._editions.get(catalogue, lambda: _EditionSources(catalogue, self._make_source))
        return edition.find(name, filters or Filters())


class _EditionSources:
    def __init__(self, catalogue: Catalogue, make_source: SourceMaker) -> None:
        self._catalogue, self._make_source = catalogue, make_source
        self._sources, self._selections = Cache(caches.COLLECTION_SOURCES), Cache(caches.COVERAGES)
        self._shapes = Cache(caches.COLLECTION_SOURCES)

    def find(self, name: str, filters: Filters) -> FeatureSource:
        if name not in NAMES:
            raise KeyError(name)
        whole = filters == Filters()
        kept, make_source = (self._sources, self._make_source) if whole else (self._selections, MemorySource)
        return kept.get((name, filters), lambda: make_source(self._build(name, filters)))

    def _build(self, name: str, filters: Filters) -> Collection:
        if name in _TABLES:
            return _TABLES[name](self._catalogue)
        plain = territories.name_plain(name)
        if plain != name and filters == Filters():
            return territories.offer_filters(self.find(plain, filters).collection)
        shapes = self._shapes.get(plain, lambda: territories.build_shapes(self._catalogue, plain))
        return territories.build_territories(self._catalogue, name, filters, shapes)
