"""The documents of the door: the landing page, what it conforms to, the collections, what may be asked of each."""

from __future__ import annotations

from typing import Any

from biocarto.api.ogc.call import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Link, OgcCall
from biocarto.export.collections.collection import CellType, Collection, CollectionColumn
from biocarto.export.collections.source import FeatureSource
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.territory.systems import CRS84, SYSTEMS

Document = dict[str, Any]

_SPEC = "http://www.opengis.net/spec/"
CONFORMANCE: tuple[str, ...] = (
    *(f"{_SPEC}ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson", "html")),
    f"{_SPEC}ogcapi-features-2/1.0/conf/crs",
    *(f"{_SPEC}ogcapi-features-3/1.0/conf/{name}" for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")),
)
"""The classes of Parts 1 to 3 that hold here; those of the language of filters stand beside its compiler."""
_QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_DATE = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
TITLE = N_("BioCarto : la filière des biothérapies et de la bioproduction")
DESCRIPTION = N_(
    "Le répertoire public de BioCarto pour d'autres programmes, selon OGC API - Features : QGIS, GDAL, R, Python ou un navigateur. "
    "Chaque édition se relit par son nom, avec le paramètre edition."
)
NAME_CONFORMANCE, NAME_DEFINITION = N_("Classes de conformité"), N_("Définition de l'interface (OpenAPI)")
NAME_COLLECTIONS, NAME_FEATURES = N_("Collections"), N_("Objets de la collection")
NAME_QUERYABLES, NAME_COLLECTION = N_("Colonnes par lesquelles filtrer"), N_("Collection")


def write_landing(call: OgcCall) -> Document:
    """What the door is, and where it leads."""
    t = call.t
    links = [
        *call.link_forms("/", JSON, t(TITLE)),
        call.link("service-desc", "/api", OPENAPI, t(NAME_DEFINITION), f="json"),
        call.link("service-doc", "/api", HTML, t(NAME_DEFINITION), f="html"),
        call.link("conformance", "/conformance", JSON, t(NAME_CONFORMANCE)),
        call.link("http://www.opengis.net/def/rel/ogc/1.0/conformance", "/conformance", JSON, t(NAME_CONFORMANCE)),
        call.link("data", "/collections", JSON, t(NAME_COLLECTIONS)),
        call.link("http://www.opengis.net/def/rel/ogc/1.0/data", "/collections", JSON, t(NAME_COLLECTIONS)),
    ]
    return {"title": t(TITLE), "description": t(DESCRIPTION), "attribution": "BioCarto", "links": links}


def write_conformance(call: OgcCall, classes: tuple[str, ...]) -> Document:
    """The classes that hold."""
    return {"conformsTo": list(classes), "links": call.link_forms("/conformance", JSON, call.t(NAME_CONFORMANCE))}


def write_collections(call: OgcCall, sources: list[FeatureSource], licence: Link) -> Document:
    """Every collection, and the systems of coordinates of all."""
    return {
        "links": [*call.link_forms("/collections", JSON, call.t(NAME_COLLECTIONS)), licence],
        "crs": [system.uri for system in SYSTEMS],
        "collections": [write_collection(call, source, licence, alone=False) for source in sources],
    }


def write_collection(call: OgcCall, source: FeatureSource, licence: Link, *, alone: bool = True) -> Document:
    """One collection: its words, its extent, its systems, where its features are; `alone`: at an address of its own."""
    collection, lang = source.collection, call.t.language
    path, title = f"/collections/{collection.id}", collection.title.text(lang)
    own = call.link_forms(path, JSON, title) if alone else [call.link("self", path, JSON, title)]
    features = f"{call.t(NAME_FEATURES)}{call.t.colon}{title}"
    return {
        "id": collection.id,
        "title": title,
        "description": collection.description.text(lang),
        "itemType": "feature",
        "extent": _write_extent(collection),
        "crs": [system.uri for system in SYSTEMS] if alone else ["#/crs"],
        "storageCrs": CRS84.uri,
        "links": [
            *own,
            call.link("items", f"{path}/items", GEOJSON, features),
            call.link("items", f"{path}/items", HTML, features, f="html"),
            call.link(_QUERYABLES, f"{path}/queryables", SCHEMA, call.t(NAME_QUERYABLES)),
            licence,
        ],
    }


def _write_extent(collection: Collection) -> Document:
    """Where and when its features are, as far as anybody knows."""
    bounds = collection.shapes.find_bounds()
    found: Document = {"spatial": {"bbox": [list(bounds)], "crs": CRS84.uri}} if bounds else {}
    if collection.duration:
        found["temporal"] = {"interval": [list(collection.duration)], "trs": _DATE}
    return found


_JSON_TYPES: dict[CellType, Document] = {
    CellType.TEXT: {"type": "string"},
    CellType.INTEGER: {"type": "integer"},
    CellType.NUMBER: {"type": "number"},
    CellType.BOOLEAN: {"type": "boolean"},
    CellType.LIST: {"type": "array", "items": {"type": "string"}},
}
_FORMATS = {"point": "geometry-point", "polygon": "geometry-polygon-or-multipolygon"}


def describe_column(column: CollectionColumn, t: Locale) -> Document:
    """The JSON Schema of a column."""
    return {"title": column.name, "description": column.meaning.text(t.language), **_JSON_TYPES[column.type]}


def write_queryables(call: OgcCall, collection: Collection) -> Document:
    """What a filter may name: every column, and the geometry (JSON Schema)."""
    columns = {column.name: describe_column(column, call.t) for column in collection.columns}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{call.root}/collections/{collection.id}/queryables",
        "type": "object",
        "title": collection.title.text(call.t.language),
        "description": collection.description.text(call.t.language),
        "properties": {
            "geometry": {"title": "geometry", "x-ogc-role": "primary-geometry", "format": _FORMATS[collection.geometry]},
            **columns,
        },
        "additionalProperties": False,
    }
