"""Requests to an ASGI application without a server or a socket: what it answers, and how much of the body it took."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

HOST = "localhost:8501"


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case), body; the sizes of the pieces in which it came; how often the request's own body was read."""

    status: int
    headers: dict[str, str]
    body: bytes
    pieces: tuple[int, ...]
    read: int


def scope_of(target: str, method: str = "GET", kind: str = "http", **headers: str) -> dict[str, Any]:
    """The scope of a request as uvicorn would make it; `headers` names use `_` for `-`, and `host=""` sends none."""
    raw, _, query = target.partition("?")
    given: Mapping[str, str] = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}

    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": unquote(raw),
        "raw_path": raw.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "scheme": "http" if kind == "http" else "ws",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 50000),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items() if value],
        "extensions": {"websocket.http.response": {}} if kind == "websocket" else {},
    }


async def _ask(app: ASGIApp, scope: dict[str, Any], body: bytes = b"") -> Answer:
    sent: list[Message] = []
    read = 0

    async def receive() -> Message:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = sent[0]
    headers = {name.decode().lower(): value.decode() for name, value in start.get("headers", [])}
    bodies = [message.get("body", b"") for message in sent[1:]]
    return Answer(start["status"], headers, b"".join(bodies), tuple(map(len, bodies)), read)


def ask(app: ASGIApp, target: str, method: str = "GET", kind: str = "http", *, body: bytes = b"", **headers: str) -> Answer:
    """What `app` answers to one request."""
    return asyncio.run(_ask(app, scope_of(target, method, kind, **headers), body))


def ask_at_once(app: ASGIApp, *targets: str) -> list[Answer]:
    """What `app` answers to requests that come together, on one event loop as in a server."""

    async def gather() -> list[Answer]:
        return await asyncio.gather(*(_ask(app, scope_of(target)) for target in targets))

    return asyncio.run(gather())
