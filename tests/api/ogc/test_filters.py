"""OGC API - Features, Part 3, and sorting: each test with the requirement that it holds."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

import jsonschema
import pytest

from biocarto.analysis.coverage import coverage
from biocarto.export.collections.library import NAMES
from biocarto.model import Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from tests.support.ogc import EPSG, PROBLEM, ROOT, get, list_ids, read
from tests.support.register import joined

ITEMS = "/collections/actors/items"


@pytest.mark.parametrize("name", NAMES)
def test_what_may_be_asked_is_what_features_have(name: str) -> None:
    """/req/queryables/get-queryables-op, get-queryables-response, queryables-link: a JSON Schema that every feature keeps to."""
    collection = read(f"/collections/{name}")
    link = next(found for found in collection["links"] if found["rel"] == "http://www.opengis.net/def/rel/ogc/1.0/queryables")
    answer = get(link["href"].partition("/ogc")[2])
    schema = json.loads(answer.body)
    assert answer.headers["content-type"] == link["type"] == "application/schema+json"
    assert schema["$id"] == f"http://localhost:8501/ogc/collections/{name}/queryables"
    assert all(found["description"] for column, found in schema["properties"].items() if column != "geometry")
    jsonschema.Draft202012Validator.check_schema(schema)
    for feature in read(f"/collections/{name}/items?limit=40")["features"]:
        assert set(feature["properties"]) == set(schema["properties"]) - {"geometry"}
        known = {column: cell for column, cell in feature["properties"].items() if cell is not None}
        jsonschema.validate(known, schema)


def test_a_column_is_a_parameter() -> None:
    """/req/queryables-query-parameters/parameters: text, whole number, list (which holds it), truth; several at once, all hold."""
    actors = joined().actors
    companies = actors[actors["kind"].eq("company")]
    assert list_ids(f"{ITEMS}?kind=company") == list(companies.index)
    assert list_ids(f"{ITEMS}?founded=2016&kind=company") == list(companies.index[companies["founded"].eq(2016).fillna(value=False)])
    held = [row.id for row in actors.itertuples() if "gene_therapy" in row.modalities]
    assert list_ids(f"{ITEMS}?modalities=gene_therapy") == held
    assert list_ids("/collections/regions/items?covered=false") == [
        found["id"] for found in read("/collections/regions/items")["features"] if not found["properties"]["covered"]
    ]
    assert list_ids(f"{ITEMS}?kind=nothing") == []


def test_several_values_of_a_column_are_one_or_the_other() -> None:
    """As on the pages: and between columns, or within one."""
    both = set(list_ids(f"{ITEMS}?kind=incubator")) | set(list_ids(f"{ITEMS}?kind=integrator"))
    assert set(list_ids(f"{ITEMS}?kind=incubator&kind=integrator")) == both


@pytest.mark.parametrize("question", ["founded=new", "founded=", "founded=1.5", "latitude=north", "latitude=1e999x"])
def test_a_value_of_another_type_is_refused(question: str) -> None:
    """/req/core/query-param-invalid."""
    assert question.split("=", maxsplit=1)[0] in read(f"{ITEMS}?{question}", 400)["detail"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("cql2-text", "kind = 'company' AND founded > 2010"),
        (
            "cql2-json",
            json.dumps(
                {
                    "op": "and",
                    "args": [
                        {"op": "=", "args": [{"property": "kind"}, "company"]},
                        {"op": ">", "args": [{"property": "founded"}, 2010]},
                    ],
                }
            ),
        ),
    ],
)
def test_a_filter_keeps_what_it_is_true_of(lang: str, text: str) -> None:
    """/req/filter/filter-param, filter-lang-param, mixing-expressions, response: with the other parameters, all hold."""
    actors = joined().actors
    wanted = actors["kind"].eq("company") & actors["founded"].gt(2010).fillna(value=False)
    assert list_ids(f"{ITEMS}?filter-lang={lang}&filter={quote(text)}") == list(actors.index[wanted.to_numpy(dtype=bool)])
    both = wanted & actors["department_code"].eq("91")
    assert list_ids(f"{ITEMS}?department_code=91&filter-lang={lang}&filter={quote(text)}") == list(actors.index[both.to_numpy(dtype=bool)])


def test_text_is_the_language_of_a_filter_without_one() -> None:
    """/req/filter/filter-lang-param."""
    text = quote("kind = 'incubator'")
    assert list_ids(f"{ITEMS}?filter={text}") == list_ids(f"{ITEMS}?kind=incubator")


def test_a_shape_in_a_filter_is_understood_in_each_system() -> None:
    """/req/filter/filter-crs-wgs84, filter-crs-param: CRS84 unless another is said; latitude first where the authority says so."""
    plain = quote("S_INTERSECTS(geometry, POLYGON((2.38 48.6, 2.46 48.6, 2.46 48.65, 2.38 48.65, 2.38 48.6)))")
    turned = quote("S_INTERSECTS(geometry, POLYGON((48.6 2.38, 48.6 2.46, 48.65 2.46, 48.65 2.38, 48.6 2.38)))")
    found = list_ids(f"{ITEMS}?filter={plain}")
    assert "genethon" in found
    assert list_ids(f"{ITEMS}?filter={turned}&filter-crs={EPSG}4326") == found
    metres = quote("S_INTERSECTS(geometry, POINT(658676 6836540))")
    assert list_ids(f"/collections/departments/items?filter={metres}&filter-crs={EPSG}2154") == ["91"]


@pytest.mark.parametrize(
    "text",
    [
        "nothing = 1",
        "kind =",
        "kind = 1 AND",
        "founded > 'a'",
        "S_INTERSECTS(geometry, 1)",
        "(" * 1000 + "kind = 'a'" + ")" * 1000,
        "",
    ],
)
@pytest.mark.parametrize("lang", ["cql2-text", "cql2-json", "sql"])
def test_a_filter_that_means_nothing_is_refused(lang: str, text: str) -> None:
    """/req/queryables/expression-construction, /req/filter/response: 400 in words, whatever is written."""
    answer = get(f"{ITEMS}?filter-lang={lang}&filter={quote(text)}")
    assert (answer.status, answer.headers["content-type"]) == (400, PROBLEM)


@pytest.mark.parametrize("order", ["founded", "-founded", "+founded,-name", " founded"])
def test_features_are_sorted_and_the_unknown_comes_last(order: str) -> None:
    """Either way, and page after page."""
    features = read(f"{ITEMS}?sortby={quote(order)}")["features"]
    years = [feature["properties"]["founded"] for feature in features]
    known = [year for year in years if year is not None]
    assert known == sorted(known, reverse=order.startswith("-"))
    assert set(years[len(known) :]) == {None}
    ids = [feature["id"] for feature in features]
    assert list_ids(f"{ITEMS}?sortby={quote(order)}&offset=10&limit=5") == ids[10:15]


def test_a_second_column_decides_where_the_first_does_not() -> None:
    """And names are sorted as people read them."""
    rows = [feature["properties"] for feature in read(f"{ITEMS}?sortby=kind,-name")["features"]]
    assert [row["kind"] for row in rows] == sorted(row["kind"] for row in rows)
    names = [row["name"].casefold() for row in rows if row["kind"] == "incubator" and row["name"].isascii()]
    assert names == sorted(names, reverse=True)


@pytest.mark.parametrize("order", ["", "nothing", "--name", "modalities", "name,", "geometry", ",".join(f"a{n}" for n in range(20))])
def test_an_order_that_is_none_is_refused(order: str) -> None:
    """With the columns that there are."""
    assert "name" in read(f"{ITEMS}?sortby={order}", 400)["detail"]


@pytest.mark.parametrize(("name", "level"), [("communes", Level.COMMUNE), ("epci", Level.EPCI), ("departments", Level.DEPARTMENT)])
def test_a_coverage_is_measured_for_the_sites_that_filters_leave(name: str, level: Level) -> None:
    """As the page of coverage measures them; without a filter, as the plain collection."""
    chosen = Filters(kind=("company",), modality=("gene_therapy", "rna"))
    wanted = coverage.measure(select(chosen, joined()).actors, joined().territory, level).table
    path = f"/collections/coverage-{name}/items?limit=2000"
    found = read(f"{path}&kind=company&modality=gene_therapy&modality=rna")["features"]
    assert {feature["id"]: feature["properties"]["count"] for feature in found} == wanted["count"].to_dict()
    plain = {feature["id"]: feature["properties"] for feature in read(f"/collections/{name}/items?limit=2000")["features"]}
    assert {feature["id"]: feature["properties"] for feature in read(path)["features"]} == plain
    assert 0 < wanted["count"].sum() < sum(row["count"] for row in plain.values())


def test_a_filter_of_a_coverage_that_means_nothing_is_refused() -> None:
    """With the values that there are; and elsewhere `category` is a column."""
    assert "company" in read("/collections/coverage-epci/items?kind=nobody", 400)["detail"]
    assert read("/collections/epci/items?modality=rna", 400)


def test_a_feature_of_a_filtered_coverage_counts_the_same_sites() -> None:
    """At its own address as on the page of all: the filters hold there, stay in its links, and a wrong value is refused."""
    path, asked = "/collections/coverage-departments/items", "kind=company&kind=incubator&modality=rna"
    on_page = next(found for found in read(f"{path}?{asked}")["features"] if found["id"] == "75")
    alone = read(f"{path}/75?{asked}")
    assert alone["properties"] == on_page["properties"] != read(f"{path}/75")["properties"]
    [link] = [link["href"] for link in alone["links"] if link["rel"] == "self"]
    assert read(link.removeprefix(ROOT))["properties"] == on_page["properties"]
    assert "company" in read(f"{path}/75?kind=nobody", 400)["detail"]
    assert read("/collections/departments/items/75?kind=company", 400)


@pytest.mark.parametrize("path", ["items", "items/75"])
def test_the_links_of_a_filtered_coverage_lead_to_the_same_sites(path: str) -> None:
    """The rows and the map of its page, and from a feature the map and the way back; each filter as often as it was given."""
    asked = "kind=company&kind=incubator"
    page = get(f"/collections/coverage-departments/{path}?{asked}&f=html&lang=en").body.decode()
    found = {html.unescape(link) for link in re.findall(r'(?:href|data-features|data-step)="([^"]*/items[^"]*)"', page)}
    assert len(found) > 2
    assert all(asked in link and "lang=" in link for link in found)
