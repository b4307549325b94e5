"""Features as GeoJSON: a page of them with its links, or one alone."""

from __future__ import annotations

from datetime import UTC, datetime

from biocarto.api.answers import write_json
from biocarto.api.ogc.call import GEOJSON, JSON, Link, OgcCall
from biocarto.api.ogc.documents import NAME_COLLECTION
from biocarto.export.collections.collection import Collection
from biocarto.export.collections.source import FeaturePage, FeatureQuery
from biocarto.model import N_

NEXT, PREVIOUS = N_("Page suivante"), N_("Page précédente")


def link_pages(call: OgcCall, collection: Collection, query: FeatureQuery, page: FeaturePage) -> list[Link]:
    """This page, its other form, the pages beside it, its collection."""
    path, title = f"/collections/{collection.id}/items", collection.title.text(call.t.language)
    links = call.link_forms(path, GEOJSON, title)
    for rel, offset, name in (("next", find_next(query, page), NEXT), ("prev", find_previous(query, page), PREVIOUS)):
        if offset is not None:
            links.append({"href": write_page_address(call, path, offset), "rel": rel, "type": GEOJSON, "title": call.t(name)})
    return [*links, call.link("collection", f"/collections/{collection.id}", JSON, call.t(NAME_COLLECTION))]


def write_page_address(call: OgcCall, path: str, offset: int) -> str:
    """The same question from another feature on."""
    return call.write_variant(path, offset=str(offset))


def find_next(query: FeatureQuery, page: FeaturePage) -> int | None:
    """Where the next page begins; None after the last."""
    following = query.offset + page.returned
    return following if page.returned and following < page.matched else None


def find_previous(query: FeatureQuery, page: FeaturePage) -> int | None:
    """Where the page before begins; None before the first."""
    return max(0, min(query.offset, page.matched) - query.limit) if query.offset else None


def write_features(page: FeaturePage, links: list[Link]) -> bytes:
    """A FeatureCollection; its features are texts already."""
    head = {
        "type": "FeatureCollection",
        "numberMatched": page.matched,
        "numberReturned": page.returned,
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links,
    }
    return b"".join([write_json(head)[:-1], b',"features":[', page.features, b"]}"])


def link_feature(call: OgcCall, collection: Collection, feature: str) -> list[Link]:
    """One feature, its other form, its collection."""
    own = call.link_forms(f"/collections/{collection.id}/items/{feature}", GEOJSON, feature)
    return [*own, call.link("collection", f"/collections/{collection.id}", JSON, call.t(NAME_COLLECTION))]


def write_feature(text: bytes, links: list[Link]) -> bytes:
    """One feature, with its links as a member of its own."""
    return b"".join([text[:-1], b',"links":', write_json(links), b"}"])
