"""What an act of the desk has done, in one sentence, with the way back; and what it was refused for, with all that was typed."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

import streamlit as st

from biocarto.desk import reshaping
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.facts import ChangeSet
from biocarto.desk.members import Member
from biocarto.errors import AppError
from biocarto.i18n import Locale
from biocarto.register.headers import translate_header
from biocarto.ui.desk import acts, fields, form_state
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown

_DONE = "desk_outcome"


@dataclass
class Outcome:
    """The act that was done last in this session, in words, and the row that it was about; None for one that was taken back."""

    sentence: str
    number: int | None
    table: str
    row_id: str
    request: str = field(default_factory=lambda: uuid.uuid4().hex)
    error: AppError | None = None


def remember(made: ChangeSet, sentence: str, table: str, row_id: str) -> None:
    """What the page tells next; the form of the act is closed."""
    st.session_state[_DONE] = Outcome(sentence, made.number, table, row_id)
    form_state.close()


def is_told(number: int | None) -> bool:
    """Whether the act of this number is the one that the page tells."""
    done = st.session_state.get(_DONE)
    return number is not None and isinstance(done, Outcome) and done.number == number


def show(desk: Desk, member: Member) -> None:
    """The last act, until the next one or until it is closed."""
    done = st.session_state.get(_DONE)
    if not isinstance(done, Outcome):
        return
    t = get_locale()
    with st.container(key="desk-outcome"):
        st.success(escape_markdown(done.sentence), icon=":material/check:")
        if done.error is not None:
            acts.show_refusal(done.error)
        with st.container(horizontal=True, key="desk-outcome-acts"):
            if done.number is not None:
                st.button(t("Annuler"), key="desk-undo", icon=":material/undo:", on_click=_undo, args=(desk, member, done))
            st.button(t("Voir l'historique"), key="desk-history", icon=":material/history:", on_click=_see_history, args=(done,))
            st.button(t("Fermer ce message"), key="desk-outcome-close", type="tertiary", icon=":material/close:", on_click=_forget)


def _undo(desk: Desk, member: Member, done: Outcome) -> None:
    t = get_locale()
    if done.number is None:
        return
    try:
        reshaping.undo(desk, Intent(member, t("Annulé aussitôt après"), done.request), done.number)
    except AppError as error:
        done.error = error
        return
    st.session_state[_DONE] = Outcome(t("C'est annulé : le registre est comme avant."), None, done.table, done.row_id)
    form_state.close()


def _see_history(done: Outcome) -> None:
    address.replace_params(["acte", "page", "q"], {"vue": "historique", "table": done.table, "ligne": done.row_id})


def _forget() -> None:
    st.session_state.pop(_DONE, None)


def show_refusal(state: FormState, names: Collection[str]) -> None:
    """Why nothing was saved; what stands at no field is told here."""
    t = get_locale()
    if state.error is None and not state.is_unchanged and not state.issues:
        return
    with st.container(key="desk-refusal"):
        if state.error is not None:
            acts.show_refusal(state.error)
        elif state.is_unchanged:
            st.info(t("Rien n'a changé : rien n'est enregistré."), icon=":material/info:")
        else:
            st.error("\n\n".join(map(escape_markdown, _list_refusals(state, names, t))), icon=":material/error:")


def _list_refusals(state: FormState, names: Collection[str], t: Locale) -> list[str]:
    """A sentence, where to look, and each issue that has no field."""
    others = fields.list_other_issues(state, names)
    columns = dict.fromkeys(translate_header(issue.column.removeprefix("evidence-"), t) for issue in state.issues if issue not in others)
    first = t("Rien n'est enregistré, votre saisie est gardée.")
    if columns:
        first += " " + t("À corriger : {columns}.").format(columns=", ".join(columns))
    told = [
        t("{column} : {issue}").format(column=translate_header(issue.column, t), issue=f"« {issue.found} ». {fields.tell_issue(issue, t)}")
        for issue in others
    ]
    return [first, *told[:10]]
