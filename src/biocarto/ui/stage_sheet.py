"""The stages of the Tour: the picker, the sheet of a stage, who organised, what is missing and what is unknown."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from biocarto import labels, rows
from biocarto.analysis import tour
from biocarto.export.csv import harmless_frame
from biocarto.i18n import localised
from biocarto.joins import Catalogue
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.tour import tour_layer
from biocarto.model import N_
from biocarto.ui import address, articles, cache, map_view, network_choice, printing
from biocarto.ui.language import current, text
from biocarto.ui.messages import plain

WHAT = N_("À l'initiative de Medicen Paris Region, pôles et clusters ont montré les forces de leurs régions.")
"""The Tour in one sentence."""

_WIDGET = "stage_picker"
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chosen(catalogue: Catalogue) -> str:
    """The stage of the address, or none."""
    return address.value("stage", set(catalogue.stages["id"]))


def layer(catalogue: Catalogue, selected: str = "") -> ScriptLayer:
    """The Tour as a map layer, in the language and theme of the page."""
    theme, lang = map_view.theme(), current()
    return cache.filtered("tour layer", selected, lambda: _layer(catalogue, selected, theme, lang), theme, lang)


def _layer(catalogue: Catalogue, selected: str, theme: str, lang: str) -> ScriptLayer:
    titles = [localised(stage, "title", lang) for stage in rows.each(catalogue.stages)]
    stages = catalogue.stages[["order", "region_codes"]].assign(title=titles)
    return tour_layer(stages, tour.anchors(catalogue), tour.seats(catalogue), text(), selected=selected, theme=theme, lang=lang)


def stage_of(kind: str, identity: str, catalogue: Catalogue) -> str:
    """What a tap on the map means: a region or a number its stage, a seat the first stage that the cluster organised."""
    if kind == "cluster":
        pairs = tour.stages_of_cluster(catalogue.stages)
        return str(pairs.loc[pairs["cluster"].eq(identity), "stage"].min())
    return identity if kind == "stage" else ""


def picked(kind: str, identity: str) -> None:
    """A tap on the map opens a stage."""
    address.write("stage", stage_of(kind, identity, cache.catalogue()))


def dates(catalogue: Catalogue) -> str:
    """When the Tour ran, as its two sources say."""
    return articles.tour_dates(catalogue.figures, text(), current())


def _go(stage: str) -> None:
    address.write("stage", stage)


def picker(catalogue: Catalogue, selected: str) -> None:
    """Seven numbers to tap or to reach by keyboard, and the way back and forth."""
    t, stages = text(), catalogue.stages
    order = dict(zip(stages["id"], stages["order"], strict=True))
    st.session_state[_WIDGET] = selected or None
    st.segmented_control(
        t("Étape"),
        list(order),
        key=_WIDGET,
        format_func=lambda stage: _NUMBERS[int(order[stage]) - 1],
        on_change=address.write_widget,
        args=("stage", _WIDGET),
    )
    before, after = tour.neighbours(stages, selected) if selected else ("", next(iter(order), ""))
    with st.container(horizontal=True):
        st.button(t("Précédente"), key="stage-before", icon=":material/arrow_back:", disabled=not before, on_click=_go, args=(before,))
        st.button(t("Suivante"), key="stage-after", icon=":material/arrow_forward:", disabled=not after, on_click=_go, args=(after,))


def show(catalogue: Catalogue, selected: str) -> None:
    """What is known of the chosen stage, or how to choose one."""
    if not selected:
        invitation = text()("Choisissez une étape : un numéro ici, une région sur la carte, ou « Suivante ».")
        st.html(f"<div class='bc-empty'><p>{escape(invitation)}</p></div>")
        return
    stage = rows.one(catalogue.stages, selected)
    st.html(articles.stage(stage, catalogue.clusters, text(), current()))
    st.html(f"<h3 class='bc-group'>{escape(text()('Leurs réseaux'))}</h3>")
    with st.container(key="sheet-networks", gap=None):
        for cluster in stage["organisers"]:
            network_choice.link_from_elsewhere(catalogue, cluster)


def organisers(catalogue: Catalogue) -> None:
    """The twelve organisers in a table: seat, stages, members; the map's twin."""
    t = text()
    st.header(t("Qui a organisé le Tour"), anchor=False)
    printing.dataframe(
        "organisers",
        cache.once("organisers", lambda: harmless_frame(_organisers(catalogue)), current()),
        height="content",
        column_config={t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir"))},
    )


def _organisers(catalogue: Catalogue) -> pd.DataFrame:
    t, lang = text(), current()
    pairs = tour.stages_of_cluster(catalogue.stages).groupby("cluster")["order"].agg(lambda orders: ", ".join(map(str, orders)))
    found = catalogue.clusters.loc[list(tour.summary(catalogue).organisers)]
    return pd.DataFrame(
        {
            t("Pôle ou cluster"): found["name"],
            t("Nature"): [t(labels.CLUSTER_TYPES[kind]) for kind in found["type"]],
            t("Siège"): found["commune"].replace("", t("non trouvé")),
            t("Étapes"): pairs.reindex(found.index),
            t("Domaine"): [localised(row, "focus", lang) for row in rows.each(found)],
            t("Source"): found["source_url"].where(found["source_url"].str.startswith("http"), ""),
        }
    )


def unvisited(catalogue: Catalogue, summary: tour.TourSummary) -> None:
    """The regions that no stage visited, by name."""
    st.header(text()("Les régions sans étape"), anchor=False)
    st.markdown(cache.once("unvisited", lambda: articles.tour_unvisited(catalogue, summary, text()), current()))


def unknown(catalogue: Catalogue) -> None:
    """What the sources do not say."""
    st.header(text()("Ce que nos sources ne disent pas"), anchor=False)
    st.markdown(cache.once("unknown of the tour", lambda: "\n\n".join(articles.tour_unknown(catalogue, text(), plain)), current()))
