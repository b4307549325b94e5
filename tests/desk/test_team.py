"""Who manages members, what is accepted of them, and that somebody is always left who can invite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest

from biocarto.desk.desk_error import DeniedError, DeskError
from biocarto.desk.identity import recognise
from biocarto.desk.members import LAPTOP_ID, OPERATOR, VISITOR, Member, require
from biocarto.desk.rights import Right, Role, may
from biocarto.desk.team import add_from_command_line, change_role, choose_name, invite, list_members, remove
from biocarto.errors import AppError
from biocarto.store.database import Store
from tests.support.team import account, join, make_store

RIGHTS = {
    Role.VISITOR: {Right.PROPOSE},
    Role.CONTRIBUTOR: {Right.PROPOSE, Right.FOLLOW_PROPOSALS},
    Role.EDITOR: set(Right) - {Right.PUBLISH, Right.MANAGE_MEMBERS},
    Role.ADMINISTRATOR: set(Right),
}
"""The table once more, written out: a line that moves by mistake is a red test."""

ACTS: dict[str, Callable[[Store, Member, str], object]] = {
    "invite": lambda store, who, _: invite(store, who, "new@pole.example", "", Role.EDITOR),
    "change a role": lambda store, who, other: change_role(store, who, other, Role.ADMINISTRATOR),
    "remove": remove,
    "list": lambda store, who, _: list_members(store, who),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A desk without members."""
    return make_store(tmp_path)


def roles(store: Store) -> dict[str, Role]:
    """Address -> role of every member."""
    return {member.mail: member.role for member in list_members(store, OPERATOR)}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_rights(store: Store, role: Role, right: Right) -> None:
    """By the table, and at a write."""
    member = join(store, "ada", role)
    assert may(role, right) is (right in RIGHTS[role])
    with store.read() as transaction:
        if right in RIGHTS[role]:
            require(transaction, member, right)
        else:
            with pytest.raises(DeniedError):
                require(transaction, member, right)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ACTS)
def test_members_are_managed_by_administrators(store: Store, act: str, role: Role) -> None:
    """Everybody else is refused, and nothing has changed."""
    other, member = join(store, "other", Role.EDITOR), join(store, "ada", role)
    before = roles(store)
    if role is Role.ADMINISTRATOR:
        ACTS[act](store, member, other.id)
        assert (roles(store) != before) is (act != "list")
    else:
        with pytest.raises(DeniedError, match="no right"):
            ACTS[act](store, member, other.id)
        assert roles(store) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_role_that_somebody_says_to_have_is_none(store: Store, act: str) -> None:
    """It is read from the table at each write: of a member who was demoted or removed, of an id that never was."""
    other, ada, bob = (join(store, name, Role.ADMINISTRATOR) for name in ("other", "ada", "bob"))
    change_role(store, other, ada.id, Role.EDITOR)
    remove(store, other, bob.id)
    for who in (ada, bob, Member("m0", "", Role.ADMINISTRATOR), Member("", "", Role.ADMINISTRATOR), VISITOR):
        with pytest.raises(DeniedError):
            ACTS[act](store, who, other.id)


def test_the_laptops_editor_and_the_operator_may_everything(store: Store) -> None:
    """They are no rows of the table, and cannot be removed from it."""
    laptop = Member(LAPTOP_ID, "Léa", Role.ADMINISTRATOR)
    made = invite(store, laptop, "ada@pole.example", "Ada", Role.EDITOR)
    change_role(store, laptop, made.id, Role.CONTRIBUTOR)
    assert roles(store) == {"ada@pole.example": Role.CONTRIBUTOR}
    for id_ in (LAPTOP_ID, "operator", "", "nobody"):
        with pytest.raises(DeskError, match="no longer in the list"):
            remove(store, OPERATOR, id_)


def test_the_last_administrator_stays(store: Store) -> None:
    """Neither removed nor demoted, by itself or by another; an invitation that nobody has taken up is no other one."""
    ada = join(store, "ada", Role.ADMINISTRATOR)
    bob = invite(store, ada, "bob@pole.example", "", Role.ADMINISTRATOR)
    for act in (lambda: remove(store, ada, ada.id), lambda: change_role(store, ada, ada.id, Role.EDITOR)):
        with pytest.raises(DeskError, match="last administrator"):
            act()
    recognise(store, account("bob"))
    change_role(store, bob, ada.id, Role.EDITOR)
    with pytest.raises(DeskError, match="last administrator"):
        remove(store, bob, bob.id)
    with pytest.raises(DeskError, match="last administrator"):
        remove(store, OPERATOR, bob.id)
    assert roles(store) == {"ada@pole.example": Role.EDITOR, "bob@pole.example": Role.ADMINISTRATOR}


def test_the_operator_replaces_an_administrator_at_once(store: Store) -> None:
    """An invitation is enough: the command line can invite again."""
    ada = join(store, "ada", Role.ADMINISTRATOR)
    add_from_command_line(store, "bob@pole.example", "administrator")
    remove(store, OPERATOR, ada.id)
    assert roles(store) == {"bob@pole.example": Role.ADMINISTRATOR}


