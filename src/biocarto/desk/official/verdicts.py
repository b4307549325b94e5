"""What people have decided about official files: remembered, so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from biocarto.desk import rules
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.members import remember_editor, require
from biocarto.desk.rights import Right
from biocarto.store.transaction import Transaction

ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True)
class Verdict:
    """A decision on a `subject` (a number, or what a file says at a date) of a row, "" for what is no row yet.

    `kind` is what was decided on (`OfferKind`, or another part's word), `verdict` one of that kind's words. `change_set` is the act that
    it was decided by, None where nothing was written.
    """

    kind: str
    row_id: str
    subject: str
    verdict: str
    reason: str = ""
    who: str = ""
    at: str = ""
    change_set: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about: a later decision takes its place."""
        return self.kind, self.row_id, self.subject


def list_verdicts(transaction: Transaction, kind: str = "") -> list[Verdict]:
    """Decisions of a kind ("" for all), the newest first; one whose act was undone is none any more."""
    query = """
        SELECT kind, row_id, subject, verdict, reason, who, at, change_set FROM verdict
        WHERE (? = '' OR kind = ?) ORDER BY at DESC, kind, row_id, subject
    """
    undone = _find_undone(transaction)
    every = (Verdict(*row) for row in transaction.execute(query, (kind, kind)))
    return [verdict for verdict in every if verdict.change_set not in undone]


def _find_undone(transaction: Transaction) -> set[int]:
    """Acts that are undone now: by an act that stands, the last one first, as an undoing may be undone itself, and so on."""
    undone: set[int] = set()
    for number, undoes in transaction.execute("SELECT number, undoes FROM change_set WHERE undoes IS NOT NULL ORDER BY number DESC"):
        if number not in undone:
            undone.add(undoes)
    return undone


def read_refused(transaction: Transaction, kind: str) -> frozenset[tuple[str, str]]:
    """The rows and the subjects (what was proposed for them) that somebody has refused."""
    return frozenset((known.row_id, known.subject) for known in list_verdicts(transaction, kind) if known.verdict == REFUSED)


def keep_verdicts(transaction: Transaction, verdicts: Iterable[Verdict], who: str, change_set: int | None = None) -> None:
    """Remember decisions of somebody (an id of a member), each instead of an earlier one about the same."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    made = [(*verdict.key, verdict.verdict, verdict.reason, who, at, change_set) for verdict in verdicts]
    transaction.execute_many("DELETE FROM verdict WHERE kind = ? AND row_id = ? AND subject = ?", [row[:3] for row in made])
    columns = "kind, row_id, subject, verdict, reason, who, at, change_set"
    transaction.execute_many(f"INSERT INTO verdict ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", made)  # noqa: S608 - our own text


def decide(desk: Desk, intent: Intent, verdicts: Iterable[Verdict]) -> None:
    """Remember decisions that change nothing in the register, with the reason of `intent`; raises DeniedError, DeskError without one."""
    why = rules.require_reason(intent.why)
    with desk.store.write() as transaction:
        require(transaction, intent.who, Right.DECIDE)
        remember_editor(transaction, intent.who)
        told = (Verdict(*verdict.key, verdict.verdict, verdict.reason or why) for verdict in verdicts)
        keep_verdicts(transaction, list(told), intent.who.id)
