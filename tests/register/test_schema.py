"""A description of the tables that cannot be used is refused, never half applied."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biocarto.errors import DataError
from biocarto.register import schema, tables
from tests.builders import DATA, write_tables

TEXT = (DATA / tables.PACKAGE).read_text(encoding="utf-8")


def _sites(package: Any) -> Any:
    return package["resources"][2]


def _latitude(package: Any) -> Any:
    return _sites(package)["schema"]["fields"][3]


def _organisers(package: Any) -> Any:
    return next(field for field in package["resources"][4]["schema"]["fields"] if field["name"] == "organisers")


BROKEN: dict[str, Callable[[Any], object]] = {
    "no resources": lambda p: p.pop("resources"),
    "resources are text": lambda p: p.update(resources="sites"),
    "a resource is text": lambda p: p["resources"].append("sites"),
    "two resources of one name": lambda p: p["resources"].append(_sites(p)),
    "no path": lambda p: _sites(p).pop("path"),
    "a path that leaves the folder": lambda p: _sites(p).update(path="../sites.csv"),
    "no English title": lambda p: _sites(p).pop("title_en"),
    "a licence that is text": lambda p: p.update(licenses=["etalab-2.0"]),
    "no licence": lambda p: p.pop("licenses"),
    "no schema": lambda p: _sites(p).pop("schema"),
    "no primary key": lambda p: _sites(p)["schema"].pop("primaryKey"),
    "unique keys that are text": lambda p: _sites(p)["schema"].update(uniqueKeys=["id"]),
    "a reference of items to no table": lambda p: _organisers(p)["items"]["reference"].update(resource="poles"),
    "a reference of items that is text": lambda p: _organisers(p)["items"].update(reference="clusters"),
    "a primary key without a column": lambda p: _sites(p)["schema"].update(primaryKey=["code"]),
    "an unknown type": lambda p: _latitude(p).update(type="decimal"),
    "an unknown constraint": lambda p: _latitude(p)["constraints"].update(minimun=3),
    "a constraint of another type": lambda p: _latitude(p)["constraints"].update(minimum="three"),
    "a truth where a number stands": lambda p: _latitude(p)["constraints"].update(maximum=True),
    "a pattern that does not compile": lambda p: _latitude(p)["constraints"].update(pattern="("),
    "constraints that are a list": lambda p: _latitude(p).update(constraints=["required"]),
    "rules of items without a list": lambda p: _latitude(p).update(items={"pattern": "x"}),
    "a column twice": lambda p: _sites(p)["schema"]["fields"].append(_latitude(p)),
    "a reference to no table": lambda p: p["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(resource="campuses"),
    "a reference to no column": lambda p: p["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(fields=["code"]),
    "a reference from no column": lambda p: p["resources"][0]["schema"]["foreignKeys"][0].update(fields=["campus"]),
    "a reference of two columns": lambda p: p["resources"][0]["schema"]["foreignKeys"][0].update(fields=["id", "name"]),
    "references that are text": lambda p: p["resources"][0]["schema"].update(foreignKeys="sites"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_broken_description_is_a_data_error_in_two_languages(change):
    """A constraint that the code does not know is an error too: a rule that is skipped would protect nothing."""
    package = json.loads(TEXT)
    change(package)
    with pytest.raises(DataError) as caught:
        schema.parse(json.dumps(package))
    assert "datapackage.json" in caught.value.message("fr")
    assert caught.value.message("fr") != caught.value.message("en")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"resources": []}'])
def test_a_corrupt_description_stops_the_reading(tmp_path, content):
    """Not JSON, not UTF-8, or JSON that describes none of our tables."""
    folder = write_tables(tmp_path)
    (folder / tables.PACKAGE).write_bytes(content)
    with pytest.raises(DataError) as caught:
        tables.read(folder)
    assert caught.value.message("fr").startswith("datapackage.json")


def test_a_table_without_description_is_named(tmp_path):
    """The app needs every table."""
    folder = write_tables(tmp_path)
    package = json.loads(TEXT)
    package["resources"] = [resource for resource in package["resources"] if resource["name"] != "regional_figures"]
    (folder / tables.PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataError, match="does not describe: regional_figures"):
        tables.read(folder)


def test_the_columns_come_from_the_description_alone(tmp_path):
    """A column added to datapackage.json is asked for at once, with its type: nothing about columns is written in Python."""
    folder = write_tables(tmp_path)
    package = json.loads(TEXT)
    _sites(package)["schema"]["fields"].append({"name": "floors", "type": "integer", "constraints": {"minimum": 1}})
    (folder / tables.PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataError, match="column “floors”"):
        tables.read(folder)
    path = folder / "sites.csv"
    head, row, *_ = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head},floors\n{row},3\n", encoding="utf-8")
    assert tables.read(folder).sites["floors"].tolist() == [3]


@settings(max_examples=settings().max_examples * 4 // 3)
@given(data=st.data())
def test_a_wild_description_gives_tables_or_a_data_error(data):
    """Any member of the description replaced by any JSON value: used, or refused in our own words."""
    package = json.loads(TEXT)
    holder: Any = package
    while isinstance(holder, (dict, list)) and holder:
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else list(range(len(holder)))))
        if not isinstance(holder[key], (dict, list)) or data.draw(st.integers(0, 3)) == 0:
            holder[key] = data.draw(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([[]])
            )
            break
        holder = holder[key]
    refused = ""
    resources: dict[str, schema.Resource] = {}
    try:
        resources = schema.parse(json.dumps(package))
    except DataError as error:
        refused = error.message("fr")
    assert not refused or refused.startswith("datapackage.json")
    assert all(schema.build_frame_schema(resource) for resource in resources.values())  # none is left where the list is empty


@pytest.mark.parametrize("name", ["2026-11-28", "2028-02-29", "2026-11-28.2", "2026-11-28.10"])
def test_an_edition_may_have_a_name_of_its_own(name: str) -> None:
    """A day, or the second, the tenth edition of a day; without one it is the day on which the tables were made."""
    package = json.loads(TEXT)
    assert schema.read_edition(json.dumps(package | {"edition": name})) == name
    package.pop("edition", None)
    assert schema.read_edition(json.dumps(package | {"created": "2026-11-22T08:00:00Z"})) == "2026-11-22"


@pytest.mark.parametrize(
    "name",
    ["", None, 20261128, "2026-02-29", "2026-11-28.", "2026-11-28.0", "2026-11-28.1", "2026-11-28.02", "20261128", "../..", "2026-11"],
)
def test_a_name_that_is_no_edition_is_refused(name: object) -> None:
    """The first of a day has no number, and every day is one of the calendar."""
    with pytest.raises(DataError, match="edition"):
        schema.read_edition(json.dumps(json.loads(TEXT) | {"edition": name}))
