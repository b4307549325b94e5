"""Answers as bytes: compressed here, where the answer is known as a whole, with a tag by which a program keeps it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from biocarto import __version__
from biocarto.api.ogc.call import OgcCall
from biocarto.server.assets import accepts_gzip

_SMALL = 1_000
"""Bytes that are sent as they are."""
_QUICK = 1
"""The level of gzip: a page of a thousand features in some milliseconds, a tenth larger than at the highest."""
_VARY = "Accept, Accept-Language, Accept-Encoding"


def write_json(document: object) -> bytes:
    """A document, UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def compute_tag(*parts: str) -> str:
    """A weak ETag: the same content may be compressed, and written at another time; another version may write it otherwise."""
    return f'W/"{sha256("|".join((__version__, *parts)).encode()).hexdigest()[:32]}"'


def find_known(call: OgcCall, tag: str) -> Response | None:
    """304 where the reader has this already."""
    known = call.request.headers.get("if-none-match")
    if known is None or not (known.strip() == "*" or tag in (part.strip() for part in known.split(","))):
        return None
    return Response(status_code=304, headers=_write_headers(call, tag))


def answer_document(call: OgcCall, document: object, kind: str) -> Response:
    """A document of JSON, or 304."""
    body = write_json(document)
    tag = compute_tag(sha256(body).hexdigest(), kind)
    return find_known(call, tag) or answer_bytes(call, body, kind, tag)


def answer_bytes(call: OgcCall, body: bytes, kind: str, tag: str, headers: Mapping[str, str] | None = None) -> Response:
    """Bytes of a kind, compressed where the reader takes that."""
    told = {**_write_headers(call, tag), **(headers or {})}
    if len(body) >= _SMALL and accepts_gzip(call.request.headers.get("accept-encoding", "")):
        body = gzip.compress(body, _QUICK, mtime=0)
        told["Content-Encoding"] = "gzip"
    return strip_body(call.request, Response(body, headers=told, media_type=kind))


def strip_body(request: Request, response: Response) -> Response:
    """The same answer without its body where only its headers are asked for."""
    if request.method == "HEAD":
        response.body = b""
    return response


def _write_headers(call: OgcCall, tag: str) -> dict[str, str]:
    """What never changes may be kept an hour; the newest edition is asked about each time, which costs nothing where it is the same."""
    keep = "public, max-age=3600" if "edition" in call.params and call.edition != "latest" else "no-cache"
    return {"ETag": tag, "Cache-Control": keep, "Vary": _VARY, "Content-Language": call.t.language}
