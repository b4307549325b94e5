"""Who is a member: invitations, roles, chosen names, the list of all. Facts keep a member's id and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from biocarto.desk.desk_error import DeskError
from biocarto.desk.identity import read_now
from biocarto.desk.mail import clean_name, fold_mail
from biocarto.desk.members import OPERATOR, Member, is_laptop_editor, require
from biocarto.desk.rights import Right, Role
from biocarto.errors import quote_value
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

MEMBER_ROLES = tuple(role for role in Role if role is not Role.VISITOR)
"""What a member may be."""


@dataclass(frozen=True)
class ListedMember:
    """A member as administrators see it; `signed_in` once an account is bound, `seen_at` empty before; moments in UTC."""

    id: str
    mail: str
    name: str
    role: Role
    signed_in: bool
    invited_at: str
    seen_at: str


def invite(store: Store, who: Member, mail: str, name: str, role: Role) -> Member:
    """Let the owner of an address in at the first sign-in; raises DeskError, StoreError. No mail is sent."""
    new = Member(f"m{token_hex(8)}", clean_name(name), _require_role(role))
    address = fold_mail(mail)
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        if transaction.execute("SELECT 1 FROM member WHERE mail = ?", (address,)):
            raise DeskError(
                f"{address} est déjà membre de l'atelier. Rien n'a été modifié. Changez son rôle dans la liste.",
                f"{address} is a member of the desk already. Nothing was changed. Change the role in the list.",
            )
        transaction.execute(
            "INSERT INTO member (id, mail, name, role, issuer, subject, invited_by, invited_at, seen_at) "
            "VALUES (?, ?, ?, ?, '', '', ?, ?, '')",
            (new.id, address, new.name, new.role.value, who.id, read_now()),
        )
    return new


def change_role(store: Store, who: Member, member_id: str, role: Role) -> None:
    """Give a member another role, from its next act on; raises DeskError, StoreError."""
    wanted = _require_role(role)
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        _require_member(transaction, member_id)
        if wanted is not Role.ADMINISTRATOR:
            keep_an_administrator(transaction, who, member_id)
        transaction.execute("UPDATE member SET role = ? WHERE id = ?", (wanted.value, member_id))


def remove(store: Store, who: Member, member_id: str) -> None:
    """Take somebody off the list, with address and account; what was done keeps the id. Raises DeskError, StoreError."""
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        _require_member(transaction, member_id)
        keep_an_administrator(transaction, who, member_id)
        transaction.execute("DELETE FROM member WHERE id = ?", (member_id,))


def choose_name(store: Store, who: Member, name: str) -> None:
    """The name under which a member's own acts are told to everybody; empty for the role alone. Raises DeskError, StoreError."""
    chosen = clean_name(name)
    with store.write() as transaction:
        require(transaction, who, Right.FOLLOW_PROPOSALS)
        _require_member(transaction, who.id)
        transaction.execute("UPDATE member SET name = ? WHERE id = ?", (chosen, who.id))


def list_members(store: Store, who: Member) -> list[ListedMember]:
    """Everybody, the most trusted first, then by address; raises DeskError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        rows = transaction.execute("SELECT id, mail, name, role, subject, invited_at, seen_at FROM member")
    members = [ListedMember(id_, mail, name, Role(role), bool(subject), *moments) for id_, mail, name, role, subject, *moments in rows]
    order = list(Role)
    return sorted(members, key=lambda member: (-order.index(member.role), member.mail))


def add_from_command_line(store: Store, mail: str, role: str, name: str = "") -> str:
    """Invite somebody, or give a member another role, as the operator of the machine does; the address as it is stored.

    Raises DeskError for a role or an address that is none, and StoreError.
    """
    wanted, address = read_role_name(role), fold_mail(mail)
    with store.read() as transaction:
        rows = transaction.execute("SELECT id FROM member WHERE mail = ?", (address,))
    if rows:
        change_role(store, OPERATOR, rows[0][0], wanted)
    else:
        invite(store, OPERATOR, address, name, wanted)
    return address


def read_role_name(text: str) -> Role:
    """The role of a member by its name in the store; raises DeskError."""
    names = [role.value for role in MEMBER_ROLES]
    if text not in names:
        raise DeskError(
            f"« {quote_value(text)} » n'est pas un rôle de membre. Rien n'a été modifié. Rôles : {', '.join(names)}.",
            f"“{quote_value(text)}” is no role of a member. Nothing was changed. Roles: {', '.join(names)}.",
        )
    return Role(text)


def _require_role(role: Role) -> Role:
    return read_role_name(str(role))


def _require_member(transaction: Transaction, member_id: str) -> None:
    if not is_laptop_editor(member_id) and transaction.execute("SELECT 1 FROM member WHERE id = ?", (member_id,)):
        return
    raise DeskError(
        "Ce membre n'est plus dans la liste. Rien n'a été modifié. Rechargez la page.",
        "This member is no longer in the list. Nothing was changed. Reload the page.",
    )


def keep_an_administrator(transaction: Transaction, who: Member, member_id: str) -> None:
    """Somebody must be left who can invite: an administrator who has signed in stays until another one has.

    The command line counts invitations too: it can invite again.
    """
    rows = transaction.execute("SELECT id, subject FROM member WHERE role = ?", (Role.ADMINISTRATOR.value,))
    administrators = {str(id_): bool(subject) for id_, subject in rows}
    if member_id not in administrators:
        return
    needs_account = administrators.pop(member_id) and who is not OPERATOR
    if any(signed_in or not needs_account for signed_in in administrators.values()):
        return
    raise DeskError(
        "C'est le dernier administrateur de l'atelier : sans lui, plus personne ne pourrait inviter. Rien n'a été modifié. Invitez d'abord "
        "un autre administrateur, et attendez sa première connexion.",
        "This is the last administrator of the desk: without it, nobody could invite any more. Nothing was changed. Invite another "
        "administrator first, and wait for the first sign-in.",
    )
