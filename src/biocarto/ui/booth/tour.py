"""The Tour on the stand: the map of France, seven numbers, and what is known of one stage."""

from __future__ import annotations

import streamlit as st

from biocarto.analysis import tour
from biocarto.booth.shortlist import Shortlist
from biocarto.maps.base import FRANCE
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.rows import each, one
from biocarto.ui.booth import actors, frame
from biocarto.ui.shared import figures, map_view, stages
from biocarto.ui.shared.language import text
from biocarto.ui.shared.markup import show_html


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """What the Tour was; a number or a region opens its stage."""
    chosen = stages.chosen(catalogue)
    drawing, side = frame.room()
    with drawing:
        map_view.show(FRANCE, [stages.layer(catalogue, chosen)], stages.picked, height=actors.HEIGHT)
    with side:
        if chosen:
            _numbers(catalogue, chosen)
            show_html(cards.stage(one(catalogue.stages, chosen), catalogue.clusters, text()))
        else:
            _whole(catalogue)


def _open(stage: str) -> None:
    stages.picked("stage", stage)


def _numbers(catalogue: Catalogue, chosen: str) -> None:
    items = [(row["id"], str(row["order"]), "") for row in each(catalogue.stages)]
    frame.tiles("stage", items, _open, [chosen], look="numbers")


def _whole(catalogue: Catalogue) -> None:
    """The Tour in four figures and a sentence, then its stages by name."""
    t, summary = text(), tour.summary(catalogue)
    figures.row(figures.tour(summary))
    st.markdown(f"{t(stages.WHAT)} {stages.dates(catalogue)}")
    frame.lead(t("Touchez une étape ou une région."))
    frame.tiles("stage", [(row["id"], str(row["order"]), ", ".join(row["regions"])) for row in each(catalogue.stages)], _open)
    st.markdown(cards.tour_unvisited(catalogue, summary, t))
