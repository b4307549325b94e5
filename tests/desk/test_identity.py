"""Who an account is: an invitation is bound once, to issuer and subject, and nothing else of an account counts afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk.desk_error import DeskError
from biocarto.desk.history import read_names
from biocarto.desk.identity import Identity, recognise
from biocarto.desk.members import OPERATOR, VISITOR
from biocarto.desk.rights import Role
from biocarto.desk.team import invite, list_members, remove
from biocarto.store.database import Store
from biocarto.store.store_error import StoreError
from tests.support.team import ISSUER, account, join, make_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A desk where Ada is invited as an editor."""
    made = make_store(tmp_path)
    invite(made, OPERATOR, "Ada@Pole.example", "Ada", Role.EDITOR)
    return made


def seen(store: Store) -> str:
    """When the one member was last seen."""
    [member] = list_members(store, OPERATOR)
    return member.seen_at


def test_an_invited_address_is_bound_at_the_first_sign_in(store: Store) -> None:
    """However it is written; from then on the account is the member, whatever its address has become."""
    member = recognise(store, account(mail="ADA@pole.EXAMPLE"))
    assert (member.name, member.role) == ("Ada", Role.EDITOR)
    assert recognise(store, account(mail="ada.lovelace@elsewhere.example", verified=False)) == member
    assert recognise(store, Identity(ISSUER, "subject-ada", "", False)) == member


def test_a_second_account_with_the_address_is_refused(store: Store) -> None:
    """Of the same provider or of another: an address that has changed hands opens nothing."""
    recognise(store, account())
    for other in (Identity(ISSUER, "another", "ada@pole.example", True), account(issuer="https://evil.example")):
        with pytest.raises(DeskError, match="tied to another account"):
            recognise(store, other)


@pytest.mark.parametrize("mail", ["ada@pole.example", "nobody@pole.example"])
def test_an_address_that_nobody_confirms_is_refused(store: Store, mail: str) -> None:
    """Invited or not: the answer does not tell who is invited, and nothing is bound."""
    with pytest.raises(DeskError, match="does not confirm"):
        recognise(store, account(mail=mail, verified=False))
    assert seen(store) == ""


def test_an_account_without_an_address_is_told(store: Store) -> None:
    """Some providers pass one on only when they are asked to."""
    with pytest.raises(DeskError, match="no address of mail"):
        recognise(store, Identity(ISSUER, "subject", "", True))


def test_who_was_not_invited_is_a_visitor(store: Store) -> None:
    """And nothing of that person is stored."""
    assert recognise(store, account("eve")) is VISITOR
    assert len(list_members(store, OPERATOR)) == 1


HOSTILE = [
    "\u212aelvin@pole.example",
    "ada@pole.example\r\nBcc: x@evil.example",
    "ada@pole.example,eve@evil.example",
    "ada @pole.example",
    "x" * 100_000,
]


@pytest.mark.parametrize("mail", HOSTILE, ids=range(len(HOSTILE)))
def test_an_odd_address_of_a_provider_is_nobodys(store: Store, mail: str) -> None:
    """Not even that of the member whose address it nearly is."""
    assert recognise(store, account("eve", mail=mail)) is VISITOR


@pytest.mark.parametrize(("issuer", "subject"), [("", "s"), (ISSUER, ""), (ISSUER, "s\x00"), (ISSUER, "x" * 100_000)])
def test_an_account_without_a_name_is_refused(store: Store, issuer: str, subject: str) -> None:
    """An empty subject would be that of everybody who has not signed in yet."""
    with pytest.raises(DeskError, match="did not say who you are"):
        recognise(store, Identity(issuer, subject, "ada@pole.example", True))


def test_a_sign_in_is_written_down_once_a_day(store: Store) -> None:
    """Every run of a page asks who is there; only the first of a day writes."""
    for moment, expected in [
        ("2026-11-28T08:00", "2026-11-28T08:00"),
        ("2026-11-28T23:59", "2026-11-28T08:00"),
        ("2026-11-29T00:00", "2026-11-29T00:00"),
    ]:
        recognise(store, account(), moment)
        assert seen(store) == expected


def test_a_member_who_was_removed_is_a_visitor(store: Store) -> None:
    """With a cookie that lives on; a new invitation is another member."""
    first = recognise(store, account())
    remove(store, OPERATOR, first.id)
    assert recognise(store, account()) is VISITOR
    invite(store, OPERATOR, "ada@pole.example", "", Role.CONTRIBUTOR)
    again = recognise(store, account())
    assert again.role is Role.CONTRIBUTOR
    assert again.id != first.id


def test_an_unconfirmed_address_is_not_bound_in_between(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The member was known when it was looked up, and is removed and invited anew before the day is written down."""
    known = recognise(store, account(), "2026-11-28T08:00")
    write = Store.write

    def replace_first(self: Store) -> object:
        monkeypatch.setattr(Store, "write", write)
        remove(store, OPERATOR, known.id)
        invite(store, OPERATOR, "ada@pole.example", "", Role.EDITOR)
        return write(self)

    monkeypatch.setattr(Store, "write", replace_first)
    with pytest.raises(DeskError, match="does not confirm"):
        recognise(store, account(verified=False), "2026-11-29T08:00")


def test_names_are_those_that_members_chose(store: Store) -> None:
    """Not what the provider calls them, and none once they have left."""
    join(store, "bob", Role.CONTRIBUTOR)
    with store.read() as transaction:
        assert sorted(read_names(transaction).values()) == ["Ada", "Bob"]
    remove(store, OPERATOR, recognise(store, account("bob")).id)
    with store.read() as transaction:
        assert sorted(read_names(transaction).values()) == ["Ada"]


def test_without_a_store_nobody_is_known(tmp_path: Path) -> None:
    """The sentence says how to make one."""
    from biocarto.store.database import open_store  # noqa: PLC0415 - only here

    with pytest.raises(StoreError, match="desk init"):
        recognise(open_store(str(tmp_path / "none.sqlite")), account())
