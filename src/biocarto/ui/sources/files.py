"""Every table of the register as a file: with labels for a spreadsheet, with names and codes for a program."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from biocarto.export import selection
from biocarto.export.formats import FORMATS
from biocarto.export.selection import Selection, file_name, quiet
from biocarto.register.tables import Tables
from biocarto.ui.shared import downloads
from biocarto.ui.shared.language import current, text

KINDS = ("xlsx", "csv-excel", "csv")


def _choose(found: Tables, name: str) -> Selection:
    about, lang = found.resources[name], current()
    return selection.of_table(name, getattr(found, name), link=downloads.link_for_files(), made=date.today(), about=about, lang=lang)


@st.fragment
def show(found: Tables) -> None:
    """Choose a table, take it in one of three formats; a file is made when its button is pressed. Only this part of the page reruns."""
    t, titles = text(), {name: about[f"title_{current()}"] for name, about in found.resources.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="table-files"):
        name = st.selectbox(t("Télécharger une table"), list(titles), format_func=lambda name: titles[name], key="table-file", width=420)
        chosen = _choose(found, name)
        for kind in (FORMATS[key] for key in KINDS):
            data, named = partial(kind.write, chosen, quiet), file_name(chosen, kind.extension, kind.mark)
            st.download_button(
                t(kind.label), data, named, kind.mime, key=f"table-{kind.key}", icon=":material/download:", on_click="ignore"
            )
