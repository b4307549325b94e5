"""A proposal as it is stored, and what has become of the row that it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from biocarto.desk.facts import RegisterRow
from biocarto.desk.ledger import read_row
from biocarto.model import N_
from biocarto.store.transaction import Record, Transaction, Value


class ProposalKind(StrEnum):
    """What is asked for."""

    CORRECTION = "correction"
    NEW = "new"


class ProposalState(StrEnum):
    """What was decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


STATE_LABELS = {
    ProposalState.OPEN: N_("À décider"),
    ProposalState.ACCEPTED: N_("Acceptées"),
    ProposalState.REFUSED: N_("Refusées"),
}


class ProposedCell(NamedTuple):
    """What the register said of a column when the proposal was made, and what it should say."""

    before: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """What somebody asks to be changed; `id` is the name of the click that sent it, `number` its place in the order of arrival.

    `row_id` is "" for a new actor, `who` for a visitor without an account. `based_on` is the version of the row that was seen, 0 for
    none; `form` the name of another site's form that sent it, "" for ours. Moments
    are UTC, ISO 8601. `contact` is "" from the decision on, and is shown to nobody but who decides.
    """

    id: str
    number: int
    at: str
    kind: ProposalKind
    resource: str
    row_id: str
    based_on: int
    cells: Mapping[str, ProposedCell]
    message: str
    source_url: str
    who: str
    contact: str
    state: ProposalState
    reason: str = ""
    decided_by: str = ""
    decided_at: str = ""
    change_set: int | None = None
    form: str = ""


class ComparedCell(NamedTuple):
    """One column: what the register said then, what it says now, what is proposed."""

    field: str
    before: str
    now: str
    after: str

    @property
    def has_changed(self) -> bool:
        """Whether somebody has changed it since."""
        return self.before != self.now


@dataclass(frozen=True)
class ReviewedProposal:
    """A proposal beside the row as it is now; `row` is None where the row has gone, or is not there yet."""

    proposal: Proposal
    row: RegisterRow | None

    @property
    def name(self) -> str:
        """What people call the row, or what a new one is to be called."""
        told = self.row.cells if self.row else {name: cell.after for name, cell in self.proposal.cells.items()}
        return told.get("name") or told.get("title_fr") or self.proposal.row_id

    @property
    def is_gone(self) -> bool:
        """Whether the row that is to be corrected is no longer there."""
        return self.proposal.kind is ProposalKind.CORRECTION and self.row is None

    @property
    def has_moved_on(self) -> bool:
        """Whether the row has been changed since."""
        return self.row is not None and self.row.version != self.proposal.based_on

    @property
    def cells(self) -> tuple[ComparedCell, ...]:
        """Field by field."""
        now = self.row.cells if self.row else {}
        return tuple(ComparedCell(name, cell.before, now.get(name, ""), cell.after) for name, cell in self.proposal.cells.items())


COLUMNS = (
    "id, number, at, kind, resource, row_id, based_on, cells, message, source_url, who, contact, state, reason, decided_by, decided_at, "
    "change_set, form"
)


def read_proposals(transaction: Transaction, rest: str, values: Sequence[Value] = ()) -> tuple[Proposal, ...]:
    """Proposals; `rest` is the SQL that follows the table."""
    return tuple(map(_read, transaction.execute(f"SELECT {COLUMNS} FROM proposal {rest}", values)))  # noqa: S608 - both are ours; values are bound


def write_cells(cells: Mapping[str, ProposedCell]) -> str:
    """The proposed cells as one text."""
    return json.dumps(cells, ensure_ascii=False)


def _read(record: Record) -> Proposal:
    identity, number, at, kind, resource, row_id, based_on, cells, message, source_url, who, contact, state, *rest = record
    proposed = {name: ProposedCell(*pair) for name, pair in json.loads(cells).items()}
    asked = (resource, row_id, based_on, proposed, message, source_url, who, contact)
    return Proposal(identity, number, at, ProposalKind(kind), *asked, ProposalState(state), *rest)


def review(transaction: Transaction, proposal: Proposal) -> ReviewedProposal:
    """A proposal beside the row as it is now."""
    return ReviewedProposal(proposal, read_row(transaction, proposal.resource, proposal.row_id) if proposal.row_id else None)
