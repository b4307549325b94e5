"""Answers as bytes: compressed here, where the answer is known as a whole, with a tag by which a program keeps it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from biocarto import __version__
from biocarto.server.assets import accepts_gzip

_SMALL = 1_000
"""Bytes that are sent as they are."""
_QUICK = 1
"""The level of gzip: a page of a thousand features in some milliseconds, a tenth larger than at the highest."""


def write_json(document: object) -> bytes:
    """A document, UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def compute_tag(*parts: str) -> str:
    """A weak ETag: the same content may be compressed, and written at another time; another version may write it otherwise."""
    return f'W/"{sha256("|".join((__version__, *parts)).encode()).hexdigest()[:32]}"'


def find_known(request: Request, headers: Mapping[str, str]) -> Response | None:
    """304 where the reader has the answer with these headers, an `ETag` among them, already."""
    known = request.headers.get("if-none-match")
    if known is None or not (known.strip() == "*" or headers["ETag"] in (part.strip() for part in known.split(","))):
        return None
    return Response(status_code=304, headers=headers)


def answer_document(request: Request, document: object, kind: str, headers: Mapping[str, str]) -> Response:
    """A document of JSON, or 304."""
    return answer_content(request, write_json(document), kind, headers)


def answer_content(request: Request, body: bytes, kind: str, headers: Mapping[str, str]) -> Response:
    """Bytes that are made already, with their tag, or 304."""
    told = {**headers, "ETag": compute_tag(sha256(body).hexdigest(), kind)}
    return find_known(request, told) or answer_bytes(request, body, kind, told)


def answer_bytes(request: Request, body: bytes, kind: str, headers: Mapping[str, str]) -> Response:
    """Bytes of a kind, compressed where the reader takes that."""
    told = dict(headers)
    if len(body) >= _SMALL and accepts_gzip(request.headers.get("accept-encoding", "")):
        body = gzip.compress(body, _QUICK, mtime=0)
        told["Content-Encoding"] = "gzip"
    return strip_body(request, Response(body, headers=told, media_type=kind))


def strip_body(request: Request, response: Response) -> Response:
    """The same answer without its body where only its headers are asked for."""
    if request.method == "HEAD":
        response.body = b""
    return response
