"""Tokens with which forms of other sites propose: made and revoked on the command line, kept as hashes, shown once.

A token says which form speaks and gives one right, that of a visitor: to propose.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex, token_urlsafe

from biocarto.desk.desk_error import DeskError
from biocarto.desk.identity import read_now
from biocarto.desk.mail import clean_name
from biocarto.desk.members import Member, require
from biocarto.desk.rights import Right
from biocarto.errors import quote_value
from biocarto.store.database import Store
from biocarto.store.transaction import Record, Transaction

MOST_TOKENS = 50
"""Tokens that are good at a time."""
_TOKEN = re.compile(r"biocarto-([0-9a-f]{8})-[A-Za-z0-9_-]{43}")
_COLUMNS = "id, name, made_by, made_at, used_on, revoked_at"


@dataclass(frozen=True)
class FormToken:
    """A token without its secret; moments in UTC, `used_on` a day, empty for never; `revoked_at` empty while it is good."""

    id: str
    name: str
    made_by: str
    made_at: str
    used_on: str
    revoked_at: str


def add_token(store: Store, who: Member, name: str) -> str:
    """A new token for a form: the only time that it is told (256 random bits). Raises DeskError, StoreError."""
    called, identity = clean_name(name), token_hex(4)
    if not called:
        raise DeskError("Il manque le nom du formulaire. Rien n'a été modifié.", "The name of the form is missing. Nothing was changed.")
    token = f"biocarto-{identity}-{token_urlsafe(32)}"
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        known = _list(transaction)
        if any(other.name == called for other in known):
            raise DeskError(
                f"Un jeton porte déjà le nom « {quote_value(called)} », bon ou révoqué. Rien n'a été modifié. Choisissez un autre nom.",
                f"A token has the name “{quote_value(called)}” already, good or revoked. Nothing was changed. Choose another name.",
            )
        if sum(not other.revoked_at for other in known) >= MOST_TOKENS:
            raise DeskError(
                f"Il y a déjà {MOST_TOKENS} jetons. Rien n'a été modifié. Révoquez ceux qui ne servent plus.",
                f"There are {MOST_TOKENS} tokens already. Nothing was changed. Revoke those that are not used any more.",
            )
        statement = "INSERT INTO token (id, name, hash, made_by, made_at, used_on, revoked_at) VALUES (?, ?, ?, ?, ?, '', '')"
        transaction.execute(statement, (identity, called, _hash(token), who.id, read_now()))
    return token


def list_tokens(store: Store, who: Member) -> tuple[FormToken, ...]:
    """All tokens, in the order of their making; raises DeniedError, StoreError."""
    with store.read() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        return _list(transaction)


def revoke_token(store: Store, who: Member, name: str) -> None:
    """Take a token back, from its next call on; its name stays with what it proposed. Raises DeskError, StoreError."""
    with store.write() as transaction:
        require(transaction, who, Right.MANAGE_MEMBERS)
        found = next((token for token in _list(transaction) if token.name == clean_name(name) and not token.revoked_at), None)
        if found is None:
            raise DeskError(
                f"Aucun jeton en service ne s'appelle « {quote_value(name)} ». Rien n'a été modifié. `desk token list` les nomme.",
                f"No token that is good is called “{quote_value(name)}”. Nothing was changed. `desk token list` names them.",
            )
        transaction.execute("UPDATE token SET revoked_at = ?, hash = '' WHERE id = ?", (read_now(), found.id))


def find_token(store: Store, given: str) -> FormToken | None:
    """The good token that a form shows, None for any other text; raises StoreError. Compared in constant time."""
    matched = _TOKEN.fullmatch(given)
    if matched is None:
        return None
    with store.read() as transaction:
        rows = transaction.execute(f"SELECT hash, {_COLUMNS} FROM token WHERE id = ? AND revoked_at = ''", (matched[1],))  # noqa: S608 - our own columns; values are bound
    known, *rest = rows[0] if rows else ("",)
    return _read(tuple(rest)) if hmac.compare_digest(known, _hash(given)) and rest else None


def note_use(transaction: Transaction, token: FormToken) -> None:
    """Remember the day on which a token was used last."""
    today = datetime.now(UTC).date().isoformat()
    if token.used_on != today:
        transaction.execute("UPDATE token SET used_on = ? WHERE id = ?", (today, token.id))


def _list(transaction: Transaction) -> tuple[FormToken, ...]:
    return tuple(map(_read, transaction.execute(f"SELECT {_COLUMNS} FROM token ORDER BY made_at, id")))  # noqa: S608 - our own columns


def _read(record: Record) -> FormToken:
    return FormToken(*map(str, record))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
