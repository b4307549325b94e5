"""The declaration on a page: the parts of `render/accessibility_statement` below Streamlit's headings, and the grid as a file."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.analysis.conformity import GRID, read_grid
from biocarto.clock import read_today
from biocarto.config import Settings
from biocarto.render import accessibility_statement
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


def show(settings: Settings) -> None:
    """Every part of the declaration, counted from the grid at this run; DataError where the grid cannot be read."""
    grid, t = read_grid(), get_locale()
    for part in accessibility_statement.render_declaration(grid, settings, read_today(), t):
        st.header(part.title, anchor=False)
        show_html(Markup("<div class='bc-statement'>{}</div>").format(part.body))
    if grid.criteria:
        label = t("La grille, avec ses preuves (CSV)")
        st.download_button(label, GRID.read_bytes(), "biocarto-rgaa.csv", "text/csv", on_click="ignore", icon=":material/download:")
