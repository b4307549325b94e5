"""What an act rests on, asked beside it: the page, its title and year, since when it is true, how sure it is, and why it is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import streamlit as st

from biocarto.desk import forms
from biocarto.desk.acts import LONGEST_CELL
from biocarto.desk.facts import Evidence
from biocarto.desk.rules import LONGEST_WHY
from biocarto.model import N_
from biocarto.register.headers import translate_values
from biocarto.ui.desk import fields
from biocarto.ui.desk.form_state import WHY, FormState
from biocarto.ui.shared.language import get_locale

MEMBERS = {
    "source_url": N_("Adresse de la page"),
    "source_title": N_("Titre de la page"),
    "as_of": N_("Année de la page"),
    "valid_from": N_("Vrai depuis"),
    "confidence": N_("Confiance"),
}
_PREFIX = "evidence-"
_CONFIDENCES = ("", "high", "medium")


def show(state: FormState, start: Mapping[str, str], since: str = "", without: Collection[str] = (), *, across: int = 1) -> None:
    """The fields, `across` side by side; `since` is what "true since" is called here, and comes first then."""
    names = [name for name in MEMBERS if name not in without]
    if since:
        names.sort(key=lambda name: name != "valid_from")
    places = st.columns(across) if across > 1 else [st.container()]
    for number, name in enumerate(names):
        with places[number % across]:
            _show_member(state, name, state.kept.get(_PREFIX + name, start.get(name, "")), since)


def _show_member(state: FormState, name: str, told: str, since: str) -> None:
    t = get_locale()
    key, label = state.key(_PREFIX + name), since if since and name == "valid_from" else t(MEMBERS[name])
    if name == "confidence":
        at = _CONFIDENCES.index(told) if told in _CONFIDENCES else 0
        st.selectbox(label, _CONFIDENCES, at, key=key, format_func=_label_confidence)
    else:
        hint = {"as_of": t("AAAA"), "valid_from": t("AAAA, AAAA-MM ou AAAA-MM-JJ")}.get(name)
        st.text_input(label, told, key=key, placeholder=hint)
    fields.show_issues(state, _PREFIX + name)


def show_reason(state: FormState, start: str = "") -> None:
    """Why, in a few words: the history tells it."""
    t = get_locale()
    hint = t("Pourquoi vous faites ce changement ; l'historique le dira. {n} caractères au plus.").format(n=LONGEST_WHY)
    st.text_input(t("Raison *"), state.kept.get(WHY, start), key=state.key(WHY), help=hint)


def _label_confidence(code: str) -> str:
    return translate_values("actors", "confidence", get_locale()).get(code, "–")


def read(state: FormState) -> Evidence:
    """What the fields hold."""
    told = {name: forms.write_cell(state.read(_PREFIX + name)) for name in MEMBERS}
    return Evidence(**{name: text[:LONGEST_CELL] for name, text in told.items()})


def read_reason(state: FormState) -> str:
    """Why."""
    return forms.write_cell(state.read(WHY))


def move_issues(state: FormState, path: str) -> None:
    """Issues about the evidence go to its fields, unless the row itself is one of evidence."""
    state.issues = tuple(
        replace(issue, column=_PREFIX + issue.column) if issue.table == path and issue.column in MEMBERS else issue
        for issue in state.issues
    )


def list_names() -> list[str]:
    """The fields of evidence, as issues name them."""
    return [_PREFIX + name for name in MEMBERS]
