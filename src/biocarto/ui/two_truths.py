"""The survey of 2023 and the public register, side by side, each under its own name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from biocarto.analysis.breakdown import Register, Survey
from biocarto.joins import Catalogue
from biocarto.ui import articles
from biocarto.ui.language import current, text


def show(survey: Survey, register: Register, catalogue: Catalogue) -> None:
    """Both breakdowns, and what one says of the other."""
    published, named = st.columns(2)
    with published:
        st.html(articles.survey(survey, catalogue.figures, text(), current()))
    with named:
        st.html(articles.register(register, survey, text(), current()))


def departments(found: pd.DataFrame) -> None:
    """The selection by department, each bar divided by group."""
    t = text()
    st.header(t("Par département"), anchor=False)
    if found.empty:
        st.info(t("Aucun acteur avec ces filtres."))
        return
    st.html(articles.departments(found, t))
