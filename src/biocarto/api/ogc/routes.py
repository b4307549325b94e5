"""The addresses of `/ogc/`; each answer is made in a thread, and what goes wrong is said in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from biocarto.addresses import OGC
from biocarto.api.answers import compute_tag, strip_body
from biocarto.api.ogc import documents, features, filters, openapi, page_map, pages
from biocarto.api.ogc.answers import answer_bytes, answer_document, find_known
from biocarto.api.ogc.call import GEOJSON, JSON, OPENAPI, SCHEMA, OgcCall
from biocarto.api.ogc.parameters import (
    FEATURE,
    GENERAL,
    LIMIT,
    BadParameterError,
    FeatureParameters,
    read_system,
    read_value,
    require_known,
)
from biocarto.api.ogc.shelf import CollectionShelf, NoSuchResourceError, require_feature
from biocarto.api.source import RegisterSource
from biocarto.errors import AppError
from biocarto.export.collections.source import FeatureSource
from biocarto.query.cql2 import CONFORMANCE, FilterError
from biocarto.server.assets import AssetResponse
from biocarto.server.refusals import Refusal, answer_refusal
from biocarto.territory.systems import CRS84, CoordinateSystem

_LOG = logging.getLogger(__name__)
_METHODS = ["GET", "HEAD"]
Handler = Callable[[OgcCall, CollectionShelf], Response]


class _Address(NamedTuple):
    path: str
    answer: Handler


def _answer_landing(call: OgcCall, shelf: CollectionShelf) -> Response:
    require_known(call.params, GENERAL)
    shelf.load_catalogue(call)
    document = documents.write_landing(call)
    return pages.show_landing(call, document) if call.is_page else answer_document(call, document, JSON)


def _answer_conformance(call: OgcCall, shelf: CollectionShelf) -> Response:
    require_known(call.params, GENERAL)
    shelf.load_catalogue(call)
    classes = (*documents.CONFORMANCE, *CONFORMANCE)
    if call.is_page:
        return pages.show_list(call, call.t(documents.NAME_CONFORMANCE), classes)
    return answer_document(call, documents.write_conformance(call, classes), JSON)


def _answer_definition(call: OgcCall, shelf: CollectionShelf) -> Response:
    require_known(call.params, GENERAL)
    licence = dict(shelf.read_licence(call))
    document = openapi.write_definition(call, shelf.list_sources(call), shelf.register.list_editions(), licence)
    return pages.show_definition(call, document) if call.is_page else answer_document(call, document, OPENAPI)


def _answer_collections(call: OgcCall, shelf: CollectionShelf) -> Response:
    require_known(call.params, GENERAL)
    sources = shelf.list_sources(call)
    if call.is_page:
        return pages.show_collections(call, sources)
    return answer_document(call, documents.write_collections(call, sources, shelf.link_licence(call)), JSON)


def _answer_collection(call: OgcCall, shelf: CollectionShelf) -> Response:
    source = shelf.find(call, call.request.path_params["name"])
    require_known(call.params, GENERAL)
    if call.is_page:
        return pages.show_collection(call, source)
    return answer_document(call, documents.write_collection(call, source, shelf.link_licence(call)), JSON)


def _answer_queryables(call: OgcCall, shelf: CollectionShelf) -> Response:
    collection = shelf.find(call, call.request.path_params["name"]).collection
    require_known(call.params, GENERAL)
    if call.is_page:
        return pages.show_queryables(call, collection)
    return answer_document(call, documents.write_queryables(call, collection), SCHEMA)


def _answer_features(call: OgcCall, shelf: CollectionShelf) -> Response:
    plain = shelf.find(call, call.request.path_params["name"])
    query = FeatureParameters(plain.collection, filters.compile_condition, pages.ROWS if call.is_page else LIMIT).read(call.params)
    source = shelf.narrow(call, plain)
    if call.is_page:
        return pages.show_features(call, source.collection, query, source.read_page(query))
    tag = _compute_tag(call, source)
    if known := find_known(call, tag):
        return known
    page = source.read_page(query)
    body = features.write_features(page, features.link_pages(call, source.collection, query, page))
    return answer_bytes(call, body, GEOJSON, tag, _tell_system(query.system))


def _answer_feature(call: OgcCall, shelf: CollectionShelf) -> Response:
    plain, feature = shelf.find(call, call.request.path_params["name"]), call.request.path_params["feature"]
    require_known(call.params, (*FEATURE, *plain.collection.choices))
    system = read_value(call.params, "crs", read_system("crs"), CRS84)
    source = shelf.narrow(call, plain)
    today = source.collection.redirects.get(feature, feature)
    text = require_feature(source.collection, feature, source.get(today, system))
    if today != feature:
        return Response(status_code=308, headers={"Location": call.write_variant(f"/collections/{source.collection.id}/items/{today}")})
    if call.is_page:
        return pages.show_feature(call, source.collection, text)
    tag = _compute_tag(call, source)
    if known := find_known(call, tag):
        return known
    body = features.write_feature(text, features.link_feature(call, source.collection, feature))
    return answer_bytes(call, body, GEOJSON, tag, _tell_system(system))


def _compute_tag(call: OgcCall, source: FeatureSource) -> str:
    """Of features and of what is written around them, before they are looked for."""
    lang = call.t.language
    return compute_tag(source.digest, source.collection.title.text(lang), call.root, str(call.request.url), lang)


def _tell_system(system: CoordinateSystem) -> dict[str, str]:
    return {"Content-Crs": f"<{system.uri}>"}


def _answer_script(call: OgcCall, _shelf: CollectionShelf) -> Response:
    return AssetResponse(page_map.read_script()[1], call.request)


ADDRESSES = (
    _Address("", _answer_landing),
    _Address("/conformance", _answer_conformance),
    _Address("/api", _answer_definition),
    _Address("/collections", _answer_collections),
    _Address("/collections/{name}", _answer_collection),
    _Address("/collections/{name}/queryables", _answer_queryables),
    _Address("/collections/{name}/items", _answer_features),
    _Address("/collections/{name}/items/{feature}", _answer_feature),
)


def _make_endpoint(answer: Handler, shelf: CollectionShelf, base: str) -> Callable[[Request], object]:
    def handle(request: Request) -> Response:
        call = OgcCall.read(request, shelf.register.settings, base)
        try:
            return strip_body(request, answer(call, shelf))
        except AppError as error:
            return strip_body(request, answer_refusal(_explain(error), ""))

    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(handle, request)

    return endpoint


def _explain(error: AppError) -> Refusal:
    """What a program asked wrongly is its own; what cannot be read is ours, and may be there again soon."""
    if isinstance(error, NoSuchResourceError):
        return Refusal(404, error.fr, error.en)
    if isinstance(error, BadParameterError | FilterError):
        return Refusal(400, error.fr, error.en)
    _LOG.warning("%s", error.en)
    return Refusal(
        503,
        "Les données ne peuvent pas être lues en ce moment. Rien n'a été modifié. Redemandez dans un instant.",
        "The data cannot be read at the moment. Nothing was changed. Ask again in a moment.",
        {"Retry-After": "30"},
    )


def build_routes(source: RegisterSource, base: str = "") -> list[BaseRoute]:
    """The routes of the door below `base`, each with and without a slash at its end."""
    shelf = CollectionShelf(source)
    pairs = [*ADDRESSES, _Address(f"/{page_map.read_script()[0]}", _answer_script)]
    return [
        Route(f"{base}/{OGC}{address.path}{end}", _make_endpoint(address.answer, shelf, base), methods=_METHODS)
        for address in pairs
        for end in ("", "/")
    ]
