"""The sheet of an actor at its own address: what, where, who says so, its networks, its neighbours, what to compare it with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.query import memberships, proximity
from biocarto.query.filters import DroppedValue
from biocarto.query.proximity import Origin
from biocarto.register.catalogue import Catalogue
from biocarto.render import sources
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.shared import actor_sheet, address, cache, embedding, organisations, printing, report
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

MOST_COMPARED = 4
MOST_NEIGHBOURS = 8
RADIUS_KM = 10


def _networks(actor: Row, catalogue: Catalogue) -> None:
    """What it belongs to, as far as a page names it."""
    links = cache.make_once("memberships", lambda: memberships.list_links(catalogue))
    mine = links[links["actor_id"].eq(actor["id"])]
    if mine.empty:
        return
    show_html(Markup("<h3>{}</h3>").format(get_locale()("Réseaux dont une page le dit membre")))
    for network in mine["network_id"].unique():
        organisations.show_page_link(catalogue, network)


def _neighbours(title: str, origin: Origin, found: pd.Series, catalogue: Catalogue, key: str) -> None:
    if found.empty:
        return
    with st.expander(f"{title} ({len(found)})"):
        for actor_id, km in found.head(MOST_NEIGHBOURS).items():
            actor = get_row(catalogue.actors, str(actor_id))
            label = f"{escape_markdown(str(actor['name']))} · {whereabouts.describe_distance(float(km), actor, origin, get_locale())}"
            st.button(label, key=f"{key}-{actor_id}", type="tertiary", on_click=actor_sheet.open_actor, args=(actor_id,))


def read_compared(catalogue: Catalogue) -> list[str]:
    """Ids of the actors that the address compares, each once; what means nothing is named in a notice and counts for nothing."""
    asked = list(dict.fromkeys(catalogue.redirects.get(value, value) for value in address.read_values("compare")))
    address.note_unknown(DroppedValue("compare", value) for value in asked if value not in catalogue.actors.index)
    return [value for value in asked if value in catalogue.actors.index]


def _compare(actor_id: str, chosen: list[str]) -> None:
    address.write("compare", [*chosen, actor_id] if actor_id not in chosen else [c for c in chosen if c != actor_id])


def show(actor: Row, catalogue: Catalogue) -> None:
    """The sheet, and what leads on from it."""
    actor_id = str(actor["id"])
    with st.container(key="sheet"):
        actor_sheet.show_facts(actor)
        _networks(actor, catalogue)
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-actions"):
        actor_sheet.show_close_button()
        _compare_button(actor_id, read_compared(catalogue))
        actor_sheet.show_picture_button(actor)
        report.show("actors", actor)
        printing.show_button("print-sheet")
        embedding.show_actor_button(actor_id, str(actor["name"]))
    _near(actor_id, catalogue)


def _near(actor_id: str, catalogue: Catalogue) -> None:
    """Its neighbours; where nobody knows its position, that there are none to tell."""
    t, prepared, origin = get_locale(), cache.load_actors(), proximity.find_origin(actor_id, catalogue)
    if origin is None or origin.is_area:
        st.caption(t("Sans arrondissement connu, aucun voisin ni distance ne peut être dit."))
        return
    ways = (proximity.find_alike, proximity.find_nearby)
    alike, nearby = cache.make_for_filters("neighbours", actor_id, lambda: tuple(find(prepared, actor_id, RADIUS_KM) for find in ways))
    _neighbours(t("Proches par la modalité, à moins de 10 km"), origin, alike, catalogue, "alike")
    _neighbours(t("Voisins à moins de 10 km"), origin, nearby, catalogue, "near")


def _compare_button(actor_id: str, chosen: list[str]) -> None:
    t = get_locale()
    full = len(chosen) >= MOST_COMPARED and actor_id not in chosen
    label = t("Retirer de la comparaison") if actor_id in chosen else t("Comparer")
    st.button(label, key="compare", icon=":material/compare_arrows:", disabled=full, on_click=_compare, args=(actor_id, chosen))


def _list_facts(actor: Row, catalogue: Catalogue) -> dict[str, str]:
    """The facts of one actor, as Markdown that shows them as they are."""
    t = get_locale()
    facts = {
        t("Groupe"): labels.label_groups(t)[actor["group"]],
        t("Activité"): get_locale().read_cell(actor, "activity"),
        t("Modalités"): labels.label_modalities(actor["modalities"], t),
        t("Lieu"): whereabouts.name_place_and_department(actor, t),
        t("Création"): "—" if pd.isna(actor["founded"]) else str(actor["founded"]),
        t("Statut"): f"{labels.label_option('status', actor['presence'], catalogue, t)} ({actor['status_year']})",
        t("Source"): actor["source_title"],
    }
    return {fact: str(value) for fact, value in facts.items()}


def _render_comparison(title: str, columns: Mapping[str, Mapping[str, str]]) -> Markup:
    """A column per actor and a row per fact, each headed, below a title that is the table's own."""
    facts = next(iter(columns.values()))
    lines = [
        Markup("<tr><th scope='row'>{}</th>{}</tr>").format(
            fact, Markup().join(Markup("<td>{}</td>").format(values[fact]) for values in columns.values())
        )
        for fact in facts
    ]
    return sources.render_table(title, [get_locale()("Fait"), *columns], lines)


def show_comparison(catalogue: Catalogue) -> None:
    """Two to four actors side by side, a row per fact."""
    t = get_locale()
    known = read_compared(catalogue)[:MOST_COMPARED]
    if len(known) < 2:
        return
    st.header(t("Comparaison"), anchor=False)
    columns = {str(actor["name"]): _list_facts(actor, catalogue) for actor in list_rows(catalogue.actors.loc[known])}
    show_html(_render_comparison(t("Comparaison"), columns))
    st.button(t("Fermer la comparaison"), key="close-compare", icon=":material/close:", on_click=address.clear, args=(["compare"],))
