"""On a phone, the filters and choices of a page stand behind one button that counts them; wider screens show them all and no button."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from biocarto import scripts
from biocarto.query.filters import Filters

ROW = "facets"
"""The key of the row that the button opens: a container of every page that has one."""

_UNCOUNTED = frozenset({"q", "km", "first", "literal"})
"""What belongs to the words of a question, or to its place."""

_button = st.components.v2.component(
    "biocarto_filter_fold",
    html="<button type='button' class='bc-button bc-fold' aria-expanded='false'></button>",
    js=scripts.read_script(Path(__file__).with_name("filter_fold.js")),
    isolate_styles=False,
)


def count_chosen(chosen: Filters) -> int:
    """How many values narrow the selection, as the chips count them; a distance belongs to its place."""
    return sum(len(values) for name, values in chosen.to_params().items() if name not in _UNCOUNTED)


def show(label: str, chosen: Filters) -> None:
    """The button, before the row."""
    count = count_chosen(chosen)
    with st.container(key="filter-fold"):
        _button(data={"label": f"{label} · {count}" if count else label, "row": f"st-key-{ROW}"}, key="filter-fold-button")
