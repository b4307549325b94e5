"""What is owed to people: what is kept about one of them is shown or erased, and nothing stays longer than it is needed.

Facts and change sets name members by their id alone, and proposers not at all: nobody who is erased leaves a gap in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from biocarto.desk.desk_error import DeskError
from biocarto.desk.members import Member, forget_editor, require
from biocarto.desk.people import (
    TO_OVERWRITE,
    Person,
    count_mentions,
    find_person,
    list_acts,
    list_proposals,
    note_erasing,
    read_member,
    scrub,
)
from biocarto.desk.rights import Right, Role
from biocarto.desk.team import keep_an_administrator
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

MONTHS_UNDECIDED = 6
"""How long a contact waits for a decision, which erases it: a question about a page that was read half a year ago comes too late."""

MEMBER_DAYS = 365
"""How long a member is kept after the last sign-in, or after an invitation that nobody took up."""

_DAYS_PER_MONTH = 30.5
_TABLES = ("member", "proposal", "remark")
"""What holds people: all that has to be overwritten."""


@dataclass(frozen=True)
class ErasedPerson:
    """What was erased; `mentions` is where free text of the history still has the address (table -> numbers or names)."""

    was_member: bool
    proposals: int
    mentions: Mapping[str, tuple[str, ...]]
    is_overwritten: bool
    """Whether the bytes are gone too; if not, another session was reading, and the next round of `tidy_people` does it."""


@dataclass(frozen=True)
class TidiedPeople:
    """What one round of the day erased."""

    contacts: int = 0
    members: int = 0


def show_person(store: Store, mail_or_id: str) -> dict[str, object]:
    """All that is kept about one person, as JSON takes it; raises DeskError where nothing is, StoreError."""
    with store.read() as transaction:
        person = find_person(transaction, mail_or_id)
        shown: dict[str, object] = {
            "member": read_member(transaction, person),
            "proposals": list_proposals(transaction, person),
            "acts": list_acts(transaction, person),
            "mentions": count_mentions(transaction, person),
        }
    if not any(shown.values()):
        raise _build_unknown_error(mail_or_id)
    return shown


def erase_person(store: Store, who: Member, mail_or_id: str) -> ErasedPerson:
    """Erase a member, or a proposer who is none, with every contact of theirs; raises DeskError, StoreError."""
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        person = find_person(transaction, mail_or_id)
        keep_an_administrator(transaction, who, person.id)
        count = _erase(transaction, person)
        mentions = count_mentions(transaction, person)
        if not person.id and not count and not mentions:
            raise _build_unknown_error(mail_or_id)
        note_erasing(transaction)
    return ErasedPerson(bool(person.id), count, mentions, _overwrite(store))


def tidy_people(store: Store, now: datetime) -> TidiedPeople:
    """Erase the contacts and members whose time has come, at a moment with a time zone; costs a look where there are none.

    The administrator who signed in last is kept where all have been away: nobody could let anybody in. Raises StoreError.
    """
    with store.read() as transaction:
        is_noted = bool(transaction.execute("SELECT 1 FROM remark WHERE name = ?", (TO_OVERWRITE,)))
        if not (is_noted or _list_due_contacts(transaction, now) or _list_due_members(transaction, now)):
            return TidiedPeople()
    with store.write() as transaction:
        members, contacts = _list_due_members(transaction, now), _list_due_contacts(transaction, now)
        for person in members:
            _erase(transaction, person)
        transaction.execute_many(_FORGET_CONTACT, [(proposal,) for proposal in contacts])
        note_erasing(transaction)
    _overwrite(store)
    return TidiedPeople(len(contacts), len(members))


_FORGET_CONTACT = "UPDATE proposal SET contact = '', who = CASE WHEN who IN (SELECT id FROM member) THEN who ELSE '' END WHERE id = ?"
"""A member who proposed follows the proposal by the id; a name that a visitor gave goes with the contact."""


def _overwrite(store: Store) -> bool:
    done = store.overwrite(*_TABLES)
    if done:
        with store.write() as transaction:
            transaction.execute("DELETE FROM remark WHERE name = ?", (TO_OVERWRITE,))
    return done


def _erase(transaction: Transaction, person: Person) -> int:
    if person.id:
        transaction.execute("DELETE FROM member WHERE id = ?", (person.id,))
        forget_editor(transaction, person.id)
    return scrub(transaction, person)


def _list_due_contacts(transaction: Transaction, now: datetime) -> list[str]:
    rows = transaction.execute(
        "SELECT id, at, decided_at FROM proposal WHERE contact != '' OR who NOT IN (SELECT id FROM member UNION SELECT '')"
    )
    undecided = timedelta(days=MONTHS_UNDECIDED * _DAYS_PER_MONTH)
    return [row[0] for row in rows if row[2] or _is_past(row[1], undecided, now)]


def _list_due_members(transaction: Transaction, now: datetime) -> list[Person]:
    rows = transaction.execute("SELECT id, mail, role, seen_at, invited_at FROM member ORDER BY seen_at, invited_at, id")
    due = [row for row in rows if _is_past(row[3] or row[4], timedelta(days=MEMBER_DAYS), now)]
    administrators = [row for row in rows if row[2] == Role.ADMINISTRATOR]
    if administrators and all(row in due for row in administrators):
        due.remove(administrators[-1])
    return [Person(row[0], row[1]) for row in due]


def _is_past(moment: str, kept: timedelta, now: datetime) -> bool:
    """Whether a moment of the store is longer ago than something is kept; one that cannot be read is not, so that no slip erases."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return False
    return now - (then if then.tzinfo else then.replace(tzinfo=UTC)) > kept


def _build_unknown_error(mail_or_id: str) -> DeskError:
    named = mail_or_id.strip()[:200]
    return DeskError(
        f"L'atelier ne garde rien sous « {named} ». Rien n'a été modifié. Donnez l'adresse de messagerie du membre ou celle qu'une "
        "proposition a laissée, ou l'identifiant du membre.",
        f"The desk keeps nothing under “{named}”. Nothing was changed. Give the e-mail address of the member or the one that a proposal "
        "left, or the id of the member.",
    )
