"""A question of the search box: what its words mean, what answers it in and beyond the register, and what to offer where nothing does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from biocarto.analysis import nationwide
from biocarto.analysis.nationwide import Answer, Nation
from biocarto.query import facets, filters, interpretation, phrase_index, proximity, search, suggestions
from biocarto.query.facets import Found
from biocarto.query.filters import NAMES, Filters
from biocarto.query.interpretation import Interpretation, PhraseIndex
from biocarto.query.phrase_index import Phrases
from biocarto.query.search import SearchIndex
from biocarto.query.suggestions import Suggestion
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, cache

ANYWHERE = Filters()


def index() -> SearchIndex:
    """The words of the actors: made once."""
    return cache.once("search index", lambda: search.build(cache.prepared()))


def nation(catalogue: Catalogue) -> Nation:
    """National sites, clusters, networks and events: made once."""
    return cache.once("nation", lambda: nationwide.build(catalogue))


def _phrase_index(catalogue: Catalogue) -> PhraseIndex:
    return cache.once("phrase index", lambda: interpretation.build_index(catalogue, (index(), nation(catalogue).index)))


def build_phrases(catalogue: Catalogue) -> Phrases:
    """What words may mean exactly: made once."""
    return cache.once("phrases", lambda: phrase_index.build(catalogue, filters.options(cache.prepared())))


def prepare(catalogue: Catalogue) -> None:
    """What the first question would wait for."""
    _known(catalogue)
    _phrase_index(catalogue)
    build_phrases(catalogue)
    answer(ANYWHERE, catalogue)


def interpret(asked: Filters, catalogue: Catalogue) -> Interpretation:
    """What the question of the address means."""
    return interpretation.interpret(asked, _phrase_index(catalogue))


def answer(chosen: Filters, catalogue: Catalogue) -> Found:
    """The rows of the register that a question leaves, and the counts of every facet."""
    built = cache.once("facets", lambda: facets.build(cache.prepared()))
    return cache.filtered("answer", chosen, lambda: facets.select(chosen, built, index(), catalogue))


def answer_beyond(chosen: Filters, catalogue: Catalogue) -> Answer:
    """The national sites, clusters, networks and events that it leaves."""
    origin = proximity.origin(chosen.near, catalogue) if chosen.near else None
    return cache.filtered("answer beyond", chosen, lambda: nationwide.select(chosen, nation(catalogue), origin))


def without_place(chosen: Filters) -> Filters:
    """The same question wherever it may be."""
    return replace(chosen, near="", km=ANYWHERE.km, area="", department=(), epci=(), commune=(), region=())


def with_every_status(chosen: Filters) -> Filters:
    """The same question, whatever is known of a site's presence."""
    return replace(chosen, status=cache.filter_options()["status"])


def in_meaning(asked: Filters) -> Filters:
    """The same question with its words read."""
    return replace(asked, literal="")


def suggest(chosen: Filters, catalogue: Catalogue) -> list[Suggestion]:
    """What is near a question that nothing answers."""
    meant = phrase_index.reading(chosen, build_phrases(catalogue)) if chosen.q else None
    statuses = with_every_status(chosen).status

    def count(other: Filters) -> int:
        return answer(other, catalogue).total + len(answer_beyond(other, catalogue).rows)

    return suggestions.suggest(chosen, meant, statuses, count)


def ask(chosen: Filters) -> None:
    """Put another question into the address."""
    address.turn([*NAMES, "page", "actor", "place"], chosen.to_params())  # type: ignore[arg-type]


def of_region(answer: Answer, found: Found, regions: pd.Index) -> dict[str, int]:
    """Region code -> what is left by it, in the register and beyond."""
    here = found.counts["region"]
    return {str(code): here.get(str(code), 0) + answer.regions.get(str(code), 0) for code in regions}


def read(catalogue: Catalogue) -> Filters:
    """The question of the address; what means nothing is named in a notice and ignored."""
    chosen, dropped = filters.read(address.params(NAMES), _known(catalogue))
    address.note_unknown(dropped)
    return chosen


def _known(catalogue: Catalogue) -> dict[str, Collection[str]]:
    return cache.once("directory values", lambda: filters.known(cache.prepared(), catalogue))
