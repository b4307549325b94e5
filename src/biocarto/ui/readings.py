"""What a search may mean exactly: its phrases as values of facets, one tap away, with the number of sites that they would leave."""

from __future__ import annotations

import streamlit as st

from biocarto import filters, phrases
from biocarto.filters import NAMES, Filters
from biocarto.joins import Catalogue
from biocarto.ui import address, cache, directory_search, messages
from biocarto.ui.language import text


def _ask(chosen: Filters) -> None:
    """Put another question into the address."""
    address.clear([*NAMES, "page"])
    for name, values in chosen.to_params().items():
        address.write(name, values)


def _offer(reading: Filters, key: str, catalogue: Catalogue) -> None:
    found = directory_search.answer(reading, catalogue)
    said = " · ".join(shown for _, _, shown in directory_search.narrowed(reading, found))
    st.button(f"{messages.plain(said)} · {found.total}", key=key, icon=":material/filter_alt:", on_click=_ask, args=(reading,))


def build_phrases(catalogue: Catalogue) -> phrases.Phrases:
    """What words may mean: made once."""
    return cache.once("phrases", lambda: phrases.build(catalogue, filters.options(cache.prepared())))


def show(chosen: Filters, catalogue: Catalogue) -> None:
    """The reading of the search, and the same around the commune that it names; nothing where it names no value."""
    reading = phrases.reading(chosen, build_phrases(catalogue)) if chosen.q else None
    if reading is None:
        return
    with st.container(horizontal=True, key="readings", gap="small", vertical_alignment="center"):
        st.markdown(text()("Chercher exactement :"), width="content")
        _offer(reading, "reading", catalogue)
        around = phrases.around(reading)
        if around:
            _offer(around, "reading-around", catalogue)
