"""The people of the desk: who they are to the store, and what they may do, read again at each write."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from biocarto.desk.desk_error import DeniedError
from biocarto.desk.rights import Right, Role, may
from biocarto.store.transaction import Transaction

OPERATOR_ID, LAPTOP_ID = "operator", "laptop"
"""Ids of who is no row of the table: the command line on the server's own machine, and (its beginning) the named editor of a laptop."""

_EDITOR = "editor:"
"""Before the id of a laptop's editor: the remark that keeps the name, so that facts need not."""


@dataclass(frozen=True)
class Member:
    """Who acts: `id` is what facts keep, `name` what people read; both outlive the address of mail."""

    id: str
    name: str
    role: Role


VISITOR = Member("", "", Role.VISITOR)
"""Whoever is no member."""

OPERATOR = Member(OPERATOR_ID, "", Role.ADMINISTRATOR)
"""The command line: who may run it may open the file of the register as well."""


def name_laptop_editor(name: str) -> Member:
    """The editor of a machine that nobody else reaches, one for each name: an administrator, or nothing could be published there."""
    return Member(f"{LAPTOP_ID}-{sha256(name.encode()).hexdigest()[:12]}", name, Role.ADMINISTRATOR)


def is_laptop_editor(member_id: str) -> bool:
    """Whether an id is that of a laptop's editor."""
    return member_id.partition("-")[0] == LAPTOP_ID


def remember_editor(transaction: Transaction, who: Member) -> None:
    """Keep the name of a laptop's editor, who is in no list of members, for the history."""
    if is_laptop_editor(who.id) and who.name:
        statement = "INSERT INTO remark (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"
        transaction.execute(statement, (f"{_EDITOR}{who.id}", who.name))


def read_names(transaction: Transaction) -> dict[str, str]:
    """Id of who acted -> the name that they chose, empty for none; who has gone is not in it."""
    members = transaction.execute("SELECT id, name FROM member")
    return read_editors(transaction) | {str(member): str(name) for member, name in members}


def read_editors(transaction: Transaction) -> dict[str, str]:
    """Id of each laptop's editor who has acted -> the name in the setting of that machine."""
    rows = transaction.execute("SELECT name, value FROM remark WHERE name >= ? AND name < ?", (_EDITOR, f"{_EDITOR}~"))
    return {str(name).removeprefix(_EDITOR): str(value) for name, value in rows}


def forget_editor(transaction: Transaction, member_id: str) -> None:
    """Erase the name of a laptop's editor; what they did stays under an id that names nobody."""
    transaction.execute("DELETE FROM remark WHERE name = ?", (f"{_EDITOR}{member_id}",))


def require(transaction: Transaction, who: Member, right: Right) -> None:
    """Raise DeniedError where somebody has no right to an act now, whatever they had when their page was made."""
    if not may(read_role(transaction, who), right):
        raise DeniedError(
            "Vous n'avez pas le droit de faire cela à l'atelier. Rien n'a été modifié. Demandez-le à un administrateur de l'atelier.",
            "You have no right to do this at the desk. Nothing was changed. Ask an administrator of the desk for it.",
        )


def read_role(transaction: Transaction, who: Member) -> Role:
    """The role that somebody has now."""
    if who.id == OPERATOR_ID or is_laptop_editor(who.id):
        return who.role
    rows = transaction.execute("SELECT role FROM member WHERE id = ?", (who.id,))
    return Role(rows[0][0]) if rows else Role.VISITOR
