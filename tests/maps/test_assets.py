"""Addresses of front-end files, and the list of those that are missing or stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biocarto.maps.assets import BOUNDARIES, LIBRARIES, Assets, add_hash, list_own_files


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """A folder with one script of ours."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    (folder / "biocarto.js").write_text("let a = 1")
    return folder


@pytest.fixture
def static(tmp_path: Path, frontend: Path) -> Path:
    """A complete static folder."""
    folder = tmp_path / "static"
    folder.mkdir()
    files = (
        {name: name for name in LIBRARIES}
        | list_own_files(frontend)
        | {f"boundaries/{key}": f"boundaries-{key}.json" for key in BOUNDARIES}
    )
    for file in files.values():
        (folder / file).write_text("x")
    (folder / "manifest.json").write_text(json.dumps(files))
    return folder


def test_a_complete_folder_misses_nothing(static: Path, frontend: Path) -> None:
    """Every name resolves, relative to the frame that streamlit-folium opens."""
    assets = Assets.read(static, frontend)
    assert assets.missing == ()
    assert assets.url("leaflet.js") == "../../assets/leaflet.js"
    assert assets.url("boundaries/epci") == "../../assets/boundaries-epci.json"


def test_a_script_changed_since_the_build_is_stale(static: Path, frontend: Path) -> None:
    """An update of the source without `make assets` is told, not run half."""
    (frontend / "biocarto.js").write_text("let a = 2")
    assert Assets.read(static, frontend).missing == ("biocarto.js",)


def test_a_deleted_file_is_missing(static: Path, frontend: Path) -> None:
    """The manifest alone proves nothing."""
    (static / "leaflet.js").unlink()
    assert Assets.read(static, frontend).missing == ("leaflet.js",)


@pytest.mark.parametrize("content", [None, "{", "[]", '"text"'], ids=["absent", "cut", "list", "text"])
def test_a_broken_manifest_reads_as_nothing_installed(tmp_path: Path, frontend: Path, content: str | None) -> None:
    """The page can still say what is missing, instead of failing itself."""
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    assert len(Assets.read(tmp_path, frontend).missing) == len(LIBRARIES) + len(BOUNDARIES) + 1


def test_an_unknown_file_has_no_address(static: Path, frontend: Path) -> None:
    """A typing error in our code is a bug, not an address that answers 404."""
    with pytest.raises(KeyError):
        Assets.read(static, frontend).url("jquery.js")


def test_the_name_follows_the_content() -> None:
    """The same content keeps its name, so that caches live as long as they may."""
    assert add_hash("biocarto.js", b"a") == add_hash("biocarto.js", b"a") != add_hash("biocarto.js", b"b")
    assert add_hash("biocarto-ground.js", b"a") == "biocarto-ground-ca978112.js"


def test_a_module_changed_since_the_build_makes_its_script_stale(static: Path, frontend: Path) -> None:
    """The script of a map is all modules of its entry: an edit of any of them counts."""
    module = frontend / "core" / "dom.js"
    module.parent.mkdir()
    module.write_text("export const make = 1;\n")
    (frontend / "biocarto.js").write_text('import { make } from "./core/dom.js";\nlet a = make;\n')
    before = list_own_files(frontend)
    module.write_text("export const make = 2;\n")
    assert list_own_files(frontend) != before
    assert list_own_files(frontend).keys() == {"biocarto.js"}
