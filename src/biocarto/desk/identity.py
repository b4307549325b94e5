"""From an account to a member: an invited address is bound at the first sign-in, afterwards only the account counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from biocarto.desk.desk_error import DeskError
from biocarto.desk.mail import fold_mail
from biocarto.desk.members import VISITOR, Member
from biocarto.desk.rights import Role
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

LONGEST_CLAIM = 500
"""Characters of an issuer or a subject; OpenID Connect allows 255 for a subject."""


@dataclass(frozen=True)
class Identity:
    """An account as its provider vouches for it; `issuer` and `subject` together name it for ever.

    The name is how the provider calls its person: shown to that person, stored nowhere.
    """

    issuer: str
    subject: str
    mail: str
    mail_verified: bool
    name: str = ""


def read_now() -> str:
    """This moment in UTC, to the second, as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def recognise(store: Store, identity: Identity, now: str = "") -> Member:
    """The member that an account is, VISITOR for who was not invited; raises DeskError for an account that cannot be told, and StoreError.

    Whoever signs in is written down at most once a day. `now`: a moment in UTC, as `read_now` writes it.
    """
    moment = now or read_now()
    with store.read() as transaction:
        known, seen = _find_account(transaction, identity)
    if known and seen[:10] >= moment[:10]:
        return known
    if known is None and not _is_invited(store, identity):
        return VISITOR
    with store.write() as transaction:
        return _sign_in(transaction, identity, moment)


def _is_invited(store: Store, identity: Identity) -> bool:
    """Whether there is anything to write; an account without a confirmed address learns nothing of who is invited."""
    _require_confirmed(identity)
    with store.read() as transaction:
        return bool(transaction.execute("SELECT 1 FROM member WHERE mail = ?", (_fold(identity),)))


def _find_account(transaction: Transaction, identity: Identity) -> tuple[Member | None, str]:
    """The member that is bound to an account, and when it was last seen."""
    _require_account(identity)
    rows = transaction.execute(
        "SELECT id, name, role, seen_at FROM member WHERE issuer = ? AND subject = ?", (identity.issuer, identity.subject)
    )
    return (Member(rows[0][0], rows[0][1], Role(rows[0][2])), str(rows[0][3])) if rows else (None, "")


def _sign_in(transaction: Transaction, identity: Identity, moment: str) -> Member:
    """Bind or find the account, as the only writer: what was read before may have changed."""
    known, _ = _find_account(transaction, identity)
    found = known or _bind(transaction, identity)
    if found is not VISITOR:
        transaction.execute("UPDATE member SET seen_at = ? WHERE id = ?", (moment, found.id))
    return found


def _bind(transaction: Transaction, identity: Identity) -> Member:
    """Tie an invitation to the first account that brings its address, confirmed, and never to a second one."""
    _require_confirmed(identity)
    rows = transaction.execute("SELECT id, name, role, subject FROM member WHERE mail = ?", (_fold(identity),))
    if not rows:
        return VISITOR
    member, bound = Member(rows[0][0], rows[0][1], Role(rows[0][2])), bool(rows[0][3])
    if bound:
        raise DeskError(
            "Cette adresse de messagerie est déjà liée à un autre compte de l'atelier. Rien n'a été modifié. Connectez-vous par ce compte, "
            "ou demandez à un administrateur de retirer ce membre, puis de l'inviter de nouveau.",
            "This address of mail is already tied to another account of the desk. Nothing was changed. Sign in with that account, or ask "
            "an administrator to remove this member, then to invite it again.",
        )
    transaction.execute("UPDATE member SET issuer = ?, subject = ? WHERE id = ?", (identity.issuer, identity.subject, member.id))
    return member


def _fold(identity: Identity) -> str:
    """The address as the store has it; a provider's odd one is nobody's."""
    try:
        return fold_mail(identity.mail)
    except DeskError:
        return "-"


def _require_account(identity: Identity) -> None:
    """An account without a name would be everybody's."""
    if not all(value and value.isprintable() and len(value) <= LONGEST_CLAIM for value in (identity.issuer, identity.subject)):
        raise DeskError(
            "Le fournisseur d'identité n'a pas dit qui vous êtes. Rien n'a été modifié. Déconnectez-vous, puis reconnectez-vous ; si cela "
            "revient, dites-le à l'exploitant.",
            "The provider of identities did not say who you are. Nothing was changed. Sign out, then sign in again; if it comes back, "
            "tell the operator.",
        )


def _require_confirmed(identity: Identity) -> None:
    """An address that nobody has confirmed may be anybody's."""
    if not identity.mail:
        raise DeskError(
            "Le fournisseur d'identité n'a pas transmis d'adresse de messagerie : sans elle, l'atelier ne vous reconnaît pas à la première "
            "connexion. Rien n'a été modifié. Dites-le à l'exploitant (docs/atelier.md).",
            "The provider of identities passed on no address of mail, and the desk does not know you without it at the first sign-in. "
            "Nothing was changed. Tell the operator (docs/atelier.md).",
        )
    if not identity.mail_verified:
        raise DeskError(
            "Le fournisseur d'identité ne confirme pas que cette adresse de messagerie est la vôtre. Rien n'a été modifié. Confirmez-la "
            "auprès de lui, puis reconnectez-vous.",
            "The provider of identities does not confirm that this address of mail is yours. Nothing was changed. Confirm it there, then "
            "sign in again.",
        )
