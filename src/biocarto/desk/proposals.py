"""What visitors and contributors ask to be changed: stored without an account, shown to nobody else, decided by an editor.

Accepting writes nothing to the register: the act that does, does it in the transaction in which the proposal is decided (`decide_in`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from biocarto.desk import proposal_error as errors
from biocarto.desk.ledger import read_row
from biocarto.desk.members import Member, read_role, require
from biocarto.desk.people import note_erasing
from biocarto.desk.proposal import (
    COLUMNS,
    Proposal,
    ProposalKind,
    ProposalState,
    ProposedCell,
    ReviewedProposal,
    read_proposals,
    review,
    write_cells,
)
from biocarto.desk.proposal_error import ProposalError
from biocarto.desk.proposal_limits import MOST_WAITING
from biocarto.desk.proposal_texts import Draft, check_draft, check_reason
from biocarto.desk.rights import Right, may
from biocarto.register.schema import Resource
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

PER_PAGE = 10
"""Proposals on a page of the desk."""

_FIRST, _LAST = "ORDER BY number LIMIT ? OFFSET ?", "ORDER BY number DESC LIMIT ? OFFSET ?"


@dataclass(frozen=True)
class ProposalPage:
    """A page of the proposals in one state; what waits is oldest first, what is decided newest first."""

    proposals: tuple[ReviewedProposal, ...]
    counts: Mapping[ProposalState, int]
    number: int
    last: int


def propose_correction(store: Store, who: Member, resource: Resource, row_id: str, draft: Draft) -> Proposal:
    """Store what somebody finds wrong in a row; raises ProposalError, StoreError. The same click twice is one proposal."""
    with store.write() as transaction:
        return propose_correction_in(transaction, who, resource, row_id, draft)


def propose_correction_in(transaction: Transaction, who: Member, resource: Resource, row_id: str, draft: Draft) -> Proposal:
    """The same in a transaction that looks at more than the proposal."""
    given = check_draft(draft, resource)
    if earlier := _find_earlier(transaction, who, given.request):
        return earlier
    row = read_row(transaction, resource.name, row_id)
    if row is None:
        raise ProposalError(*errors.ROW_GONE)
    told = {name: ProposedCell(row.cells.get(name, ""), text) for name, text in given.cells.items()}
    cells = {name: cell for name, cell in told.items() if cell.before != cell.after}
    if not cells and not given.message:
        raise ProposalError(*errors.NOTHING_SAID)
    return _store(transaction, who, _build(resource, row_id, row.version, cells, given))


def propose_actor(store: Store, who: Member, actors: Resource, draft: Draft) -> Proposal:
    """Store an actor that the register does not have; raises ProposalError, StoreError. The same click twice is one proposal."""
    with store.write() as transaction:
        return propose_actor_in(transaction, who, actors, draft)


def propose_actor_in(transaction: Transaction, who: Member, actors: Resource, draft: Draft) -> Proposal:
    """The same in a transaction that looks at more than the proposal."""
    given = check_draft(draft, actors)
    if not given.cells.get("name"):
        raise ProposalError(*errors.NO_NAME)
    if not {"activity_fr", "activity_en", "website"} & given.cells.keys() and not given.message:
        raise ProposalError(*errors.NO_ACTIVITY)
    cells = {name: ProposedCell("", text) for name, text in given.cells.items()}
    if earlier := _find_earlier(transaction, who, given.request):
        return earlier
    return _store(transaction, who, _build(actors, "", 0, cells, given))


def list_page(store: Store, who: Member, state: ProposalState = ProposalState.OPEN, number: int = 1) -> ProposalPage:
    """A page of the proposals, the nearest one where there is none of that number; raises DeniedError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.DECIDE)
        counts = _count(transaction)
        last = max(1, math.ceil(counts[state] / PER_PAGE))
        page = min(max(1, number), last)
        order = _FIRST if state is ProposalState.OPEN else _LAST
        found = read_proposals(transaction, f"WHERE state = ? {order}", (state.value, PER_PAGE, (page - 1) * PER_PAGE))
        return ProposalPage(tuple(review(transaction, proposal) for proposal in found), counts, page, last)


def list_own(store: Store, who: Member) -> tuple[Proposal, ...]:
    """What a contributor has proposed, newest first, with its fate; raises DeniedError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.FOLLOW_PROPOSALS)
        return read_proposals(transaction, "WHERE who = ? ORDER BY number DESC", (who.id,))


def count_by_state(store: Store, who: Member) -> Mapping[ProposalState, int]:
    """How many proposals are in each state; raises DeniedError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.DECIDE)
        return _count(transaction)


