"""The door `/ogc/` over the committed register and a smaller, older edition of it, without a server."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from biocarto.api.ogc.routes import build_routes
from biocarto.api.source import LATEST, RegisterSource
from biocarto.config import Settings
from biocarto.desk.archive import UnknownEditionError
from biocarto.register.catalogue import Catalogue
from biocarto.register.tables import Tables
from tests.support.asgi import Answer, ask
from tests.support.register import joined, tables

ROOT = "http://localhost:8501/ogc"
OLDER = "2025-01-01"
GEOJSON, PROBLEM = "application/geo+json", "application/problem+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@cache
def _older() -> Catalogue:
    return replace(joined(), edition=OLDER, actors=joined().actors.iloc[:10])


def _load_catalogue(name: str) -> Catalogue:
    if name in {LATEST, joined().edition}:
        return joined()
    if name == OLDER:
        return _older()
    raise UnknownEditionError(name, (joined().edition, OLDER))


def _load_tables(_name: str) -> Tables:
    return tables()


@cache
def build_app(base: str = "", public_url: str = "", features: str = "") -> Starlette:
    """The routes of the door alone; `features` is the address of a database with PostGIS, none for memory."""
    settings = Settings(public_url=public_url, features=features)
    source = RegisterSource(settings, lambda: (joined().edition, OLDER), lambda _name: Path("data"), _load_tables, _load_catalogue)
    return Starlette(routes=build_routes(source, base))


def get(path: str, method: str = "GET", **headers: str) -> Answer:
    """What the door answers below `/ogc`."""
    return ask(build_app(), f"/ogc{path}", method, **headers)


def read(path: str, status: int = 200) -> Any:
    """The JSON of an answer that has this status."""
    answer = get(path)
    assert answer.status == status, answer.body[:500]
    return json.loads(answer.body)


def list_ids(path: str) -> list[str]:
    """The ids of the features of a page."""
    return [feature["id"] for feature in read(path)["features"]]


def find_link(document: Any, rel: str) -> str:
    """The address of the first link of a relation, below the door."""
    found: str = next(link["href"] for link in document["links"] if link["rel"] == rel)
    assert found.startswith(ROOT)
    return found.removeprefix(ROOT)
