"""The description of the layers: what the page of sources needs of it, or one sentence that says where it is broken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biocarto.config import ROOT
from biocarto.errors import DataError
from biocarto.territory import resources

GEO = ROOT / "geo"


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A folder with the committed description, changed."""
    package = json.loads((GEO / resources.PACKAGE).read_text(encoding="utf-8"))
    change(package)
    (folder / resources.PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    return folder


def test_every_layer_is_described() -> None:
    """Each file of the folder, with its rows, licence and sources."""
    found = resources.read(GEO)
    assert {entry["path"] for entry in found.values()} == {path.name for path in GEO.glob("*.parquet")}
    assert all(entry["rows"] and entry["licence"]["title"] and entry["sources"] for entry in found.values())


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no licence": (lambda package: package.update(licenses=[]), "resources[0].licenses"),
    "licence without a title": (lambda package: package["licenses"][0].pop("title"), "resources[0].licenses[0].title"),
    "sources that are no list": (lambda package: package["resources"][1].update(sources="IGN"), "resources[1].sources"),
    "no source": (lambda package: package["resources"][2].update(sources=[]), "resources[2].sources"),
    "a title that is a number": (lambda package: package["resources"][3].update(title=3), "resources[3].title"),
    "a layer that is a text": (lambda package: package["resources"].insert(0, "regions"), "resources[0].name"),
    "no layers": (lambda package: package.pop("resources"), "package.resources"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_description_is_told_with_its_place(tmp_path: Path, case: str) -> None:
    """Both languages name the file and the member."""
    change, place = BROKEN[case]
    with pytest.raises(DataError) as caught:
        resources.read(changed(tmp_path, change))
    for lang in ("fr", "en"):
        assert f"geo/datapackage.json, {place}" in caught.value.message(lang)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"\xff"), lambda path: path.write_text("[" * 100_000)])
def test_a_description_that_cannot_be_read_names_folder_and_setting(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """Missing, no text, or nested without end."""
    shutil.copyfile(GEO / resources.PACKAGE, tmp_path / resources.PACKAGE)
    spoil(tmp_path / resources.PACKAGE)
    with pytest.raises(DataError) as caught:
        resources.read(tmp_path)
    assert all(part in caught.value.message("fr") for part in (str(tmp_path), "BIOCARTO_GEO"))
