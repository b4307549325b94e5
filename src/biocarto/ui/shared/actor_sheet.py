"""Beside the map: the list of a place or a territory, and the sheet of an actor with its evidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.places import at_place, places
from biocarto.maps.actors import actor_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.model import SYMBOLS
from biocarto.render import cards, html, locator
from biocarto.rows import Row, each
from biocarto.ui.shared import address, cache, map_view, pages
from biocarto.ui.shared.language import current, link_to, text
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import plain

_GLYPHS = dict(zip((s.key for s in SYMBOLS), "●■▲◆⬟★", strict=True))
MOST_LISTED = 200


def open_actor(actor_id: str) -> None:
    """Show this actor; its place stays in the address, so that closing the sheet returns to the list."""
    address.write("actor", actor_id)


def close(name: str) -> None:
    """Leave the sheet or the list."""
    address.clear([name])


def layer(found: pd.DataFrame, selected: str, *, keep: bool = True) -> ScriptLayer:
    """The actors as symbols of a map, one per place; `selected` is the place to mark. `keep`: as in `cache.of_rows`."""
    t, theme = text(), map_view.theme()
    return cache.of_rows(
        "actors drawn",
        found,
        lambda: actor_layer(places(found), t, selected=selected, theme=theme),
        *(selected, theme, t.language),
        keep=keep,
    )


def facts(actor: Row) -> None:
    """One actor: what it does, where, since when, and who says so."""
    show_html(cache.filtered("sheet", str(actor["id"]), lambda: _write_facts(actor), current(), html.has_links()))


def _write_facts(actor: Row) -> Markup:
    catalogue = cache.catalogue()
    ground = cache.once("locator", lambda: locator.ground(catalogue.territory))
    drawing = locator.as_address(locator.locator(actor, ground))
    others, claims = whereabouts.find_other_places(actor, catalogue), whereabouts.find_claims(actor, catalogue)
    return cards.actor(actor, drawing, text(), others=others, claims=claims)


def sheet(actor: Row, *, shown: bool = True) -> None:
    """The sheet beside a map; `shown` is false where the filters leave the actor out. The directory tells more of it."""
    t = text()
    with st.container(key="sheet"):
        facts(actor)
    if not shown:
        st.caption(t("Hors de la sélection : les filtres choisis ne retiennent pas cet acteur."))
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-actions"):
        close_button()
        st.page_link(
            pages.DIRECTORY.path, label=t("Fiche complète"), icon=":material/open_in_full:", query_params=link_to("actor", actor["id"])
        )


def close_button() -> None:
    """Leave the sheet."""
    st.button(text()("Fermer la fiche"), key="close-actor", icon=":material/close:", on_click=close, args=("actor",))


def _listed(actors: pd.DataFrame) -> None:
    for actor in each(actors.head(MOST_LISTED)):
        label = f"{_GLYPHS[actor['group']]} {plain(actor['name'])}"
        st.button(label, key=f"open-{actor['id']}", type="tertiary", on_click=open_actor, args=(actor["id"],))
    if len(actors) > MOST_LISTED:
        st.caption(f"+ {len(actors) - MOST_LISTED}")


def listing(title: str, note: str, actors: pd.DataFrame, name: str) -> None:
    """The actors of a place or a territory, each a button; `name` is what closing forgets in the address."""
    t = text()
    count = labels.counted(len(actors), "site d'acteur", "sites d'acteurs", t.language)
    show_html(Markup("<div class='bc-sheet'><h2>{}</h2><p>{}{}</p></div>").format(title, count, note))
    with st.container(key="listing", gap=None):
        _listed(actors)
    st.button(t("Fermer la liste"), key="close-list", icon=":material/close:", on_click=close, args=(name,))


def place(actors: pd.DataFrame, place_id: str) -> None:
    """The list of one place; says so when a filter has emptied it."""
    here = at_place(actors, place_id)
    if here.empty:
        st.info(text()("Aucun acteur ici avec ces filtres."))
        return
    row = each(here.head(1))[0]
    note = text()(whereabouts.PLACE_NOTES[row["precision"]]) if row["precision"] in whereabouts.PLACE_NOTES else ""
    listing(whereabouts.name_place(row, text()), note, here, "place")


def invitation() -> None:
    """What to do when nothing is chosen yet."""
    t = text()
    show_html(
        Markup("<div class='bc-empty'><p>{}</p></div>").format(
            t("Touchez un symbole de la carte ou une ligne du tableau : la fiche s’ouvre ici.")
        )
    )
