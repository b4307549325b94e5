"""What people have decided on proposals of official files: a refused one is not proposed again."""

from __future__ import annotations

from datetime import UTC, datetime

from biocarto.desk.members import Member
from biocarto.store.transaction import Transaction

REFUSED = "refused"


def read_refused(transaction: Transaction, kind: str) -> frozenset[tuple[str, str]]:
    """The rows and the subjects (what was proposed for them) that somebody has refused."""
    rows = transaction.execute("SELECT row_id, subject FROM verdict WHERE kind = ? AND verdict = ?", (kind, REFUSED))
    return frozenset((str(row_id), str(subject)) for row_id, subject in rows)


def keep_refusal(transaction: Transaction, proposal: tuple[str, str, str], who: Member, reason: str) -> None:
    """Remember that a proposal (its kind, its row, its subject) is not wanted, and why; said twice, the last one stands."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    transaction.execute(
        "INSERT INTO verdict (kind, row_id, subject, verdict, reason, who, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, row_id, subject) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, who = excluded.who, "
        "at = excluded.at",
        (*proposal, REFUSED, reason, who.id, now),
    )
