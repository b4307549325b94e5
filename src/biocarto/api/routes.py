"""Every door's routes, in both spellings of a prefix; what none of them takes is 404 in words, never a page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import PROGRAMS
from biocarto.api.ogc import routes as ogc
from biocarto.api.source import RegisterSource
from biocarto.server.guard import refuse_unknown_address
from biocarto.server.refusals import answer_refusal

METHODS = ["GET", "HEAD"]
DOORS: tuple[Callable[[RegisterSource, str], list[BaseRoute]], ...] = (ogc.build_routes,)
"""What makes the routes of each door from the register and the base path."""


async def _answer_unknown(request: Request) -> Response:
    return answer_refusal(refuse_unknown_address(request.url.path), "")


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """The routes of all doors below `base`, the path that the app lives below."""
    found = [route for build in DOORS for route in build(source, base)]
    closed = [
        Route(f"{base}/{prefix}{rest}", _answer_unknown, methods=METHODS) for prefix in PROGRAMS for rest in ("", "/", "/{rest:path}")
    ]
    return [*found, *closed]
