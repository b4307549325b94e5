"""Every table of the register as a file: with labels for a spreadsheet, with names and codes for a program."""

from __future__ import annotations

from functools import partial

import streamlit as st

from biocarto.clock import read_today
from biocarto.export import selection
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection, build_file_name, ignore_progress
from biocarto.register.tables import Tables
from biocarto.ui.shared import downloads
from biocarto.ui.shared.language import get_language, get_locale

KINDS = ("xlsx", "csv-excel", "csv")


def _choose(found: Tables, name: str) -> Selection:
    about, lang = found.resources[name], get_language()
    return selection.select_table(name, getattr(found, name), link=downloads.build_file_link(), made=read_today(), about=about, lang=lang)


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
