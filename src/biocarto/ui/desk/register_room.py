"""The room of the register: a table, its rows, one row and what is done to it. The address says where one is."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from biocarto.desk import listing
from biocarto.desk.facts import RegisterRow
from biocarto.desk.listing import ListedRow
from biocarto.desk.members import Member
from biocarto.errors import AppError
from biocarto.model import N_
from biocarto.register.headers import translate_values
from biocarto.ui.desk import (
    actor_acts,
    acts,
    candidate_prefill,
    fields,
    form_state,
    outcomes,
    proposal_prefill,
    proposals,
    register_view,
    row_acts,
    row_form,
)
from biocarto.ui.desk.proposal_prefill import Prefill
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.desk.row_form import ACT, PROPOSAL, ROW, TABLE, RowTask
from biocarto.ui.shared import address, filter_bar
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

PER_PAGE = 20
QUERY, PAGE = "q", "page"
CORRECT, ADD = "corriger", "ajouter"
Show = Callable[[RegisterView, Member, RegisterRow], None]
ACTS: dict[str, tuple[str, Show]] = {
    "fermer": (N_("Fermer"), actor_acts.show_closing),
    "deplacer": (N_("Déplacer"), actor_acts.show_moving),
    "renommer": (N_("Renommer"), actor_acts.show_renaming),
    "fusionner": (N_("Fusionner"), row_acts.show_merging),
    "retirer": (N_("Retirer"), row_acts.show_removing),
}
"""Value of the address -> what is done to a row beside correcting it; all but the last are for actors."""


def show(member: Member) -> None:
    """What was done last, then a row, a new one, or the list."""
    try:
        view = register_view.open_view()
        if view.trouble is not None and not form_state.is_refused():
            acts.show_refusal(view.trouble)
        prefill = proposal_prefill.read_prefill(view.desk.store, member)
        outcomes.show(view.desk, member)
        proposals.show_done(get_locale())  # a contact that is shown once is shown where one is
        _show(view, member, prefill)
    except AppError as error:
        acts.show_refusal(error)


def _show(view: RegisterView, member: Member, prefill: Prefill | None) -> None:
    package = view.get_package()
    table = address.read_value(TABLE, package, "actors")
    row_id = (address.read_values(ROW) or [""])[-1]
    if address.read_values(ACT) == [ADD] or (prefill and not row_id):
        _show_new(view, member, table, prefill)
    elif row_id:
        _show_row(view, member, table, row_id, prefill)
    else:
        _show_list(view, table)


# --- the list -------------------------------------------------------------------------------------------------------


def _show_list(view: RegisterView, table: str) -> None:
    t = get_locale()
    titles = {name: resource.about[f"title_{t.language}"] for name, resource in view.get_package().items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="desk-register-bar"):
        _choose_table(table, titles)
        st.text_input(
            t("Chercher une ligne"),
            (address.read_values(QUERY) or [""])[-1],
            key=f"desk-query-{table}",
            placeholder=t("Nom, commune, SIREN, ancien identifiant") if table == "actors" else t("Nom"),
            on_change=_search,
            args=(f"desk-query-{table}",),
        )
        new = t("Nouvel acteur") if table == "actors" else t("Nouvelle ligne")
        st.button(new, key="desk-new", icon=":material/add:", on_click=_open, args=({ACT: ADD},))
    found = listing.search(view.list_rows(table), (address.read_values(QUERY) or [""])[-1])
    fields.show_note(t.write_count(len(found), "{n} ligne", "{n} lignes"))
    _show_rows(table, found)


def _choose_table(table: str, titles: dict[str, str]) -> None:
    key = address.build_key("desk-table", table)
    names = list(titles)
    st.selectbox(get_locale()("Table"), names, names.index(table), key=key, format_func=titles.__getitem__, on_change=_choose, args=(key,))


def _choose(key: str) -> None:
    if address.has_widget(key):
        address.replace_params([QUERY, PAGE, ROW, ACT], {TABLE: "" if st.session_state[key] == "actors" else st.session_state[key]})


def _search(key: str) -> None:
    if address.has_widget(key):
        address.replace_params([PAGE], {QUERY: st.session_state[key].strip()[:200]})


def _show_rows(table: str, found: list[ListedRow]) -> None:
    """One page of the list: real buttons, that a keyboard and a screen reader walk."""
    t = get_locale()
    if not found:
        st.info(t("Aucune ligne n'a tous ces mots. Écrivez-en moins, ou ajoutez la ligne."))
        return
    pages = math.ceil(len(found) / PER_PAGE)
    asked = (address.read_values(PAGE) or ["1"])[-1]
    page = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 6 else 1
    words = translate_values(table, "status", t)
    with st.container(key="desk-rows", gap=None):
        for row in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
            with st.container(horizontal=True, vertical_alignment="center", key=f"desk-row-{table}-{row.id}", gap="small"):
                label = f"**{escape_markdown(row.name)}**"
                st.button(label, key=f"desk-open-{table}-{row.id}", type="tertiary", on_click=_open, args=({ROW: row.id},))
                show_html(_draw_facts(row, words, is_dated=any(listed.year for listed in found)))
    if pages > 1:
        key = f"desk-page-{table}-{page}-{pages}"
        with st.container(key="register-pages"):
            st.pagination(pages, default=page, key=key, max_visible_pages=5, on_change=address.write_widget_number, args=(PAGE, key, "1"))


def _draw_facts(row: ListedRow, words: dict[str, str], *, is_dated: bool) -> Markup:
    """Where, as what, and from when the newest page is, in a table that tells it."""
    t = get_locale()
    page = t("page de {year}").format(year=row.year) if row.year else t("sans date") if is_dated else ""
    told = filter(None, (row.place, words.get(row.status, row.status), page))
    return Markup("<p class='bc-row-facts'>{}</p>").format(" · ".join(told))


def _open(params: dict[str, str | list[str]]) -> None:
    address.replace_params([ACT, row_acts.OTHER], params)


# --- one row ----------------------------------------------------------------------------------------------------------


def _show_row(view: RegisterView, member: Member, table: str, row_id: str, prefill: Prefill | None) -> None:
    row = view.read_row(table, row_id) or _follow(view, table, row_id)
    t = get_locale()
    if row is None:
        _show_back()
        st.warning(t("Le registre n'a pas (ou plus) cette ligne. Son historique dit ce qu'elle est devenue."), icon=":material/link_off:")
        return
    listed = next((found for found in view.list_rows(table) if found.id == row.id), None)
    _show_head(view, table, listed.name if listed else row.id, listed.place if listed else "")
    own = ACTS if table == "actors" else {"retirer": ACTS["retirer"]}
    labels = {CORRECT: t("Corriger"), **{key: t(label) for key, (label, _) in own.items()}}
    if prefill is None:
        filter_bar.choose_one(ACT, labels, CORRECT, t("Que faire de cette ligne"), resets=(row_acts.OTHER,))
    act = address.read_value(ACT, labels, CORRECT)
    if act == CORRECT or prefill is not None:
        own_prefill = prefill if prefill and (prefill.table, prefill.row_id) == (table, row.id) else None
        row_form.show_row(RowTask(view, member, table, row.id, own_prefill), row)
    else:
        own[act][1](view, member, row)


def _follow(view: RegisterView, table: str, row_id: str) -> RegisterRow | None:
    """The row that a former id leads to."""
    if table != "actors":
        return None
    today = next((row.cells.get("actor_id", "") for row in view.get_rows("redirects") if row.cells.get("old_id") == row_id), "")
    return view.read_row(table, today) if today else None


def _show_head(view: RegisterView, table: str, name: str, place: str = "") -> None:
    t = get_locale()
    title = view.get_package()[table].about[f"title_{t.language}"]
    with st.container(key="desk-head"):
        _show_back()
        kicker = " · ".join(filter(None, (title, place)))
        show_html(Markup("<div class='bc-sheet'><p class='bc-kicker'>{}</p><h2>{}</h2></div>").format(kicker, name))


def _show_new(view: RegisterView, member: Member, table: str, prefill: Prefill | None) -> None:
    t = get_locale()
    _show_head(view, table, t("Nouvel acteur") if table == "actors" else t("Nouvelle ligne"))
    row_form.show_new(RowTask(view, member, table, "", prefill))


def _show_back() -> None:
    label = get_locale()("Retour à la liste")
    st.button(
        label,
        key="desk-back",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=address.clear,
        args=([ROW, ACT, PROPOSAL, candidate_prefill.NAME, row_acts.OTHER],),
    )
