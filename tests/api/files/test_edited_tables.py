"""Tables that are edited by hand under the name of their edition: no file keeps the old rows, however soon after it is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from biocarto import startup
from biocarto.api.routes import build_routes
from biocarto.api.source import LATEST
from biocarto.config import ROOT
from biocarto.desk import shelf
from biocarto.store.database import open_store
from biocarto.ui.shared import cache
from tests.support.asgi import ask
from tests.support.shelves import a_store, an_edition, publish
from tests.support.sources import NEWER, OLDER, RENAMED, a_source

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


@pytest.fixture
def settled(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A server that shows a newer edition of its store than the tables it came with; gives those."""
    store = a_store(tmp_path)
    publish(store, an_edition(**{RENAMED: "Tout autre nom"}))
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    monkeypatch.setenv("BIOCARTO_DATA", str(data))
    cache.forget()
    shelf.take_up(store, shelf.find_shelf(cache.settings().store))
    yield data
    monkeypatch.undo()
    cache.forget()


def test_an_older_edition_that_is_edited_is_read_anew(settled: Path) -> None:
    """Its tables and what joins them."""
    source = startup.build_source()
    assert (source.load_catalogue(LATEST).edition, source.load_catalogue(OLDER).edition) == (NEWER, OLDER)
    rename_a_cluster(settled)
    assert NEW_NAME in set(source.load_tables(OLDER).clusters["name"])
    assert NEW_NAME in set(source.load_catalogue(OLDER).clusters["name"])


def test_a_renewal_between_two_looks_mixes_no_editions(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of an edition are those of its name, whatever comes right after the first look."""
    source, look = startup.build_source(), cache._find_readable

    def renew_after() -> cache.ShownEdition:
        found = look()
        monkeypatch.setattr(cache, "_find_readable", look)
        store = open_store(str(settled.parent / "register.sqlite"))
        publish(store, an_edition("2026-12-02"))
        shelf.take_up(store, shelf.find_shelf(cache.settings().store))
        cache.note_newest()
        return found

    monkeypatch.setattr(cache, "_find_readable", renew_after)
    assert source.load_tables(NEWER).edition == NEWER
    assert source.load_tables(LATEST).edition == "2026-12-02"
