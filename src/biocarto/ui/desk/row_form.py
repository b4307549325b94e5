"""The form of a row: its fields, the page that they rest on beside them, one save that sends what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from biocarto.desk import acts, forms, proposals
from biocarto.desk.acts import Intent
from biocarto.desk.claims import CLAIMS
from biocarto.desk.differences import name_row
from biocarto.desk.facts import ChangeKind, ChangeSet, Evidence, RegisterRow
from biocarto.desk.forms import COMMUNE, COMMUNE_CODE, PAGE, POINT, SECTION_LABELS, Form, FormField
from biocarto.desk.members import Member
from biocarto.desk.official import candidates
from biocarto.desk.proposal import Proposal
from biocarto.register.headers import translate_header, translate_values
from biocarto.store.transaction import Transaction
from biocarto.ui.desk import candidate_prefill, collisions, evidence_fields, fields, form_state, lookup_panel, outcomes, point_map
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.proposal_prefill import Prefill
from biocarto.ui.desk.proposals import remember_decision
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown

TABLE, ROW, ACT, PROPOSAL = "table", "ligne", "acte", "proposition"
"""Names of the address: the table, the row, what is done to it, the proposal that fills its form."""
ORGANISATION = "organisation"


@dataclass(frozen=True)
class RowTask:
    """Whose form it is: the register as it is now, who edits, the table, the row ("" for a new one), the proposal that fills it."""

    view: RegisterView
    member: Member
    table: str
    row_id: str
    prefill: Prefill | None


def show_row(task: RowTask, row: RegisterRow) -> None:
    """Correct a row."""
    view, prefill = task.view, task.prefill
    given = dict(prefill.cells) if prefill else {}
    state = form_state.open_form(f"{row.resource}-{row.id}{_mark(prefill)}", dict(row.cells), row.version, given)
    form = view.build_form(row.resource, get_locale())
    save = partial(_save_row, task, state.what)
    _show_notices(view, state, form, row, save)
    _show_proposal(state, form, prefill)
    # never the page that the row has: what changes would be said by a page that says the contrary
    page = {"source_url": prefill.source_url} if prefill else {}
    with st.form(state.key("form"), border=False):
        left, right = st.columns([2, 1], gap="large")
        with left:
            for section, some in form.list_sections():
                st.subheader(get_locale()(SECTION_LABELS[section]), anchor=False)
                fields.show_fields(state, some, view.desk.territory)
                if any(field.name == "site_id" for field in some):
                    _suggest_site(view, state)
                    _tell_point(row)
        with right, st.container(key="desk-evidence"):
            _show_evidence(state, page, prefill)
            st.form_submit_button(get_locale()("Enregistrer"), type="primary", icon=":material/save:", key=state.key("save"), on_click=save)
    lookup_panel.show(view, state, form)
    if set(POINT) <= form.fields.keys() and COMMUNE_CODE in form.fields:
        point_map.show(view, state)


def show_new(task: RowTask) -> None:
    """A row that the register does not have."""
    view, table, prefill = task.view, task.table, task.prefill
    form = view.build_form(table, get_locale())
    given = _list_usual(table) | (dict(prefill.cells) if prefill else {})
    if prefill and prefill.source_url and "source_url" in form.fields:
        given["source_url"] = prefill.source_url
    candidate = candidate_prefill.read_prefill() if table == "actors" and prefill is None else None
    mark = f"-c{candidate.subject}" if candidate else _mark(prefill)
    given |= candidate.cells if candidate else {}
    state = form_state.open_form(f"{table}--new{mark}", {}, 0, given)
    save = partial(_add_row, task, state.what)
    outcomes.show_refusal(state, [*form.fields, *evidence_fields.list_names()])
    _show_proposal(state, form, prefill)
    first, others = _part_fields(form)
    with st.form(state.key("form"), border=False):
        left, right = st.columns([2, 1], gap="large")
        with left:
            st.subheader(get_locale()("L'essentiel"), anchor=False)
            fields.show_fields(state, [field for field in first if field.name not in PAGE], view.desk.territory)
            if others:
                wrong = {issue.column for issue in state.issues}
                with st.expander(get_locale()("Plus de champs"), expanded=any(field.name in wrong for field in others)):
                    fields.show_fields(state, others, view.desk.territory)
        with right, st.container(key="desk-evidence"):
            st.subheader(get_locale()("D'où cela vient"), anchor=False)
            for field in first:
                if field.name in PAGE:
                    fields.show_field(state, field, view.desk.territory)
            evidence_fields.show_reason(state, get_locale()("Nouvelle ligne, d'après sa page"))
            st.form_submit_button(get_locale()("Ajouter"), type="primary", icon=":material/add:", key=state.key("save"), on_click=save)
    lookup_panel.show(view, state, form)
    if set(POINT) <= form.fields.keys() and COMMUNE_CODE in form.fields:
        point_map.show(view, state)


def _mark(prefill: Prefill | None) -> str:
    return f"-p{prefill.number}" if prefill else ""


def _part_fields(form: Form) -> tuple[list[FormField], list[FormField]]:
    """What a new row is asked first, and the rest."""
    quick = forms.QUICK.get(form.table)
    every = list(form.fields.values())
    if quick is None:
        return every, []
    own = {
        **form.fields,
        ORGANISATION: replace(form.fields[ORGANISATION], is_required=False, label=get_locale()("Organisation (sinon, le nom)")),
    }
    first = [replace(own[name], help="") for name in quick if name in own]  # a button of help is one more step of the keyboard
    return first, [field for field in every if field.name not in quick]


def _list_usual(table: str) -> dict[str, str]:
    """What a new row starts with; the year is that of its page, which only its editor knows."""
    return {"kind": "company", "status": "present", "confidence": "high"} if table == "actors" else {}


def _show_notices(view: RegisterView, state: FormState, form: Form, row: RegisterRow, save: partial[None]) -> None:
    """What was refused, what others have changed, what was proposed."""
    if state.collisions:
        collisions.show(view, state, partial(write_words, form), save)
    else:
        outcomes.show_refusal(state, [*form.fields, *evidence_fields.list_names()])
        if row.version != state.version:
            st.info(
                get_locale()(
                    "Cette ligne a changé depuis que vous l'avez ouverte. Enregistrez : ce qui se recoupe vous sera montré, rien d'autre."
                ),
                icon=":material/update:",
            )


def write_words(form: Form, column: str, cell: str) -> str:
    """A cell as people read it."""
    t = get_locale()
    field = form.fields.get(column)
    words = field.options if field else translate_values(form.table, column, t)
    return ", ".join(words.get(item, item) for item in cell.split(";")) if cell and words else cell


def _show_evidence(state: FormState, page: Mapping[str, str], prefill: Prefill | None) -> None:
    t = get_locale()
    st.subheader(t("D'où vient ce que vous changez"), anchor=False)
    evidence_fields.show_same_page(state)
    evidence_fields.show(state, page)
    evidence_fields.show_reason(state, t("Proposition n° {n} acceptée").format(n=prefill.number) if prefill else "")


def _show_proposal(state: FormState, form: Form, prefill: Prefill | None) -> None:
    """What was proposed, beside what the register says today."""
    if prefill is None:
        return
    t = get_locale()
    lines = [
        t("{column} : proposé « {new} », aujourd'hui « {old} »").format(
            column=translate_header(column, t),
            new=write_words(form, column, cell),
            old=write_words(form, column, state.base.get(column, "")) or t("rien"),
        )
        for column, cell in prefill.cells.items()
    ]
    said = [t("Proposition n° {n}, pas encore enregistrée : relisez, corrigez, enregistrez.").format(n=prefill.number), *lines]
    st.info("\n\n".join(map(escape_markdown, [*said, prefill.message])), icon=":material/rate_review:")


def _suggest_site(view: RegisterView, state: FormState) -> None:
    """The campus that the address names, said beneath its field: an editor decides."""
    found = forms.suggest_site({**state.base, **state.given}, view.get_rows("sites"))
    if found is not None:
        fields.show_note(get_locale()("D'après l'adresse, ce pourrait être le campus : {name}.").format(name=found.cells["name"]))


def _tell_point(row: RegisterRow) -> None:
    """The point that the row has of its own, which nobody types, and what becomes of it."""
    if row.resource == "actors" and row.cells.get("latitude"):
        t = get_locale()
        words = t("Point d'un fichier officiel ({precision}) : il est retiré si la commune, l'adresse ou le SIRET change.")
        fields.show_note(words.format(precision=translate_values("actors", "position", t)[row.cells["position"]]))


# --- saving -----------------------------------------------------------------------------------------------------------


def _collect(view: RegisterView, state: FormState, form: Form) -> dict[str, str] | None:
    """What the form holds as cells; None where something cannot be read, which is told at its field."""
    resource = view.get_package()[form.table]
    state.forget_refusal()
    cells = fields.read_cells(state, form, view.desk.territory, resource.path)
    state.issues = (*state.issues, *forms.find_long_cells(resource, cells))
    if state.issues:
        state.keep_typed()
        return None
    return cells


def _save_row(task: RowTask, what: str) -> None:
    """Callback of the button: a click on a form that is no longer open means nothing."""
    view, table, row_id, state = task.view, task.table, task.row_id, form_state.find(what)
    if state is None:
        return
    form, resource = view.build_form(table, get_locale()), view.get_package()[table]
    cells = _collect(view, state, form)
    if cells is None:
        return
    changes = forms.find_changes(state.base, cells)
    if "site_id" in changes:
        changes |= forms.find_changes(state.base, forms.derive_cells(resource, cells))
    evidence, decided = evidence_fields.read_of_row(state, cells), list[Proposal]()
    intent = _build_intent(task, state, decided)
    made = state.attempt(lambda: acts.save_row(view.desk, intent, (table, row_id), changes, evidence))
    if table != CLAIMS:
        evidence_fields.move_issues(state, view.get_package()[CLAIMS].path)
    if made:
        columns = ", ".join(dict.fromkeys(translate_header(COMMUNE if name == COMMUNE_CODE else name, get_locale()) for name in changes))
        name = name_row({**state.base, **cells}) or row_id
        sentence = get_locale()("Enregistré : {name} ({columns}). Les lecteurs le verront à la prochaine édition.").format(
            name=name, columns=columns
        )
        _finish(made, sentence, table, row_id)
        _tell_decision(task, decided, state.base)


def _add_row(task: RowTask, what: str) -> None:
    """Callback of the button."""
    view, table, state = task.view, task.table, form_state.find(what)
    if state is None:
        return
    form, resource = view.build_form(table, get_locale()), view.get_package()[table]
    cells = _collect(view, state, form)
    if cells is None:
        return
    cells |= forms.derive_cells(resource, {"site_id": "", **cells})
    if table == "actors":
        cells[ORGANISATION] = cells.get(ORGANISATION) or cells.get("name", "")
    cells |= forms.number_row(resource, view.get_rows(table))
    evidence = Evidence(
        cells.get("source_url", ""), cells.get("source_title", ""), cells.get("as_of", "")[:4], "", cells.get("confidence", "")
    )
    intent = _build_intent(task, state, decided := list[Proposal]())
    candidate = candidate_prefill.read_prefill() if table == "actors" and task.prefill is None else None
    if candidate is not None:
        made = state.attempt(lambda: candidates.take_newcomer(view.desk, intent, candidate.known, cells, evidence))
    else:
        made = state.attempt(lambda: acts.add_row(view.desk, intent, table, cells, evidence))
    if made:
        sentence = get_locale()("Ajouté : {name}. Les lecteurs le verront à la prochaine édition.").format(name=name_row(cells))
        _finish(made, sentence, table, _find_row_id(view, made, table))
        _tell_decision(task, decided, state.base)


def _finish(made: ChangeSet, sentence: str, table: str, row_id: str) -> None:
    outcomes.remember(made, sentence, table, row_id)
    address.replace_params([ACT, PROPOSAL, candidate_prefill.NAME], {TABLE: table, ROW: row_id})


def _find_row_id(view: RegisterView, made: ChangeSet, table: str) -> str:
    """What the store has called the row that an act has added."""
    with view.desk.store.read() as transaction:
        rows = transaction.execute("SELECT row_id FROM fact WHERE change_set = ? AND resource = ?", (made.number, table))
    return str(rows[0][0]) if rows else ""


def _tell_decision(task: RowTask, decided: list[Proposal], base: Mapping[str, str]) -> None:
    """Once the act is stored: before, it may still fail, and the decision with it."""
    if decided and task.prefill is not None:
        remember_decision(decided[0], name_row({**base, **task.prefill.cells}) or task.prefill.row_id)


def _build_intent(task: RowTask, state: FormState, decided: list[Proposal]) -> Intent:
    """Who acts and why; a proposal that the form came from is decided with the act, and put into `decided`."""
    member, prefill = task.member, task.prefill
    why = evidence_fields.read_reason(state)
    if prefill is None:
        return Intent(member, why, state.request)

    def accept(transaction: Transaction, made: ChangeSet) -> None:
        decided.append(proposals.decide_in(transaction, member, prefill.proposal_id, accepted=True, change_set=made.number))

    return Intent(member, why, state.request, ChangeKind.ACCEPT, accept)
