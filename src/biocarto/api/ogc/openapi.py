"""The definition of the door (OpenAPI 3.0): every address, every parameter with what it accepts, ids that there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from biocarto import __version__
from biocarto.api.ogc.call import FORMS, GEOJSON, HTML, JSON, OPENAPI, SCHEMA, OgcCall
from biocarto.api.ogc.documents import DESCRIPTION, TITLE, Document, describe_column
from biocarto.api.ogc.parameters import FEATURE, FEATURES, GENERAL, GREATEST, LARGEST, LIMIT, MOST_KEYS, list_sortable
from biocarto.api.source import LATEST
from biocarto.export.collections.collection import Collection
from biocarto.export.collections.source import FeatureSource
from biocarto.i18n import LANGUAGES, Locale
from biocarto.model import N_
from biocarto.query.cql2 import FILTER_LANGUAGES
from biocarto.server.refusals import PROBLEM
from biocarto.territory.systems import CRS84, SYSTEMS

_PROBLEMS = {
    "400": N_("Un paramètre n'existe pas ou n'est pas compris ; ce qui est accepté est dit."),
    "404": N_("Il n'y a rien à cette adresse."),
    "503": N_("Les données ne peuvent pas être lues en ce moment."),
}
_URIS = [system.uri for system in SYSTEMS]
_ID = "^[0-9A-Za-z-]+$"
"""Of every feature: what the tables accept as the id of a row, and codes of territories."""


def write_definition(call: OgcCall, sources: Sequence[FeatureSource], editions: Sequence[str], licence: dict[str, str]) -> Document:
    """The whole definition, in the language of the call."""
    t = call.t
    paths: Document = {
        "/": _write_operation("getLandingPage", t(N_("Page d'accueil")), _DOCUMENT, _refer(GENERAL)),
        "/conformance": _write_operation("getConformance", t(N_("Classes de conformité")), _DOCUMENT, _refer(GENERAL)),
        "/api": _write_operation("getDefinition", t(N_("Cette définition")), _DEFINITION, _refer(GENERAL)),
        "/collections": _write_operation("getCollections", t(N_("Toutes les collections")), _DOCUMENT, _refer(GENERAL)),
    }
    for source in sources:
        paths |= _write_paths(t, source)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": t(TITLE),
            "description": t(DESCRIPTION),
            "version": __version__,
            "license": {"name": licence["title"], "url": licence["path"]},
        },
        "servers": [{"url": call.root}],
        "paths": paths,
        "components": {
            "parameters": _write_parameters(t, editions),
            "responses": {status: _write_problem(t(text)) for status, text in _PROBLEMS.items()},
            "schemas": _SCHEMAS,
        },
    }


def _refer(names: Sequence[str]) -> list[Document]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


class _Kind(NamedTuple):
    """What an address answers: the media type of its JSON, and the schema of that."""

    media: str
    schema: str


_DOCUMENT, _DEFINITION, _SCHEMA = _Kind(JSON, "Document"), _Kind(OPENAPI, "Document"), _Kind(SCHEMA, "Document")
_PAGE, _ONE = _Kind(GEOJSON, "FeatureCollection"), _Kind(GEOJSON, "Feature")


def _write_operation(operation: str, summary: str, kind: _Kind, parameters: list[Document], *, tag: str = "BioCarto") -> Document:
    content = {kind.media: {"schema": {"$ref": f"#/components/schemas/{kind.schema}"}}, HTML: {"schema": {"type": "string"}}}
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS}
    answers = {"200": {"description": summary, "content": content}, **refused}
    return {"get": {"operationId": operation, "summary": summary, "tags": [tag], "parameters": parameters, "responses": answers}}


def _write_paths(t: Locale, source: FeatureSource) -> Document:
    """The addresses of one collection."""
    collection, path = source.collection, f"/collections/{source.collection.id}"
    mark, tag = collection.id.title().replace("-", ""), collection.id
    shared = [name for name in FEATURES if name != "sortby"]
    own = [*_refer(shared), _write_order(collection, t), *_write_filters(collection, t), *_write_columns(collection, t)]
    feature: Document = {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": _ID},
        **({"example": source.ids[0]} if source.ids else {}),
    }
    general = _refer(GENERAL)
    one = [feature, *_refer(FEATURE), *_write_filters(collection, t)]
    return {
        path: _write_operation(f"describe{mark}", t(N_("Une collection")), _DOCUMENT, general, tag=tag),
        f"{path}/queryables": _write_operation(
            f"getQueryables{mark}", t(N_("Les colonnes par lesquelles filtrer")), _SCHEMA, general, tag=tag
        ),
        f"{path}/items": _write_operation(f"getFeatures{mark}", t(N_("Une page d'objets")), _PAGE, own, tag=tag),
        f"{path}/items/{{featureId}}": _write_operation(f"getFeature{mark}", t(N_("Un objet")), _ONE, one, tag=tag),
    }


def _write_order(collection: Collection, t: Locale) -> Document:
    """Each column that has an order, either way."""
    keys = [f"{sign}{name}" for name in list_sortable(collection) for sign in ("", "-")]
    schema = {"type": "array", "items": {"type": "string", "enum": keys}, "minItems": 1, "maxItems": MOST_KEYS}
    return _write_parameter("sortby", t(N_("Colonnes de tri, « - » devant pour l'ordre inverse")), schema)


def _write_columns(collection: Collection, t: Locale) -> list[Document]:
    """A parameter for each column: the value that features must have, or a value that their list must hold."""
    return [
        _write_parameter(column.name, column.meaning.text(t.language), _simplify(describe_column(column, t)))
        for column in collection.columns
        if column.name not in FEATURES
    ]


def _simplify(schema: Document) -> Document:
    plain = {"type": "string"} if schema["type"] == "array" else {"type": schema["type"]}
    return plain | ({"minimum": -LARGEST, "maximum": LARGEST} if plain["type"] in {"integer", "number"} else {})


def _write_filters(collection: Collection, t: Locale) -> list[Document]:
    """The filters of a coverage, which may be given several times."""
    text = t(N_("Compter les seuls sites de ces valeurs"))
    return [
        {**_write_parameter(name, text, {"type": "array", "items": {"type": "string", "enum": list(values)}}), "explode": True}
        for name, values in collection.choices.items()
    ]


def _write_parameter(name: str, description: str, schema: Document) -> Document:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema, "style": "form", "explode": False}


def _write_parameters(t: Locale, editions: Sequence[str]) -> Document:
    """What several addresses take, by name."""
    numbers: Document = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    boxes = {"oneOf": [{**numbers, "maxItems": 4}, {**numbers, "minItems": 6}]}
    system: Document = {"type": "string", "format": "uri", "enum": _URIS, "default": CRS84.uri}
    described: dict[str, tuple[str, Document]] = {
        "f": (N_("La forme de la réponse ; sans elle, l'en-tête Accept décide"), {"type": "string", "enum": list(FORMS)}),
        "lang": (N_("La langue ; sans elle, l'en-tête Accept-Language décide"), {"type": "string", "enum": list(LANGUAGES)}),
        "edition": (N_("L'édition du répertoire"), {"type": "string", "enum": [LATEST, *editions], "default": LATEST}),
        "limit": (
            N_("Objets par page ; au-delà du maximum, le maximum"),
            {"type": "integer", "minimum": 1, "maximum": GREATEST, "default": LIMIT},
        ),
        "offset": (N_("Objets à passer avant la page"), {"type": "integer", "minimum": 0, "default": 0}),
        "bbox": (N_("Le rectangle que les objets touchent ; ceux sans position sont gardés, comme la norme le veut"), {**numbers, **boxes}),
        "bbox-crs": (N_("Le système de coordonnées de bbox"), system),
        "crs": (N_("Le système de coordonnées de la réponse"), system),
        "datetime": (
            N_("Le moment ou l'intervalle de la page qui le dit ; les objets sans date sont gardés, comme la norme le veut"),
            {"type": "string", "example": "2015-01-01T00:00:00Z/.."},
        ),
        "filter": (
            N_("Une condition en CQL2"),
            {"type": "string", "minLength": 1, "example": "S_INTERSECTS(geometry, BBOX(2.2, 48.8, 2.5, 48.95))"},
        ),
        "filter-lang": (N_("L'écriture de filter"), {"type": "string", "enum": list(FILTER_LANGUAGES), "default": FILTER_LANGUAGES[0]}),
        "filter-crs": (N_("Le système de coordonnées des géométries de filter"), system),
    }
    return {name: _write_parameter(name, t(text), schema) for name, (text, schema) in described.items()}


def _write_problem(description: str) -> Document:
    return {"description": description, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


_LINK: dict[str, Any] = {"type": "array", "items": {"type": "object", "required": ["href", "rel"]}}
_SCHEMAS: dict[str, Any] = {
    "Document": {"type": "object"},
    "Feature": {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object"},
            "links": _LINK,
        },
    },
    "FeatureCollection": {
        "type": "object",
        "required": ["type", "features", "links"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
            "links": _LINK,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    },
    "Problem": {
        "type": "object",
        "required": ["title", "status", "detail", "detail_fr"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "detail_fr": {"type": "string"},
        },
    },
}
