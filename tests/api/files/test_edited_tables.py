"""Tables that are edited by hand under the name of their edition: no file keeps the old rows, however soon after it is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette

from biocarto.api.routes import build_routes
from biocarto.config import ROOT
from tests.support.asgi import ask
from tests.support.sources import OLDER, a_source

NEW_NAME = "Medicen tout autre"


def rename_a_cluster(data: Path) -> None:
    """One name, by hand."""
    file = data / "clusters.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Medicen Paris Region,pole", f"{NEW_NAME},pole"), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The tables that BioCarto came with, to be edited."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


@pytest.mark.parametrize("name", ["clusters.json", "clusters.geojson", "clusters.csv"])
def test_a_file_is_made_of_the_tables_as_they_are(tmp_path: Path, data: Path, name: str) -> None:
    """What the server has read may be a moment older: under the key of the new tables no old row is kept."""
    source = a_source(tmp_path, data=data)
    assert source.load_catalogue(OLDER).edition == OLDER
    rename_a_cluster(data)
    app = Starlette(routes=build_routes(source))
    assert NEW_NAME in ask(app, f"/data/{OLDER}/{name}").body.decode()
