"""Where one person stands in the store: by the id of a member, by an address of mail, or by whatever else a proposer left as contact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biocarto.desk.members import read_editors
from biocarto.store.transaction import Transaction

ERASED_TEXT = "[…]"
"""What stands in a text where an address was."""

_SEARCHED = range(6, 321)
"""Characters of a contact that is looked for inside of texts: a shorter one would be found in other words, none is longer."""

_MEMBER = ("id", "mail", "name", "role", "issuer", "subject", "invited_by", "invited_at", "seen_at")
_PROPOSAL = ("number", "at", "kind", "resource", "row_id", "message", "source_url", "who", "contact", "state", "reason", "decided_at")
_TEXTS = ("message", "cells", "reason", "source_url")
"""Columns of a proposal in which somebody may have written an address."""
_FREE = {
    "change_set": ("number", ("why",)),
    "edition": ("name", ("notes",)),
    "fact": ("number", ("before", "after", "source_url", "source_title")),
    "verdict": ("row_id", ("reason",)),
}
"""Table of the history -> what its rows are called by, and its free text."""


@dataclass(frozen=True)
class Person:
    """A member (`id` and `mail`), or somebody who left a contact (`mail` alone, which may be a number of telephone)."""

    id: str
    mail: str

    def has_contact(self, text: str) -> bool:
        """Whether a contact is this person's."""
        return self.mail.casefold() == text.strip().casefold() or self.is_in(text)

    def is_in(self, text: str) -> bool:
        """Whether a text has the whole contact in it: not that of somebody whose address ends in the same letters."""
        return len(self.mail) in _SEARCHED and self._pattern.search(text) is not None

    def erase_from(self, text: str) -> str:
        """A text without the contact."""
        return self._pattern.sub(ERASED_TEXT, text) if self.is_in(text) else text

    @property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.+-]){re.escape(self.mail)}(?![\w-]|\.\w)", re.IGNORECASE)


TO_OVERWRITE = "to_overwrite"
"""A remark of the store from an erasing until its bytes are gone: a kill or a long reader in between is made up for later."""


def note_erasing(transaction: Transaction) -> None:
    """Remember, until it is done, that the bytes of what this transaction erases are to be written over."""
    transaction.execute("INSERT INTO remark (name, value) VALUES (?, '') ON CONFLICT (name) DO NOTHING", (TO_OVERWRITE,))


def find_person(transaction: Transaction, mail_or_id: str) -> Person:
    """The member of an id or an address; else somebody who may have left it as a contact."""
    named = mail_or_id.strip()
    for member_id, mail in transaction.execute("SELECT id, mail FROM member ORDER BY id"):
        if named and (member_id == named or mail.casefold() == named.casefold()):
            return Person(member_id, mail)
    editors = read_editors(transaction).items()
    return next((Person(editor, "") for editor, name in editors if named and named in {editor, name}), Person("", named))


def read_member(transaction: Transaction, person: Person) -> dict[str, str] | None:
    """The row of a member; of a laptop's editor the name."""
    rows = transaction.execute(f"SELECT {', '.join(_MEMBER)} FROM member WHERE id = ?", (person.id,))  # noqa: S608 - our own columns
    if not rows and (name := read_editors(transaction).get(person.id)):
        return {"id": person.id, "name": name}
    return dict(zip(_MEMBER, rows[0], strict=True)) if rows else None


def list_proposals(transaction: Transaction, person: Person) -> list[dict[str, object]]:
    """The proposals that a person made, or that have the address in their text."""
    columns = dict.fromkeys((*_PROPOSAL, *_TEXTS))
    rows = transaction.execute(f"SELECT {', '.join(columns)} FROM proposal ORDER BY number")  # noqa: S608 - our own columns
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    return [proposal for proposal in told if _is_of(person, proposal) or any(person.is_in(proposal[name]) for name in _TEXTS)]


def _is_of(person: Person, proposal: dict[str, str]) -> bool:
    named = bool(proposal["who"]) and (proposal["who"] == person.id or person.has_contact(proposal["who"]))
    return named or (bool(proposal["contact"]) and person.has_contact(proposal["contact"]))


def scrub(transaction: Transaction, person: Person) -> int:
    """Take a person out of every proposal; how many were touched. What was proposed about the register stays."""
    proposals = list_proposals(transaction, person)
    for proposal in proposals:
        gone = {"who": "", "contact": ""} if _is_of(person, proposal) else {}  # type: ignore[arg-type]
        changed = gone | {name: person.erase_from(str(proposal[name])) for name in _TEXTS}
        columns = ", ".join(f"{name} = ?" for name in changed)
        transaction.execute(f"UPDATE proposal SET {columns} WHERE number = ?", (*changed.values(), int(str(proposal["number"]))))  # noqa: S608 - our own columns
    return len(proposals)


def list_acts(transaction: Transaction, person: Person) -> list[dict[str, object]]:
    """The acts of a member, by number and moment: what they did to the register stays, under an id that names nobody."""
    if not person.id:
        return []
    acts = transaction.execute("SELECT number, at, kind FROM change_set WHERE who = ? ORDER BY number", (person.id,))
    return [{"number": number, "at": at, "kind": kind} for number, at, kind in acts]


def count_mentions(transaction: Transaction, person: Person) -> dict[str, tuple[str, ...]]:
    """Where the history has the address because somebody typed it there: table -> its rows. It is never erased by itself."""
    found: dict[str, tuple[str, ...]] = {}
    if len(person.mail) not in _SEARCHED:
        return found
    for table, (key, columns) in _FREE.items():
        rows = transaction.execute(*_search(table, key, columns, person))
        if named := tuple(str(row[0]) for row in rows if any(person.is_in(text) for text in row[1:])):
            found[table] = named
    return found


def _search(table: str, key: str, columns: tuple[str, ...], person: Person) -> tuple[str, tuple[str, ...]]:
    """A statement that leaves little to look at closely: in LIKE an underscore of an address is any letter."""
    where = " OR ".join(f"lower({name}) LIKE ?" for name in columns)
    statement = f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {where} ORDER BY {key}"  # noqa: S608 - our own tables; values are bound
    return statement, (f"%{person.mail.lower()}%",) * len(columns)
