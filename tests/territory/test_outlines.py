"""Outlines for the browser: complete, light, their borders shared, overseas regions inside their frames."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from biocarto.territory import territory
from biocarto.territory.outlines import INSETS, _mercator, build_outlines, frame_region, move_region

GEO = Path(__file__).resolve().parents[2] / "geo"
SIZES = {"france": 18, "departments": 8, "epci": 63, "communes": 1266, "paris": 20, "region": 1}


@pytest.fixture(scope="module")
def collections() -> dict[str, dict[str, Any]]:
    """What the browser gets, from the committed layers."""
    return build_outlines(territory.read(GEO))


def shapes(features: list[dict[str, Any]]) -> np.ndarray:
    """Geometries of GeoJSON features, in their order."""
    return np.array([shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features])


def by_code(features: list[dict[str, Any]]) -> dict[str, Any]:
    """GeoJSON features by the code in their properties."""
    return {feature["properties"]["code"]: shape for feature, shape in zip(features, shapes(features), strict=True)}


@pytest.mark.parametrize(("key", "count"), SIZES.items())
def test_nothing_is_lost(collections: dict[str, dict[str, Any]], key: str, count: int) -> None:
    """Every territory is there once, with a name and a shape."""
    features = collections[key]["features"]
    assert len({feature["properties"]["code"] for feature in features}) == len(features) == count
    assert all(feature["properties"]["name"] for feature in features)
    assert not shapely.is_empty(shapes(features)).any()


@pytest.mark.parametrize("key", [*SIZES, "europe"])
def test_shared_borders_stay_shared_after_rounding(collections: dict[str, dict[str, Any]], key: str) -> None:
    """Rounded for the wire, each collection is still a valid coverage: no overlap, no crack between neighbours."""
    drawn = shapes(collections[key]["features"])
    assert shapely.is_valid(drawn).all()
    assert shapely.coverage_is_valid(drawn)


@pytest.mark.parametrize("key", [*SIZES, "europe"])
def test_collections_are_light(collections: dict[str, dict[str, Any]], key: str) -> None:
    """No file for the browser above 450 kB."""
    assert len(json.dumps(collections[key], ensure_ascii=False, separators=(",", ":")).encode()) < 450_000


def test_levels_of_ile_de_france_have_one_outline(collections: dict[str, dict[str, Any]]) -> None:
    """Communes, intercommunalities and departments end where the region ends; arrondissements end where Paris ends."""
    region = shapes(collections["region"]["features"])[0]
    for key in ("communes", "epci", "departments"):
        assert shapely.coverage_union_all(shapes(collections[key]["features"])).equals(region)
    paris = shapely.coverage_union_all(shapes(collections["paris"]["features"]))
    assert paris.equals(by_code(collections["communes"]["features"])["75056"])


def test_properties_are_code_and_name_only(collections: dict[str, dict[str, Any]]) -> None:
    """Numbers travel apart from shapes; insets alone carry a mark."""
    extra = {frozenset(f["properties"]) - {"code", "name"} for c in collections.values() for f in c["features"]}
    assert extra == {frozenset(), frozenset({"inset"})}


def test_overseas_regions_sit_in_frames_clear_of_the_coast(collections: dict[str, dict[str, Any]]) -> None:
    """Each of the five is inside its own frame; frames touch neither each other nor metropolitan France."""
    france = collections["france"]
    insets = by_code([f for f in france["features"] if f["properties"].get("inset")])
    frames = by_code(france["frames"])
    assert set(insets) == set(frames) == set(INSETS) == {"01", "02", "03", "04", "06"}
    assert {f["properties"]["kind"] for f in france["frames"]} == {"frame"}
    assert all(frames[code].contains_properly(shape) for code, shape in insets.items())
    home = shapely.union_all(shapes([f for f in france["features"] if not f["properties"].get("inset")]))
    assert all(shapely.distance(box, home) > 0.2 for box in frames.values())
    assert all(a.disjoint(b) for a in frames.values() for b in frames.values() if a is not b)


def test_inset_keeps_the_aspect_of_a_web_map() -> None:
    """A wide shape keeps its proportions on a Web Mercator map, and fills the frame's inner width."""
    shape = shapely.box(-61.0, 15.0, -60.0, 15.5)
    before, after = (shapely.bounds(shapely.transform(s, _mercator)) for s in (shape, move_region("02", shape)))
    ratio = [(east - west) / (north - south) for west, south, east, north in (before, after)]
    assert ratio[1] == pytest.approx(ratio[0])
    assert after[2] - after[0] == pytest.approx(2.1)
    assert frame_region("02").contains(move_region("02", shape))
