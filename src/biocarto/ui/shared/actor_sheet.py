"""Beside the map: the list of a place or a territory, and the sheet of an actor with its evidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.places import group_by_place, select_at_place
from biocarto.maps.actors import build_actor_layer
from biocarto.maps.layer import ScriptLayer
from biocarto.model import SYMBOLS
from biocarto.render import cards, html, locator
from biocarto.rows import Row, list_rows
from biocarto.ui.shared import address, cache, map_view, pages, picture_button, report
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

_GLYPHS = dict(zip((s.key for s in SYMBOLS), "●■▲◆⬟★", strict=True))
MOST_LISTED = 200


def open_actor(actor_id: str) -> None:
    """Show this actor; its place stays in the address, so that closing the sheet returns to the list."""
    address.write("actor", actor_id)


def close(name: str) -> None:
    """Leave the sheet or the list."""
    address.clear([name])


def build_layer(found: pd.DataFrame, selected: str, *, keep: bool = True) -> ScriptLayer:
    """The actors as symbols of a map, one per place; `selected` is the place to mark. `keep`: as in `cache.make_for_rows`."""
    t, theme = get_locale(), map_view.read_theme()
    return cache.make_for_rows(
        "actors drawn",
        found,
        lambda: build_actor_layer(group_by_place(found), t, selected=selected, theme=theme, actors=found),
        *(selected, theme, t.language),
        keep=keep,
    )


def show_facts(actor: Row) -> None:
    """One actor: what it does, where, since when, and who says so."""
    show_html(cache.make_for_filters("sheet", str(actor["id"]), lambda: _write_facts(actor), get_language(), html.has_links()))


def _write_facts(actor: Row) -> Markup:
    catalogue = cache.load_catalogue()
    ground = cache.make_once("locator", lambda: locator.draw_base(catalogue.territory))
    drawing = locator.encode_svg(locator.draw_locator(actor, ground))
    others, claims = whereabouts.find_other_places(actor, catalogue), whereabouts.find_claims(actor, catalogue)
    log = cache.list_row_changes("actors", str(actor["id"]))
    return cards.render_actor(actor, drawing, get_locale(), others=others, claims=claims, log=log)


def show_sheet(actor: Row, *, shown: bool = True) -> None:
    """The sheet beside a map; `shown` is false where the filters leave the actor out. The directory tells more of it."""
    t = get_locale()
    with st.container(key="sheet"):
        show_facts(actor)
    if not shown:
        st.caption(t("Hors de la sélection : les filtres choisis ne retiennent pas cet acteur."))
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-actions"):
        show_close_button()
        st.page_link(
            pages.DIRECTORY.path,
            label=t("Fiche complète"),
            icon=":material/open_in_full:",
            query_params=build_link_params("actor", actor["id"]),
        )
        show_picture_button(actor)
        report.show("actors", actor)


def show_picture_button(actor: Row) -> None:
    """Where the actor is, as a picture."""
    picture_button.show("actor", {"actor": str(actor["id"])})


def show_close_button() -> None:
    """Leave the sheet."""
    st.button(get_locale()("Fermer la fiche"), key="close-actor", icon=":material/close:", on_click=close, args=("actor",))


def _show_actors(actors: pd.DataFrame) -> None:
    for actor in list_rows(actors.head(MOST_LISTED)):
        label = f"{_GLYPHS[actor['group']]} {escape_markdown(actor['name'])}"
        with st.container(key=f"entry-{actor['id']}", gap=None):
            st.button(label, key=f"open-{actor['id']}", type="tertiary", on_click=open_actor, args=(actor["id"],))
    if len(actors) > MOST_LISTED:
        st.caption(f"+ {len(actors) - MOST_LISTED}")


def show_listing(title: str, note: str, actors: pd.DataFrame, name: str) -> None:
    """The actors of a place or a territory, each a button; `name` is what closing forgets in the address."""
    t = get_locale()
    count = labels.label_count(len(actors), "site d'acteur", "sites d'acteurs", t.language)
    show_html(Markup("<div class='bc-sheet'><h2>{}</h2><p>{}{}</p></div>").format(title, count, note))
    with st.container(key="listing", gap=None), st.container(key="list-here", gap=None):
        _show_actors(actors)
    _show_list_close(name)


def _show_list_close(name: str) -> None:
    st.button(get_locale()("Fermer la liste"), key="close-list", icon=":material/close:", on_click=close, args=(name,))


def show_place(actors: pd.DataFrame, place_id: str) -> None:
    """The list of one place; says so when a filter has emptied it."""
    here = select_at_place(actors, place_id)
    if here.empty:
        st.info(get_locale()("Aucun acteur ici avec ces filtres."))
        _show_list_close("place")
        return
    row = list_rows(here.head(1))[0]
    note = get_locale()(whereabouts.PLACE_NOTES[row["precision"]]) if row["precision"] in whereabouts.PLACE_NOTES else ""
    show_listing(whereabouts.name_place(row, get_locale()), note, here, "place")
