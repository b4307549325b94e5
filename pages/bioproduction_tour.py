"""The French Bioproduction Tour: seven stages, who organised them, and the regions that had none."""

import streamlit as st

from biocarto.analysis import tour
from biocarto.maps.base import FRANCE
from biocarto.ui.shared import cache, figures, frame, map_view, stages
from biocarto.ui.shared.language import current, text
from biocarto.ui.tour import stage

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
        stage.picker(catalogue, chosen)
        stage.show(catalogue, chosen)


show_stages()
figures.row(cache.once("tour figures", lambda: figures.tour(summary), current()))
stage.organisers(catalogue)
stage.unvisited(catalogue, summary)
stage.unknown(catalogue)
