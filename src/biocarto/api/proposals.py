"""`/api/proposals`: what a form of another site proposes, from its server to ours, by a token that can do nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import PROPOSALS
from biocarto.api.source import LATEST, RegisterSource
from biocarto.desk import form_proposals, tokens
from biocarto.desk.form_proposals import LONGEST_KEY, MOST_BYTES, FormCall, WrongFieldsError
from biocarto.desk.proposal_error import CLOSED_LIST, ProposalError, tell_program
from biocarto.desk.proposal_limits import TooManyProposalsError
from biocarto.errors import AppError
from biocarto.register import schema
from biocarto.register.schema import Resource
from biocarto.register.tables import PACKAGE
from biocarto.server.refusals import Refusal, answer_refusal
from biocarto.store.database import Store, open_store

_LOG = logging.getLogger(__name__)
TURNS = 2
"""Proposals that are looked at or stored at a time: they wait for no other program, and no page for them."""
SLOWEST = 10.0
"""Seconds that a body may take."""


class ProposalsEndpoint:
    """Takes a proposal, from whoever has a token; nothing of a body is read before."""

    def __init__(self, source: RegisterSource) -> None:
        self._source, self._turns = source, CapacityLimiter(TURNS)

    async def __call__(self, request: Request) -> Response:
        """201 with the number of the proposal, else a problem with every wrong field."""
        try:
            outcome = await self._take(request)
        except AppError as error:
            _LOG.warning("A proposal could not be taken: %s", error.message("en"))
            outcome = _SILENT
        return answer_refusal(outcome, "") if isinstance(outcome, Refusal) else outcome

    async def _take(self, request: Request) -> Response | Refusal:
        store = open_store(self._source.settings.store)
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        token = (
            await to_thread.run_sync(tokens.find_token, store, given.strip(), limiter=self._turns) if scheme.lower() == "bearer" else None
        )
        if token is None:
            return _refuse_token(bool(given))
        key = request.headers.get("idempotency-key", "")
        if refusal := _find_refusal(request, key):
            return refusal
        body = await _read_body(request)
        if isinstance(body, Refusal):
            return body
        return await to_thread.run_sync(self._propose, store, FormCall(token, body, key), limiter=self._turns)

    def _propose(self, store: Store, call: FormCall) -> Response | Refusal:
        try:
            made = form_proposals.propose_from_form(store, call, self._load_resources)
        except ProposalError as error:
            return _refuse_proposal(error)
        return JSONResponse({"number": made.number, "state": made.state.value}, 201, {"Cache-Control": "no-store"})

    def _load_resources(self) -> Mapping[str, Resource]:
        return schema.parse((self._source.find_folder(LATEST) / PACKAGE).read_text(encoding="utf-8"))


def _find_refusal(request: Request, key: str) -> Refusal | None:
    """Why a body is not read, by what its headers say of it."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return Refusal(
            415,
            "Une proposition est du JSON (Content-Type: application/json). Rien n'est enregistré.",
            "A proposal is JSON (Content-Type: application/json). Nothing is stored.",
            {"Accept-Post": "application/json"},
        )
    if len(key) > LONGEST_KEY:
        return Refusal(
            400,
            f"L'en-tête Idempotency-Key compte plus de {LONGEST_KEY} caractères. Rien n'est enregistré.",
            f"The header Idempotency-Key has more than {LONGEST_KEY} characters. Nothing is stored.",
        )
    length = request.headers.get("content-length", "0")
    return None if len(length) < 9 and length.isdecimal() and int(length) <= MOST_BYTES else _TOO_LONG


async def _read_body(request: Request) -> bytes | Refusal:
    body = b""
    try:
        async with asyncio.timeout(SLOWEST):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BYTES:
                    return _TOO_LONG
    except TimeoutError:
        return _TOO_SLOW
    except ClientDisconnect:
        return _CUT_OFF
    return body


def _refuse_token(was_given: bool) -> Refusal:
    problem = 'Bearer realm="BioCarto"' + (', error="invalid_token"' if was_given else "")
    return Refusal(
        401,
        "Il faut un jeton en service (Authorization: Bearer …). Rien n'est enregistré. L'exploitant du serveur en donne un par formulaire.",
        "It takes a good token (Authorization: Bearer …). Nothing is stored. The operator of the server gives one to each form.",
        {"WWW-Authenticate": problem, "Connection": "close"},
    )


def _refuse_proposal(error: ProposalError) -> Refusal:
    fr, en = tell_program(error)
    if isinstance(error, TooManyProposalsError):
        return Refusal(429, fr, en, {"Retry-After": str(error.seconds)})
    if (error.fr, error.en) == CLOSED_LIST:
        return Refusal(503, fr, en, {"Retry-After": "86400"})
    fields = error.fields if isinstance(error, WrongFieldsError) else {}
    wrong = [{"pointer": f"#/{place}" if place else "#", "detail": told[1], "detail_fr": told[0]} for place, told in fields.items()]
    return Refusal(422, fr, en, members={"errors": wrong} if wrong else {})


_CLOSE = {"Connection": "close"}
"""What is still on its way is not waited for."""
_TOO_LONG = Refusal(
    413,
    f"Une proposition compte {MOST_BYTES} octets au plus. Rien n'est enregistré.",
    f"A proposal has {MOST_BYTES} bytes at most. Nothing is stored.",
    _CLOSE,
)
_TOO_SLOW = Refusal(
    408,
    f"La proposition n'est pas arrivée en {SLOWEST:.0f} s. Rien n'est enregistré. Renvoyez-la.",
    f"The proposal did not arrive within {SLOWEST:.0f} s. Nothing is stored. Send it again.",
    _CLOSE,
)
_CUT_OFF = Refusal(
    400,
    "La proposition n'est pas arrivée jusqu'au bout. Rien n'est enregistré. Renvoyez-la.",
    "The proposal did not arrive to its end. Nothing is stored. Send it again.",
    _CLOSE,
)
"""Nobody reads it but the log of accesses."""
_SILENT = Refusal(
    503,
    "Le registre ne prend pas de proposition pour l'instant. Rien n'est enregistré. Renvoyez-la dans un moment, sous la même "
    "Idempotency-Key : elle ne sera pas enregistrée deux fois.",
    "The register takes no proposal for now. Nothing is stored. Send it again in a moment, under the same Idempotency-Key: it will not be "
    "stored twice.",
    {"Retry-After": "30"},
)


def build_proposal_routes(source: RegisterSource, base: str) -> list[BaseRoute]:
    """The one address that takes something."""
    return [Route(f"{base}/{PROPOSALS}", ProposalsEndpoint(source).__call__, methods=["POST"])]
