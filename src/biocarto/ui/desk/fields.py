"""The fields of a form as widgets: what a cell may be in words, and what is wrong with it beneath."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from biocarto.desk import communes, forms
from biocarto.desk.forms import COMMUNE, COMMUNE_CODE, Control, Form, FormField
from biocarto.errors import Issue
from biocarto.i18n import Locale
from biocarto.register.schema import split_list
from biocarto.territory.territory import Territory
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

_COLUMN_OF_FIELD = {COMMUNE_CODE: COMMUNE, "position": "site_id"}
"""A column without a field of its own -> the field that decides it."""
_NONE = ""


def show_fields(state: FormState, some: Iterable[FormField], territory: Territory) -> None:
    """Fields two by two, a text beside its translation."""
    for pair in forms.pair_fields(some):
        places = st.columns(2, gap="small") if len(pair) > 1 or pair[0].control is not Control.TEXT else [st.container()]
        for place, field in zip(places, pair, strict=False):
            with place:
                show_field(state, field, territory)


def show_field(state: FormState, field: FormField, territory: Territory) -> None:
    """One field, with what was proposed for it and what is wrong with it."""
    t = get_locale()
    label = f"{field.label} *" if field.is_required else field.label
    start, key, words = state.find_start(field.name), state.key(field.name), field.help or None
    if field.control is Control.PLACE:
        _show_place(state, field, label, territory)
    elif field.control is Control.CHOICES:
        items = list(split_list(start))
        options = list(dict.fromkeys((*field.options, *items)))
        hint = t("Choisissez ou écrivez") if field.is_open else t("Choisissez")
        st.multiselect(
            label,
            options,
            items,
            key=key,
            format_func=lambda code: field.options.get(code, code),
            accept_new_options=field.is_open,
            placeholder=hint,
            help=words,
        )
    elif field.control is Control.CHOICE:
        _show_choice(field, label, start, key)
    elif field.control is Control.TEXT:
        st.text_area(label, start, key=key, height=96, help=words)
    else:
        st.text_input(label, start, key=key, help=words)
    show_issues(state, field.name)


def _show_choice(field: FormField, label: str, start: str, key: str) -> None:
    t = get_locale()
    options = list(dict.fromkeys((*([] if field.is_required else [_NONE]), *([start] if start else []), *field.options)))
    options.sort(key=lambda code: list(field.options).index(code) if code in field.options else -1)
    st.selectbox(
        label,
        options,
        options.index(start) if start in options else None,
        key=key,
        format_func=lambda code: field.options.get(code, code) if code else "–",
        placeholder=t("Choisissez"),
        help=field.help or None,
    )


# --- a commune, by its name -------------------------------------------------------------------------------------------


def tell_place(state: FormState, territory: Territory) -> str:
    """What the field of a commune says before anybody types: its name, told from its homonyms."""
    told = {**state.base, **state.given}
    code = told.get(COMMUNE_CODE, "")
    return communes.label_commune(territory, code) if code else told.get(COMMUNE, "")


def _show_place(state: FormState, field: FormField, label: str, territory: Territory) -> None:
    t = get_locale()
    start = state.kept.get(field.name, tell_place(state, territory))
    st.text_input(label, start, key=state.key(field.name), placeholder=t("Nom, code postal ou « Paris 13e »"), help=field.help or None)
    if codes := state.homonyms.get(COMMUNE):
        st.selectbox(
            t("Laquelle ?"),
            codes,
            None,
            key=state.key("homonym"),
            format_func=lambda code: communes.label_commune(territory, code),
            placeholder=t("Choisissez"),
        )


def read_place(state: FormState, name: str, territory: Territory, path: str) -> dict[str, str]:
    """Code and name of the commune that was typed; nothing where the field is as it started, an issue kept where it is not clear."""
    typed = forms.write_cell(state.read(name))
    if typed == tell_place(state, territory):
        return {column: state.given[column] for column in (COMMUNE, COMMUNE_CODE) if column in state.given}
    if not typed:
        return {COMMUNE: "", COMMUNE_CODE: ""}
    codes = communes.find_communes(territory, typed, in_region=state.what.startswith("actors"))
    chosen = state.read("homonym")
    if chosen in codes:
        codes = (chosen,)
    if len(codes) == 1:
        return {COMMUNE: communes.write_commune(territory, codes[0]), COMMUNE_CODE: codes[0]}
    if codes:
        state.homonyms = {COMMUNE: codes}
        expected = "laquelle, parmi celles qui s'appellent ainsi", "which one of those that are called so"
    else:
        expected = "une commune de France, par son nom ou son code", "a commune of France, by its name or its code"
    state.issues = (*state.issues, Issue(path, 0, COMMUNE, typed[:80], *expected))
    return {}


def show_note(words: str) -> None:
    """A quiet line, dark enough to be read."""
    show_html(Markup("<p class='bc-note'>{}</p>").format(words))


# --- what is wrong ----------------------------------------------------------------------------------------------------


def show_issues(state: FormState, name: str) -> None:
    """What the register expects in a field instead of what it holds."""
    t = get_locale()
    told = [issue for issue in state.issues if _COLUMN_OF_FIELD.get(issue.column, issue.column) in {name, _COLUMN_OF_FIELD.get(name)}]
    for issue in told:
        show_html(Markup("<p class='bc-wrong'>{}</p>").format(tell_issue(issue, t)))


def tell_issue(issue: Issue, t: Locale) -> str:
    """What is expected, and what to do."""
    expected, remedy = (issue.expected_fr, issue.remedy_fr) if t.language == "fr" else (issue.expected_en, issue.remedy_en)
    return " ".join(filter(None, (t("Attendu : {expected}.").format(expected=expected.rstrip(".")), remedy)))


def list_other_issues(state: FormState, names: Iterable[str]) -> list[Issue]:
    """Issues that stand at no field of the form."""
    known = {*names, *(_COLUMN_OF_FIELD.get(name) for name in names)}
    return [issue for issue in state.issues if _COLUMN_OF_FIELD.get(issue.column, issue.column) not in known]


def read_cells(state: FormState, form: Form, territory: Territory, path: str) -> dict[str, str]:
    """What the fields hold as cells, those that are on screen."""
    cells: dict[str, str] = {}
    for name, field in form.fields.items():
        if not state.has(name):
            continue
        if field.control is Control.PLACE:
            own = read_place(state, name, territory, path)
            cells |= own if name == COMMUNE else {column: cell for column, cell in own.items() if column == COMMUNE_CODE}
        else:
            cells[name] = forms.write_cell(state.read(name))
    return cells


def tell_base_place(state: FormState, territory: Territory) -> str:
    """Where the row was when its editor opened it."""
    code = state.base.get(COMMUNE_CODE, "")
    return communes.label_commune(territory, code) if code else state.base.get(COMMUNE, "")
