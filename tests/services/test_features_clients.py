"""GDAL and QGIS read every collection of `/ogc/`, page by page or at once, and see what the downloads hold."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from biocarto.export.geojson import write_geojson
from biocarto.export.selection import select_actors
from biocarto.register.catalogue import Catalogue
from tests.services.programs import find_program
from tests.support.programs_server import serve_programs

pytestmark = pytest.mark.services

COLLECTIONS = (
    *("actors", "sites", "clusters", "stages", "national-sites", "communes", "epci", "departments", "regions"),
    *(f"coverage-{level}" for level in ("communes", "epci", "departments", "regions")),
)
READER = Path(__file__).with_name("read_features_with_qgis.py")
EXACT = 0.01
"""Metres by which a point in EPSG:2154 may leave that of pyproj."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of the doors."""
    with serve_programs() as address:
        yield address


def read_json(address: str) -> dict[str, object]:
    """What an address answers."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - a server of this test
        found: dict[str, object] = json.load(answer)
    return found


def read_features(base: str, name: str) -> dict[str, dict[str, object]]:
    """Id -> properties, of a whole collection."""
    found: list[dict[str, object]] = read_json(f"{base}/ogc/collections/{name}/items?f=json&limit=10000")["features"]  # type: ignore[assignment]
    return {str(feature["id"]): feature["properties"] for feature in found}  # type: ignore[misc]


def convert(base: str, name: str, *options: str) -> list[dict[str, object]]:
    """The features that `ogr2ogr` writes of a collection."""
    command = [find_program("ogr2ogr"), "-f", "GeoJSON", "/vsistdout/", f"OAPIF:{base}/ogc", name, *options]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, object]] = json.loads(done.stdout)["features"]
    return found


def test_gdal_lists_every_collection(base: str) -> None:
    """By its id; none is missing, and none has a number of features of its own making."""
    listed = subprocess.run([find_program("ogrinfo"), f"OAPIF:{base}/ogc"], capture_output=True, text=True, timeout=120, check=True).stdout
    assert [name for name in COLLECTIONS if f": {name} " not in listed] == []


@pytest.mark.parametrize("name", COLLECTIONS)
def test_gdal_reads_a_collection_page_by_page_and_at_once(base: str, name: str) -> None:
    """A hundred at a time or all: the same features, as many as the answer says match."""
    matched = read_json(f"{base}/ogc/collections/{name}/items?f=json&limit=1")["numberMatched"]
    paged, whole = (convert(base, name, "-oo", f"PAGE_SIZE={size}") for size in (100, 10_000))
    assert len(paged) == len(whole) == matched
    assert [feature["properties"] for feature in paged] == [feature["properties"] for feature in whole]


def test_the_cells_of_actors_are_those_of_the_download(base: str, register: Catalogue) -> None:
    """Each property, and each point, as in the GeoJSON that the pages give."""
    selection = select_actors(register.actors, register, filters=[], link="", made=date(2026, 1, 1), lang="fr")
    downloaded = {row["properties"]["id"]: row for row in json.loads(write_geojson(selection))["features"]}
    served = read_features(base, "actors")
    assert served.keys() == downloaded.keys()
    for actor, cells in served.items():
        expected = {name: value or None for name, value in downloaded[actor]["properties"].items() if name in cells}
        assert {name: value or None for name, value in cells.items() if name in expected} == expected
        assert len(expected) > 30


def test_metres_are_those_of_pyproj(base: str) -> None:
    """EPSG:2154 by GDAL's request of the server's own system, within a centimetre."""
    degrees = {row["properties"]["id"]: row["geometry"] for row in convert(base, "actors", "-oo", "PAGE_SIZE=1000")}  # type: ignore[index]
    answer = read_json(f"{base}/ogc/collections/actors/items?f=json&crs=http://www.opengis.net/def/crs/EPSG/0/2154")
    to_metres = Transformer.from_crs(4326, 2154, always_xy=True)
    compared = 0
    for row in answer["features"]:  # type: ignore[attr-defined]
        if row["geometry"] is not None:
            expected = to_metres.transform(*degrees[row["properties"]["id"]]["coordinates"])  # type: ignore[index]
            assert np.abs(np.subtract(expected, row["geometry"]["coordinates"])).max() <= EXACT
            compared += 1
    assert compared > 100


def test_qgis_reads_every_collection_with_paging_on_and_off(base: str) -> None:
    """The same rows, as many as match; the columns that the answer has; a rectangle leaves some of the actors."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    command = ["/usr/bin/python3", str(READER), f"{base}/ogc", *COLLECTIONS]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    for name in COLLECTIONS:
        served, ways = read_features(base, name), seen[name]
        for way in ways.values():
            assert way["valid"], name
            assert way["crs"] in {"OGC:CRS84", "EPSG:4326"}
            assert len(way["rows"]) == len(served), name
            assert {row["id"] for row in way["rows"]} == set(served), name
        assert ways["true"] == ways["false"], name
    assert 0 < seen["actors"]["true"]["inside"] < len(seen["actors"]["true"]["rows"])
