"""OpenAPI 3.0 (/req/oas30): what the definition promises is what is answered."""

from __future__ import annotations

import re
from typing import Any

import pytest

from biocarto.export.collections.library import NAMES
from tests.support.ogc import OLDER, ROOT, get, read
from tests.support.register import joined


def _resolve(document: Any, found: Any) -> Any:
    """A part, or what it refers to."""
    if "$ref" not in found:
        return found
    for step in found["$ref"].removeprefix("#/").split("/"):
        document = document[step]
    return document


@pytest.fixture(scope="module")
def definition() -> Any:
    """The published definition."""
    return read("/api?f=json&lang=en")


def test_every_address_of_the_definition_answers(definition: Any) -> None:
    """/req/oas30/oas-impl, /req/oas30/completeness: with the examples it gives, in the media types it names."""
    assert definition["servers"] == [{"url": ROOT}]
    for path, operations in definition["paths"].items():
        operation = operations["get"]
        parameters = [_resolve(definition, found) for found in operation["parameters"]]
        filled = path.format(**{found["name"]: found["example"] for found in parameters if found["in"] == "path"})
        kinds = operation["responses"]["200"]["content"]
        assert get(filled).headers["content-type"] in kinds
        assert get(f"{filled}?f=html").headers["content-type"].partition(";")[0] in kinds


def test_every_parameter_of_features_is_in_the_definition(definition: Any) -> None:
    """/req/oas30/oas-definition-2, /req/queryables-query-parameters/parameters: the columns of each collection, and no other name."""
    for name in NAMES:
        operation = definition["paths"][f"/collections/{name}/items"]["get"]
        told = {_resolve(definition, found)["name"] for found in operation["parameters"]}
        columns = set(read(f"/collections/{name}/queryables")["properties"]) - {"geometry"}
        assert columns <= told
        assert all(get(f"/collections/{name}/items?{told_name}=%20").status != 500 for told_name in sorted(told))
        unknown = {told_name for told_name in told if "no parameter" in get(f"/collections/{name}/items?{told_name}=").body.decode()}
        assert unknown == set()


def _list_columns(definition: Any, kind: str) -> list[tuple[str, str, Any]]:
    """Collection, column and schema of every column that is asked for as this type of JSON."""
    return [
        (name, parameter["name"], parameter["schema"])
        for name in NAMES
        for parameter in definition["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        if "$ref" not in parameter and parameter["schema"]["type"] == kind
    ]


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_numbers_are_read_within_their_bounds_only(definition: Any, kind: str) -> None:
    """What the schema of a column allows is answered, and nothing else: a client that checks first is told the same."""
    columns = _list_columns(definition, kind)
    assert columns
    for name, column, schema in columns:
        statuses = [
            get(f"/collections/{name}/items?limit=1&{column}={value}").status
            for value in (schema["minimum"], schema["maximum"], schema["minimum"] - 1, schema["maximum"] + 1)
        ]
        assert statuses == [200, 200, 400, 400], (name, column)


def test_an_offset_has_no_greatest(definition: Any) -> None:
    """As any past the end is answered, with an empty page."""
    schema = definition["components"]["parameters"]["offset"]["schema"]
    assert schema == {"type": "integer", "minimum": 0, "default": 0}
    assert read(f"/collections/stages/items?offset={10**30}")["features"] == []


def test_a_feature_has_an_id_of_the_definition(definition: Any) -> None:
    """Each that there is; what is written alike and is not there is 404, whatever else is no address of ours."""
    for name in NAMES:
        parameter = definition["paths"][f"/collections/{name}/items/{{featureId}}"]["get"]["parameters"][0]
        pattern = re.compile(parameter["schema"]["pattern"])
        ids = [feature["id"] for feature in read(f"/collections/{name}/items?limit=10000")["features"]]
        assert ids
        assert [found for found in ids if not pattern.search(found)] == []
        assert not any(pattern.search(found) for found in ("", "a/b", "a b", "é", "a\r", "\x00"))
        assert get(f"/collections/{name}/items/0-nobody-Z").status == 404


def test_each_operation_has_a_name_of_its_own(definition: Any) -> None:
    """/req/oas30/oas-definition-1: for who makes a client of it."""
    names = [operations["get"]["operationId"] for operations in definition["paths"].values()]
    assert len(set(names)) == len(names)


def test_refusals_are_in_the_definition(definition: Any) -> None:
    """/req/oas30/exceptions-codes."""
    assert all({"400", "404"} <= operations["get"]["responses"].keys() for operations in definition["paths"].values())


def test_the_editions_are_named(definition: Any) -> None:
    """Those that there are."""
    assert definition["components"]["parameters"]["edition"]["schema"]["enum"] == ["latest", joined().edition, OLDER]
