"""What an import understood of a file: its sheet, its header, each column; and the answers that correct it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from biocarto.desk import forms
from biocarto.desk.acts import LONGEST_CELL, Desk
from biocarto.desk.description import Package
from biocarto.desk.facts import Evidence
from biocarto.desk.intake.staging import ColumnMatch, Explanation, MatchReason
from biocarto.desk.intake.synonyms import is_personal
from biocarto.errors import Notice
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.headers import translate_header, translate_values
from biocarto.register.schema import Resource
from biocarto.render import sources as source_html
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

REASONS = {
    MatchReason.NAME: N_("par le nom de la colonne"),
    MatchReason.LABEL: N_("par son libellé"),
    MatchReason.CONTENT: N_("par ce qu'elle contient"),
    MatchReason.REMEMBERED: N_("comme la dernière fois"),
    MatchReason.CHOSEN: N_("choisi par vous"),
}
FOR_ALL = ("kind", "category", "status")
"""Columns that a file of one pole often leaves unsaid, since they are the same for each of its lines."""
MOST_COLUMNS = 80
MOST_NOTICES = 12


def show(desk: Desk, hand: ImportInHand, explained: Explanation, package: Package) -> None:
    """The story, the columns, and the two forms that correct them; `desk` is where the file would go."""
    t = get_locale()
    titles = {name: str(resource.about[f"title_{get_language()}"]) for name, resource in package.items()}
    _tell_sheet(explained, titles, t)
    _choose_table(hand, explained, titles, t)
    show_html(_render_columns(explained, t))
    _tell_notices(explained)
    resource = package[explained.resource]
    with st.expander(t("Corriger les colonnes"), key=f"import-columns-{hand.turn}", icon=":material/view_column:"):
        _show_columns_form(hand, explained, resource, t)
    waits = bool(explained.needs_page or find_missing(explained))
    with st.expander(t("Ce qui vaut pour toutes les lignes"), expanded=waits, key=f"import-all-{hand.turn}", icon=":material/description:"):
        _show_all_form(hand, explained, resource, desk.today()[:4], t)


def find_missing(explained: Explanation) -> list[str]:
    """Columns that lines are refused for, that the file does not have and that may be said for all of them."""
    return [name for name in FOR_ALL if any(cell.column == name and not cell.letter for cell in explained.refused)]


# --- what was understood -------------------------------------------------------------------------------------------------


def _tell_sheet(explained: Explanation, titles: Mapping[str, str], t: Locale) -> None:
    staged = explained.staged
    told = t.write_count(
        len(staged.cells),
        "{n} ligne lue sous l'en-tête de la ligne {header}, pour la table **{table}**.",
        "{n} lignes lues sous l'en-tête de la ligne {header}, pour la table **{table}**.",
        header=t.number(staged.header_line),
        table=escape_markdown(titles[explained.resource]),
    )
    if staged.sheet not in {"", staged.file}:
        told = t("Feuille « {sheet} » : {what}").format(sheet=escape_markdown(staged.sheet[:80]), what=told)
    st.subheader(t("Ce qui a été compris"), anchor=False)
    st.markdown(told)


def _choose_table(hand: ImportInHand, explained: Explanation, titles: Mapping[str, str], t: Locale) -> None:
    """The sheet and the table, where another one was meant."""
    with st.container(horizontal=True, key="import-where"):
        key = f"import-table-{hand.turn}"
        st.selectbox(
            t("Table du registre"),
            list(titles),
            list(titles).index(explained.resource),
            key=key,
            format_func=titles.__getitem__,
            on_change=lambda: hand.choose_resource(st.session_state.get(key, explained.resource)),
        )
        if len(explained.sheets) > 1:
            own = f"import-sheet-{hand.turn}"
            at = explained.sheets.index(explained.staged.sheet) if explained.staged.sheet in explained.sheets else None
            st.selectbox(
                t("Feuille du fichier"),
                explained.sheets,
                at,
                key=own,
                on_change=lambda: hand.choose_sheet(st.session_state.get(own, "")),
            )


def _render_columns(explained: Explanation, t: Locale) -> Markup:
    """Header -> column of the register, how sure, and why; what is left out is said beneath."""
    lines = []
    for column in [column for column in explained.columns if column.field][:MOST_COLUMNS]:
        why = _tell_reason(column, t)
        sure = why if column.reason == MatchReason.CHOSEN else t("{share}, {why}").format(share=t.percent(100 * column.score), why=why)
        lines.append(
            Markup("<tr><td>{}</td><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>").format(
                column.letter, column.header[:80] or t("sans nom"), translate_header(column.field, t), sure
            )
        )
    heads = (t("Lettre"), t("Colonne du fichier"), t("Colonne du registre"), t("Sûr à"))
    return source_html.render_table(t("Colonnes du fichier"), heads, lines) + _render_left_out(explained, t)


def _render_left_out(explained: Explanation, t: Locale) -> Markup:
    """Columns that are not read, in two sentences: those about persons never are."""
    personal = _find_personal(explained)
    left = [column for column in explained.columns if not column.field]
    told = (
        (t("Jamais lues, car le registre ne garde rien sur des personnes : {names}."), [one for one in left if one.letter in personal]),
        (t("Laissées de côté : {names}."), [one for one in left if one.letter not in personal]),
    )
    return Markup().join(
        Markup("<p class='bc-note'>{}</p>").format(
            sentence.format(names=", ".join(t("« {name} »").format(name=one.header[:80]) if one.header else one.letter for one in some))
        )
        for sentence, some in told
        if some
    )


def _find_personal(explained: Explanation) -> frozenset[str]:
    """Letters of the columns about persons."""
    return frozenset(column.letter for column in explained.columns if not column.field and is_personal(column.header))


def _tell_reason(column: ColumnMatch, t: Locale) -> str:
    return t(REASONS[column.reason]) if column.reason else ""


def _tell_notices(explained: Explanation) -> None:
    """What is unusual and was read all the same; columns of persons are told beneath the others."""
    personal, file, header = _find_personal(explained), explained.staged.file, explained.staged.header_line
    notices = (*explained.staged.notices, *explained.notices)
    kept = [notice for notice in notices if notice.line != header or notice.column not in personal]
    told = list(dict.fromkeys(_tell_notice(notice, file) for notice in kept))
    left = len(told) - MOST_NOTICES
    more = [get_locale().write_count(left, "et {n} autre", "et {n} autres")] if left > 0 else []
    if told:
        st.info("\n".join(f"- {escape_markdown(text)}" for text in [*told[:MOST_NOTICES], *more]), icon=":material/info:")


def _tell_notice(notice: Notice, file: str) -> str:
    """Where, and what; the file's own name stands above already."""
    if notice.table != file:
        return notice.text(get_language())
    text = replace(notice, table="").text(get_language()).removeprefix(", ").removeprefix(" : ").removeprefix(": ")
    return text[:1].upper() + text[1:]


