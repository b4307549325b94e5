"""What may happen to an actor beside a correction: its site closes, moves, is called otherwise. Few fields, one button each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from biocarto.desk import acts, communes, forms, references, reshaping
from biocarto.desk.acts import Intent
from biocarto.desk.claims import CLAIMS
from biocarto.desk.facts import ChangeSet, RegisterRow
from biocarto.desk.forms import COMMUNE, COMMUNE_CODE
from biocarto.desk.members import Member
from biocarto.model import Status
from biocarto.ui.desk import collisions, evidence_fields, fields, form_state, outcomes, row_form
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown

TABLE = "actors"
_WHERE = (COMMUNE, "postcode", "address", "site", "site_id")


def show_closing(view: RegisterView, member: Member, row: RegisterRow) -> None:
    """The site is there no more: since when, on what page."""
    t = get_locale()
    if row.cells.get("status") == Status.FORMER:
        st.info(t("Ce site est déjà fermé ou parti. Pour le rouvrir, corrigez son statut."), icon=":material/info:")
        return
    state = _open(row, "close")
    _show_refusal(view, state, partial(_close, view, member, row.id, state.what))
    with st.form(state.key("form")):
        st.markdown(t("**{name}** : ce site n'est plus là.").format(name=escape_markdown(row.cells.get("name", row.id))))
        evidence_fields.show(state, {}, since=t("Fermé ou parti depuis"), without=("confidence",), across=2)
        evidence_fields.show_reason(state, t("Site fermé ou parti, d'après la page citée"))
        save = partial(_close, view, member, row.id, state.what)
        st.form_submit_button(t("Fermer ce site"), type="primary", icon=":material/block:", key=state.key("save"), on_click=save)


def show_moving(view: RegisterView, member: Member, row: RegisterRow) -> None:
    """The site is elsewhere: what is left empty is emptied, since it was told of the old place."""
    t, state, form = get_locale(), _open(row, "move"), view.build_form(TABLE, get_locale())
    state.given = {**dict.fromkeys((*_WHERE, COMMUNE_CODE), ""), **state.given}
    save = partial(_move, view, member, row.id, state.what)
    _show_refusal(view, state, save)
    with st.form(state.key("form")):
        st.markdown(
            t(
                "**{name}** est aujourd'hui à {place}. Où est-ce maintenant ? Un champ laissé vide est vidé : il disait l'ancien lieu."
            ).format(
                name=escape_markdown(row.cells.get("name", row.id)),
                place=escape_markdown(fields.tell_base_place(state, view.desk.territory)),
            )
        )
        left, right = st.columns([2, 1], gap="large")
        with left:
            fields.show_fields(state, [form.fields[name] for name in _WHERE if name in form.fields], view.desk.territory)
        with right:
            evidence_fields.show(state, {}, since=t("Là depuis"), without=("confidence",))
            evidence_fields.show_reason(state, t("Déménagement, d'après la page citée"))
            st.form_submit_button(t("Déplacer ce site"), type="primary", icon=":material/moving:", key=state.key("save"), on_click=save)


def show_renaming(view: RegisterView, member: Member, row: RegisterRow) -> None:
    """Another name of the site, or of its organisation wherever it is written."""
    t, state, form = get_locale(), _open(row, "rename"), view.build_form(TABLE, get_locale())
    save = partial(_rename, view, member, row.id, state.what)
    _show_refusal(view, state, save)
    with view.desk.store.read() as transaction:
        counts = references.count_spellings(transaction, row.cells.get("organisation", ""))
    with st.form(state.key("form")):
        fields.show_fields(state, [form.fields["name"], form.fields["organisation"]], view.desk.territory)
        fields.show_note(
            t("Le nom de l'organisation est changé partout où il est écrit (lignes du registre : {n}).").format(n=t.number(counts.total()))
        )
        evidence_fields.show(state, {}, since=t("Ainsi nommé depuis"), without=("confidence",), across=2)
        evidence_fields.show_reason(state, t("Nouveau nom, d'après la page citée"))
        st.form_submit_button(t("Renommer"), type="primary", icon=":material/edit:", key=state.key("save"), on_click=save)


def _open(row: RegisterRow, act: str) -> FormState:
    return form_state.open_form(f"{TABLE}-{row.id}-{act}", dict(row.cells), row.version)


def _show_refusal(view: RegisterView, state: FormState, again: partial[None]) -> None:
    form = view.build_form(TABLE, get_locale())
    if state.collisions:
        collisions.show(view, state, partial(row_form.write_words, form), again)
    else:
        outcomes.show_refusal(state, [*form.fields, *evidence_fields.list_names()])


def _finish(view: RegisterView, state: FormState, row_id: str, made: object, sentence: str) -> None:
    """Tell what was done, or keep the form with what was refused."""
    evidence_fields.move_issues(state, view.get_package()[CLAIMS].path)
    if isinstance(made, ChangeSet):
        outcomes.remember(made, sentence, TABLE, row_id)
        address.clear([row_form.ACT])


def _close(view: RegisterView, member: Member, row_id: str, what: str) -> None:
    t, state = get_locale(), form_state.find(what)
    if state is None:
        return
    evidence = evidence_fields.read(state)
    intent = Intent(member, evidence_fields.read_reason(state), state.request)
    made = state.attempt(lambda: acts.close_actor(view.desk, intent, row_id, state.base.get("status", ""), evidence))
    since = t(", depuis {day}").format(day=t.day(evidence.valid_from)) if made and evidence.valid_from else ""
    _finish(view, state, row_id, made, t("Fermé : {name}{since}.").format(name=state.base.get("name", row_id), since=since))


def _move(view: RegisterView, member: Member, row_id: str, what: str) -> None:
    t, state = get_locale(), form_state.find(what)
    if state is None:
        return
    form, resource = view.build_form(TABLE, t), view.get_package()[TABLE]
    state.forget_refusal()
    cells = fields.read_cells(state, form, view.desk.territory, resource.path)
    state.issues = (*state.issues, *forms.find_long_cells(resource, cells))
    if state.issues:
        return
    cells |= forms.derive_cells(resource, cells)
    changes = forms.find_changes(state.base, cells)
    intent = Intent(member, evidence_fields.read_reason(state), state.request)
    made = state.attempt(lambda: acts.move_actor(view.desk, intent, row_id, changes, evidence_fields.read(state)))
    place = communes.label_commune(view.desk.territory, cells.get(COMMUNE_CODE, ""))
    told = t("Déplacé : {name}, maintenant à {place}.").format(name=state.base.get("name", row_id), place=place)
    _finish(view, state, row_id, made, told)


def _rename(view: RegisterView, member: Member, row_id: str, what: str) -> None:
    t, state = get_locale(), form_state.find(what)
    if state is None:
        return
    wanted = {name: forms.write_cell(state.read(name)) for name in ("name", "organisation")}
    state.forget_refusal()
    state.issues = tuple(forms.find_long_cells(view.get_package()[TABLE], wanted))
    if state.issues:
        return
    changes = forms.find_changes(state.base, wanted)
    intent = Intent(member, evidence_fields.read_reason(state), state.request)
    made = state.attempt(lambda: reshaping.rename_actor(view.desk, intent, row_id, changes, evidence_fields.read(state)))
    _finish(view, state, row_id, made, t("Renommé : {name}.").format(name=wanted["name"]))
