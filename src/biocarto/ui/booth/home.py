"""Behind the attract loop: five doors, and what a visitor may leave."""

from __future__ import annotations

import streamlit as st

from biocarto.booth.shortlist import Shortlist
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import doors, propose, state
from biocarto.ui.shared.language import get_locale


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The doors, and below them a need and the staff's part."""
    t = get_locale()
    doors.show(catalogue)
    with st.container(horizontal=True, key="booth-foot"):
        st.button(t("Dire un besoin"), key="booth-need", icon=":material/record_voice_over:", on_click=state.navigate, args=("need",))
        propose.show_new_button()
        st.button(t("Équipe"), key="booth-staff", type="tertiary", on_click=state.navigate, args=("staff",))
