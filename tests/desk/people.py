"""A store with people in it: two administrators, an editor, and what visitors proposed."""

from __future__ import annotations

from pathlib import Path

from biocarto.store.database import Store, open_store

ANNE, PAUL, ZOE = "anne.martin@pole.example", "paul@pole.example", "zoe_d@region.example"
VISITOR, OTHER = "jean.visiteur@labo.example", "xjean.visiteur@labo.example"
"""Addresses of three members, of a visitor who proposed, and of another one whose address ends in the same letters."""
NAMES = {"m-anne": "Anne Martin", "m-paul": "Paul Durand", "m-zoe": "Zoé Dupont"}

_MEMBER = "INSERT INTO member (id, mail, name, role, issuer, subject, invited_by, invited_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PROPOSAL = (
    "INSERT INTO proposal (id, number, at, kind, resource, row_id, based_on, cells, message, source_url, who, contact, state, reason, "
    "decided_by, decided_at) VALUES (?, ?, ?, 'correct', 'actors', 'genethon', 0, ?, ?, '', ?, ?, ?, ?, ?, ?)"
)
_ACT = "INSERT INTO change_set (number, at, who, why, kind, act, request) VALUES (?, ?, ?, ?, 'edit', 'correct', ?)"
_FACT = (
    "INSERT INTO fact (number, change_set, resource, row_id, field, before, after, valid_from, as_of, confidence, source_url, "
    "source_title) VALUES (?, ?, 'actors', 'genethon', 'commune', '', 'Évry', '', '2026', '', 'https://example.org', ?)"
)


def add_member(
    store: Store, member_id: str, mail: str, role: str = "editor", *, seen: str = "", invited: str = "2026-01-01T00:00:00+00:00"
) -> None:
    """A member, bound to a sign-in where one has been seen."""
    bound = ("https://id.example", f"subject-of-{member_id}") if seen else ("", "")
    with store.write() as transaction:
        transaction.execute(_MEMBER, (member_id, mail, NAMES.get(member_id, member_id), role, *bound, "operator", invited, seen))


def add_proposal(
    store: Store, number: int, contact: str, *, who: str = "", at: str = "2026-11-01T00:00:00+00:00", decided: str = "", message: str = ""
) -> None:
    """A proposal; decided where a moment says so."""
    state, by = ("refused", "m-anne") if decided else ("open", "")
    values = (f"p{number}", number, at, f'{{"notes": "{message}"}}', message, who, contact, state, "", by, decided)
    with store.write() as transaction:
        transaction.execute(_PROPOSAL, values)


def add_act(store: Store, number: int, who: str, why: str = "Corrigé", title: str = "Page") -> None:
    """An act of a member with one fact."""
    with store.write() as transaction:
        transaction.execute(_ACT, (number, "2026-11-02T00:00:00+00:00", who, why, f"request-{number}"))
        transaction.execute(_FACT, (number, number, title))


def make_store(folder: Path) -> Store:
    """Anne and Paul administer, Zoé edits; a visitor left an address, a member proposed, somebody left a number of telephone."""
    store = open_store(str(folder / "register.sqlite"))
    store.prepare()
    add_member(store, "m-anne", ANNE, "administrator", seen="2026-11-20T08:00:00+00:00")
    add_member(store, "m-paul", PAUL, "administrator", seen="2025-01-02T08:00:00+00:00")
    add_member(store, "m-zoe", ZOE, "editor", seen="2026-10-01T08:00:00+00:00")
    add_proposal(store, 1, VISITOR, who="Jean", message=f"Écrivez-moi à {VISITOR.upper()}, merci.")
    add_proposal(store, 2, OTHER, message=f"Demandez à {ZOE}.")
    add_proposal(store, 3, "", who="m-zoe")
    add_proposal(store, 4, "06 12 34 56 78")
    add_act(store, 1, "m-anne")
    add_act(store, 2, "m-zoe")
    return store


def read_bytes(folder: Path) -> bytes:
    """The store's file with its log, as a thief of the disk has them."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def dump(store: Store, table: str) -> list[tuple[object, ...]]:
    """Every row of a table."""
    with store.read() as transaction:
        return transaction.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - a name of a test
