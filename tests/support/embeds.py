"""The embeds of the committed register, without a server: the application that answers for them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette

from biocarto.api.routes import build_routes
from biocarto.api.source import LATEST, RegisterSource
from biocarto.config import Settings
from biocarto.desk.archive import UnknownEditionError
from biocarto.register.catalogue import Catalogue
from tests.support import register


def _load_catalogue(name: str) -> Catalogue:
    catalogue = register.joined()
    if name in {LATEST, catalogue.edition}:
        return catalogue
    raise UnknownEditionError(name, (catalogue.edition,))


def build_app(settings: Settings | None = None, base: str = "") -> Starlette:
    """What answers below the prefixes of programs."""
    source = RegisterSource(
        settings or Settings(),
        lambda: (register.joined().edition,),
        lambda _: Path(register.ROOT / "data"),
        lambda _: register.tables(),
        _load_catalogue,
    )
    return Starlette(routes=build_routes(source, base))
