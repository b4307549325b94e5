"""A list kept at a stand, opened on a phone: exactly those actors, in their order, whatever else the address asks for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.booth import shortlist
from biocarto.booth.shortlist import BEYOND, KEEP, MOST, Shortlist
from biocarto.query.filters import NAMES, DroppedValue, Filters
from biocarto.register.catalogue import Catalogue
from biocarto.ui.directory import results
from biocarto.ui.shared import address, downloads, filter_bar, questions
from biocarto.ui.shared.language import get_language, get_locale


def read(catalogue: Catalogue) -> Shortlist:
    """The list of the address; what means nothing (any more) is named in a notice, and so are filters, which the list has none of."""
    found = shortlist.read(address.read_values(KEEP), catalogue)
    address.note_unknown(found.unknown)
    if found.ids:
        unused = [DroppedValue(name, value) for name in NAMES for value in address.read_values(name) if value.strip()]
        address.note_unknown(unused[: filter_bar.MOST_NAMED])
    return found


def show(kept: Shortlist, catalogue: Catalogue) -> pd.DataFrame:
    """The list as the directory shows any other, whatever their status, and the way to all actors; its rows in their order."""
    t = get_locale()
    count = labels.label_count(len(kept.ids), "acteur gardé au stand", "acteurs gardés au stand", get_language())
    with st.container(horizontal=True, key="kept", vertical_alignment="center"):
        st.markdown(f"**{count}**", width="content")
        st.button(t("Voir tout l'annuaire"), key="leave-kept", icon=":material/close:", on_click=address.clear, args=([KEEP],))
    if kept.beyond:
        st.info(get_locale().write_count(len(kept.beyond), *BEYOND, most=MOST))
    rows = catalogue.actors.loc[list(kept.ids)]
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        downloads.show_formats(rows, [(t("Gardés au stand"), count)], catalogue)
        downloads.show_link()
    results.show(rows, questions.answer(Filters(), catalogue), Filters(), catalogue)
    return rows