# --- what corrects it ----------------------------------------------------------------------------------------------------


def _show_columns_form(hand: ImportInHand, explained: Explanation, resource: Resource, t: Locale) -> None:
    """A box for each column of the file; nothing is read anew before the button."""
    names = {"": t("Ne pas importer"), **{name: translate_header(name, t) for name in resource.fields}}
    shown = explained.columns[:MOST_COLUMNS]
    with st.form(f"import-columns-form-{hand.turn}", border=False, enter_to_submit=False):
        for first in range(0, len(shown), 2):
            for place, column in zip(st.columns(2), shown[first : first + 2], strict=False):
                place.selectbox(
                    escape_markdown(f"{column.letter} · {column.header[:60]}"),
                    list(names),
                    list(names).index(column.field) if column.field in names else 0,
                    key=f"import-column-{hand.turn}-{column.place}",
                    format_func=names.__getitem__,
                )
        sent = st.form_submit_button(t("Relire avec ces colonnes"), icon=":material/refresh:")
    if sent:
        hand.choose_columns({column.place: str(st.session_state[f"import-column-{hand.turn}-{column.place}"]) for column in shown})
        st.rerun()


def _show_all_form(hand: ImportInHand, explained: Explanation, resource: Resource, year: str, t: Locale) -> None:
    """What the file does not say itself: some columns, and the page that it rests on."""
    mapped = {column.field for column in explained.columns}
    asked = [name for name in FOR_ALL if name in resource.fields]
    page, key = hand.typed, f"import-all-{hand.turn}-"
    with st.form(f"import-all-form-{hand.turn}", border=False, enter_to_submit=False):
        st.markdown(t("Pour les lignes qui ne le disent pas elles-mêmes."))
        for place, name in zip(st.columns(len(asked)) if asked else (), asked, strict=True):
            words = translate_values(resource.name, name, t)
            options = ["", *(resource.fields[name].choices or words)]
            held = hand.choices.constants.get(name, "")
            place.selectbox(
                translate_header(name, t),
                options,
                options.index(held) if held in options else 0,
                key=key + name,
                format_func=lambda code, words=words: words.get(code, code) if code else "–",
                help=t("Le fichier a une colonne pour cela ; ceci vaut où elle est vide.") if name in mapped else None,
            )
        st.markdown(
            t(
                "La page publique sur laquelle le fichier repose, par exemple l'annuaire en ligne du pôle : chaque ligne nouvelle ou "
                "modifiée y renverra, et les lecteurs pourront l'ouvrir."
            )
        )
        st.text_input(t("Adresse de la page"), page.source_url, key=f"{key}url", placeholder="https://…")
        st.text_input(t("Titre de la page"), page.source_title, key=f"{key}title")
        st.text_input(t("Année de la page"), page.as_of, key=f"{key}year", placeholder=year)
        sent = st.form_submit_button(t("Relire avec ces réponses"), icon=":material/refresh:")
    if sent:
        told = [forms.write_cell(st.session_state[key + member])[:LONGEST_CELL] for member in ("url", "title", "year")]
        hand.choose_for_all({name: str(st.session_state[key + name]) for name in asked}, Evidence(*told))
        st.rerun()
