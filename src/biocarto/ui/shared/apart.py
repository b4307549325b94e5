"""Beside a count: how much of it rests on old pages, and what it leaves out, each one tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, messages, pages
from biocarto.ui.shared.language import build_language_params, get_language, get_locale


def _widen(shown: tuple[str, ...], presence: str) -> None:
    address.write("status", [*shown, presence])


def write_undated(count: int) -> str:
    """How many sites no date places in the year that is shown."""
    return get_locale().write_count(count, "{n} site sans date connue, à part", "{n} sites sans date connue, à part")


def show(found: pd.DataFrame, chosen: Filters, counts: Mapping[str, int], catalogue: Catalogue, undated: int = 0) -> None:
    """One line: the share of old pages, a button for each kind of site that is left out, and the way to what is to be checked.

    In a year of the past nothing is left out by its status of today: what is `undated` is told instead, and how to read the year.
    """
    t, shown = get_locale(), chosen.status or (filters.COUNTED,)
    with st.container(horizontal=True, key="apart", gap="small", vertical_alignment="center"):
        told = [labels.tell_old_share(found, catalogue.edition, t), write_undated(undated) if undated else ""]
        if any(said := [*told, t(labels.PAST_NOTE) if chosen.etat else ""]):
            st.markdown(" · ".join(filter(None, said)), width="content")
        if not chosen.etat and (not filters.shows_apart(chosen) or chosen.status):
            for presence, forms in labels.APART.items():
                count = counts.get(presence.value, 0)
                if count and presence.value not in shown:
                    words = labels.label_count(count, *forms, get_language())
                    st.button(f"+ {messages.escape_markdown(words)}", key=f"with-{presence}", on_click=_widen, args=(shown, presence.value))
        params: dict[str, str | list[str]] = {**replace(chosen, status=(), etat="").to_params(), "verifier": "1", **build_language_params()}
        st.page_link(pages.DIRECTORY.path, label=t("À vérifier"), icon=":material/fact_check:", query_params=params)
