"""Every table of the register as a file: with labels for a spreadsheet, with names and codes for a program."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from biocarto.addresses import FILES
from biocarto.clock import read_today
from biocarto.export import selection
from biocarto.export.edition import build_address, refer_to_edition
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection, build_file_name, ignore_progress
from biocarto.register.tables import Tables
from biocarto.render.edition_files import render_links
from biocarto.ui.shared import cache, downloads
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

KINDS = ("xlsx", "csv-excel", "csv")


def _choose(found: Tables, name: str) -> Selection:
    about, lang = found.resources[name], get_language()
    chosen = selection.select_table(name, getattr(found, name), link=downloads.build_file_link(), made=read_today(), about=about, lang=lang)
    return replace(chosen, reference=refer_to_edition(found.edition, cache.settings()))


@st.fragment
def show(found: Tables) -> None:
    """Choose a table, take it in one of three formats; a file is made when its button is pressed. Only this part of the page reruns."""
    t, titles = get_locale(), {name: about[f"title_{get_language()}"] for name, about in found.resources.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="table-files"):
        name = st.selectbox(t("Télécharger une table"), list(titles), format_func=lambda name: titles[name], key="table-file", width=420)
        chosen = _choose(found, name)
        for kind in (FORMATS[key] for key in KINDS):
            data, named = partial(kind.write, chosen, ignore_progress), build_file_name(chosen, kind.extension, kind.mark)
            st.download_button(
                t(kind.label), data, named, kind.mime, key=f"table-{kind.key}", icon=":material/download:", on_click="ignore"
            )


def show_addresses(edition: str) -> None:
    """Where the same files stay for ever, what their columns mean, what editions have changed; pages beside ours, in the same tab."""
    t, home = get_locale(), build_address(".", edition)
    query = f"?{urlencode({'lang': t.language})}"
    links = {
        t("Toutes les tables et couches de cette édition, à des adresses qui ne changent pas"): f"{home}{query}",
        t("Dictionnaire des tables, colonnes et codes"): f"{home}codebook{query}",
        t("Ce que les éditions ont changé"): f"{home}changes{query}",
        t("Toutes les éditions"): f"./{FILES}/{query}",
    }
    show_html(render_links(links))
