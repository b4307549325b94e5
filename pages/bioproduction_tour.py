"""The French Bioproduction Tour: seven stages, who organised them, and the regions that had none."""

import streamlit as st

from biocarto.analysis import tour
from biocarto.maps.base import FRANCE
from biocarto.ui import cache, figures, frame, map_view, stage_sheet, stages
from biocarto.ui.language import current, text

t = text()
catalogue = cache.catalogue()
summary = cache.once("tour summary", lambda: tour.summary(catalogue))

frame.heading(
    t("Le French Bioproduction Tour"),
    f"{t(stages.WHAT)} {stages.dates(catalogue)}",
)


@st.fragment
def show_stages() -> None:
    """The map and the sheet of the chosen stage, always in step."""
    chosen = stages.chosen(catalogue)
    drawing, sheet = st.columns([2, 1])
    with drawing:
        map_view.show(FRANCE, [stages.layer(catalogue, chosen)], stages.picked, height=620)
    with sheet:
        stage_sheet.picker(catalogue, chosen)
        stage_sheet.show(catalogue, chosen)


show_stages()
figures.row(cache.once("tour figures", lambda: figures.tour(summary), current()))
stage_sheet.organisers(catalogue)
stage_sheet.unvisited(catalogue, summary)
stage_sheet.unknown(catalogue)
