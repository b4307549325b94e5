"""Beside a count: how much of it rests on old pages, and what it leaves out, each one tap away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.model import Presence
from biocarto.query import filters
from biocarto.query.filters import Filters
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address, cache, messages, pages
from biocarto.ui.shared.language import current, spoken, text


def _count(chosen: Filters, within: tuple[str, str], catalogue: Catalogue) -> dict[str, int]:
    everything = replace(chosen, status=tuple(presence.value for presence in Presence))
    rows = filters.apply(everything, catalogue.actors)
    counts = restrict(rows, within)["presence"].value_counts()
    return {str(presence): int(count) for presence, count in counts.items()}


def restrict(rows: pd.DataFrame, within: tuple[str, str]) -> pd.DataFrame:
    """The rows whose column is a code: `("department_code", "93")`; all of them without a column."""
    column, code = within
    return rows[rows[column].eq(code)] if column else rows


def count_presences(chosen: Filters, catalogue: Catalogue, within: tuple[str, str] = ("", "")) -> dict[str, int]:
    """Presence -> sites that the facets leave, whatever status is asked for, of a territory where one is given."""
    return cache.filtered("presences", chosen, lambda: _count(chosen, within, catalogue), within)


def _widen(shown: tuple[str, ...], presence: str) -> None:
    address.write("status", [*shown, presence])


def show(found: pd.DataFrame, chosen: Filters, counts: Mapping[str, int], catalogue: Catalogue) -> None:
    """One line: the share of old pages, a button for each kind of site that is left out, and the way to what is to be checked."""
    t, shown = text(), chosen.status or (filters.COUNTED,)
    with st.container(horizontal=True, key="apart", gap="small", vertical_alignment="center"):
        if len(found):
            st.markdown(labels.tell_old_share(found, catalogue.edition, t), width="content")
        if not filters.shows_apart(chosen) or chosen.status:
            for presence, forms in labels.APART.items():
                count = counts.get(presence.value, 0)
                if count and presence.value not in shown:
                    words = labels.counted(count, *forms, current())
                    st.button(f"+ {messages.plain(words)}", key=f"with-{presence}", on_click=_widen, args=(shown, presence.value))
        params: dict[str, str | list[str]] = {**replace(chosen, status=()).to_params(), "verifier": "1", **spoken()}
        st.page_link(pages.DIRECTORY.path, label=t("À vérifier"), icon=":material/fact_check:", query_params=params)
