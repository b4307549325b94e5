"""The scripts of the static edition answer as the app does: search, facets, sentences, layers, without a browser."""

from __future__ import annotations

import json
import random
import unicodedata
from functools import cache
from typing import Any

import pandas as pd
import pytest
from rapidfuzz.distance import OSA

from biocarto import labels
from biocarto.analysis.places import group_by_place
from biocarto.build.static_edition.content import Content
from biocarto.build.static_edition.payload import build_payload, write_index
from biocarto.i18n import Locale
from biocarto.maps import escape
from biocarto.maps.actors import build_actor_layer
from biocarto.names import fold
from biocarto.query import filters, search
from biocarto.query.filters import Filters
from biocarto.query.select import select
from tests.maps.drawn import installed
from tests.support.edition_questions import PHRASES, QUERIES, STATES, TYPING_ERRORS, UNKNOWN_STATES
from tests.support.node import ask_node
from tests.support.questions import actor_index
from tests.support.register import ROOT, joined, tables

JS = ROOT / "tests" / "js"
ALL_STATES = (*STATES, *UNKNOWN_STATES)


def _type_wrongly(count: int) -> list[str]:
    """Words of the register with letters lost, doubled, swapped or changed, alone and in pairs."""
    chance, words = random.Random(6), actor_index().words

    def mistype() -> str:
        word = chance.choice(words)
        place = chance.randrange(len(word))
        letter = chance.choice("abcdeilnorst")
        before, after = word[:place], word[place + 1 :]
        swapped = before + word[place : place + 2][::-1] + word[place + 2 :]
        return chance.choice((word, before + letter + after, before + after, swapped, before + letter + word[place] + after))

    return [" ".join(mistype() for _ in range(chance.choice((1, 1, 2)))) for _ in range(count)]


SEARCHES = [*QUERIES, *PHRASES, *TYPING_ERRORS, *_type_wrongly(400)]
TEXTS = [
    f"a{chr(code)}b"
    for code in [*range(0x3100), *range(0xA000, 0xB000), *range(0xF900, 0x10500), *range(0x1D100, 0x1D300), *range(0xE0000, 0xE0200)]
    if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
]
"""Every character of the alphabets that Python and the browser both know, between two letters of ours."""


def _read_search(text: str) -> str:
    """A search as the app takes it from an address."""
    return filters.read({"q": [text]}, {})[0].q


@cache
def _ask(lang: str) -> dict[str, Any]:
    content = Content(tables(), joined(), {})
    asked = [{"codes": {name: list(getattr(state, name)) for name in filters.FACETS}, "q": state.q} for state in ALL_STATES]
    data = build_payload(content, installed(), Locale(lang))
    answers: dict[str, Any] = ask_node(
        JS / "ask_static.js", {"payload": data, "searches": SEARCHES, "filters": asked, "texts": TEXTS if lang == "fr" else []}
    )
    return answers | {"codes": {name: facet["codes"] for name, facet in data["facets"].items()}}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_search_answers_as_the_app_does(lang: str) -> None:
    """The same actors in the same order, for words, phrases, typing errors and anything that looks like a word of the register."""
    expected = [list(search.find(actor_index(), text).index) for text in SEARCHES]
    answers = zip(SEARCHES, _ask(lang)["found"], expected, strict=True)
    assert {text: (found, wanted) for text, found, wanted in answers if found != wanted} == {}
    assert sum(bool(rows) for rows in expected[-400:]) > 200


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_rows_counts_words_and_layers_are_those_of_the_app(lang: str) -> None:
    """For every state, those with values that no facet has among them."""
    t, answers = Locale(lang), _ask(lang)
    for state, found in zip(ALL_STATES, answers["selections"], strict=True):
        expected = select(state, joined())
        counts = {name: dict(zip(codes, found["counts"][name], strict=True)) for name, codes in answers["codes"].items()}
        assert sorted(found["ids"]) == sorted(expected.actors.index), state
        assert counts == {name: dict(values) for name, values in expected.counts.items()}, state
        everyone = len(expected.everyone if filters.shows_apart(state) else select(Filters(), joined()).actors)
        assert found["summary"] == labels.summarise_selection(expected.actors, everyone, t)
        drawn = build_actor_layer(group_by_place(expected.actors), t, actors=expected.actors).payload
        drawn.setdefault("ids", [])
        drawn["actors"] = {str(row): actor for row, actor in drawn.get("actors", {}).items()}
        assert found["layer"] == drawn, state


def test_every_character_is_read_as_the_app_reads_it() -> None:
    """Folded for comparing, cleaned for a label, cleaned for a search."""
    expected = [[fold(text), escape.clean_text(text), _read_search(text)] for text in TEXTS]
    assert {ascii(text): pair for text, *pair in zip(TEXTS, _ask("fr")["texts"], expected, strict=True) if pair[0] != pair[1]} == {}


def test_the_tables_that_both_languages_read_hold_in_python() -> None:
    """`node --test` asks the scripts for the same (tests/js/static_words.test.js)."""
    cases = json.loads((JS / "cases" / "static_texts.json").read_text(encoding="utf-8"))
    assert [(text, fold(text)) for text, _ in cases["folds"]] == [tuple(case) for case in cases["folds"]]
    assert [(word, search.stem(word)) for word, _ in cases["stems"]] == [tuple(case) for case in cases["stems"]]
    assert [(text, escape.clean_text(text)) for text, _ in cases["labels"]] == [tuple(case) for case in cases["labels"]]
    assert [(text, _read_search(text)) for text, _ in cases["searches"]] == [tuple(case) for case in cases["searches"]]
    assert [min(OSA.distance(a, b), most + 1) for a, b, most, _ in cases["edits"]] == [count for *_, count in cases["edits"]]


def test_the_small_register_that_both_languages_search_is_that_of_python() -> None:
    """Its index and its answers (tests/js/static_search.test.js)."""
    cases = json.loads((JS / "cases" / "static_search.json").read_text(encoding="utf-8"))
    rows = pd.DataFrame(cases["actors"]).set_index("id")
    index = search.build_index(rows, [(rows["name"], search.NAME), (rows["activity"], search.ACTIVITY)])
    assert write_index(index) == cases["index"]
    assert index.order.tolist() == cases["order"]
    for case in cases["answers"]:
        found = search.find(index, case["typed"])
        assert list(found.index) == case["ids"], case["typed"]
        assert (found.max() if case["ids"] else 0) == pytest.approx(case["best"], abs=1e-6)
