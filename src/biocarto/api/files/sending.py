"""A made file as an answer: whole, in part, compressed, or not again."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from biocarto.api.files.ranges import choose_ranges
from biocarto.api.files.shelf import FileShelf, Key, MadeFile
from biocarto.server.assets import AS_IT_IS, FOREVER, accepts_gzip
from biocarto.server.conditions import has_tag
from biocarto.server.refusals import Refusal, answer_refusal

NO_CACHE = "no-cache"
"""For what may be another tomorrow: kept, and asked about each time."""
_INERT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""Whatever a file holds, opened in a browser it runs nothing."""
_PACKED = ("text/", "application/json", "application/geo+json", "application/ld+json", "application/yaml")
_SMALL = 1_000
"""Bytes below which compressing gains nothing."""


@dataclass(frozen=True)
class Sending:
    """What is to be sent: the file, its media type, how long it may be kept, headers of its own."""

    file: MadeFile
    media_type: str
    keep: str = NO_CACHE
    headers: dict[str, str] = field(default_factory=dict)


def _write_headers(sending: Sending, digest: str) -> dict[str, str]:
    return {
        "ETag": f'"{digest}"',
        "Cache-Control": sending.keep,
        "Content-Security-Policy": _INERT,
        **sending.headers,
    }


def find_packed(sending: Sending, shelf: FileShelf, key: Key, headers: Headers) -> MadeFile | None:
    """The compressed form, where the reader takes one, the kind gains by it and no part was asked for; makes it, raises OSError."""
    wanted = accepts_gzip(headers.get("accept-encoding", "")) and "range" not in headers
    if not wanted or not sending.media_type.startswith(_PACKED) or sending.file.size < _SMALL:
        return None
    return shelf.get((*key, "gzip"), lambda: gzip.compress(sending.file.path.read_bytes(), 6, mtime=0))


def send_file(sending: Sending, packed: MadeFile | None, headers: Headers) -> Response:
    """The answer to a reader with these headers: 304 where they have it, 200 whole, 206 in part, 416 where no part is there."""
    own = _write_headers(sending, f"{sending.file.digest[:32]}{'-gzip' if packed else ''}")
    if sending.media_type.startswith(_PACKED):
        own["Vary"] = ", ".join(filter(None, [own.get("Vary"), "Accept-Encoding"]))
    if has_tag(headers.get("if-none-match", ""), own["ETag"]):  # a file may change within a day, and an older one come back: no date
        return Response(status_code=304, headers=own)
    own["Content-Encoding"] = "gzip" if packed else AS_IT_IS
    return PartialFile(packed or sending.file, own, _name_type(sending.media_type))


def _name_type(media_type: str) -> str:
    """CSV is text whose characters have to be named; what is JSON or binary says so itself."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


class PartialFile(FileResponse):
    """Starlette's file with the ranges as the standard has them: what means nothing is ignored, what is not there is 416 in words."""

    def __init__(self, file: MadeFile, headers: dict[str, str], media_type: str) -> None:
        super().__init__(file.path, headers={**headers, "Content-Length": str(file.size)}, media_type=media_type)
        self._size = file.size

    def set_stat_headers(self, stat_result: os.stat_result) -> None:
        """Tag and length are said already; the day on which a file was last asked for is nobody's business."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the whole file, or the parts that are there."""
        headers = Headers(scope=scope)
        given = headers.get("range") if scope["method"] == "GET" and self.headers["content-encoding"] == AS_IT_IS else None
        current = headers.get("if-range", self.headers["etag"]) == self.headers["etag"]
        ranges = choose_ranges(given, self._size) if given is not None and current else None
        kept = [pair for pair in scope["headers"] if pair[0] not in {b"range", b"if-range"}]
        if ranges == ():
            await answer_refusal(_refuse_range(self._size), "")(scope, receive, send)
            return
        if ranges:
            told = ",".join(f"{first}-{last}" for first, last in ranges)
            kept.append((b"range", f"bytes={told}".encode()))
        head = LateHead(send)
        try:
            await super().__call__({**scope, "headers": kept}, receive, head.send)
        except (OSError, RuntimeError):  # the latter is Starlette's for a file that is not there
            if head.is_sent:
                raise
            await answer_refusal(_GONE, "")(scope, receive, send)


class LateHead:
    """Holds the head of an answer until its first bytes were read: up to there, another answer can be given."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: Message | None = None
        self.is_sent = False

    async def send(self, message: Message) -> None:
        """Pass a message on, the head with the one after it."""
        if message["type"] == "http.response.start":
            self._held = message
            return
        if self._held is not None:
            self.is_sent, held, self._held = True, self._held, None
            await self._send(held)
        await self._send(message)


_GONE = Refusal(
    503,
    "Ce fichier vient d'être retiré pour faire de la place. Les données sont intactes. Redemandez-le : il sera refait.",
    "This file has just been removed to make room. The data are unharmed. Ask for it again: it will be made anew.",
    {"Retry-After": "1"},
)


def _refuse_range(size: int) -> Refusal:
    return Refusal(
        416,
        f"Ce fichier a {size} octets : la partie demandée n'y est pas. Demandez une partie de 0 à {size - 1}, ou tout le fichier.",
        f"This file has {size} bytes: the part that was asked for is not in it. Ask for a part from 0 to {size - 1}, or for all of it.",
        {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"},
    )


__all__ = ["FOREVER", "NO_CACHE", "Sending", "find_packed", "send_file"]
