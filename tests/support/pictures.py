"""The door of pictures over the real register, without a server, and what its files hold."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from pathlib import Path

from starlette.applications import Starlette

from biocarto.api.picture.routes import build_routes
from biocarto.api.source import RegisterSource
from biocarto.config import Settings
from biocarto.desk.archive import UnknownEditionError
from biocarto.register.catalogue import Catalogue
from tests.support.register import joined

PUBLIC = "https://biocarto.example"


def _load(name: str) -> Catalogue:
    found = joined()
    if name not in {"latest", found.edition}:
        raise UnknownEditionError(name, (found.edition,))
    return found


@cache
def a_door(public_url: str = PUBLIC, base: str = "") -> Starlette:
    """Every route of `/picture/`."""
    source = RegisterSource(Settings(public_url=public_url), lambda: (joined().edition,), lambda _: Path(), lambda _: None, _load)
    return Starlette(routes=build_routes(source, base))


def read_chunks(png: bytes) -> dict[bytes, bytes]:
    """The chunks of a PNG, each with the checksum that it says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        found[kind] = found.get(kind, b"") + content
        at += 12 + size
    return found


def read_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", read_chunks(png)[b"IHDR"][:8])
    return width, height
