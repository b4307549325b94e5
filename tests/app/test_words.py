"""Every page, in both languages, with what it shows on request: each number agrees with its noun and is written as people write it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd
import pytest
import streamlit as st
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from tests.support.markup import find_shown_markup
from tests.support.pages import PAGES, opened
from tests.support.typography import find_slips

STATES: dict[str, tuple[dict[str, str | list[str]], ...]] = {
    "coverage": ({"territory": "75", "measure": "rate"}, {"territory": "77", "with": "91", "absence": "incubation", "region": "84"}),
    "directory": (
        {"actor": "abivax", "compare": ["abivax", "altar"]},
        {"q": "Genopole"},
        {"q": "abivax"},
        {"commune": "75056"},
        {"kind": "integrator"},
    ),
    "ile_de_france": ({}, {"place": "site-genopole"}, {"level": "epci", "measure": "rate", "territory": "75056"}, {"actor": "abivax"}),
    "bioproduction_tour": ({"stage": "stage-2"},),
    "networks": ({"cluster": "medicen"}, {"network": "cebr"}, {"network": "carto-biotherapies-2023"}),
    "booth": ({}, {"door": "near", "near": "91228"}, {"door": "near", "department": "77"}, {"door": "who"}, {"door": "survey"}),
    "sources": ({},),
    "legal_notice": ({},),
    "accessibility": ({},),
    "overview": ({},),
    "desk": ({}, {"connexion": "echec"}),
}
"""Page -> what addresses ask for."""

_ELEMENTS = (
    *("title", "header", "subheader", "markdown", "caption", "warning", "info", "success", "html"),
    *("button", "expander", "popover", "selectbox", "page_link", "button_group"),
)
_QUOTED = {"Code", "Source", "Lien", "Link", "Titre de la source", "Title of the source"}
"""Columns of codes and addresses, and of titles as others wrote them."""

_TWIN = "<div class='bc-printed'><table"
"""A table once more, for paper: its cells are read below."""


def said(app: AppTest) -> Iterator[str]:
    """Everything that a page says, piece by piece: words, HTML, labels, options, and the cells of tables as they are shown."""
    for kind in _ELEMENTS:
        for element in app.get(kind):
            proto = element.proto
            texts = (str(getattr(proto, name, "")) for name in ("body", "label"))
            yield from (text for text in texts if text and not text.startswith(_TWIN))
            yield from (str(option.content) for option in getattr(proto, "options", ()) if kind == "button_group")
    for table in app.dataframe:
        yield from cells(table.proto)


def cells(proto: object) -> Iterator[str]:
    """The cells of a table as a reader sees them."""
    data = proto.arrow_data  # type: ignore[attr-defined]
    frame = dataframe_util.convert_arrow_bytes_to_pandas_df(data.styler.display_values or data.data)
    numbers = [] if data.styler.display_values else list(frame.select_dtypes("number"))
    assert numbers == [], "a column of numbers that Streamlit writes in the browser's own way"
    words: pd.DataFrame = frame.drop(columns=[name for name in frame if name in _QUOTED])
    yield from (str(cell) for cell in words.to_numpy().ravel())


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_is_written_as_people_read_it(monkeypatch: pytest.MonkeyPatch, page: str, lang: str) -> None:
    """No `1 lignes`, no 4.14 on a French page, no 2103778, no ISO day, no `Paris, Paris`, no tag; what is folded is opened first."""
    closed = st.expander
    monkeypatch.setattr(st, "expander", lambda *label, **options: partial(closed, *label)(**options | {"expanded": True}))
    slips, pieces, tags = [], 0, []
    for params in STATES[page]:
        app = opened(page, lang=lang, **params)
        assert not app.exception
        for text in said(app):
            pieces += 1
            slips += [(str(params), slip) for slip in find_slips(text, lang)]
        tags += [(str(params), tag) for element in app.get("html") for tag in find_shown_markup(element.proto.body)]
    assert pieces > 5
    assert slips == []
    assert tags == []
