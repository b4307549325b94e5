"""Members for tests: an empty store, who has joined it, and accounts as a provider vouches for them."""

from __future__ import annotations

from pathlib import Path

from biocarto.desk.identity import Identity, recognise
from biocarto.desk.members import OPERATOR, Member
from biocarto.desk.rights import Role
from biocarto.desk.team import invite
from biocarto.store.database import Store, open_store

ISSUER = "https://login.example"


def make_store(folder: Path) -> Store:
    """A store without anything in it."""
    store = open_store(str(folder / "register.sqlite"))
    store.prepare()
    return store


def account(name: str = "ada", *, issuer: str = ISSUER, mail: str = "", verified: bool = True) -> Identity:
    """The account of somebody whose address is confirmed, unless said otherwise."""
    return Identity(issuer, f"subject-{name}", mail or f"{name}@pole.example", verified, name.title())


def join(store: Store, name: str, role: Role) -> Member:
    """A member who was invited and has signed in; a visitor is one who was not."""
    if role is not Role.VISITOR:
        invite(store, OPERATOR, f"{name}@pole.example", name.title(), role)
    return recognise(store, account(name))
