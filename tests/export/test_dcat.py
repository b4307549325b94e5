"""The catalogue for portals: what it says without any library of theirs; tests/services holds it against the published shapes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from biocarto.api.routes import build_routes
from biocarto.api.source import RegisterSource
from biocarto.export.edition_files import list_table_files
from tests.support.asgi import ask
from tests.support.sources import NEWER, a_source

ROOT = "http://localhost:8501"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> RegisterSource:
    """Two editions."""
    return a_source(tmp_path_factory.mktemp("store"))


def read_parts(source: RegisterSource, **changes: str) -> dict[str, dict[str, object]]:
    """The parts of the catalogue by their kind."""
    app = Starlette(routes=build_routes(replace(source, settings=replace(source.settings, **changes))))
    answer = ask(app, "/catalog.jsonld")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/ld+json")
    return {part["@type"]: part for part in json.loads(answer.body)["@graph"]}


def test_nobody_has_to_fetch_the_context(source: RegisterSource) -> None:
    """It stands in the file: prefixes alone."""
    context = json.loads(ask(Starlette(routes=build_routes(source)), "/catalog.jsonld").body)["@context"]
    assert isinstance(context, dict)
    assert all(address.endswith(("#", "/")) for address in context.values())


def test_every_file_of_a_table_is_a_distribution_that_answers(source: RegisterSource) -> None:
    """At its address in the newest edition, with the media type that the catalogue says, and the size where it says one."""
    app = Starlette(routes=build_routes(source))
    found = read_parts(source)["dcat:Dataset"]["dcat:distribution"]
    assert {part["dcat:downloadURL"]["@id"].rpartition("/")[2] for part in found} == {*list_table_files(), "datapackage.json"}  # type: ignore[attr-defined]
    for part in found:  # type: ignore[attr-defined]
        answer = ask(app, part["dcat:downloadURL"]["@id"].removeprefix(ROOT))
        kind = answer.headers["content-type"].partition(";")[0]
        assert (answer.status, part["dcat:mediaType"]["@id"].partition("media-types/")[2]) == (200, kind)
        assert int(part.get("dcat:byteSize", {"@value": len(answer.body)})["@value"]) == len(answer.body)


def test_the_operator_is_named_as_the_settings_say(source: RegisterSource) -> None:
    """Publisher, contact, DOI and public address; no contact is made up."""
    named = {"publisher": "Un pôle", "contact": "donnees@pole.example", "doi": "10.5281/zenodo.1", "public_url": "https://carte.example"}
    dataset = read_parts(source, **named)["dcat:Dataset"]
    assert dataset["dct:publisher"]["foaf:name"] == "Un pôle"  # type: ignore[index]
    assert dataset["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:donnees@pole.example"}  # type: ignore[index]
    assert dataset["dct:identifier"] == "https://doi.org/10.5281/zenodo.1"
    assert dataset["dcat:landingPage"]["@id"] == f"https://carte.example/data/{NEWER}/"  # type: ignore[index]
    assert "dcat:contactPoint" not in read_parts(source)["dcat:Dataset"]
