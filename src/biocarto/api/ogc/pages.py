"""The same answers as pages for people: tables, links, and a map where there is something to see on one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from biocarto.api.ogc.call import OgcCall
from biocarto.api.ogc.documents import NAME_COLLECTIONS, NAME_CONFORMANCE, NAME_DEFINITION, NAME_FEATURES, NAME_QUERYABLES, TITLE, Document
from biocarto.api.ogc.features import NEXT, PREVIOUS, find_next, find_previous, write_page_address
from biocarto.api.ogc.page_map import render_map, write_head
from biocarto.api.page import answer_page
from biocarto.export.collections.collection import CellType, Collection
from biocarto.export.collections.source import FeaturePage, FeatureQuery, FeatureSource
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.headers import translate_values

ROWS = 100
"""Features of a page for people, where nobody says how many."""
_SHOWN = (
    *("name", "title_fr", "kind", "type", "category", "modalities", "company", "commune", "region", "perimeter"),
    *("presence", "founded", "population", "count", "companies", "rate", "density", "sites", "clusters"),
)
"""Columns worth a place in a table of features, as far as a collection has them; `MOST` of them."""
_MOST = 6
_YEARS = frozenset({"founded", "as_of", "owner_since", "status_year", "members_as_of", "population_year"})
"""Whole numbers that are not written with a separator of thousands."""
_TYPES = {
    CellType.TEXT: N_("texte"),
    CellType.INTEGER: N_("nombre entier"),
    CellType.NUMBER: N_("nombre"),
    CellType.BOOLEAN: N_("vrai ou faux"),
    CellType.LIST: N_("liste"),
}


def _answer(call: OgcCall, title: str, body: Markup, *, steps: Sequence[tuple[str, str]] = (), head: Markup = Markup()) -> Response:
    way = [(call.write_step("/"), "OGC API - Features"), *steps] if steps or title != call.t(TITLE) else []
    return answer_page(call.request, title, body, call.t, steps=way, head=head)


def _step_collections(call: OgcCall) -> tuple[str, str]:
    return call.write_step("/collections"), call.t(NAME_COLLECTIONS)


def _step_collection(call: OgcCall, collection: Collection) -> tuple[str, str]:
    return call.write_step(f"/collections/{collection.id}"), collection.title.text(call.t.language)


def show_landing(call: OgcCall, document: Document) -> Response:
    """What the door is, and its four rooms; how a program is told of it."""
    t = call.t
    rooms = [("/collections", NAME_COLLECTIONS), ("/api", NAME_DEFINITION), ("/conformance", NAME_CONFORMANCE)]
    links = Markup().join(Markup('<li><a href="{}">{}</a></li>').format(call.write_step(path), t(name)) for path, name in rooms)
    body = Markup(
        '<p class="lead">{}</p><ul>{}</ul><h2>{}</h2><p>{}</p><pre><code>{}</code></pre><p>{}</p><pre><code>{}</code></pre>'
    ).format(
        document["description"],
        links,
        t(N_("S'en servir")),
        t(N_("Dans QGIS : Couche, Ajouter une couche, WFS / OGC API - Features, avec cette adresse :")),
        call.root,
        t(N_("Avec GDAL, et de même avec R (sf) ou Python (geopandas) :")),
        f"ogrinfo OAPIF:{call.root} -oo PAGE_SIZE=1000",
    )
    return _answer(call, document["title"], body)


def show_list(call: OgcCall, title: str, items: Iterable[str]) -> Response:
    """A list of texts."""
    rows = Markup().join(Markup("<li><code>{}</code></li>").format(item) for item in items)
    return _answer(call, title, Markup("<ul>{}</ul>").format(rows))


def show_definition(call: OgcCall, document: Document) -> Response:
    """Every address with what it takes; the document itself is a link away."""
    t = call.t
    rows = [
        (Markup("<code>{}</code>").format(path), found["get"]["summary"], _list_parameters(found["get"]["parameters"]))
        for path, found in document["paths"].items()
    ]
    link = Markup('<p><a href="{}">{}</a></p>').format(call.write_address("/api", f="json"), t(N_("Le document OpenAPI (JSON)")))
    table = _render_table((t(N_("Adresse")), t(N_("Réponse")), t(N_("Paramètres"))), rows)
    return _answer(call, t(NAME_DEFINITION), Markup('<p class="lead">{}</p>').format(document["info"]["description"]) + link + table)


def _list_parameters(parameters: list[Document]) -> str:
    return ", ".join(found["$ref"].rpartition("/")[2] if "$ref" in found else found["name"] for found in parameters)


def show_collections(call: OgcCall, sources: list[FeatureSource]) -> Response:
    """Every collection: what it is, how many features it has."""
    t = call.t
    rows = [
        (
            Markup('<a href="{}">{}</a>').format(*_step_collection(call, source.collection)),
            source.collection.description.text(t.language),
            t.number(len(source.ids)),
        )
        for source in sources
    ]
    return _answer(call, t(NAME_COLLECTIONS), _render_table((t(N_("Collection")), t(N_("Ce que c'est")), t(N_("Objets"))), rows))


def show_collection(call: OgcCall, source: FeatureSource) -> Response:
    """What a collection is, its columns, and where its features are."""
    t, collection = call.t, source.collection
    path = f"/collections/{collection.id}"
    body = Markup('<p class="lead">{}</p><p><a href="{}">{}</a></p><h2>{}</h2>{}').format(
        collection.description.text(t.language),
        call.write_step(f"{path}/items"),
        t.write_count(len(source.ids), "Voir {n} objet", "Voir les {n} objets"),
        t(NAME_QUERYABLES),
        _render_columns(collection, t),
    )
    return _answer(call, collection.title.text(t.language), body, steps=[_step_collections(call)])


def show_queryables(call: OgcCall, collection: Collection) -> Response:
    """The columns that a filter may name."""
    steps = [_step_collections(call), _step_collection(call, collection)]
    return _answer(call, call.t(NAME_QUERYABLES), _render_columns(collection, call.t), steps=steps)


def _render_columns(collection: Collection, t: Locale) -> Markup:
    rows = [
        (Markup("<code>{}</code>").format(column.name), t(_TYPES[column.type]), column.meaning.text(t.language))
        for column in collection.columns
    ]
    return _render_table((t(N_("Colonne")), t(N_("Ce qu'elle contient")), t(N_("Ce qu'elle veut dire"))), rows)


def show_features(call: OgcCall, collection: Collection, query: FeatureQuery, page: FeaturePage) -> Response:
    """A page of features on a map and in a table, and the ways to the pages beside it."""
    t, path = call.t, f"/collections/{collection.id}/items"
    wanted = [name for name in _SHOWN if name in collection.types][:_MOST]
    shown = [name for name in collection.types if name in wanted]
    rows = [_render_row(call, collection, feature, shown) for feature in json.loads(b"[" + page.features + b"]")]
    count = t.write_count(page.matched, "{n} objet répond à la question", "{n} objets répondent à la question")
    span = t(N_("lignes {first} à {last}")).format(first=t.number(query.offset + 1), last=t.number(query.offset + page.returned))
    lead = Markup("<p>{}{}.</p>").format(count, f", {span}" if page.returned else "")
    header = (t(N_("Identifiant")), *(label for name, label in _list_labels(collection, t).items() if name in shown))
    body = lead + render_map(
        call, collection, call.write_variant(path, f="json", crs="http://www.opengis.net/def/crs/OGC/1.3/CRS84", limit=str(query.limit))
    )
    body += _render_table(header, rows) + _render_turns(call, path, query, page)
    steps = [_step_collections(call), _step_collection(call, collection)]
    return _answer(call, f"{t(NAME_FEATURES)}{t.colon}{collection.title.text(t.language)}", body, steps=steps, head=write_head(call))


def _list_labels(collection: Collection, t: Locale) -> dict[str, str]:
    return {column.name: column.label.text(t.language) for column in collection.columns}


def _render_row(call: OgcCall, collection: Collection, feature: dict[str, Any], shown: list[str]) -> list[Markup | str]:
    address = call.write_step(f"/collections/{collection.id}/items/{feature['id']}", collection.choices)
    link = Markup('<a href="{}">{}</a>').format(address, feature["id"])
    return [link, *(_write_cell(collection, name, feature["properties"][name], call.t) for name in shown)]


def _render_turns(call: OgcCall, path: str, query: FeatureQuery, page: FeaturePage) -> Markup:
    turns = [
        Markup('<a rel="{}" href="{}">{}</a>').format(rel, write_page_address(call, path, offset), call.t(name))
        for rel, offset, name in (("prev", find_previous(query, page), PREVIOUS), ("next", find_next(query, page), NEXT))
        if offset is not None
    ]
    return Markup("<p>{}</p>").format(Markup(" · ").join(turns)) if turns else Markup()


def show_feature(call: OgcCall, collection: Collection, text: bytes) -> Response:
    """One feature: where it is, and every cell in words."""
    feature, t = json.loads(text), call.t
    labels = _list_labels(collection, t)
    rows = [
        (labels[name], _write_cell(collection, name, cell, t))
        for name, cell in feature["properties"].items()
        if cell is not None and cell != []
    ]
    path = f"/collections/{collection.id}/items"
    shape = call.write_address(f"{path}/{feature['id']}", collection.choices, f="json")
    body = render_map(call, collection, shape) if feature["geometry"] else Markup()
    steps = [_step_collections(call), _step_collection(call, collection), (call.write_step(path, collection.choices), t(NAME_FEATURES))]
    title = feature["properties"].get("name") or feature["properties"].get(f"title_{t.language}") or feature["id"]
    table = _render_table((t(N_("Colonne")), t(N_("Valeur"))), rows)
    return _answer(call, str(title), body + table, steps=steps, head=write_head(call))


def _write_cell(collection: Collection, name: str, cell: object, t: Locale) -> Markup | str:
    """A cell in words: codes by their labels, numbers as people write them, web addresses as links."""
    labels = translate_values(collection.id.replace("-", "_"), name, t)
    if isinstance(cell, list):
        return ", ".join(labels.get(str(item), str(item)) for item in cell)
    if isinstance(cell, bool):
        return t(N_("oui")) if cell else t(N_("non"))
    if isinstance(cell, int | float) and name not in _YEARS:
        return t.number(cell, 0 if isinstance(cell, int) else 6)
    if isinstance(cell, str) and cell.startswith(("https://", "http://")):
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(cell, cell)
    return "" if cell is None else labels.get(str(cell), str(cell))


def _render_table(header: Sequence[str], rows: Iterable[Sequence[Markup | str]]) -> Markup:
    heads = Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in header)
    lines = Markup().join(Markup("<tr>{}</tr>").format(Markup().join(Markup("<td>{}</td>").format(cell) for cell in row)) for row in rows)
    return Markup('<div class="scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>').format(heads, lines)
