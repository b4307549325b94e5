"""Answers of `/ogc/`: those of every door, with the language of the call and how long they may be kept."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from biocarto.api import answers
from biocarto.api.ogc.call import OgcCall

_VARY = "Accept, Accept-Language, Accept-Encoding"


def find_known(call: OgcCall, tag: str) -> Response | None:
    """304 where the reader has this already."""
    return answers.find_known(call.request, {**_write_headers(call), "ETag": tag})


def answer_document(call: OgcCall, document: object, kind: str) -> Response:
    """A document of JSON, or 304."""
    return answers.answer_document(call.request, document, kind, _write_headers(call))


def answer_bytes(call: OgcCall, body: bytes, kind: str, tag: str, headers: Mapping[str, str] | None = None) -> Response:
    """Bytes of a kind, compressed where the reader takes that."""
    return answers.answer_bytes(call.request, body, kind, {**_write_headers(call), "ETag": tag, **(headers or {})})


def _write_headers(call: OgcCall) -> dict[str, str]:
    """What never changes may be kept an hour; the newest edition is asked about each time, which costs nothing where it is the same."""
    keep = "public, max-age=3600" if "edition" in call.params and call.edition != "latest" else "no-cache"
    return {"Cache-Control": keep, "Vary": _VARY, "Content-Language": call.t.language}
