"""The desk's room of proposals: what is proposed beside what the register says today, and what is decided."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup, escape

from biocarto.desk import proposals
from biocarto.desk.members import Member
from biocarto.desk.proposal import STATE_LABELS, Proposal, ProposalKind, ProposalState, ReviewedProposal
from biocarto.desk.proposal_texts import LONGEST_REASON
from biocarto.desk.rights import Right, may
from biocarto.errors import AppError
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register import headers
from biocarto.render import html
from biocarto.store.database import Store
from biocarto.ui.desk import proposal_prefill
from biocarto.ui.desk.proposal_thanks import write_thanks
from biocarto.ui.shared import address, cache
from biocarto.ui.shared.language import get_language
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

EMPTY = {
    ProposalState.OPEN: N_("Aucune proposition n'attend."),
    ProposalState.ACCEPTED: N_("Aucune proposition acceptée."),
    ProposalState.REFUSED: N_("Aucune proposition refusée."),
}
KINDS = {ProposalKind.CORRECTION: N_("Correction"), ProposalKind.NEW: N_("Nouvel acteur")}
_TAB, _DONE, _REFUSAL = "proposals-state", "proposals-done", "proposals-refusal"


class ShownProposal(NamedTuple):
    """What a button remembers of a proposal: not its contact."""

    id: str
    number: int
    name: str


class DecidedProposal(NamedTuple):
    """What was decided just now: the last time that its contact is seen."""

    proposal: Proposal
    name: str


def show(t: Locale, store: Store, who: Member) -> None:
    """The queue for who decides, what is theirs for who proposes; raises DeniedError, StoreError."""
    if may(who.role, Right.DECIDE):
        _show_queue(t, store, who)
    else:
        _show_own(t, store, who)


def _show_queue(t: Locale, store: Store, who: Member) -> None:
    """What was decided last, the three states, and a page of one of them."""
    state = ProposalState(address.read_value("state", set(ProposalState), ProposalState.OPEN))
    asked = (address.read_values("page") or ["1"])[-1]
    page = proposals.list_page(store, who, state, int(asked) if asked.isdecimal() and len(asked) < 9 else 1)
    show_done(t)
    if st.session_state.get(_REFUSAL, (0,))[0] not in {found.proposal.number for found in page.proposals}:
        _show_refusal()
    _show_states(t, state, {key: f"{t(STATE_LABELS[key])} · {t.number(count)}" for key, count in page.counts.items()})
    if not page.proposals:
        st.info(t(EMPTY[state]))
    for found in page.proposals:
        with st.container(border=True, key=f"proposal-{found.proposal.number}"):
            show_html(_draw(found, t))
            if state is ProposalState.OPEN:
                _offer(found, t, store, who)
                _show_refusal(found.proposal.number)
    if page.last > 1:
        with st.container(key="proposals-pages"):
            st.pagination(page.last, default=page.number, key=f"proposals-page-{page.number}", on_change=_turn, args=(page.number,))


def _show_own(t: Locale, store: Store, who: Member) -> None:
    """What a contributor has proposed, and its fate."""
    mine = proposals.list_own(store, who)
    if not mine:
        st.info(t("Vous n'avez encore rien proposé. Chaque fiche a un bouton « Signaler une erreur »."))
    for proposal in mine:
        with st.container(border=True, key=f"proposal-{proposal.number}"):
            show_html(_draw(ReviewedProposal(proposal, None), t))


def _show_states(t: Locale, state: ProposalState, labels: dict[ProposalState, str]) -> None:
    st.session_state[_TAB] = state
    st.segmented_control(
        t("État"),
        list(labels),
        key=_TAB,
        required=True,
        format_func=labels.__getitem__,
        on_change=_choose_state,
        label_visibility="collapsed",
    )


def _choose_state() -> None:
    if address.has_widget(_TAB):
        state = st.session_state[_TAB]
        address.replace_params(["page"], {"state": "" if state == ProposalState.OPEN else str(state)})


def _turn(number: int) -> None:
    key = f"proposals-page-{number}"
    if address.has_widget(key):
        address.write("page", str(st.session_state[key]), "1")


def _draw(found: ReviewedProposal, t: Locale) -> Markup:
    """Number, kind, day and author; the row; field by field; words, source, contact; what was decided."""
    proposal = found.proposal
    kicker = [t("n° {n}").format(n=t.number(proposal.number)), t(KINDS[proposal.kind]), _write_moment(proposal.at, t)]
    if proposal.form:
        kicker.append(t("formulaire « {name} »").format(name=proposal.form))
    table = "" if proposal.resource == "actors" else f" ({proposal.resource})"
    facts = [
        (t("Ce que l'on sait"), Markup("<br>").join(escape(line) for line in proposal.message.splitlines())),
        (t("Page qui le montre"), html.render_link(proposal.source_url, proposal.source_url) if proposal.source_url else Markup()),
        (t("Contact"), escape(proposal.contact)),
        (t("Décision"), escape(_describe_decision(proposal, t))),
    ]
    return Markup("<article class='bc-sheet'><p class='bc-kicker'>{}</p><h3>{}{}</h3>{}{}{}</article>").format(
        " · ".join(filter(None, kicker)), found.name, table, _warn(found, t), _draw_cells(found, t), html.render_facts(facts)
    )


def _write_moment(at: str, t: Locale) -> str:
    return t.moment(datetime.fromisoformat(at).astimezone(cache.settings().zone)) if at else ""


def _describe_decision(proposal: Proposal, t: Locale) -> str:
    if proposal.state is ProposalState.OPEN:
        return ""
    words = t("acceptée") if proposal.state is ProposalState.ACCEPTED else t("refusée")
    return " · ".join(filter(None, (words, _write_moment(proposal.decided_at, t), proposal.reason)))


def _warn(found: ReviewedProposal, t: Locale) -> Markup:
    """What a hurried reader must not miss."""
    if found.proposal.state is not ProposalState.OPEN:
        return Markup()
    if found.is_gone:
        return Markup("<p><strong>{}</strong></p>").format(t("Cette ligne n'est plus dans le registre."))
    if found.has_moved_on:
        return Markup("<p><strong>{}</strong></p>").format(t("La ligne a changé depuis cette proposition."))
    return Markup()


def _draw_cells(found: ReviewedProposal, t: Locale) -> Markup:
    """A row per field: today, proposed; and what it was then, where that has changed."""
    if not found.cells:
        return Markup()
    resource = found.proposal.resource
    is_open = found.proposal.state is ProposalState.OPEN

    def word(column: str, value: str) -> str:
        return headers.translate_values(resource, column, t).get(value, value) or t("rien")

    rows = []
    for cell in found.cells:
        today = word(cell.field, cell.now if is_open and found.row else cell.before)
        then = t("{value} à l'époque").format(value=word(cell.field, cell.before)) if is_open and found.row and cell.has_changed else ""
        name = headers.translate_header(cell.field, t)
        note = Markup("<br><small>{}</small>").format(then) if then else Markup()
        cells = Markup("<td>{}{}</td><td><ins>{}</ins></td>").format(today, note, word(cell.field, cell.after))
        rows.append(Markup("<tr><th scope='row'>{}</th>{}</tr>").format(name, cells))
    head = Markup().join(Markup("<th scope='col'>{}</th>").format(label) for label in (t("Champ"), t("Registre"), t("Proposé")))
    caption = t("Ce qui est proposé, champ par champ")
    return Markup(
        "<div style='overflow-x:auto' tabindex='0' role='region' aria-label='{}'><table class='bc-table'><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table></div>"
    ).format(f"{caption} ({found.proposal.number})", head, Markup().join(rows))


def _offer(found: ReviewedProposal, t: Locale, store: Store, who: Member) -> None:
    """Accept by the form of the row, or close with a reason."""
    proposal = found.proposal
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"proposal-acts-{proposal.number}"):
        st.button(
            t("Ouvrir dans le formulaire"),
            key=f"proposal-open-{proposal.number}",
            type="primary",
            icon=":material/edit:",
            disabled=found.is_gone,
            on_click=proposal_prefill.open_form,
            args=(proposal_prefill.build_prefill(found),),
        )
        reason, shown = f"proposal-reason-{proposal.number}", ShownProposal(proposal.id, proposal.number, found.name)
        st.text_input(t("Raison"), key=reason, max_chars=LONGEST_REASON, placeholder=t("aucune page ne le montre"))
        for accepted, label, icon in ((False, t("Refuser"), "block"), (True, t("Déjà dans le registre"), "done_all")):
            key = f"proposal-{'close' if accepted else 'refuse'}-{proposal.number}"
            st.button(label, key=key, icon=f":material/{icon}:", on_click=_decide, args=(store, who, shown, accepted))


def _decide(store: Store, who: Member, shown: ShownProposal, accepted: bool) -> None:
    """Decide without a change of the register; where that fails, the reason stays in its field."""
    reason = f"proposal-reason-{shown.number}"
    st.session_state.pop(_REFUSAL, None)
    try:
        said = str(st.session_state.get(reason, ""))
        decided = proposals.decide(store, who, shown.id, accepted=accepted, reason=said)
    except AppError as error:
        st.session_state[_REFUSAL] = (shown.number, error)
        return
    remember_decision(decided, shown.name)


def _show_refusal(number: int = 0) -> None:
    """Why a decision was not made, beside its proposal, or above the list where it is no longer there."""
    refused, error = st.session_state.get(_REFUSAL, (0, None))
    if error is not None and number in {0, refused}:
        st.error(escape_markdown(error.message(get_language())))


def remember_decision(decided: Proposal, name: str) -> None:
    """What the room tells next: that it is decided, and the thanks to send."""
    st.session_state[_DONE] = DecidedProposal(decided, name)


def show_done(t: Locale) -> None:
    """The decision, and where a contact was left, the answer to copy; gone when it is closed."""
    done = st.session_state.get(_DONE)
    if done is None:
        return
    proposal, name = done
    with st.container(border=True, key="proposal-done"):
        told = escape_markdown(_describe_decision(proposal, t))
        st.success(t("Proposition n° {n} : {what}.").format(n=proposal.number, what=told))
        if proposal.contact:
            st.markdown(
                t("Réponse à envoyer à {contact} ; ce contact n'est plus gardé nulle part.").format(
                    contact=escape_markdown(proposal.contact)
                )
            )
            st.code(write_thanks(proposal, name), language=None, wrap_lines=True)
        st.button(t("C'est fait"), key="proposal-forget", icon=":material/close:", on_click=st.session_state.pop, args=(_DONE, None))
