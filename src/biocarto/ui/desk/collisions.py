"""A save that came late: what you wrote beside what another editor wrote meanwhile, field by field, with a choice for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from biocarto.desk import history
from biocarto.desk.facts import PLACE, Collision
from biocarto.i18n import Locale
from biocarto.register.headers import translate_header
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

Words = Callable[[str, str], str]
"""Column, cell -> the cell in words."""
MINE, THEIRS = "mine", "theirs"


def show(view: RegisterView, state: FormState, words: Words, again: Callable[[], None]) -> None:
    """The comparison, and one button that saves what was chosen; `again` tries the save once more."""
    t = get_locale()
    cells = [found for found in state.collisions if found.field != PLACE]
    with st.container(key="desk-refusal"):
        warning = t("Quelqu'un a modifié cette ligne pendant votre saisie. Rien n'est perdu : choisissez en haut du formulaire.")
        st.warning(warning, icon=":material/compare_arrows:")
    names = _read_names(view, cells)
    with st.form(state.key("collisions")):
        for found in cells:
            show_html(_draw(found, names, words, t))
            st.radio(
                t("Garder, pour « {column} »").format(column=translate_header(found.field, t)),
                (MINE, THEIRS),
                None,
                key=_key(state, found),
                format_func=lambda choice: t("ma saisie") if choice == MINE else t("l'autre valeur"),
                horizontal=True,
            )
        label = t("Enregistrer ces choix")
        st.form_submit_button(label, type="primary", key=state.key("choose"), on_click=_choose, args=(state, cells, again))


def _key(state: FormState, found: Collision) -> str:
    return state.key(f"choice-{found.field}-{found.change_set}")


def _read_names(view: RegisterView, cells: Sequence[Collision]) -> dict[str, str]:
    """Id of who has written one of the other values -> how a page names them."""
    t = get_locale()
    with view.desk.store.read() as transaction:
        return {who: history.read_author(transaction, who, t) for who in {found.who for found in cells}}


def _draw(found: Collision, names: dict[str, str], words: Words, t: Locale) -> Markup:
    """Both values, and who has written the other one, when and on what page."""
    at = t.moment(datetime.fromisoformat(found.at).astimezone(cache.settings().zone)) if found.at else ""
    source = t("selon {source}").format(source=found.evidence.source_title) if found.evidence.source_title else ""
    told = ", ".join(filter(None, (names[found.who], at, source)))
    rows = (
        (t("Vous aviez lu"), words(found.field, found.base), ""),
        (t("Vous écrivez"), words(found.field, found.yours), ""),
        (t("L'autre a écrit"), words(found.field, found.theirs), told),
    )
    cells = Markup().join(
        Markup("<dt>{}</dt><dd>{}{}</dd>").format(label, value or t("rien"), Markup("<br><small>{}</small>").format(note) if note else "")
        for label, value, note in rows
    )
    heading = translate_header(found.field, t)
    return Markup("<div class='bc-collision'><h3>{}</h3><dl class='bc-facts'>{}</dl></div>").format(heading, cells)


def _choose(state: FormState, cells: list[Collision], again: Callable[[], None]) -> None:
    """What is chosen is held against what stands there now; a field without a choice asks again."""
    chosen = {found.field: st.session_state.get(_key(state, found)) for found in cells}
    for found in cells:
        if chosen[found.field] is None:
            continue
        state.base[found.field] = found.theirs
        if chosen[found.field] == THEIRS:
            state.put(found.field, found.theirs)
    again()
