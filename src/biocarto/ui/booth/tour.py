"""The Tour on the stand: the map of France, seven numbers, and what is known of one stage."""

from __future__ import annotations

import streamlit as st

from biocarto.analysis import tour
from biocarto.booth.shortlist import Shortlist
from biocarto.maps.base import FRANCE
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.rows import get_row, list_rows
from biocarto.ui.booth import actors, frame, propose
from biocarto.ui.shared import figures, map_view, stages
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """What the Tour was; a number or a region opens its stage."""
    chosen = stages.read_stage(catalogue)
    drawing, side = frame.build_columns()
    with drawing:
        map_view.show(FRANCE, [stages.build_layer(catalogue, chosen)], stages.pick_stage, height=actors.HEIGHT)
    with side:
        if chosen:
            _numbers(catalogue, chosen)
            show_html(cards.render_stage(get_row(catalogue.stages, chosen), catalogue.clusters, get_locale()))
            propose.show_report_button("tour_stages", chosen)
        else:
            _whole(catalogue)


def _open(stage: str) -> None:
    stages.pick_stage("stage", stage)


def _numbers(catalogue: Catalogue, chosen: str) -> None:
    items = [(row["id"], str(row["order"]), "") for row in list_rows(catalogue.stages)]
    frame.show_tiles("stage", items, _open, [chosen], look="numbers")


def _whole(catalogue: Catalogue) -> None:
    """The Tour in four figures and a sentence, then its stages by name."""
    t, summary = get_locale(), tour.summarise_tour(catalogue)
    figures.show_row(figures.render_tour(summary))
    st.markdown(f"{t(stages.WHAT)} {stages.write_dates(catalogue)}")
    frame.show_heading(t("Touchez une étape ou une région."))
    frame.show_tiles("stage", [(row["id"], str(row["order"]), ", ".join(row["regions"])) for row in list_rows(catalogue.stages)], _open)
    st.markdown(cards.write_tour_unvisited(catalogue, summary, t))
