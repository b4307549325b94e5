"""Systems of coordinates: found by their addresses, shapes moved into each."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from biocarto.territory.systems import CRS84, SYSTEMS, find_system, project_shapes
from biocarto.territory.territory import project_points


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.curie)
def test_a_system_is_found_by_its_address_and_its_name(system: object) -> None:
    """In the spellings that programs use."""
    for text in (SYSTEMS[SYSTEMS.index(system)].uri, SYSTEMS[SYSTEMS.index(system)].curie):  # type: ignore[arg-type]
        for written in (text, f"[{text}]", text.replace("http://", "https://"), f" {text} "):
            assert find_system(written) is system


@pytest.mark.parametrize("text", ["", "4326", "EPSG:27572", "http://www.opengis.net/def/crs/EPSG/0/", "urn:ogc:def:crs:EPSG::4326"])
def test_any_other_text_is_no_system(text: str) -> None:
    """Not even one that comes close."""
    assert find_system(text) is None


def test_shapes_are_moved_rounded_and_kept_in_their_places() -> None:
    """None stays None; a place that a projection has no room for is None."""
    shapes = np.array([shapely.Point(2.4393312, 48.6236212), None, shapely.Point(10, 90)], dtype=object)
    plain, turned, lambert, mercator = (project_shapes(shapes, system) for system in SYSTEMS)
    assert plain[0].wkt == "POINT (2.439331 48.623621)"
    assert turned[0].wkt == "POINT (48.623621 2.439331)"
    x, y = project_points(48.6236212, 2.4393312)
    assert (lambert[0].x, lambert[0].y) == (round(x[0], 2), round(y[0], 2))
    assert [found[1] for found in (plain, turned, lambert, mercator)] == [None] * 4
    assert mercator[2] is None or np.isfinite(shapely.get_coordinates(mercator[2])).all()
    assert shapes[0].x == 2.4393312


def test_no_shapes_are_no_trouble() -> None:
    """An edition may have a table without a row."""
    assert len(project_shapes(np.array([], dtype=object), CRS84)) == 0