def test_two_administrators_who_remove_each_other_leave_one(store: Store) -> None:
    """Whoever comes second is no administrator any more."""
    pair = [join(store, name, Role.ADMINISTRATOR) for name in ("ada", "bob")]
    start, refused = Barrier(2), []

    def act(who: Member, other: Member) -> None:
        start.wait()
        try:
            remove(store, who, other.id)
        except AppError as error:
            refused.append(error)

    threads = [Thread(target=act, args=(pair[n], pair[1 - n])) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert list(roles(store).values()) == [Role.ADMINISTRATOR]


MAILS = [
    "",
    " ",
    "ada",
    "ada@",
    "ada@localhost",
    "@pole.example",
    "ada@@pole.example",
    "ada@pole..example",
    "ada@pole.example\r\nBcc: eve@evil.example",
    "ada@pole.example\n",
    "\tada@pole.example",
    "ada@pole.example,eve@evil.example",
    "Ada <ada@pole.example>",
    "<script>alert(1)</script>@pole.example",
    '"ada"@pole.example',
    "ada@pole.example\x00",
    "ada\u202e@pole.example",
    "\u212ada@pole.example",
    "adà@pole.example",
    "a" * 65 + "@pole.example",
    "a@" + "b" * 60 + ".example" * 30,
    "x" * 100_000,
    "ada@" + "x." * 50_000,
]


@pytest.mark.parametrize("mail", MAILS, ids=range(len(MAILS)))
def test_an_address_that_is_none_is_refused(store: Store, mail: str) -> None:
    """In a short sentence that shows what was found, without its invisible marks; nothing is stored."""
    for act in (lambda: invite(store, OPERATOR, mail, "", Role.EDITOR), lambda: add_from_command_line(store, mail, "editor")):
        with pytest.raises(DeskError, match="no address of mail") as caught:
            act()
        assert len(caught.value.fr) < 400
        assert caught.value.fr.replace("\xa0", " ").isprintable()
    assert roles(store) == {}


def test_an_address_is_one_member(store: Store) -> None:
    """However it is written."""
    invite(store, OPERATOR, " Ada.Lovelace+desk@POLE.example ", "", Role.EDITOR)
    with pytest.raises(DeskError, match="already"):
        invite(store, OPERATOR, "ada.lovelace+desk@pole.example", "", Role.EDITOR)
    assert roles(store) == {"ada.lovelace+desk@pole.example": Role.EDITOR}


@pytest.mark.parametrize("name", ["<b>Ada</b>", "Ada\nLovelace", "Ada\x00", "\u202eadA", "a" * 81, "a" * 100_000, "Ada\u2028"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    """Markup, several lines, marks that are not seen or turn others around, 100 kB."""
    ada = join(store, "ada", Role.EDITOR)
    for act in (lambda: invite(store, OPERATOR, "bob@pole.example", name, Role.EDITOR), lambda: choose_name(store, ada, name)):
        with pytest.raises(DeskError, match="name is not accepted"):
            act()
    assert [member.name for member in list_members(store, OPERATOR)] == ["Ada"]


def test_a_member_chooses_the_name_that_others_read(store: Store) -> None:
    """With accents and apostrophes, or none at all; a visitor has none to choose."""
    ada = join(store, "ada", Role.CONTRIBUTOR)
    for name, stored in [("  Pôle  d'Évry ", "Pôle d'Évry"), ("", "")]:
        choose_name(store, ada, name)
        assert recognise(store, account()).name == stored
    with pytest.raises(DeniedError):
        choose_name(store, VISITOR, "Eve")


@pytest.mark.parametrize("role", ["visitor", "", "Administrator", "root", "x" * 100_000])
def test_a_role_that_is_none_is_refused(store: Store, role: str) -> None:
    """With the ones that there are; who should be a visitor is removed."""
    with pytest.raises(DeskError, match="contributor, editor, administrator"):
        add_from_command_line(store, "ada@pole.example", role)
    ada = join(store, "ada", Role.EDITOR)
    with pytest.raises(DeskError):
        change_role(store, OPERATOR, ada.id, Role.VISITOR)


def test_the_command_line_makes_the_first_administrator(store: Store) -> None:
    """And gives a member another role where it is said again, with the name as it was."""
    assert add_from_command_line(store, "Ada@pole.example", "administrator", "Ada") == "ada@pole.example"
    assert add_from_command_line(store, "bob@pole.example", "administrator") == "bob@pole.example"
    add_from_command_line(store, "ada@pole.example", "editor", "Other")
    assert [(member.mail, member.role, member.name) for member in list_members(store, OPERATOR)] == [
        ("bob@pole.example", Role.ADMINISTRATOR, ""),
        ("ada@pole.example", Role.EDITOR, "Ada"),
    ]
