"""Two rows that are one, and a row that never should have been there: what it touches is shown before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

import streamlit as st
from markupsafe import Markup

from biocarto.desk import acts, references, reshaping
from biocarto.desk.acts import Intent
from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.desk.members import Member
from biocarto.desk.references import Reference
from biocarto.register.headers import translate_header
from biocarto.ui.desk import evidence_fields, fields, form_state, outcomes, row_form
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import address
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

ACTORS = "actors"
OTHER = "avec"
"""The other row of a merge, in the address."""


def show_merging(view: RegisterView, member: Member, row: RegisterRow) -> None:
    """The row that is open stays; the other one goes, and its address leads here."""
    t = get_locale()
    others = {listed.id: f"{listed.name} · {listed.place}" for listed in view.list_rows(ACTORS) if listed.id != row.id}
    key, chosen = "desk-merge-other", address.read_value(OTHER, others)
    st.selectbox(
        t("L'autre ligne, qui disparaît"),
        list(others),
        list(others).index(chosen) if chosen else None,
        key=f"{key}-{row.id}",
        format_func=others.__getitem__,
        placeholder=t("Cherchez par son nom"),
        on_change=address.write_widget,
        args=(OTHER, f"{key}-{row.id}"),
    )
    other = view.read_row(ACTORS, chosen) if chosen else None
    if other is None:
        fields.show_note(t("Vous verrez ce qui change avant de fusionner."))
        return
    _show_preview(view, row, other)
    state = form_state.open_form(f"{ACTORS}-{row.id}-merge-{other.id}", dict(row.cells), row.version)
    outcomes.show_refusal(state, [])
    with st.form(state.key("form")):
        evidence_fields.show_reason(state)
        save = partial(_merge, view, member, row, other, state.what)
        label = t("Fusionner, garder « {name} »").format(name=escape_markdown(name_row(row.cells)))
        st.form_submit_button(label, type="primary", icon=":material/merge:", key=state.key("save"), on_click=save)


def _show_preview(view: RegisterView, row: RegisterRow, other: RegisterRow) -> None:
    """Where the two differ, and what names the one that goes."""
    t = get_locale()
    with view.desk.store.read() as transaction:
        named = references.list_references(transaction, view.get_package(), ACTORS, other.id)
        claims = references.count_claims(transaction, other.id)
    st.markdown(
        t("« {gone} » disparaît, son adresse mène à « {kept} ». Ce que dit « {kept} » reste tel quel.").format(
            gone=escape_markdown(name_row(other.cells)), kept=escape_markdown(name_row(row.cells))
        )
    )
    form = view.build_form(ACTORS, t)
    words = partial(row_form.write_words, form)
    lines = [
        (translate_header(name, t), words(name, one), words(name, two))
        for name, one, two in references.compare_rows(view.get_package()[ACTORS], row.cells, other.cells)
    ]
    heads = (
        t("Colonne"),
        t("Reste : {name}").format(name=name_row(row.cells)),
        t("Disparaît : {name}").format(name=name_row(other.cells)),
    )
    _show_table(t("Où les deux lignes diffèrent"), heads, lines)
    told = [t("Preuves ({n}) : celles qui disent comme la ligne gardée la rejoignent.").format(n=t.number(claims))] if claims else []
    _show_references([*told, *_tell_references(view, named)], t("Rien d'autre ne la nomme."))


def _show_table(caption: str, heads: Iterable[str], lines: Iterable[tuple[str, str, str]]) -> None:
    columns = Markup().join(Markup("<th scope='col'>{}</th>").format(head) for head in heads)
    rows = Markup().join(Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>").format(*line) for line in lines)
    show_html(
        Markup(
            "<div class='bc-scroll' tabindex='0' role='region' aria-label='{}'><table class='bc-table bc-differences'><caption>{}</caption>"
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
        ).format(caption, caption, columns, rows)
    )


def _tell_references(view: RegisterView, named: Iterable[Reference]) -> list[str]:
    """Each table with how many of its rows name this one, and the first of them."""
    t, package = get_locale(), view.get_package()
    some = list(named)
    counts = Counter(found.resource for found in some)
    return [
        t("{table} : {names}").format(
            table=package[table].about[f"title_{t.language}"],
            names=", ".join([found.name for found in some if found.resource == table][:5]) + (f" (+ {count - 5})" if count > 5 else ""),
        )
        for table, count in counts.items()
    ]


def _show_references(told: list[str], nothing: str) -> None:
    st.markdown("\n".join(f"- {escape_markdown(line)}" for line in told) if told else nothing)


def show_removing(view: RegisterView, member: Member, row: RegisterRow) -> None:
    """A row that is a mistake: what names it must name something else first."""
    t = get_locale()
    with view.desk.store.read() as transaction:
        named = references.list_references(transaction, view.get_package(), row.resource, row.id)
    state = form_state.open_form(f"{row.resource}-{row.id}-remove", dict(row.cells), row.version)
    outcomes.show_refusal(state, [])
    if row.resource == ACTORS:
        st.info(t("Retirer efface une ligne qui n'aurait jamais dû être là. Un site fermé ou parti se ferme : il reste dans l'histoire."))
    if named:
        st.markdown(t("Ces lignes la nomment ; il faut d'abord les corriger :"))
    _show_references(_tell_references(view, named), t("Rien d'autre ne la nomme."))
    with st.form(state.key("form")):
        evidence_fields.show_reason(state)
        save = partial(_remove, view, member, row, state.what)
        st.form_submit_button(t("Retirer cette ligne"), icon=":material/delete:", key=state.key("save"), on_click=save)


def _merge(view: RegisterView, member: Member, row: RegisterRow, other: RegisterRow, what: str) -> None:
    t, state = get_locale(), form_state.find(what)
    if state is None:
        return
    made = state.attempt(lambda: reshaping.merge_actors(view.desk, _intend(member, state), row.id, other.id))
    if made:
        sentence = t("Fusionné : « {gone} » mène maintenant à « {kept} ».").format(gone=name_row(other.cells), kept=name_row(row.cells))
        outcomes.remember(made, sentence, ACTORS, row.id)
        address.clear([row_form.ACT, OTHER])


def _remove(view: RegisterView, member: Member, row: RegisterRow, what: str) -> None:
    t, state = get_locale(), form_state.find(what)
    if state is None:
        return
    made = state.attempt(lambda: acts.remove_row(view.desk, _intend(member, state), row.resource, row.id))
    if made:
        outcomes.remember(made, t("Retiré : {name}.").format(name=name_row(row.cells) or row.id), row.resource, row.id)
        address.clear([row_form.ACT, row_form.ROW])


def _intend(member: Member, state: FormState) -> Intent:
    return Intent(member, evidence_fields.read_reason(state), state.request)
