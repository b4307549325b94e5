"""OGC API - Features, Part 1: each test names the requirement that it holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import shapely

from biocarto.api.ogc.parameters import GREATEST, LIMIT
from biocarto.export.collections.library import NAMES
from tests.support.asgi import ask
from tests.support.ogc import CRS84, GEOJSON, PROBLEM, ROOT, build_app, find_link, get, list_ids, read
from tests.support.register import joined

ITEMS = "/collections/actors/items"


@pytest.mark.parametrize("path", ["", "/"])
def test_the_landing_page_leads_everywhere(path: str) -> None:
    """/req/core/root-op, /req/core/root-success: the definition, the conformance, the collections; in both spellings."""
    document = read(path)
    assert document["title"]
    for rel in ("service-desc", "service-doc", "conformance", "data"):
        assert get(find_link(document, rel)).status == 200


def test_the_definition_is_where_it_is_said_to_be() -> None:
    """/req/core/api-definition-op, /req/core/api-definition-success."""
    landing = read("/")
    kind = next(link["type"] for link in landing["links"] if link["rel"] == "service-desc")
    answer = get(find_link(landing, "service-desc"))
    assert (answer.status, answer.headers["content-type"]) == (200, kind)


def test_what_is_conformed_to_is_listed() -> None:
    """/req/core/conformance-op, /req/core/conformance-success: each class once."""
    classes = read("/conformance")["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in classes
    assert len(set(classes)) == len(classes)


@pytest.mark.parametrize("path", ["/", "/conformance", "/collections", "/collections/actors", ITEMS, f"{ITEMS}/genethon", "/api"])
@pytest.mark.parametrize("parameter", ["unknown=1", "Limit=1", "f=xml", "lang=xx", "edition=1999-01-01", "f=json&f=html"])
def test_a_parameter_that_means_nothing_is_refused(path: str, parameter: str) -> None:
    """/req/core/query-param-unknown, /req/core/query-param-invalid: 400 with what was wrong, in both languages."""
    answer = get(f"{path}?{parameter}")
    assert (answer.status, answer.headers["content-type"]) == (400, PROBLEM)
    problem = json.loads(answer.body)
    assert parameter.split("=", maxsplit=1)[0] in problem["detail"]
    assert parameter.split("=", maxsplit=1)[0] in problem["detail_fr"]


def test_every_collection_is_described() -> None:
    """/req/core/fc-md-op, /req/core/fc-md-success, /req/core/fc-md-links, /req/core/fc-md-items, /req/core/fc-md-items-links."""
    document = read("/collections")
    assert [found["id"] for found in document["collections"]] == list(NAMES)
    assert {"self", "alternate"} <= {link["rel"] for link in document["links"]}
    for found in document["collections"]:
        items = [link for link in found["links"] if link["rel"] == "items"]
        assert {link["type"] for link in items} == {GEOJSON, "text/html"}
        assert all(link["href"].startswith(f"{ROOT}/collections/{found['id']}/items") for link in items)


@pytest.mark.parametrize("name", NAMES)
def test_an_extent_holds_every_feature(name: str) -> None:
    """/req/core/fc-md-extent: one box in CRS84, which every feature lies in."""
    box = read(f"/collections/{name}")["extent"]["spatial"]["bbox"]
    assert len(box) == 1
    outer = shapely.box(*box[0]).buffer(1e-5)
    shapes = [found["geometry"] for found in read(f"/collections/{name}/items?limit=2000")["features"] if found["geometry"]]
    assert shapes
    assert all(outer.contains(shapely.from_geojson(json.dumps(shape))) for shape in shapes)


def test_a_collection_alone_says_what_the_list_says() -> None:
    """/req/core/sfc-md-op, /req/core/sfc-md-success."""
    for listed in read("/collections")["collections"]:
        alone = read(f"/collections/{listed['id']}")
        assert {name: alone[name] for name in ("id", "title", "description", "extent", "storageCrs")} == {
            name: listed[name] for name in ("id", "title", "description", "extent", "storageCrs")
        }


@pytest.mark.parametrize("path", ["/collections/nothing", "/collections/nothing/items", "/collections/Actors", f"{ITEMS}/nobody"])
def test_what_there_is_not_is_404_in_words(path: str) -> None:
    """/req/core/http: a problem, even where a browser asks."""
    answer = get(path, accept="text/html")
    assert (answer.status, answer.headers["content-type"]) == (404, PROBLEM)


def test_features_come_with_their_number_their_time_and_their_links() -> None:
    """/req/core/fc-op, fc-response, fc-links, fc-rel-type, fc-timeStamp, fc-numberMatched, fc-numberReturned."""
    before = datetime.now(UTC).replace(microsecond=0)
    document = read(f"{ITEMS}?limit=7")
    assert before <= datetime.fromisoformat(document["timeStamp"]) <= datetime.now(UTC)
    assert (document["numberMatched"], document["numberReturned"], len(document["features"])) == (len(joined().actors), 7, 7)
    assert {"self", "alternate", "next", "collection"} == {link["rel"] for link in document["links"]}
    assert all(link["type"] for link in document["links"])


def test_pages_follow_each_other_to_the_end_and_back() -> None:
    """/req/core/fc-links, /rec/core/fc-next: every feature once."""
    path, ids = f"{ITEMS}?limit=50&kind=company", []
    while path:
        document = read(path)
        ids += [feature["id"] for feature in document["features"]]
        last, path = path, find_link(document, "next") if any(link["rel"] == "next" for link in document["links"]) else ""
    assert ids == [row.id for row in joined().actors.itertuples() if row.kind == "company"]
    back = read(find_link(read(last), "prev"))
    assert back["features"][-1]["id"] == ids[99]


def test_a_page_is_as_large_as_is_asked_within_bounds() -> None:
    """/req/core/fc-limit-definition, /req/core/fc-limit-response-1: above the greatest is the greatest; the default is large."""
    assert len(list_ids(f"{ITEMS}?limit=3")) == 3
    assert len(list_ids("/collections/communes/items")) == LIMIT
    assert len(list_ids(f"/collections/communes/items?limit={GREATEST + 1}")) == 1266
    assert len(list_ids("/collections/communes/items?limit=1000000000")) == 1266


@pytest.mark.parametrize("limit", ["0", "-1", "1e9", "ten", "", "1.5", "%EF%BC%91", "0x10", "9" * 41])
def test_a_size_that_is_none_is_refused(limit: str) -> None:
    """/req/core/query-param-invalid."""
    assert "1" in read(f"{ITEMS}?limit={limit}", 400)["detail"]


@pytest.mark.parametrize("offset", ["231", "100000", "9007199254740993", "9" * 40])
def test_past_the_end_the_page_is_empty(offset: str) -> None:
    """And says how many there are, and where the last ones stand, however far that is."""
    document = read(f"{ITEMS}?offset={offset}&limit=10")
    assert (document["features"], document["numberMatched"]) == ([], len(joined().actors))
    assert len(list_ids(find_link(document, "prev"))) == 10


def test_a_box_keeps_what_touches_it_and_what_has_no_position() -> None:
    """/req/core/fc-bbox-definition, /req/core/fc-bbox-response: as the standard has it, nobody knows that those are elsewhere."""
    found = read(f"{ITEMS}?bbox=2.2,48.5,2.5,48.7")["features"]
    kept = {feature["id"] for feature in found}
    actors = joined().actors
    inside = actors["longitude"].between(2.2, 2.5) & actors["latitude"].between(48.5, 48.7)
    assert kept == set(actors.index[inside | actors["latitude"].isna()])
    assert 0 < inside.sum() < len(actors)


def test_an_outline_is_in_a_box_that_lies_within_it() -> None:
    """/req/core/fc-bbox-response: what intersects, not only what is inside."""
    assert list_ids("/collections/departments/items?bbox=2.34,48.85,2.35,48.86") == ["75"]


def test_a_box_may_have_heights_or_lie_over_the_antimeridian() -> None:
    """/req/core/fc-bbox-response: heights mean nothing to points on a map; a west greater than the east goes around the earth."""
    flat = list_ids(f"{ITEMS}?bbox=2.2,48.5,2.5,48.7")
    assert list_ids(f"{ITEMS}?bbox=2.2,48.5,-10,2.5,48.7,4000") == flat
    assert list_ids("/collections/departments/items?bbox=3,40,-3,50") == ["77"]
    assert list_ids("/collections/regions/items?bbox=170,-90,-60,90") == ["01", "02"]


@pytest.mark.parametrize(
    "box", ["", "1", "1,2,3", "1,2,3,4,5", "a,b,c,d", "2,49,3,48", "nan,48,3,49", "inf,48,3,49", "1e999,2,3,4", "1,2,3,4,"]
)
def test_a_box_that_is_none_is_refused(box: str) -> None:
    """/req/core/query-param-invalid."""
    assert "bbox" in read(f"{ITEMS}?bbox={box}", 400)["detail"]


@pytest.mark.parametrize(
    ("moment", "years"),
    [
        ("2016", (2016, 2016)),
        ("2016-06-15T12:00:00Z", (2016, 2016)),
        ("2014/2016", (2014, 2016)),
        ("2014-01-01T00:00:00Z/2016-12-31T23:59:59Z", (2014, 2016)),
        ("../2012", (0, 2012)),
        ("/2012-12-31", (0, 2012)),
        ("2020/..", (2020, 9999)),
        ("2019-12-31T23:30:00-01:00/", (2020, 9999)),
    ],
)
def test_a_moment_keeps_what_a_page_of_it_says_and_what_has_no_date(moment: str, years: tuple[int, int]) -> None:
    """/req/core/fc-time-definition, /req/core/fc-time-response: the time of an actor is the year of the page that tells its status."""
    told = joined().actors["status_year"]
    wanted = told.between(*years).fillna(value=True).to_numpy(dtype=bool)
    assert list_ids(f"{ITEMS}?datetime={moment.replace('+', '%2B')}") == list(joined().actors.index[wanted])
    assert 0 < wanted.sum() < len(told)


@pytest.mark.parametrize(
    "moment",
    [
        *("", "..", "../..", "now", "2016-13", "2016/2014", "2016/2017/2018", "2016-01-01T25:00:00Z", "2016-01-01T00:00:00"),
        *("0000/2020", "0000-01/..", "../0000-01-01", "0000-01-01T00:00:00Z"),
    ],
)
def test_a_moment_that_is_none_is_refused(moment: str) -> None:
    """/req/core/query-param-invalid."""
    assert "datetime" in read(f"{ITEMS}?datetime={moment}", 400)["detail"]


def test_one_feature_is_what_the_page_shows_of_it() -> None:
    """/req/core/f-op, /req/core/f-success, /req/core/f-links."""
    alone = read(f"{ITEMS}/genethon")
    listed = next(found for found in read(ITEMS)["features"] if found["id"] == "genethon")
    assert {name: value for name, value in alone.items() if name != "links"} == listed
    assert {"self", "alternate", "collection"} == {link["rel"] for link in alone["links"]}


def test_features_are_geojson() -> None:
    """/req/geojson/definition, /req/geojson/content: longitude first, outer rings counter-clockwise (RFC 7946)."""
    answer = get("/collections/epci/items")
    assert answer.headers["content-type"] == GEOJSON
    assert answer.headers["content-crs"] == f"<{CRS84}>"
    for feature in json.loads(answer.body)["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert all(polygon.exterior.is_ccw for polygon in getattr(shape, "geoms", [shape]))
        assert 1 < shape.centroid.x < 4
        assert 48 < shape.centroid.y < 50


@pytest.mark.parametrize("path", ["/", "/conformance", "/api", "/collections", "/collections/stages", "/collections/stages/items", ITEMS])
def test_every_answer_has_its_page(path: str) -> None:
    """/req/html/definition, /req/html/content: by `f`, or as a browser asks; `f` comes first."""
    accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert get(path, accept=accepted).headers["content-type"].startswith("text/html")
    assert get(f"{path}?f=html").headers["content-type"].startswith("text/html")
    assert not get(f"{path}?f=json", accept=accepted).headers["content-type"].startswith("text/html")
    assert not get(path, accept="application/geo+json, text/html;q=0.5").headers["content-type"].startswith("text/html")


def test_links_are_absolute_below_the_public_address() -> None:
    """Below the base path of a laptop, at the address of the operator where there is one."""
    laptop = json.loads(ask(build_app("/carto"), "/carto/ogc/").body)
    public = json.loads(ask(build_app("/carto", "https://biocarto.example/carto"), "/carto/ogc/").body)
    assert {link["href"].split("/ogc")[0] for link in laptop["links"]} == {"http://localhost:8501/carto"}
    assert {link["href"].split("/ogc")[0] for link in public["links"]} == {"https://biocarto.example/carto"}
