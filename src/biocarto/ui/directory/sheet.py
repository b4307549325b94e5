"""The sheet of an actor at its own address: what, where, who says so, its networks, its neighbours, what to compare it with."""

from __future__ import annotations

from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.model import N_
from biocarto.query import memberships, proximity
from biocarto.query.filters import Dropped
from biocarto.query.proximity import Origin
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row, each, one
from biocarto.ui.shared import actor_sheet, address, cache, organisations, printing
from biocarto.ui.shared.language import text
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import plain

MOST_COMPARED = 4
MOST_NEIGHBOURS = 8
RADIUS_KM = 10
_NO_CONTACT = N_(
    "Personne n'est désigné ici pour recevoir les signalements. Copiez ce texte et donnez-le à la personne qui vous a ouvert BioCarto ; "
    "l'exploitant désigne une adresse par le réglage BIOCARTO_CONTACT."
)


def _networks(actor: Row, catalogue: Catalogue) -> None:
    """What it belongs to, as far as a page names it."""
    links = cache.once("memberships", lambda: memberships.links(catalogue))
    mine = links[links["actor_id"].eq(actor["id"])]
    if mine.empty:
        return
    show_html(Markup("<h3>{}</h3>").format(text()("Réseaux dont une page le dit membre")))
    for network in mine["network_id"].unique():
        organisations.link_from_elsewhere(catalogue, network)


def _neighbours(title: str, origin: Origin, found: pd.Series, catalogue: Catalogue, key: str) -> None:
    if found.empty:
        return
    with st.expander(f"{title} ({len(found)})"):
        for actor_id, km in found.head(MOST_NEIGHBOURS).items():
            actor = one(catalogue.actors, str(actor_id))
            label = f"{plain(str(actor['name']))} · {whereabouts.describe_distance(float(km), actor, origin, text())}"
            st.button(label, key=f"{key}-{actor_id}", type="tertiary", on_click=actor_sheet.open_actor, args=(actor_id,))


def _report(actor: Row) -> None:
    """A text to send to whoever receives reports here; where nobody is named, whom to ask. No server of ours receives it."""
    t, contact = text(), cache.settings().contact
    with st.popover(t("Signaler une erreur"), icon=":material/flag:"):
        if contact:
            st.markdown(t("Envoyez ce texte à {contact}, ou ouvrez-le dans votre messagerie.").format(contact=plain(contact)))
        else:
            st.markdown(t(_NO_CONTACT))
        body = t("Fiche : {id}\nNom : {name}\nSource citée : {source}\nCe qui est faux, et la page qui le montre :\n").format(
            id=actor["id"], name=actor["name"], source=actor["source_url"]
        )
        st.code(body, language=None)
        if contact:
            subject = quote("BioCarto : " + str(actor["id"]))
            st.link_button(t("Ouvrir la messagerie"), f"mailto:{quote(contact, safe='@')}?subject={subject}&body={quote(body)}")


def compared(catalogue: Catalogue) -> list[str]:
    """Ids of the actors that the address compares, each once; what means nothing is named in a notice and counts for nothing."""
    asked = list(dict.fromkeys(catalogue.redirects.get(value, value) for value in address.values("compare")))
    address.note_unknown(Dropped("compare", value) for value in asked if value not in catalogue.actors.index)
    return [value for value in asked if value in catalogue.actors.index]


def _compare(actor_id: str, chosen: list[str]) -> None:
    address.write("compare", [*chosen, actor_id] if actor_id not in chosen else [c for c in chosen if c != actor_id])


def show(actor: Row, catalogue: Catalogue) -> None:
    """The sheet, and what leads on from it."""
    actor_id = str(actor["id"])
    with st.container(key="sheet"):
        actor_sheet.facts(actor)
        _networks(actor, catalogue)
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-actions"):
        actor_sheet.close_button()
        _compare_button(actor_id, compared(catalogue))
        _report(actor)
        printing.button("print-sheet")
    _near(actor_id, catalogue)


def _near(actor_id: str, catalogue: Catalogue) -> None:
    """Its neighbours; where nobody knows its position, that there are none to tell."""
    t, prepared, origin = text(), cache.prepared(), proximity.origin(actor_id, catalogue)
    if origin is None or origin.is_area:
        st.caption(t("Sans arrondissement connu, aucun voisin ni distance ne peut être dit."))
        return
    ways = (proximity.alike, proximity.nearby)
    alike, nearby = cache.filtered("neighbours", actor_id, lambda: tuple(find(prepared, actor_id, RADIUS_KM) for find in ways))
    _neighbours(t("Proches par la modalité, à moins de 10 km"), origin, alike, catalogue, "alike")
    _neighbours(t("Voisins à moins de 10 km"), origin, nearby, catalogue, "near")


def _compare_button(actor_id: str, chosen: list[str]) -> None:
    t = text()
    full = len(chosen) >= MOST_COMPARED and actor_id not in chosen
    label = t("Retirer de la comparaison") if actor_id in chosen else t("Comparer")
    st.button(label, key="compare", icon=":material/compare_arrows:", disabled=full, on_click=_compare, args=(actor_id, chosen))


def _compared(actor: Row, catalogue: Catalogue) -> dict[str, str]:
    """The facts of one actor, as Markdown that shows them as they are."""
    t = text()
    facts = {
        t("Groupe"): labels.groups(t)[actor["group"]],
        t("Activité"): text().read_cell(actor, "activity"),
        t("Modalités"): labels.modalities(actor["modalities"], t),
        t("Lieu"): whereabouts.name_place_and_department(actor, t),
        t("Création"): "—" if pd.isna(actor["founded"]) else str(actor["founded"]),
        t("Statut"): f"{labels.option('status', actor['presence'], catalogue, t)} ({actor['status_year']})",
        t("Source"): actor["source_title"],
    }
    return {fact: plain(value) for fact, value in facts.items()}


def comparison(catalogue: Catalogue) -> None:
    """Two to four actors side by side, a row per fact."""
    t = text()
    known = compared(catalogue)[:MOST_COMPARED]
    if len(known) < 2:
        return
    st.header(t("Comparaison"), anchor=False)
    table = {plain(str(actor["name"])): _compared(actor, catalogue) for actor in each(catalogue.actors.loc[known])}
    st.table(pd.DataFrame(table))
    st.button(t("Fermer la comparaison"), key="close-compare", icon=":material/close:", on_click=address.clear, args=(["compare"],))
