"""The doors of programs with the committed register, behind a socket of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from starlette.applications import Starlette

from biocarto import startup
from biocarto.api.limits import build_middleware
from biocarto.api.routes import build_routes
from biocarto.config import ROOT, Settings
from biocarto.server.door import build_feed_routes
from tests.support.live import serve

EXAMPLES = ROOT / "docs" / "examples"
PLACEHOLDER = "https://biocarto.example"
"""What the documents call a server."""


@cache
def build_programs() -> Starlette:
    """All doors, with their limits."""
    routes = [*build_feed_routes(startup.write_feed), *build_routes(startup.build_source())]
    return Starlette(routes=routes, middleware=build_middleware(Settings()))


@contextmanager
def serve_programs() -> Iterator[str]:
    """The address at which they answer."""
    with serve(build_programs()) as port:
        yield f"http://127.0.0.1:{port}"


def read_example(name: str, base: str) -> str:
    """An example with the address of a server that is there."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert PLACEHOLDER in text
    return text.replace(PLACEHOLDER, base)
