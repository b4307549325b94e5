"""Whatever a program writes into an address: an answer, or a refusal in words; never a fault of ours."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.api.ogc.parameters import FEATURES
from biocarto.export.collections.library import NAMES
from tests.support.ogc import GEOJSON, PROBLEM, get

_WORDS = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1",
        "1e9",
        "nan",
        "inf",
        "null",
        "..",
        "../..",
        "2016",
        "2016/2017",
        "2,48,3,49",
        "kind='company'",
        "founded>2000",
        "-name",
    ]
)
_NUMBERS = st.lists(st.floats(), min_size=1, max_size=7).map(lambda found: ",".join(map(str, found)))
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
_VALUES = st.one_of(_WORDS, _NUMBERS, _TEXTS, st.integers().map(str))
_PARAMETERS = st.sampled_from([*FEATURES, "kind", "founded", "modalities", "latitude", "count", "covered", "modality", "status"])


def _require_words(path: str) -> None:
    answer = get(path)
    if answer.status == 200:
        assert answer.headers["content-type"].startswith((GEOJSON, "text/html"))
        return
    assert answer.status in {400, 404}
    assert answer.headers["content-type"] == PROBLEM
    problem = json.loads(answer.body)
    assert problem["detail"]
    assert problem["detail_fr"]


@given(st.sampled_from(NAMES), st.lists(st.tuples(_PARAMETERS, _VALUES), max_size=5))
def test_any_question_is_answered_or_refused_in_words(name: str, query: list[tuple[str, str]]) -> None:
    """Known parameters with any value."""
    _require_words(f"/collections/{name}/items?{urlencode(query)}")


@given(st.dictionaries(_TEXTS, _TEXTS, max_size=4))
def test_any_parameter_is_known_or_refused(query: dict[str, str]) -> None:
    """Names that nobody thought of."""
    _require_words(f"/collections/actors/items?{urlencode(query)}")


@given(_TEXTS)
def test_any_id_is_found_or_refused(text: str) -> None:
    """Of a collection and of a feature."""
    for path in (f"/collections/{quote(text, safe='')}/items", f"/collections/actors/items/{quote(text, safe='')}"):
        answer = get(path)
        assert answer.status in {200, 308, 404}
        assert answer.status != 404 or answer.headers["content-type"] in {PROBLEM, "text/plain; charset=utf-8"}


@pytest.mark.parametrize("length", [15_000, 100_000])
def test_a_long_filter_is_refused_before_it_is_read(length: int) -> None:
    """The guard of the server lets 16 kB of an address pass."""
    _require_words(f"/collections/actors/items?filter={'NOT%20' * (length // 4)}kind='a'")


def test_what_is_written_is_text_on_a_page() -> None:
    """Nothing of an address or of the register is HTML."""
    page = get("/collections/actors/items?f=html&kind=%3Cscript%3Ealert(1)%3C/script%3E").body.decode()
    assert "<script>alert" not in page
