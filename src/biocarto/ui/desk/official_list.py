"""A list of what official files offer: fifty at a time, those that are chosen are seen once more, then written as one act or refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import streamlit as st

from biocarto.desk.acts import Intent
from biocarto.desk.facts import ChangeSet
from biocarto.desk.members import Member
from biocarto.desk.rules import LONGEST_WHY
from biocarto.errors import AppError
from biocarto.ui.desk import acts, fields, links, outcomes
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

T = TypeVar("T")
PER_PAGE = 50
PAGE = "page"
MOST_TOLD = 200
"""Lines of a preview, and of what was left out, that are told one by one."""


@dataclass(frozen=True)
class ListedOffer:
    """A line of a list: its key, the row it is about, what would be written, why, by which page, and what the act is given."""

    key: str
    row_id: str
    sentence: str
    note: str
    page: str
    item: object


@dataclass(frozen=True)
class Written:
    """What became of an act: None for nothing written; `left` tells what was left out of it, and why."""

    change_set: ChangeSet | None
    count: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficialQuestion:
    """A list and what may be done with it; `why` is the reason that a person may keep, `empty` what is said of an empty list.

    `sure` are the keys of what may be looked at all at once; `may_share` where one number may belong to several rows, if a person says so.
    """

    key: str
    lead: str
    empty: str
    why: str
    offers: Sequence[ListedOffer]
    sure: frozenset[str]
    accept: Callable[[Intent, list[object], bool], Written]
    refuse: Callable[[Intent, list[object]], None]
    may_share: bool = False


def show(member: Member, question: OfficialQuestion) -> None:
    """The list, or the preview of what was chosen on it."""
    t = get_locale()
    _show_left(question)
    fields.show_note(question.lead)
    if not question.offers:
        st.info(question.empty, icon=":material/check:")
        return
    chosen = _read_chosen(question)
    if chosen:
        _show_preview(member, question, chosen)
        return
    fields.show_note(t.write_count(len(question.offers), "{n} proposition", "{n} propositions"))
    show_pages(question.key, question.offers, partial(_show_page, member, question))


def show_pages(key: str, items: Sequence[T], show_page: Callable[[Sequence[T]], None]) -> None:
    """Fifty at a time, those that the address names."""
    pages = math.ceil(len(items) / PER_PAGE)
    asked = (address.read_values(PAGE) or ["1"])[-1]
    page = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 6 else 1
    show_page(items[(page - 1) * PER_PAGE : page * PER_PAGE])
    if pages > 1:
        widget = f"official-page-{key}-{page}-{pages}"
        with st.container(key=f"official-pages-{key}"):
            st.pagination(
                pages, default=page, key=widget, max_visible_pages=5, on_change=address.write_widget_number, args=(PAGE, widget, "1")
            )


def _show_page(member: Member, question: OfficialQuestion, shown: Sequence[ListedOffer]) -> None:
    """Lines to be checked, and what is done with those that are."""
    t = get_locale()
    with st.form(f"official-{question.key}", border=False):
        for offer in shown:
            st.checkbox(f"{offer.sentence}  \n:small[{offer.note}]", key=_name_check(question, offer))
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"official-acts-{question.key}"):
            st.form_submit_button(
                t("Voir ce que les cochées changeraient"),
                key=f"official-choose-{question.key}",
                type="primary",
                icon=":material/preview:",
                on_click=_choose,
                args=(question, [offer.key for offer in shown], False),
            )
            if question.sure:
                st.form_submit_button(_label_all(question), key=f"official-all-{question.key}", on_click=_choose, args=(question, [], True))
            st.text_input(t("Raison d'un refus"), key=f"official-reason-{question.key}", max_chars=LONGEST_WHY // 2)
            refuse = partial(_refuse, member, question, tuple(shown))
            st.form_submit_button(t("Refuser les cochées"), key=f"official-refuse-{question.key}", icon=":material/block:", on_click=refuse)
    _show_error(question)


def _label_all(question: OfficialQuestion) -> str:
    t, count = get_locale(), len(question.sure)
    if count == len(question.offers):
        return t.write_count(count, "Voir pour la seule de la liste", "Voir pour les {n} de la liste")
    return t.write_count(count, "Voir la seule sûre de la liste", "Voir les {n} sûres de la liste")


# --- what was chosen -----------------------------------------------------------------------------------------------------


def _name_check(question: OfficialQuestion, offer: ListedOffer) -> str:
    return f"official-check-{question.key}-{offer.key}"


def _name_chosen(question: OfficialQuestion) -> str:
    return f"official-chosen-{question.key}"


def _name_request(question: OfficialQuestion) -> str:
    return f"official-{question.key}"


def _is_checked(question: OfficialQuestion, offer: ListedOffer) -> bool:
    return bool(st.session_state.get(_name_check(question, offer)))


def _read_chosen(question: OfficialQuestion) -> list[ListedOffer]:
    """What was chosen and is still offered."""
    keys = set(st.session_state.get(_name_chosen(question), ()))
    return [offer for offer in question.offers if offer.key in keys]


def _choose(question: OfficialQuestion, shown: list[str], every: bool) -> None:
    """Callback: those that are checked on this page, or the whole list."""
    keys = [
        offer.key
        for offer in question.offers
        if (every and offer.key in question.sure) or (offer.key in shown and _is_checked(question, offer))
    ]
    st.session_state[_name_chosen(question)] = keys
    links.forget_request(_name_request(question))  # a run that was cut off may have left that of an act which is done
    if not keys:
        _remember_refusal(question, get_locale()("Cochez d'abord ce que vous acceptez ou refusez : rien n'est écrit."))


def _refuse(member: Member, question: OfficialQuestion, shown: tuple[ListedOffer, ...]) -> None:
    """Callback: what is checked is not offered again."""
    t = get_locale()
    checked = [offer for offer in shown if _is_checked(question, offer)]
    if not checked:
        _remember_refusal(question, t("Cochez d'abord ce que vous acceptez ou refusez : rien n'est écrit."))
        return
    why = str(st.session_state.get(f"official-reason-{question.key}", ""))
    try:
        question.refuse(Intent(member, why, links.find_request(f"refuse-{question.key}")), [offer.item for offer in checked])
    except AppError as error:
        _remember_refusal(question, error.message(get_language()))
        return
    links.forget_request(f"refuse-{question.key}")
    told = t.write_count(
        len(checked), "{n} proposition refusée : elle ne reviendra pas.", "{n} propositions refusées : elles ne reviendront pas."
    )
    st.session_state[f"official-told-{question.key}"] = told


def _remember_refusal(question: OfficialQuestion, words: str) -> None:
    st.session_state[f"official-error-{question.key}"] = words


def _show_error(question: OfficialQuestion) -> None:
    """Why nothing was done, beneath the buttons that were to do it."""
    if words := st.session_state.pop(f"official-error-{question.key}", ""):
        st.error(escape_markdown(words), icon=":material/error:")


def _show_left(question: OfficialQuestion) -> None:
    """What the last act has done here, and what it had to leave out."""
    if told := st.session_state.pop(f"official-told-{question.key}", ""):
        st.success(escape_markdown(told), icon=":material/check:")
    left: list[str] = st.session_state.pop(f"official-left-{question.key}", [])
    if left:
        with st.expander(
            get_locale().write_count(len(left), "{n} proposition laissée de côté", "{n} propositions laissées de côté"), expanded=True
        ):
            show_html(links.render_list(left[:MOST_TOLD]))


# --- the preview, and the act --------------------------------------------------------------------------------------------


def _show_preview(member: Member, question: OfficialQuestion, chosen: list[ListedOffer]) -> None:
    """Line by line what would be written; nothing is, before the last button."""
    t = get_locale()
    st.subheader(t.write_count(len(chosen), "{n} changement, en un acte", "{n} changements, en un acte"), anchor=False)
    st.markdown("\n".join(f"- {offer.sentence}" for offer in chosen[:MOST_TOLD]))
    if len(chosen) > MOST_TOLD:
        fields.show_note(f"… {_write_rest(len(chosen) - MOST_TOLD)}")
    pages = list(dict.fromkeys(offer.page for offer in chosen))
    told = t("Page que chaque fait cite : {pages}").format(pages=", ".join(pages[:3]))
    fields.show_note(told if len(pages) <= 3 else f"{told}, {_write_rest(len(pages) - 3)}")
    with st.form(f"official-write-{question.key}", border=False):
        why = st.text_input(t("Raison *"), question.why, key=f"official-why-{question.key}", max_chars=LONGEST_WHY)
        shares = question.may_share and st.checkbox(
            t("Un même établissement peut être celui de plusieurs lignes (un site partagé)"), key=f"official-shares-{question.key}"
        )
        with st.container(horizontal=True, key=f"official-decide-{question.key}"):
            is_sent = st.form_submit_button(
                t("Écrire dans le registre"), key=f"official-write-it-{question.key}", type="primary", icon=":material/save:"
            )
            st.form_submit_button(
                t("Revenir à la liste"),
                key=f"official-back-{question.key}",
                on_click=st.session_state.pop,
                args=(_name_chosen(question), None),
            )
    if is_sent:
        _write(member, question, chosen, why, shares=shares)


def _write_rest(count: int) -> str:
    return get_locale().write_count(count, "et {n} autre", "et {n} autres")


def _write(member: Member, question: OfficialQuestion, chosen: list[ListedOffer], why: str, *, shares: bool) -> None:
    t, name = get_locale(), _name_request(question)
    try:
        written = question.accept(Intent(member, why, links.find_request(name)), [offer.item for offer in chosen], shares)
    except AppError as error:
        acts.show_refusal(error)
        return
    links.forget_request(name)
    st.session_state.pop(_name_chosen(question), None)
    st.session_state[f"official-left-{question.key}"] = list(written.left)
    if written.change_set is not None:
        sentence = t.write_count(
            written.count,
            "{n} proposition est écrite dans le registre. Les lecteurs la verront à la prochaine édition.",
            "{n} propositions sont écrites dans le registre. Les lecteurs les verront à la prochaine édition.",
        )
        outcomes.remember(written.change_set, sentence, "actors", chosen[0].row_id if len(chosen) == 1 else "")
    st.rerun()
