"""The stages of the Tour: the picker, the sheet of a stage, who organised, what is missing and what is unknown."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from biocarto import labels, rows
from biocarto.analysis import tour
from biocarto.export.csv import harmless_frame
from biocarto.i18n import day, localised
from biocarto.joins import Catalogue
from biocarto.maps.layer import ScriptLayer
from biocarto.maps.tour import tour_layer
from biocarto.rows import Row
from biocarto.ui import address, cache, html, map_view
from biocarto.ui.language import current, text
from biocarto.ui.messages import plain

_WIDGET = "stage_picker"
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chosen(catalogue: Catalogue) -> str:
    """The stage of the address, or none."""
    return address.value("stage", set(catalogue.stages["id"]))


def layer(catalogue: Catalogue, selected: str = "") -> ScriptLayer:
    """The Tour as a map layer, in the language and theme of the page."""
    titles = [localised(stage, "title", current()) for stage in rows.each(catalogue.stages)]
    stages = catalogue.stages[["order", "region_codes"]].assign(title=titles)
    return tour_layer(
        stages, tour.anchors(catalogue), tour.seats(catalogue), text(), selected=selected, theme=map_view.theme(), lang=current()
    )


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
    start, end = (str(catalogue.figures.at[figure, "value"]) for figure in ("tour_debut", "tour_fin"))
    year = str(catalogue.figures.at["tour_etapes", "as_of"])
    return text()("En {year} selon le chapitre ; du {start} au {end}, par des étapes virtuelles, selon une autre source.").format(
        year=year, start=day(start, current()), end=day(end, current())
    )


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
    before, after = tour.neighbours(stages, selected) if selected else ("", next(iter(order)))
    with st.container(horizontal=True):
        st.button(t("Précédente"), key="stage-before", icon=":material/arrow_back:", disabled=not before, on_click=_go, args=(before,))
        st.button(t("Suivante"), key="stage-after", icon=":material/arrow_forward:", disabled=not after, on_click=_go, args=(after,))


def _cluster(cluster: Row) -> str:
    """An organiser: name (its website), kind, seat and field."""
    t, lang = text(), current()
    name = html.link(cluster["website"], cluster["name"]) if cluster["website"] else escape(cluster["name"])
    seat = cluster["commune"] or t("siège non trouvé dans nos sources")
    kind = t(labels.CLUSTER_TYPES[cluster["type"]])
    return f"<li><strong>{name}</strong><br>{escape(kind)} · {escape(seat)}<br>{escape(localised(cluster, 'focus', lang))}</li>"


def show(catalogue: Catalogue, selected: str) -> None:
    """What is known of the chosen stage, or how to choose one."""
    t, lang = text(), current()
    if not selected:
        invitation = t("Choisissez une étape : un numéro ici, une région sur la carte, ou « Suivante ».")
        st.html(f"<div class='bc-empty'><p>{escape(invitation)}</p></div>")
        return
    stage = rows.one(catalogue.stages, selected)
    clusters = "".join(_cluster(rows.one(catalogue.clusters, c)) for c in stage["organisers"])
    st.html(
        f"<article class='bc-sheet'><p class='bc-kicker'>{escape(t('Étape'))} {stage['order']}</p>"
        f"<h2>{escape(localised(stage, 'title', lang))}</h2>"
        + html.facts(
            [
                (t("Régions"), escape(", ".join(stage["regions"]))),
                (t("Organisateurs"), f"<ul class='bc-clusters'>{clusters}</ul>"),
                (t("Date et ville"), escape(", ".join(filter(None, (stage["date"], stage["city"]))) or t("inconnues de nos sources"))),
                (t("Ce que l'on sait"), escape(localised(stage, "notes", lang))),
                (t("Source"), html.source(stage, t)),
            ]
        )
        + "</article>"
    )


def _regions(codes: tuple[str, ...], catalogue: Catalogue) -> str:
    return labels.joined(list(catalogue.territory.regions.loc[list(codes), "name"]), text()("et"))


def organisers(catalogue: Catalogue) -> None:
    """The twelve organisers in a table: seat, stages, members; the map's twin."""
    t, lang = text(), current()
    pairs = tour.stages_of_cluster(catalogue.stages).groupby("cluster")["order"].agg(lambda orders: ", ".join(map(str, orders)))
    found = catalogue.clusters.loc[list(tour.summary(catalogue).organisers)]
    st.header(t("Qui a organisé le Tour"), anchor=False)
    st.dataframe(
        harmless_frame(
            pd.DataFrame(
                {
                    t("Pôle ou cluster"): found["name"],
                    t("Nature"): [t(labels.CLUSTER_TYPES[kind]) for kind in found["type"]],
                    t("Siège"): found["commune"].replace("", t("non trouvé")),
                    t("Étapes"): pairs.reindex(found.index),
                    t("Domaine"): [localised(row, "focus", lang) for row in rows.each(found)],
                    t("Source"): found["source_url"].where(found["source_url"].str.startswith("http"), ""),
                }
            )
        ),
        hide_index=True,
        height="content",
        column_config={t("Source"): st.column_config.LinkColumn(display_text=t("ouvrir"))},
    )


def unvisited(catalogue: Catalogue, summary: tour.TourSummary) -> None:
    """The regions that no stage visited, by name."""
    t = text()
    st.header(t("Les régions sans étape"), anchor=False)
    st.markdown(
        t("{visited} des {all} régions ont eu une étape. Sans étape : {names}.").format(
            visited=len(summary.visited), all=len(catalogue.territory.regions), names=_regions(summary.unvisited, catalogue)
        )
    )


def unknown(catalogue: Catalogue) -> None:
    """What the sources do not say."""
    t = text()
    st.header(t("Ce que nos sources ne disent pas"), anchor=False)
    columns = {"date": t("la date"), "city": t("la ville"), "theme_fr": t("le thème")}
    empty = [word for column, word in columns.items() if catalogue.stages[column].eq("").any()]
    if empty:
        st.markdown(t("De chaque étape : {facts}.").format(facts=labels.joined(empty, t("et"))))
    st.markdown(t("La route de la carte suit l'ordre de la source : c'est un ordre, pas un itinéraire."))
    missing = [plain(name) for name in tour.unplaced(catalogue)]
    if missing:
        st.markdown(
            t("Le siège de ces organisateurs n'a pas été trouvé ; ils sont listés, pas placés :")
            + " "
            + labels.joined(missing, t("et"))
            + "."
        )
