"""The build of static/: complete, repeatable, and careful with what it did not write."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biocarto import cli, config
from biocarto.build import assets
from biocarto.errors import LayerError
from biocarto.maps.assets import Assets

Build = Callable[..., assets.BuildReport]
LEAFLET = "leaflet-1.9.4.js"
BORDERS: dict[str, dict[str, Any]] = {"france": {"type": "FeatureCollection", "features": []}}


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A node_modules folder with the packages that we use, each of a few bytes."""
    for file in assets.NPM_FILES:
        folder = tmp_path / "node_modules" / file.package
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_text(f"content of {file.name}")
        (folder / "package.json").write_text('{"version": "1.9.4"}')
        (folder / "LICENSE").write_text(f"licence of {file.package}")
    image = tmp_path / "node_modules/leaflet/dist/images/layers.png"
    image.parent.mkdir()
    image.write_bytes(b"png")
    return tmp_path / "node_modules"


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """Our own script and style, in a folder apart."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    (folder / "biocarto.js").write_text("let a = 1")
    (folder / "biocarto.css").write_text("a {}")
    return folder


@pytest.fixture
def run(tmp_path: Path, modules: Path, frontend: Path) -> Build:
    """Build into `tmp_path/static`; `stamp` and `boundaries` may be given."""

    def _run(stamp: str = "same", boundaries: Callable[[], assets.Boundaries] = lambda: BORDERS) -> assets.BuildReport:
        return assets.build(tmp_path / "static", modules, frontend, stamp, boundaries)

    return _run


def forbidden() -> assets.Boundaries:
    """Boundaries that must not be asked for."""
    raise AssertionError("the layers did not change, yet they were drawn again")


def manifest(static: Path) -> dict[str, str]:
    """Logical name -> file name, as the build wrote them."""
    content: dict[str, str] = json.loads((static / "manifest.json").read_text())
    return content


def test_every_file_of_the_manifest_exists(tmp_path: Path, run: Build) -> None:
    """A name in the manifest is a promise to the browser."""
    report = run()
    files = manifest(tmp_path / "static")
    assert all((tmp_path / "static" / name).is_file() for name in files.values())
    assert {"leaflet.js", "leaflet.css", "fonts.css", "biocarto.js", "biocarto.css", "boundaries/france"} <= files.keys()
    assert files["leaflet.js"] == LEAFLET
    assert (tmp_path / "static/images/layers.png").read_bytes() == b"png"
    assert report.missing == []


def test_a_second_build_does_nothing(tmp_path: Path, run: Build) -> None:
    """A start that changes nothing draws no boundaries and touches no file."""
    run()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "static").rglob("*")}
    report = run(boundaries=forbidden)
    assert (report.written, report.removed) == ([], [])
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "static").rglob("*")} == before


def test_an_edited_script_gets_a_new_name(tmp_path: Path, run: Build, frontend: Path) -> None:
    """Browsers that kept the old script ask for the new one, and the old one is gone."""
    run()
    old = manifest(tmp_path / "static")["biocarto.js"]
    (frontend / "biocarto.js").write_text("let a = 2")
    report = run()
    assert manifest(tmp_path / "static")["biocarto.js"] != old
    assert report.removed == [old]
    assert not (tmp_path / "static" / old).exists()


def test_new_layers_are_drawn_again(tmp_path: Path, run: Build) -> None:
    """The stamp of the layers decides, and the old boundary file is removed."""
    run()
    old = manifest(tmp_path / "static")["boundaries/france"]
    report = run(stamp="other", boundaries=lambda: {"france": {"type": "FeatureCollection", "features": [], "vintage": 2026}})
    assert report.removed == [old]
    assert "2026" in (tmp_path / "static" / manifest(tmp_path / "static")["boundaries/france"]).read_text()


def test_a_lost_boundary_file_is_drawn_again(tmp_path: Path, run: Build) -> None:
    """An emptied folder heals at the next start."""
    run()
    lost = tmp_path / "static" / manifest(tmp_path / "static")["boundaries/france"]
    lost.unlink()
    run()
    assert lost.is_file()


def test_a_stranger_in_the_folder_is_left_alone(tmp_path: Path, run: Build) -> None:
    """Only files of an earlier build are ever removed."""
    (tmp_path / "static").mkdir()
    stranger = tmp_path / "static" / "letter.txt"
    stranger.write_text("keep me")
    run()
    run(stamp="other")
    assert stranger.read_text() == "keep me"


def test_missing_packages_are_named_and_the_rest_is_built(tmp_path: Path, frontend: Path) -> None:
    """Without npm files the boundaries and our own files are there all the same."""
    report = assets.build(tmp_path / "static", tmp_path / "nowhere", frontend, "same", lambda: BORDERS)
    assert report.missing[:3] == ["leaflet.js", "leaflet.css", "fonts.css"]
    assert {"biocarto.js", "boundaries/france"} <= manifest(tmp_path / "static").keys()


def test_a_broken_layer_does_not_take_the_fonts_away(tmp_path: Path, run: Build) -> None:
    """The error goes on to the operator, after everything else was written."""

    def _broken() -> assets.Boundaries:
        raise LayerError("couche illisible", "unreadable layer")

    with pytest.raises(LayerError, match="unreadable layer"):
        run(boundaries=_broken)
    assert (tmp_path / "static" / LEAFLET).is_file()
    run()
    assert "boundaries/france" in manifest(tmp_path / "static")


def ours(path: Path) -> set[Path]:
    """A module of biocarto with those that it imports, and theirs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("biocarto")]
    names = [name for node in froms for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)) if name]
    found = {assets.SOURCES.parent.joinpath(*name.split(".")).with_suffix(".py") for name in names}
    return {path}.union(*map(ours, filter(Path.is_file, found)))


