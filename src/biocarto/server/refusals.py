"""The answers of a server that says no: a status and two sentences, as a page for people and as RFC 9457 for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

PROBLEM = "application/problem+json"
_PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><h1>{title}</h1><p>{fr}</p><p lang="en">{en}</p></body></html>
"""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not served: what happened and what to do, in French and in English; `headers` are the answer's own.

    `members` stand beside the sentences in what a program reads.
    """

    status: int
    fr: str
    en: str
    headers: dict[str, str] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)


def answer_refusal(refusal: Refusal, accept: str) -> Response:
    """A small page where a browser asks (`accept` names text/html), else `application/problem+json`."""
    headers = {"Cache-Control": "no-store", **refusal.headers}
    title = f"{refusal.status} {HTTPStatus(refusal.status).phrase}"
    if "text/html" in accept:
        page = _PAGE.format(title=escape(title), fr=escape(refusal.fr, quote=False), en=escape(refusal.en, quote=False))
        return Response(page, refusal.status, headers, "text/html")
    problem = {"type": "about:blank", "title": HTTPStatus(refusal.status).phrase, "status": refusal.status}
    return JSONResponse(problem | {"detail": refusal.en, "detail_fr": refusal.fr, **refusal.members}, refusal.status, headers, PROBLEM)


async def send_refusal(refusal: Refusal, scope: Scope, receive: Receive, send: Send, *, to_program: bool = False) -> None:
    """Answer a request or a WebSocket handshake; nothing of the request's body is read. To a program never as a page."""
    response = answer_refusal(refusal, "" if to_program else Headers(scope=scope).get("accept", ""))
    if scope["type"] == "websocket":
        response.raw_headers.append((b"connection", b"close"))
    await response(scope, receive, send)
