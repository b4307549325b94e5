"""The register and its questions, indexed once per process."""

from __future__ import annotations

from functools import cache

import pandas as pd

from biocarto.analysis import nationwide
from biocarto.analysis.nationwide import Answer, Nation
from biocarto.query import interpretation, proximity
from biocarto.query.filters import Filters
from biocarto.query.interpretation import Interpretation, PhraseIndex
from biocarto.query.search import SearchIndex
from biocarto.query.select import QueryResult, index_words, prepare_actors, select
from tests.support.register import joined


def actors() -> pd.DataFrame:
    """The real actors, prepared."""
    return prepare_actors(joined())


def actor_index() -> SearchIndex:
    """The words of the actors."""
    return index_words(joined())


@cache
def nation() -> Nation:
    """National sites, clusters, networks and events."""
    return nationwide.build(joined())


@cache
def phrase_index() -> PhraseIndex:
    """What words may mean."""
    return interpretation.build_index(joined(), (actor_index(), nation().index))


def interpret(text: str, **asked: object) -> Interpretation:
    """What a question means."""
    return interpretation.interpret(Filters(q=text, **asked), phrase_index())  # type: ignore[arg-type]


def answer(chosen: Filters) -> QueryResult:
    """The actors that a question leaves."""
    return select(chosen, joined())


def answer_beyond(chosen: Filters) -> Answer:
    """What it leaves besides actors."""
    return nationwide.select(chosen, nation(), proximity.find_origin(chosen.near, joined()) if chosen.near else None)
