"""The ground of the maps: light, complete, greatest towns first; without rivers or rail there are still towns."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from biocarto.territory.ground import FINE, METRO, RAIL, build_ground
from biocarto.territory.territory import Territory
from tests.support.register import layers

REGION = ("ground-region", "ground-region-close")


@pytest.fixture(scope="module")
def here() -> Territory:
    """The committed layers."""
    return layers()


@pytest.fixture(scope="module")
def files(here: Territory) -> dict[str, dict[str, Any]]:
    """What the browser gets."""
    return build_ground(here)


def weigh(file: dict[str, Any]) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()))


def test_the_region_weighs_little_and_its_first_view_almost_nothing(files: dict[str, dict[str, Any]]) -> None:
    """Everything of the region is under 250 kB; what comes before anyone has zoomed is under 5 kB, and France under 20 kB."""
    assert sum(weigh(files[name]) for name in REGION) < 250_000
    assert weigh(files["ground-region"]) < 5_000
    assert weigh(files["ground-france"]) < 20_000


def test_every_town_of_the_region_has_a_name_once(here: Territory, files: dict[str, dict[str, Any]]) -> None:
    """All communes but Paris, which the department names; seats, great towns and those far from any from the farthest zoom."""
    towns = [town for name in REGION for town in files[name]["towns"]]
    assert len(towns) == len(here.communes) - 1
    assert {"Évry-Courcouronnes", "Nanterre", "Bobigny", "Créteil", "Versailles", "Melun", "Provins", "Meaux"} <= {
        town[0] for town in files[REGION[0]]["towns"]
    }
    zooms = {name: zoom for name, _, _, zoom in towns}
    assert zooms["Melun"] < zooms["Villejuif"] < zooms["Rungis"]
    assert all(8.6 <= zoom <= 13 for zoom in zooms.values())


def test_lines_unpack_to_where_they_were(here: Territory, files: dict[str, dict[str, Any]]) -> None:
    """Added up, the steps of the Seine end where its line ends, within a hundred-thousandth of the scale."""
    (seine,) = [river for river in files[REGION[0]]["rivers"] if river["name"] == "la Seine"]
    (line,) = seine["lines"]
    ends = np.reshape(line, (-1, 2)).cumsum(axis=0)[[0, -1]] / FINE
    shape = here.ground["rivers_ile_de_france"].geometry["la-seine"]
    assert np.allclose(ends, [shape.coords[0], shape.coords[-1]], atol=1 / FINE)
    assert seine["width"] == 3


def test_stations_of_one_name_stand_once(files: dict[str, dict[str, Any]]) -> None:
    """The stops of the metro and of the trains at one station have one mark, that of the trains."""
    stations = files[REGION[1]]["stations"]
    kinds = [kind for name, _, _, kind in stations if name == "Gare du Nord"]
    assert kinds == [RAIL]
    assert {kind for name, _, _, kind in stations if name.startswith("Villejuif")} == {METRO}
    assert not any(" / " in name for name, *_ in stations)


def test_a_region_without_rivers_and_rail_has_its_towns(here: Territory) -> None:
    """Nothing is drawn of what is not there, and nothing fails."""
    files = build_ground(replace(here, ground={}))
    assert [files[name]["rivers"] for name in ("ground-region", "ground-france")] == [[], []]
    assert (files["ground-region-close"]["rail"], files["ground-region-close"]["stations"]) == ([], [])
    assert files["ground-region"]["towns"]
