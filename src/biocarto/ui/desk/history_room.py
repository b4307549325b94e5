"""The desk's room of history: every act as a sentence, the newest first, with what it changed, and the way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from markupsafe import Markup

from biocarto.desk import history, reshaping
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.description import DESCRIPTION
from biocarto.desk.desk_error import CollisionError
from biocarto.desk.facts import ChangeKind, Collision
from biocarto.desk.history import HistoryEntry, HistoryPage, HistoryQuestion, RowHistory
from biocarto.desk.members import Member
from biocarto.desk.rights import Right, may
from biocarto.desk.rules import LONGEST_WHY
from biocarto.export import records
from biocarto.i18n import Locale
from biocarto.render import changes
from biocarto.render import sources as source_html
from biocarto.ui.desk import acts, links
from biocarto.ui.shared import address, cache, filter_bar
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

STATE = ("table", "ligne", "par", "page")
"""Names of the address that belong to this room."""
MOST_SHOWN = 12
"""Facts of a row that are told one by one."""
MOST_ROWS = 5
"""Rows of an act that are told without being asked: beneath them stands the button that takes the act back."""


def show(desk: Desk, who: Member) -> None:
    """The acts that the address asks for; raises StoreError."""
    t = get_locale()
    st.header(t("Historique"), anchor=False)
    titles = links.list_titles(desk)
    asked = _ask(desk, titles)
    with desk.store.read() as transaction:
        page = history.read_page(transaction, asked)
    _show_head(desk, page, asked, t)
    for entry in page.entries:
        with st.container(border=True, key=f"act-{entry.act.number}"):
            show_html(render_entry(entry, titles, t))
            if may(who.role, Right.UNDO) and entry.act.kind is not ChangeKind.SEED and not entry.is_undone:
                _offer_undo(desk, who, entry)
    if not page.entries:
        st.info(t("Aucun acte ne répond à ces choix."))
    if page.last > 1:
        with st.container(key="history-pages"):
            st.pagination(page.last, default=page.number, key=f"history-page-{page.number}", on_change=_turn, args=(page.number,))


# --- what is asked ------------------------------------------------------------------------------------------------------


def _ask(desk: Desk, titles: dict[str, str]) -> HistoryQuestion:
    """The question of the address, with its widgets."""
    t = get_locale()
    with desk.store.read() as transaction:
        people = {entry.act.who: history.tell_author(entry, t) for entry in history.list_authors(transaction)}
    with st.container(horizontal=True, key="history-filters"):
        filter_bar.choose_in_box("table", {"": t("Toutes les tables"), **titles}, "", t("Table"), width=280)
        filter_bar.choose_in_box("par", {"": t("Tout le monde"), **people}, "", t("Personne"), width=280)
    table, row = address.read_value("table", titles), (address.read_values("ligne") or [""])[-1]
    page = (address.read_values("page") or ["1"])[-1]
    number = int(page) if page.isdecimal() and len(page) < 9 else 1
    return HistoryQuestion(table, row if table else "", address.read_value("par", people), number)


def _turn(number: int) -> None:
    chosen = st.session_state.get(f"history-page-{number}", number)
    address.write("page", str(chosen), "1")


def _show_head(desk: Desk, page: HistoryPage, asked: HistoryQuestion, t: Locale) -> None:
    """How many acts, of which row, and the files of them."""
    count = t.write_count(page.count, "{n} acte", "{n} actes")
    if asked.row_id:
        names = (row.name for entry in page.entries for row in entry.rows if (row.resource, row.row_id) == (asked.resource, asked.row_id))
        name = escape_markdown(next(names, asked.row_id))
        st.markdown(t("{count} sur une ligne, « {row} ».").format(count=count, row=name))
        st.button(
            t("Voir toutes les lignes"), key="history-all", icon=":material/close:", on_click=address.clear, args=(("ligne", "page"),)
        )
    else:
        st.markdown(f"{count}.")
    with st.container(horizontal=True, key="history-files"):
        for kind, write in _WRITERS.items():
            st.download_button(
                t("Emporter en {format}").format(format=kind),
                partial(_write_file, desk, asked, write, t),
                f"biocarto-historique.{kind.lower()}",
                _MIMES[kind],
                key=f"history-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


_WRITERS: dict[str, Callable[[list[dict[str, str]]], bytes]] = {
    "JSON": records.write_json,
    "CSV": partial(records.write_csv, history.RECORD),
}
_MIMES = {"JSON": "application/json", "CSV": "text/csv"}


def _write_file(desk: Desk, asked: HistoryQuestion, write: Callable[[list[dict[str, str]]], bytes], t: Locale) -> bytes:
    with desk.store.read() as transaction:
        return write(history.list_records(transaction, asked, t))


# --- an act -------------------------------------------------------------------------------------------------------------


def render_entry(entry: HistoryEntry, titles: dict[str, str], t: Locale) -> Markup:
    """One act: its sentence, its reason, what it changed, and whether it stands."""
    undone = Markup("<p class='bc-undone'>{}</p>").format(t("Annulé depuis.")) if entry.is_undone else Markup()
    why = Markup("<p class='bc-why'>{}</p>").format(t("Raison : {why}").format(why=entry.act.why))
    number = Markup("<p class='bc-kicker'>{}</p>").format(t("Acte n° {number}").format(number=entry.act.number))
    rows = [_render_row(row, titles, t) for row in entry.rows]
    told = Markup().join(rows[:MOST_ROWS])
    read = sum(len(row.facts) for row in entry.rows)
    more = (
        Markup("<p>{}</p>").format(t("Les autres cellules sont dans les fichiers à emporter."))
        if entry.count > max(read, history.MOST_FACTS)
        else Markup()
    )
    if len(rows) > MOST_ROWS:
        rest = Markup().join([*rows[MOST_ROWS:], more])
        more = Markup("<details class='bc-source'><summary>{}</summary>{}</details>").format(t("et d'autres lignes"), rest)
    sentence = Markup("<h3>{}</h3>").format(history.tell_act(entry, t, cache.settings().zone))
    return Markup("<article class='bc-act'>{}{}{}{}{}{}</article>").format(number, sentence, undone, why, told, more)


def _render_row(row: RowHistory, titles: dict[str, str], t: Locale) -> Markup:
    """The facts of a row, folded where they are many, under its name and its table, which lead to its history."""
    if row.resource == DESCRIPTION:
        return Markup("<p><strong>{}</strong></p>").format(t("Description des tables"))
    sentences = history.tell_row(row, t)
    name = links.render_row_link("historique", row.resource, row.row_id, row.name)
    head = Markup("<p><strong>{}</strong> · {}</p>").format(name, titles.get(row.resource, row.resource))
    shown = links.render_list(sentences[:MOST_SHOWN])
    if len(sentences) <= MOST_SHOWN:
        return head + shown
    words = t.write_count(len(sentences) - MOST_SHOWN, "et {n} autre cellule", "et {n} autres cellules")
    rest = links.render_list(sentences[MOST_SHOWN:])
    return head + shown + Markup("<details class='bc-source'><summary>{}</summary>{}</details>").format(words, rest)


# --- an act taken back --------------------------------------------------------------------------------------------------


def _offer_undo(desk: Desk, who: Member, entry: HistoryEntry) -> None:
    t, number = get_locale(), entry.act.number
    box = st.popover(t("Annuler"), icon=":material/undo:", key=f"undo-{number}", on_change="rerun")
    with box:
        if box.open:
            _show_undo_form(desk, who, number)


def _show_undo_form(desk: Desk, who: Member, number: int) -> None:
    t = get_locale()
    with st.form(f"undo-form-{number}", border=False):
        st.markdown(
            t("Ce que l'acte n° {number} a changé redevient ce qu'il était ; l'annulation est un acte, et s'annule.").format(number=number)
        )
        why = st.text_input(t("Pourquoi l'annuler"), key=f"undo-why-{number}", max_chars=LONGEST_WHY)
        sent = st.form_submit_button(t("Annuler l'acte n° {number}").format(number=number), icon=":material/undo:")
    if sent:
        intent = Intent(who, why, links.find_request(f"undo-{number}"))
        done = t("L'acte n° {number} est annulé. Les lecteurs le verront à la prochaine édition.").format(number=number)
        acts.run_act(partial(_undo, desk, intent, number), done)


def _undo(desk: Desk, intent: Intent, number: int) -> None:
    try:
        reshaping.undo(desk, intent, number)
    except CollisionError as error:
        show_html(_render_collisions(desk, error.collisions))
        raise
    links.forget_request(f"undo-{number}")


def _render_collisions(desk: Desk, collisions: tuple[Collision, ...]) -> Markup:
    """What stands where the act had written: whoever changed it since decides, by undoing their own act first."""
    t = get_locale()
    with desk.store.read() as transaction:
        later = {found.change_set: history.read_entry(transaction, found.change_set) for found in collisions}
    lines = [
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            found.row_id,
            changes.tell_cell(found.resource, found.field, ("", found.base), t) if found.base else t("rien"),
            changes.tell_cell(found.resource, found.field, ("", found.theirs), t) if found.theirs else t("rien"),
            history.tell_act(entry, t, cache.settings().zone) if (entry := later[found.change_set]) else "",
        )
        for found in collisions
    ]
    heads = (t("Ligne"), t("Écrit par cet acte"), t("Aujourd'hui"), t("Par"))
    return source_html.render_table(t("Cellules changées depuis"), heads, lines)
