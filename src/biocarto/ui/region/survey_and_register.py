"""The survey of 2023 and the public register, side by side, each under its own name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto.analysis.breakdown import Register, Survey
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.ui.shared import cache, picture_button
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html


def show(survey: Survey, register: Register, catalogue: Catalogue) -> None:
    """Both breakdowns, and what one says of the other."""
    t = get_locale()
    published, named = st.columns(2)
    with published:
        show_html(cache.make_once("bar of the survey", lambda: cards.render_survey(survey, catalogue, t), t.language))
    with named:
        show_html(cache.make_once("bar of the register", lambda: cards.render_register(register, survey, t), t.language))
    picture_button.show("breakdown", {})


def show_departments(found: pd.DataFrame) -> None:
    """The selection by department, each bar divided by group."""
    t = get_locale()
    st.header(t("Par département"), anchor=False)
    if found.empty:
        st.info(t("Aucun acteur avec ces filtres."))
        return
    show_html(cache.make_for_rows("departments", found, lambda: cards.render_departments(found, t), get_language()))
