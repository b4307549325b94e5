"""A list kept at a stand, opened on a phone: exactly those actors, in their order, whatever else the address asks for."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto import labels
from biocarto.booth import shortlist
from biocarto.booth.shortlist import KEEP, MOST, Shortlist
from biocarto.filters import Filters
from biocarto.joins import Catalogue
from biocarto.ui import address, directory_results, questions, take_away
from biocarto.ui.language import current, text


def read(catalogue: Catalogue) -> Shortlist:
    """The list of the address; what means nothing (any more) is named in a notice."""
    found = shortlist.read(address.values(KEEP), catalogue)
    address.note_unknown(found.unknown)
    return found


def show(kept: Shortlist, catalogue: Catalogue) -> pd.DataFrame:
    """The list as the directory shows any other, whatever their status, and the way to all actors; its rows in their order."""
    t = text()
    count = labels.counted(len(kept.ids), t("acteur gardé au stand"), t("acteurs gardés au stand"), current())
    with st.container(horizontal=True, key="kept", vertical_alignment="center"):
        st.markdown(f"**{count}**", width="content")
        st.button(t("Voir tout l'annuaire"), key="leave-kept", icon=":material/close:", on_click=address.clear, args=([KEEP],))
    if kept.beyond:
        st.info(t("{n} acteurs de plus ne tiennent pas : une liste en compte {most}.").format(n=len(kept.beyond), most=MOST))
    rows = catalogue.actors.loc[list(kept.ids)]
    with st.container(horizontal=True, key="directory-tools", vertical_alignment="bottom"):
        take_away.formats(rows, [(t("Gardés au stand"), count)], catalogue)
        take_away.link()
    directory_results.show(rows, questions.answer(Filters(), catalogue), Filters(), catalogue)
    return rows