def test_boundaries_are_drawn_again_when_any_of_their_code_changes() -> None:
    """What the drawing imports, directly or not, is in the digest; but for the bounds of caches, which decide no line."""
    used = ours(assets.SOURCES / "territory/outlines.py") | ours(assets.SOURCES / "territory/ground.py")
    assert set(assets.DRAWN_BY) == {path.relative_to(assets.SOURCES).as_posix() for path in used} - {"caches.py"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without node_modules, whose boundaries are quick to draw."""
    monkeypatch.setattr(config, "ROOT", tmp_path)
    monkeypatch.setattr(config, "STATIC", tmp_path / "static")
    monkeypatch.setattr(assets, "_boundaries", lambda _: BORDERS)
    return tmp_path


def test_the_command_says_that_npm_did_not_finish(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever just ran `make assets` is not told to run it, but what may have stopped npm; the rest is built."""
    assert cli.main(["assets"]) == 1
    message = capsys.readouterr().err
    assert "npm" in message
    assert "network" in message
    assert (here / "static" / "manifest.json").is_file()


@pytest.mark.parametrize("command", ["assets", "layers"])
def test_a_bad_setting_is_told_without_a_trace(
    command: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names the variable, in each language."""
    monkeypatch.setenv("BIOCARTO_IGN_TILES", "maybe")
    assert cli.main([command]) == 1
    assert "BIOCARTO_IGN_TILES is “maybe”" in (said := capsys.readouterr().err)
    assert said.startswith("BIOCARTO_IGN_TILES vaut « maybe »")


def test_the_help_needs_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mistyped a setting may still ask how the command works."""
    monkeypatch.setenv("BIOCARTO_DATA", "")
    with pytest.raises(SystemExit) as ended:
        cli.main(["layers", "--help"])
    assert ended.value.code == 0


def test_boundaries_are_compact_and_keep_their_accents() -> None:
    """Kilobytes count on congress Wi-Fi."""
    (content,) = [content for _, content in assets.write_boundary_files({"epci": {"features": [{"name": "Évry"}]}}).values()]
    assert content.decode() == '{"features":[{"name":"Évry"}]}'


def test_licences_travel_with_the_files(run: Build, tmp_path: Path) -> None:
    """Leaflet's and the fonts' texts stand beside what they are about, under its version; the manifest names them."""
    run()
    static = tmp_path / "static"
    assert (static / "leaflet-1.9.4.LICENSE.txt").read_text() == "licence of leaflet"
    assert (static / "ibm-plex-sans-1.9.4.LICENSE.txt").read_text() == f"licence of {assets.FONT}"
    assert Assets.read(static).files["leaflet.LICENSE.txt"] == "leaflet-1.9.4.LICENSE.txt"


def test_the_report_says_what_was_done(tmp_path: Path) -> None:
    """One line when nothing changed, else one line for each kind of change."""
    assert assets.BuildReport([], [], []).describe(tmp_path / "static") == "static/ is up to date."
    assert assets.BuildReport(["a.js"], ["b.js"], []).describe(tmp_path / "static") == "static/: wrote a.js\nstatic/: removed b.js"


def test_the_theme_asks_for_the_fonts_that_are_built(root: Path) -> None:
    """Family, file names with their version, and the letters of each file agree with .streamlit/config.toml."""
    theme = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    version = json.loads((root / "package.json").read_text(encoding="utf-8"))["dependencies"][assets.FONT]
    prefix = "assets/ibm-plex-sans"
    built = {f"{prefix}-{subset}-{version}.woff2": (assets.FONT_FAMILY, letters) for subset, letters in assets.UNICODE_RANGES.items()}
    assert {face["url"]: (face["family"], face["unicodeRange"]) for face in theme["fontFaces"]} == built
    assert theme["font"].startswith(f"'{assets.FONT_FAMILY}'")


def test_what_is_installed_here_is_complete(root: Path) -> None:
    """`make test` builds static/ first: nothing that the maps ask for may be missing or stale."""
    assert Assets.read(root / "static").missing == ()
