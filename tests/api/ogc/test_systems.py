"""OGC API - Features, Part 2: systems of coordinates, each test with the requirement that it holds."""

from __future__ import annotations

import pytest
from pyproj import Transformer

from tests.support.ogc import CRS84, EPSG, get, list_ids, read

ITEMS = "/collections/actors/items"
URIS = [CRS84, *(f"{EPSG}{code}" for code in (4326, 2154, 3857))]


def test_every_collection_names_its_systems() -> None:
    """/req/crs/crs-uri, fc-md-crs-list, fc-md-crs-list-global, fc-md-storageCrs, fc-md-storageCrs-valid-value."""
    document = read("/collections")
    assert document["crs"] == URIS
    for found in document["collections"]:
        assert found["crs"] == ["#/crs"]
        alone = read(f"/collections/{found['id']}")
        assert alone["crs"] == URIS
        assert alone["storageCrs"] in URIS


@pytest.mark.parametrize("code", [2154, 3857])
def test_features_are_answered_in_metres(code: int) -> None:
    """/req/crs/fc-crs-definition, fc-crs-valid-value, fc-crs-action, ogc-crs-header, ogc-crs-header-value: as pyproj moves them."""
    answer = get(f"{ITEMS}/genethon?crs={EPSG}{code}")
    assert answer.headers["content-crs"] == f"<{EPSG}{code}>"
    x, y = read(f"{ITEMS}/genethon")["geometry"]["coordinates"]
    expected = Transformer.from_crs(4326, code, always_xy=True).transform(x, y)
    found = read(f"{ITEMS}/genethon?crs={EPSG}{code}")["geometry"]["coordinates"]
    assert found == pytest.approx(expected, abs=0.01)


def test_latitude_comes_first_where_the_authority_says_so() -> None:
    """/req/crs/fc-crs-action: EPSG:4326 has latitude first, CRS84 longitude; the same of pages and of one feature."""
    plain = read(f"{ITEMS}?limit=60")["features"]
    turned = read(f"{ITEMS}?limit=60&crs={EPSG}4326")["features"]
    pairs = [(a["geometry"]["coordinates"], b["geometry"]["coordinates"]) for a, b in zip(plain, turned, strict=True) if a["geometry"]]
    assert pairs
    assert all(a == b[::-1] for a, b in pairs)


def test_without_a_system_it_is_crs84() -> None:
    """/req/crs/fc-crs-default-value, /req/crs/geojson."""
    assert get(ITEMS).headers["content-crs"] == f"<{CRS84}>"
    assert get(f"{ITEMS}?crs={CRS84}").headers["content-crs"] == f"<{CRS84}>"


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
@pytest.mark.parametrize("value", ["", "EPSG:27572", f"{EPSG}99999", "http://example.org", "2154"])
def test_a_system_that_is_not_listed_is_refused(name: str, value: str) -> None:
    """/req/crs/fc-crs-action-exception, crs-exception, bbox-crs-exception, /req/filter/filter-crs-param: with those that are."""
    problem = read(f"{ITEMS}?{name}={value}", 400)
    assert URIS[2] in problem["detail"]


def test_a_box_is_understood_in_each_system() -> None:
    """/req/crs/fc-bbox-crs-definition, fc-bbox-crs-valid-value, fc-bbox-crs-default-value, fc-bbox-crs-action."""
    west, south, east, north = 2.38, 48.6, 2.46, 48.65
    plain = list_ids(f"{ITEMS}?bbox={west},{south},{east},{north}")
    assert list_ids(f"{ITEMS}?bbox={west},{south},{east},{north}&bbox-crs={CRS84}") == plain
    assert list_ids(f"{ITEMS}?bbox={south},{west},{north},{east}&bbox-crs={EPSG}4326") == plain
    for code in (2154, 3857):
        move = Transformer.from_crs(4326, code, always_xy=True)
        (x1, y1), (x2, y2) = move.transform(west, south), move.transform(east, north)
        assert list_ids(f"{ITEMS}?bbox={x1},{y1},{x2},{y2}&bbox-crs={EPSG}{code}") == plain
    assert "genethon" in plain


def test_in_metres_nothing_lies_over_the_antimeridian() -> None:
    """A west that is greater than the east means nothing there."""
    read(f"{ITEMS}?bbox=700000,6800000,600000,6900000&bbox-crs={EPSG}2154", 400)


def test_links_to_the_next_page_keep_the_system() -> None:
    """/req/core/fc-links: the same question."""
    document = read(f"{ITEMS}?limit=2&crs={EPSG}2154&bbox-crs={EPSG}2154&bbox=600000,6800000,700000,6900000")
    following = next(link["href"] for link in document["links"] if link["rel"] == "next")
    assert f"crs={EPSG}2154" in following
    assert f"bbox-crs={EPSG}2154" in following
