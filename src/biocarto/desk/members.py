"""The people of the desk: who they are to the store, and what they may do, read again at each write."""

from __future__ import annotations

from dataclasses import dataclass

from biocarto.desk.desk_error import DeniedError
from biocarto.desk.rights import Right, Role, may
from biocarto.store.transaction import Transaction

OPERATOR_ID, LAPTOP_ID = "operator", "laptop"
"""Ids of who is no row of the table: the command line on the server's own machine, and the named editor of a laptop."""


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


def require(transaction: Transaction, who: Member, right: Right) -> None:
    """Raise DeniedError where somebody has no right to an act now, whatever they had when their page was made."""
    if not may(read_role(transaction, who), right):
        raise DeniedError(
            "Vous n'avez pas le droit de faire cela à l'atelier. Rien n'a été modifié. Demandez-le à un administrateur de l'atelier.",
            "You have no right to do this at the desk. Nothing was changed. Ask an administrator of the desk for it.",
        )


def read_role(transaction: Transaction, who: Member) -> Role:
    """The role that somebody has now."""
    if who.id in {OPERATOR_ID, LAPTOP_ID}:
        return who.role
    rows = transaction.execute("SELECT role FROM member WHERE id = ?", (who.id,))
    return Role(rows[0][0]) if rows else Role.VISITOR
