"""The Tour on the stand: the map of France, seven numbers, and what is known of one stage."""

from __future__ import annotations

import streamlit as st

from biocarto.analysis import tour
from biocarto.booth.shortlist import Shortlist
from biocarto.joins import Catalogue
from biocarto.maps.base import FRANCE
from biocarto.rows import each, one
from biocarto.ui import articles, booth_actors, booth_frame, map_view, stage_sheet
from biocarto.ui.language import current, text


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """A number or a region opens its stage."""
    t, chosen = text(), stage_sheet.chosen(catalogue)
    drawing, side = booth_frame.room()
    with drawing:
        map_view.show(FRANCE, [stage_sheet.layer(catalogue, chosen)], stage_sheet.picked, height=booth_actors.HEIGHT)
    with side:
        items = [(row["id"], str(row["order"]), "") for row in each(catalogue.stages)]
        booth_frame.tiles("stage", items, lambda stage: stage_sheet.picked("stage", stage), [chosen])
        if chosen:
            st.html(articles.stage(one(catalogue.stages, chosen), catalogue.clusters, t, current()))
        else:
            booth_frame.lead(t("Touchez une étape ou une région."), stage_sheet.dates(catalogue))
            st.markdown(articles.tour_unvisited(catalogue, tour.summary(catalogue), t))
