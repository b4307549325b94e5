"""What narrows the directory, in words: a sentence, and a chip for each thing that one tap takes away."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from biocarto.query.filters import Filters
from biocarto.query.interpretation import Interpretation
from biocarto.query.select import QueryResult
from biocarto.ui.shared import accessibility, active_filters, address, messages, questions
from biocarto.ui.shared.language import get_locale


def _remove(name: str, value: str, meant: Interpretation) -> None:
    """Take one thing away; the rest of what was read from the words stays, as a choice."""
    left = meant.filters.without(name, value)
    questions.ask(left.without("km", "") if name == "near" else left)


def show_chips(meant: Interpretation, found: QueryResult, summary: str) -> None:
    """The selection as a sentence, a chip for all that narrows it, one tap to clear."""
    t = get_locale()
    with st.container(horizontal=True, key="chosen", gap="small", vertical_alignment="center"):
        st.markdown(f"**{summary}**", width="content")
        for name, value, shown in active_filters.list_active_filters(meant.filters, found):
            label = f"{messages.escape_markdown(shown)} ✕"
            st.button(label, key=f"drop-{name}-{value}", help=t("Retirer ce filtre"), on_click=_remove, args=(name, value, meant))
        accessibility.announce("count", summary)
        if meant.asked != Filters():
            st.button(t("Tout effacer"), key="clear", type="tertiary", on_click=address.clear, args=([f.name for f in fields(Filters)],))
