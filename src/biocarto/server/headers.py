"""The headers of every answer: what a page may load, who may frame it, what it tells others, what a browser may fetch ahead."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biocarto.addresses import is_open_to_all, is_program
from biocarto.config import Settings, strip_base
from biocarto.maps.base import CDN_HOSTS, IGN_HOST
from biocarto.server.assets import AS_IT_IS, accepts_gzip
from biocarto.server.hints import LoadingHints

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), display-capture=(), geolocation=(self)",
}
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(
        ("Content-Crs", "Content-Disposition", "Content-Range", "ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After")
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Of what programs read: a page of any site may, without the reader's cookies. The same whoever asks, so that caches keep one answer."""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FILES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""For files that are handed out: whatever they hold, opened in a browser they run nothing."""


def hash_inline_scripts(page: str) -> str:
    """The inline scripts of a page as sources of a Content-Security-Policy."""
    return " ".join(f"'sha256-{base64.b64encode(sha256(found.encode()).digest()).decode()}'" for found in _INLINE.findall(page))


def _write(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _ancestors(settings: Settings) -> str:
    """Who may frame a page, and with it the maps in it: a browser asks every frame about every document around it."""
    return f"'self' {settings.frame_ancestors}".strip()


def write_page_policy(settings: Settings, inline: str) -> str:
    """The Content-Security-Policy of the pages: the strictest that Streamlit's client works under.

    inline: the hashes of the scripts in Streamlit's own page. Components hand their script over as `blob:`, styles are
    written by scripts, Graphviz is WebAssembly; `eval` stays closed.
    """
    return _write(
        {
            "default-src": "'self'",
            "script-src": f"'self' {inline} blob: 'wasm-unsafe-eval'",
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data: blob:",
            "font-src": "'self' data:",
            "connect-src": "'self'",
            "worker-src": "'self' blob:",
            "frame-src": "'self'",
            "object-src": "'none'",
            "base-uri": "'self'",
            "form-action": "'self'",
            "frame-ancestors": _ancestors(settings),
        }
    )


def write_component_policy(settings: Settings) -> str:
    """The policy of the frame of a map: streamlit-folium runs the map's script as text, which a frame of its own bears.

    Only what the operator has opted in to (`allow_cdn`, `ign_tiles`) is asked of others.
    """
    cdn = f" data: {' '.join(CDN_HOSTS)}" if settings.allow_cdn else ""
    tiles = f" {IGN_HOST}" if settings.ign_tiles else ""
    return _write(
        {
            "default-src": "'none'",
            "script-src": f"'self' 'unsafe-inline' 'unsafe-eval'{cdn}",
            "style-src": f"'self' 'unsafe-inline'{cdn}",
            "img-src": f"'self' data: blob:{tiles}",
            "font-src": "'self' data:",
            "connect-src": "'self'",
            "base-uri": "'self'",
            "form-action": "'none'",
            "frame-ancestors": _ancestors(settings),
        }
    )


def write_embed_policy(settings: Settings) -> str:
    """The policy of what stands in pages of others: files of ours alone; Leaflet and the bars write styles."""
    return _write(
        {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self' 'unsafe-inline'",
            "img-src": "'self' data:",
            "font-src": "'self'",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": _ancestors(settings),
        }
    )


def drop_refused_gzip(scope: Scope) -> Scope:
    """A request without its Accept-Encoding where that refuses gzip: Streamlit looks for the word alone, and `gzip;q=0` has it."""
    accepted = Headers(scope=scope).get("accept-encoding")
    if accepted is None or accepts_gzip(accepted):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}


class AnswerHeaders:
    """ASGI middleware, outermost of all: the security headers to every answer, refusals too, and hints to what was found."""

    def __init__(self, app: ASGIApp, settings: Settings, page: str, hints: LoadingHints, base: str = "") -> None:
        self._app = app
        self._page, self._component = write_page_policy(settings, hash_inline_scripts(page)), write_component_policy(settings)
        self._hints, self._base = hints, base

    def _policy(self, path: str) -> str:
        if path.startswith("/component/"):
            return self._component
        return _FILES if path.startswith("/media/") else self._page

    def _complete(self, headers: MutableHeaders, path: str, status: int) -> None:
        for name, value in COMMON.items():
            headers[name] = value
        if is_open_to_all(path):
            headers.update(OPEN_TO_ALL)
        if headers.get("content-encoding") == AS_IT_IS:
            del headers["content-encoding"]  # no encoding that HTTP would have named
        headers.setdefault("Content-Security-Policy", self._policy(path))
        if status == HTTPStatus.OK and not is_program(path) and (hints := self._hints.find_hints(path, headers.get("content-type", ""))):
            headers["Link"] = hints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), strip_base(scope["path"], self._base), message["status"])
            await send(message)

        await self._app(drop_refused_gzip(scope), receive, send_with_headers)
