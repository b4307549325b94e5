"""Proposals of a form of another site: one JSON object, every field that is wrong told at once, a retry that writes nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from biocarto.desk import proposals, tokens
from biocarto.desk.members import VISITOR
from biocarto.desk.proposal import Proposal, read_proposals
from biocarto.desk.proposal_error import ProposalError, tell_program
from biocarto.desk.proposal_limits import LIMIT
from biocarto.desk.proposal_texts import Draft, find_wrong_texts
from biocarto.desk.tokens import FormToken
from biocarto.errors import quote_value
from biocarto.rate_limit import RateLimit
from biocarto.register.schema import Resource
from biocarto.store.database import Store
from biocarto.store.transaction import Transaction

MOST_BYTES = 16 * 1024
"""Of a body: every text of a proposal at its longest is less."""
LONGEST_KEY = 255
PROPOSED_TABLES = ("actors", "clusters", "networks", "tour_stages", "events")
"""Those whose rows have a sheet with "Signaler une erreur"; a new row is an actor."""
_MEMBERS = ("table", "id", "cells", "message", "source_url", "contact")
Words = tuple[str, str]
"""A sentence in French and in English."""


class WrongFieldsError(ProposalError):
    """A body that is no proposal: place of each wrong field (a JSON pointer without its first slash) -> why."""

    def __init__(self, fields: Mapping[str, Words]) -> None:
        self.fields = dict(fields)
        super().__init__(
            f"La proposition n'est pas acceptée : {len(fields)} champ(s) à corriger. Rien n'est enregistré.",
            f"The proposal is not accepted: {len(fields)} field(s) to put right. Nothing is stored.",
        )


class KeyUsedError(ProposalError):
    """An Idempotency-Key that came with another body before."""

    def __init__(self) -> None:
        super().__init__(
            "Cette Idempotency-Key a déjà servi pour une autre proposition. Rien n'est enregistré. Prenez-en une neuve.",
            "This Idempotency-Key was used for another proposal before. Nothing is stored. Take a new one.",
        )


@dataclass(frozen=True)
class AskedProposal:
    """What a body asks for: a correction of a row, a new actor where `row_id` is ""."""

    resource: Resource
    row_id: str
    draft: Draft


def read_body(body: bytes, resources: Mapping[str, Resource], request: str, form: str) -> AskedProposal:
    """A body as a proposal; raises WrongFieldsError with everything that is wrong. `request` and `form`: see Draft."""
    given = _read_object(body)
    wrong = dict(_find_wrong_members(given))
    table, row_id, cells = given.get("table", PROPOSED_TABLES[0]), given.get("id", ""), given.get("cells", {})
    resource = resources.get(table) if table in PROPOSED_TABLES else None
    if resource is None or wrong:
        raise WrongFieldsError(wrong)
    columns = resource.fields.keys() - {"id"}
    wrong |= {f"cells/{name[:80]}": _tell_unknown(name, sorted(columns)) for name in cells if name not in columns}
    known = {name: text for name, text in cells.items() if name in columns}
    draft = Draft(known, given.get("message", ""), given.get("source_url", ""), given.get("contact", ""), request, form)
    wrong |= {place: tell_program(error) for place, error in find_wrong_texts(draft, resource).items()}
    if not row_id and resource.name != PROPOSED_TABLES[0]:
        wrong["id"] = (
            "Il manque l'identifiant de la ligne : seul un acteur peut être nouveau.",
            "The row's id is missing: only an actor is new.",
        )
    if wrong:
        raise WrongFieldsError(wrong)
    return AskedProposal(resource, row_id, draft)


def _read_object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body.decode())
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise WrongFieldsError({"": ("Le corps n'est pas un objet JSON en UTF-8.", "The body is no JSON object in UTF-8.")})
    return given


def _find_wrong_members(given: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    """Members that are not known, and those that are no text."""
    for name, value in given.items():
        if name not in _MEMBERS:
            yield name[:80], _tell_unknown(name, _MEMBERS)
        elif name == "cells":
            yield from _find_wrong_cells(value)
        elif not _is_text(value):
            yield name, _NO_TEXT
    table = given.get("table", PROPOSED_TABLES[0])
    if _is_text(table) and table not in PROPOSED_TABLES:
        yield "table", _tell_unknown(str(table), PROPOSED_TABLES)


def _find_wrong_cells(value: object) -> Iterator[tuple[str, Words]]:
    if not isinstance(value, dict):
        yield "cells", ("Il faut un objet : colonne, texte.", "It takes an object: column, text.")
        return
    yield from ((f"cells/{name[:80]}", _NO_TEXT) for name, text in value.items() if not (_is_text(name) and _is_text(text)))


_NO_TEXT = ("Il faut un texte.", "It takes a text.")


def _is_text(value: object) -> bool:
    """Whether a value is a text that every store takes."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in value)


def _tell_unknown(name: str, accepted: tuple[str, ...] | list[str]) -> Words:
    named = ", ".join(accepted)
    return f"« {quote_value(name)} » n'existe pas ; acceptés : {named}.", f"“{quote_value(name)}” does not exist; accepted: {named}."


@dataclass(frozen=True)
class FormCall:
    """One call of a form: its token, what it sent, and the name that it gives to this sending, "" for none."""

    token: FormToken
    body: bytes
    key: str = ""

    def name_key(self) -> str:
        """The name of the sending among those of all forms; each one without a name is another one."""
        return sha256(f"{self.token.id} {self.key or uuid4().hex}".encode()).hexdigest()[:40]


def propose_from_form(store: Store, call: FormCall, load: Callable[[], Mapping[str, Resource]], limit: RateLimit = LIMIT) -> Proposal:
    """Store what a form sent, in its name; raises ProposalError, StoreError. The same key twice is one proposal, whatever comes at once.

    What is stored already is answered without being counted; what is not stored in the end does not count either.
    """
    first = call.name_key()
    asked = read_body(call.body, load(), f"{first}-{sha256(call.body).hexdigest()[:24]}", call.token.name)
    with ExitStack() as counted, store.write() as transaction:
        made = _find_sent(transaction, first, asked.draft.request)
        if made is None:
            counted.enter_context(limit.count(call.token.id))
            made = _propose(transaction, asked)
        tokens.note_use(transaction, call.token)
    return made


def _find_sent(transaction: Transaction, key: str, request: str) -> Proposal | None:
    """What was stored under a key; raises KeyUsedError where that was another body."""
    earlier = read_proposals(transaction, "WHERE id LIKE ?", (f"{key}-%",))
    if any(proposal.id != request for proposal in earlier):
        raise KeyUsedError
    return earlier[0] if earlier else None


def _propose(transaction: Transaction, asked: AskedProposal) -> Proposal:
    if asked.row_id:
        return proposals.propose_correction_in(transaction, VISITOR, asked.resource, asked.row_id, asked.draft)
    return proposals.propose_actor_in(transaction, VISITOR, asked.resource, asked.draft)
