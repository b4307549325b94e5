"""The rows that an embed shows: the same question as on the pages, answered in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from biocarto import caches, labels
from biocarto.analysis import nationwide
from biocarto.analysis.places import find_extent
from biocarto.caches import Cache
from biocarto.export.active_filters import list_filters
from biocarto.i18n import Locale
from biocarto.maps.base import Bounds
from biocarto.query import filters, interpretation
from biocarto.query.address import Params
from biocarto.query.filters import DroppedValue, Filters
from biocarto.query.interpretation import PhraseIndex
from biocarto.query.select import QueryResult, index_words, key_by_catalogue, prepare_actors, select
from biocarto.register.catalogue import Catalogue

_phrases = key_by_catalogue(Cache(caches.JOINED_EDITIONS))


@dataclass(frozen=True, eq=False)
class EmbedSelection:
    """What was asked for, what its words mean, the rows left, and what of the address means nothing."""

    asked: Filters
    chosen: Filters
    found: QueryResult
    dropped: Sequence[DroppedValue]
    catalogue: Catalogue

    @property
    def params(self) -> Params:
        """The address of the same question."""
        return self.asked.to_params()

    def find_bounds(self) -> Bounds | None:
        """Where a map looks: at what filters have found, at the whole region without any."""
        return find_extent(self.found.actors, self.catalogue.territory) if replace(self.chosen, etat="") != Filters() else None

    def describe(self, t: Locale) -> str:
        """How many there are, and what narrows them, in words."""
        count = labels.label_count(self.found.total, "site d'acteur", "sites d'acteurs", t.language)
        return " · ".join([count, *(text for _, _, text in list_filters(self.chosen, self.found.origin, self.catalogue, t))])


def read_filters(params: Params, catalogue: Catalogue) -> tuple[Filters, tuple[DroppedValue, ...]]:
    """The filters of an address; what means nothing is named."""
    asked, dropped = filters.read(params, filters.list_accepted_values(prepare_actors(catalogue), catalogue))
    return asked, tuple(dropped)


def select_rows(asked: Filters, dropped: Sequence[DroppedValue], catalogue: Catalogue) -> EmbedSelection:
    """The rows of a question, whose words are read as in the directory."""
    chosen = interpretation.interpret(asked, _build_phrases(catalogue)).filters if asked.q else asked
    return EmbedSelection(asked, chosen, select(chosen, catalogue), dropped, catalogue)


def _build_phrases(catalogue: Catalogue) -> PhraseIndex:
    return _phrases.get(
        catalogue, lambda: interpretation.build_index(catalogue, (index_words(catalogue), nationwide.build(catalogue).index))
    )
