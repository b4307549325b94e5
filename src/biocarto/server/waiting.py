"""Adds scripts of ours to every page: where its server is, and words where a proxy blocks WebSocket, instead of a page that stays grey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto.addresses import is_program
from biocarto.config import strip_base

SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("address.js", "waiting.js"))
_LEFT_OUT = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})
"""Request headers by which the page would come compressed or not at all; it is small, and answers are compressed further out."""
_OTHERS = ("/component/", "/media/", "/assets/", "/_stcore/")


def add_scripts(page: str) -> str:
    """Streamlit's page with our scripts in front of its own, inline: the policy of the pages allows them by their hashes."""
    scripts = "".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in SCRIPTS)
    return page.replace("<head>", f"<head>{scripts}", 1)


class WaitingWords:
    """ASGI middleware that changes pages on their way out; `page` is Streamlit's, as `add_scripts` left it.

    `describe` gives what the head of one page has besides.
    """

    def __init__(self, app: ASGIApp, page: str, base: str = "", describe: Callable[[Scope], str] = lambda _: "") -> None:
        self._app, self._page, self._base, self._describe = app, page, base, describe

    def _is_page(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        inner = strip_base(str(scope["path"]), self._base)
        is_other = inner.startswith(_OTHERS) or is_program(inner)
        return not is_other and "text/html" in Headers(scope=scope).get("accept", "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; a page that was found comes with the scripts, without the tags of the file that it was."""
        if not self._is_page(scope):
            await self._app(scope, receive, send)
            return
        changed, page = False, self._page.replace("</head>", f"{self._describe(scope)}</head>", 1).encode()

        async def send_changed(message: Message) -> None:
            nonlocal changed
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                changed = message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
                if changed:
                    headers["content-length"] = str(len(page))
                    del headers["etag"], headers["last-modified"]
                await send(message)
            elif not changed:
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": page})

        inner = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _LEFT_OUT]}
        await self._app(inner, receive, send_changed)
