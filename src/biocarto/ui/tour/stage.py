"""The stages of the Tour: the picker, the sheet of a stage, who organised, what is missing and what is unknown."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import rows
from biocarto.analysis import tour
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import cards
from biocarto.ui.shared import address, cache, data_table, organisations, printing, report
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

_WIDGET = "stage_picker"
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _go(stage: str) -> None:
    address.write("stage", stage)


def show_picker(catalogue: Catalogue, selected: str) -> None:
    """Seven numbers to tap or to reach by keyboard, and the way back and forth."""
    t, stages = get_locale(), catalogue.stages
    order = dict(zip(stages["id"], stages["order"], strict=True))
    st.session_state[_WIDGET] = selected or None
    before, after = tour.find_neighbours(stages, selected) if selected else ("", next(iter(order), ""))
    with st.container(horizontal=True, key="stage-picker", vertical_alignment="center"):
        st.segmented_control(
            t("Étape"),
            list(order),
            key=_WIDGET,
            format_func=lambda stage: _NUMBERS[int(order[stage]) - 1],
            on_change=address.write_widget,
            args=("stage", _WIDGET),
            label_visibility="collapsed",
        )
        st.button(t("Précédente"), key="stage-before", icon=":material/arrow_back:", disabled=not before, on_click=_go, args=(before,))
        st.button(t("Suivante"), key="stage-after", icon=":material/arrow_forward:", disabled=not after, on_click=_go, args=(after,))


def show(catalogue: Catalogue, selected: str) -> None:
    """What is known of the chosen stage."""
    stage = rows.get_row(catalogue.stages, selected)
    show_html(cards.render_stage(stage, catalogue.clusters, get_locale()))
    show_html(Markup("<h3 class='bc-group'>{}</h3>").format(get_locale()("Leurs réseaux")))
    with st.container(key="sheet-networks", gap=None):
        for cluster in stage["organisers"]:
            organisations.show_page_link(catalogue, cluster)
    with st.container(horizontal=True, key="sheet-actions"):
        report.show("tour_stages", stage)


def show_organisers(catalogue: Catalogue) -> None:
    """The twelve organisers in a table: seat, stages, members; the map's twin."""
    t = get_locale()
    st.header(t("Qui a organisé le Tour"), anchor=False)
    printing.show_dataframe(
        "organisers",
        cache.make_once("organisers", lambda: data_table.write_cells(_organisers(catalogue), get_language()), get_language()),
        alt=t("Qui a organisé le Tour"),
        height="content",
        column_config={
            t("Pôle ou cluster"): st.column_config.Column(width=350),
            t("Siège"): st.column_config.Column(width=155),
            t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir")),
        },
    )


def _organisers(catalogue: Catalogue) -> pd.DataFrame:
    t = get_locale()
    pairs = tour.list_cluster_stages(catalogue.stages).groupby("cluster")["order"].agg(lambda orders: ", ".join(map(str, orders)))
    found = catalogue.clusters.loc[list(tour.summarise_tour(catalogue).organisers)]
    return pd.DataFrame(
        {
            t("Pôle ou cluster"): found["name"],
            t("Nature"): [t(vocabulary.CLUSTER_TYPES[kind]) for kind in found["type"]],
            t("Siège"): found["commune"].replace("", t("non trouvé")),
            t("Étapes"): pairs.reindex(found.index),
            t("Domaine"): [t.read_cell(row, "focus") for row in rows.list_rows(found)],
            t("Source"): found["source_url"].where(found["source_url"].str.startswith("http"), ""),
        }
    )


def show_unvisited(catalogue: Catalogue, summary: tour.TourSummary) -> None:
    """The regions that no stage visited, by name."""
    st.header(get_locale()("Les régions sans étape"), anchor=False)
    st.markdown(cache.make_once("unvisited", lambda: cards.write_tour_unvisited(catalogue, summary, get_locale()), get_language()))


def show_unknown(catalogue: Catalogue) -> None:
    """What the sources do not say."""
    st.header(get_locale()("Ce que nos sources ne disent pas"), anchor=False)
    st.markdown(
        cache.make_once(
            "unknown of the tour",
            lambda: "\n\n".join(cards.write_tour_unknown(catalogue, get_locale(), escape_markdown)),
            get_language(),
        )
    )
