"""Every door's routes, in both spellings of a prefix; what none of them takes is 404 in words, never a page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.routing import BaseRoute, Route

from biocarto.addresses import PROGRAMS
from biocarto.api.embed import routes as embed
from biocarto.api.files import routes as files
from biocarto.api.ogc import routes as ogc
from biocarto.api.picture import routes as picture
from biocarto.api.proposals import build_proposal_routes
from biocarto.api.source import RegisterSource
from biocarto.server.guard import answer_unknown

METHODS = ["GET", "HEAD"]
DOORS: tuple[Callable[[RegisterSource, str], list[BaseRoute]], ...] = (
    embed.build_routes,
    files.build_routes,
    ogc.build_routes,
    picture.build_routes,
    build_proposal_routes,
)
"""What makes the routes of each door from the register and the base path."""


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """The routes of all doors below `base`, the path that the app lives below."""
    found = [route for build in DOORS for route in build(source, base)]
    closed = [Route(f"{base}/{prefix}{rest}", answer_unknown, methods=METHODS) for prefix in PROGRAMS for rest in ("", "/", "/{rest:path}")]
    return [*found, *closed]