def find_proposal(store: Store, who: Member, proposal_id: str) -> ReviewedProposal | None:
    """One proposal beside its row, for who decides; raises DeniedError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.DECIDE)
        found = read_proposals(transaction, "WHERE id = ?", (proposal_id[:80],))
        return review(transaction, found[0]) if found else None


def decide(store: Store, who: Member, proposal_id: str, *, accepted: bool, reason: str = "", change_set: int | None = None) -> Proposal:
    """Decide a proposal alone; raises ProposalError, DeniedError, StoreError. See `decide_in`."""
    with store.write() as transaction:
        return decide_in(transaction, who, proposal_id, accepted=accepted, reason=reason, change_set=change_set)


def decide_in(
    transaction: Transaction, who: Member, proposal_id: str, *, accepted: bool, reason: str = "", change_set: int | None = None
) -> Proposal:
    """Decide a proposal in the transaction of the act that follows it, and erase its contact; raises ProposalError, DeniedError.

    A reason is needed but for what a change set of the register answers. What is returned has the contact for the last time. The same
    decision twice is one.
    """
    require(transaction, who, Right.DECIDE)
    said = check_reason(reason)
    if not said and not (accepted and change_set is not None):
        raise ProposalError(*errors.NO_REASON)
    found = read_proposals(transaction, "WHERE id = ?", (proposal_id[:80],))
    if not found:
        raise ProposalError(*errors.UNKNOWN)
    state = ProposalState.ACCEPTED if accepted else ProposalState.REFUSED
    [before] = found
    after = replace(before, state=state, reason=said, decided_by=who.id, decided_at=_write_moment(datetime.now(UTC)), change_set=change_set)
    if before.state is not ProposalState.OPEN:
        if replace(after, decided_at=before.decided_at) != before:
            raise ProposalError(*errors.DECIDED)
        return before
    transaction.execute(
        "UPDATE proposal SET state = ?, reason = ?, decided_by = ?, decided_at = ?, change_set = ?, contact = '' WHERE id = ?",
        (after.state.value, said, who.id, after.decided_at, change_set, after.id),
    )
    if before.contact:
        note_erasing(transaction)
    return after


def _count(transaction: Transaction) -> dict[ProposalState, int]:
    found: dict[str, int] = dict(transaction.execute("SELECT state, count(*) FROM proposal GROUP BY state"))
    return {state: int(found.get(state.value, 0)) for state in ProposalState}


def _find_earlier(transaction: Transaction, who: Member, request: str) -> Proposal | None:
    """What this click has stored already; raises where there is no right, or no room, for another proposal."""
    require(transaction, who, Right.PROPOSE)
    if found := read_proposals(transaction, "WHERE id = ?", (request,)):
        return found[0]
    if _count(transaction)[ProposalState.OPEN] >= MOST_WAITING:
        raise ProposalError(*errors.CLOSED_LIST)
    return None


def _build(resource: Resource, row_id: str, version: int, cells: Mapping[str, ProposedCell], given: Draft) -> Proposal:
    """A correction of a row, or a new one where there is no row."""
    kind, now = ProposalKind.CORRECTION if row_id else ProposalKind.NEW, _write_moment(datetime.now(UTC))
    texts = (given.message, given.source_url, "", given.contact)
    return Proposal(given.request, 0, now, kind, resource.name, row_id, version, cells, *texts, ProposalState.OPEN, form=given.form)


def _store(transaction: Transaction, who: Member, new: Proposal) -> Proposal:
    """Under the next number; the name of a contributor only, so that the fate can be followed."""
    [(last,)] = transaction.execute("SELECT coalesce(max(number), 0) FROM proposal")
    named = may(read_role(transaction, who), Right.FOLLOW_PROPOSALS)
    stored = replace(new, number=int(last) + 1, who=who.id if named else "")
    values = [
        *(stored.id, stored.number, stored.at, stored.kind.value, stored.resource, stored.row_id, stored.based_on),
        *(write_cells(stored.cells), stored.message, stored.source_url, stored.who, stored.contact, stored.state.value),
        *(stored.reason, stored.decided_by, stored.decided_at, stored.change_set, stored.form),
    ]
    marks = ", ".join("?" * len(values))
    transaction.execute(f"INSERT INTO proposal ({COLUMNS}) VALUES ({marks})", values)  # noqa: S608 - our own columns; values are bound
    return stored


def _write_moment(moment: datetime) -> str:
    """A moment as the store holds it: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
