"""Two editions side by side: every row that differs, whatever came between them."""

from __future__ import annotations

import streamlit as st

from biocarto.analysis.changelog import compare_editions
from biocarto.register.tables import Tables
from biocarto.render import changes as change_html
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


@st.fragment
def show(found: Tables) -> None:
    """Choose both; nothing before a second edition has changed something. Only this part of the page reruns."""
    t, names = get_locale(), list(dict.fromkeys(change.edition for change in found.changes))
    if len(names) < 2:
        return
    st.subheader(t("Comparer deux éditions"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="edition-comparison"):
        first = t("avant la première de cette liste")
        earlier = st.selectbox(
            t("De l'édition"),
            ["", *names[:-1]],
            format_func=lambda name: t.edition(name) if name else first,
            key="earlier-edition",
            width=300,
        )
        after = names[names.index(earlier) + 1 if earlier else 0 :][::-1]
        later = st.selectbox(t("À l'édition"), after, format_func=t.edition, key="later-edition", width=300)
    titles = {name: str(about[f"title_{t.language}"]) for name, about in found.resources.items()}
    show_html(
        cache.make_once(
            f"editions {earlier} {later}",
            lambda: change_html.render_comparison(compare_editions(found.changes, earlier, later), titles, t),
            t.language,
        )
    )
