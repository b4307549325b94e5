"""A question of the search box: what its words mean, what answers it in and beyond the register, and what to offer where nothing does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from biocarto.analysis import nationwide
from biocarto.analysis.nationwide import Answer, Nation
from biocarto.query import filters, interpretation, phrase_index, proximity, suggestions
from biocarto.query.filters import NAMES, Filters
from biocarto.query.interpretation import Interpretation, PhraseIndex
from biocarto.query.phrase_index import FacetPhrases
from biocarto.query.select import QueryResult, index_words, select
from biocarto.query.suggestions import Suggestion
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, cache

ANYWHERE = Filters()


def load_nation(catalogue: Catalogue) -> Nation:
    """National sites, clusters, networks and events: made once."""
    return cache.make_once("nation", lambda: nationwide.build(catalogue))


def _phrase_index(catalogue: Catalogue) -> PhraseIndex:
    return cache.make_once(
        "phrase index", lambda: interpretation.build_index(catalogue, (index_words(catalogue), load_nation(catalogue).index))
    )


def build_phrases(catalogue: Catalogue) -> FacetPhrases:
    """What words may mean exactly: made once."""
    return cache.make_once("phrases", lambda: phrase_index.build(catalogue, filters.list_options(cache.load_actors())))


def prepare(catalogue: Catalogue) -> None:
    """What the first question would wait for."""
    _list_accepted_values(catalogue)
    _phrase_index(catalogue)
    build_phrases(catalogue)
    answer(ANYWHERE, catalogue)


def interpret(asked: Filters, catalogue: Catalogue) -> Interpretation:
    """What the question of the address means."""
    return interpretation.interpret(asked, _phrase_index(catalogue))


def answer(chosen: Filters, catalogue: Catalogue) -> QueryResult:
    """The rows of the register that a question leaves, and the counts of every facet."""
    return cache.make_for_filters("answer", chosen, lambda: select(chosen, catalogue))


def answer_beyond(chosen: Filters, catalogue: Catalogue) -> Answer:
    """The national sites, clusters, networks and events that it leaves."""
    origin = proximity.find_origin(chosen.near, catalogue) if chosen.near else None
    return cache.make_for_filters("answer beyond", chosen, lambda: nationwide.select(chosen, load_nation(catalogue), origin))


class RunAnswers:
    """The answers of one run of a page, each question answered once however many of its parts ask.

    It is handed on and ends with the run: what a visitor typed is kept nowhere else.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._found: dict[Filters, QueryResult] = {}
        self._beyond: dict[Filters, Answer] = {}

    def find(self, chosen: Filters) -> QueryResult:
        """The rows of the register."""
        if chosen not in self._found:
            self._found[chosen] = answer(chosen, self.catalogue)
        return self._found[chosen]

    def find_beyond(self, chosen: Filters) -> Answer:
        """What answers besides them."""
        if chosen not in self._beyond:
            self._beyond[chosen] = answer_beyond(chosen, self.catalogue)
        return self._beyond[chosen]

    def count(self, chosen: Filters) -> int:
        """The rows of both."""
        return self.find(chosen).total + len(self.find_beyond(chosen).rows)

    def suggest(self, chosen: Filters) -> list[Suggestion]:
        """What is near a question that nothing answers."""
        meant = phrase_index.interpret_exactly(chosen, build_phrases(self.catalogue)) if chosen.q else None
        return suggestions.suggest(chosen, meant, self.count)


def drop_place(chosen: Filters) -> Filters:
    """The same question wherever it may be."""
    return replace(chosen, near="", km=ANYWHERE.km, area="", department=(), epci=(), commune=(), region=())


def read_meaning(asked: Filters) -> Filters:
    """The same question with its words read."""
    return replace(asked, literal="")


def ask(chosen: Filters) -> None:
    """Put another question into the address."""
    address.replace_params([*NAMES, "page", "actor", "place"], chosen.to_params())  # type: ignore[arg-type]


def count_by_region(answer: Answer, found: QueryResult, regions: pd.Index) -> dict[str, int]:
    """Region code -> what is left by it, in the register and beyond."""
    here = found.counts["region"]
    return {str(code): here.get(str(code), 0) + answer.regions.get(str(code), 0) for code in regions}


def read(catalogue: Catalogue) -> Filters:
    """The question of the address; what means nothing is named in a notice and ignored."""
    chosen, dropped = filters.read(address.read_params(NAMES), _list_accepted_values(catalogue))
    address.note_unknown(dropped)
    return chosen


def _list_accepted_values(catalogue: Catalogue) -> dict[str, Collection[str]]:
    return cache.make_once("directory values", lambda: filters.list_accepted_values(cache.load_actors(), catalogue))
