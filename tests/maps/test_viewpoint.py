"""Where a map looks: read from an address, written into one, refused where the map cannot go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.maps import viewpoint
from biocarto.maps.assets import FRONTEND
from biocarto.maps.base import FRANCE, ILE_DE_FRANCE, ROOM
from biocarto.maps.viewpoint import Viewpoint

(SOUTH, WEST), (NORTH, EAST) = ILE_DE_FRANCE.find_limits()


@given(
    st.integers(int(SOUTH * 10_000) + 1, int(NORTH * 10_000) - 1),
    st.integers(int(WEST * 10_000) + 1, int(EAST * 10_000) - 1),
    st.integers(700, 1600),
)
def test_what_is_written_is_read_again(latitude: int, longitude: int, zoom: int) -> None:
    """Every centre to four decimals and every zoom to two, in one form only."""
    seen = Viewpoint(latitude / 10_000, longitude / 10_000, zoom / 100)
    assert viewpoint.read(viewpoint.format_viewpoint(seen), ILE_DE_FRANCE) == seen


@given(st.text() | st.from_regex(r"[-0-9.,; eE+]{0,40}", fullmatch=True))
def test_wild_text_is_a_viewpoint_of_the_map_or_nothing(text: str) -> None:
    """No text raises, and none leads where the map cannot go."""
    seen = viewpoint.read(text, ILE_DE_FRANCE)
    if seen is not None:
        assert SOUTH <= seen.latitude <= NORTH
        assert WEST <= seen.longitude <= EAST
        assert ILE_DE_FRANCE.min_zoom <= seen.zoom <= ILE_DE_FRANCE.max_zoom
        assert viewpoint.read(viewpoint.format_viewpoint(seen), ILE_DE_FRANCE) == seen


@pytest.mark.parametrize(
    "text",
    ["", "48.85,2.35", "48.85,2.35,9,1", "nan,2.35,9", "48.85,inf,9", "4e1,2,9", "٤٨,2,9", "48.85;2.35;9", "48.85,2.35,-9", "<b>,1,2"],
)
def test_what_is_not_a_viewpoint_is_refused(text: str) -> None:
    """Too few or too many numbers, other digits, exponents, names of no number."""
    assert viewpoint.read(text, ILE_DE_FRANCE) is None


@pytest.mark.parametrize("text", ["0,0,9", "-33.9,151.2,9", "48.85,2.35,6.99", "48.85,2.35,16.01", "43.3,5.4,9"])
def test_a_view_that_the_map_cannot_take_is_refused(text: str) -> None:
    """Far away, or outside of its zooms."""
    assert viewpoint.read(text, ILE_DE_FRANCE) is None


def test_each_map_has_its_own_reach() -> None:
    """Marseille is on the map of France, not on that of Île-de-France."""
    assert viewpoint.read("43.3,5.4,9", FRANCE) == Viewpoint(43.3, 5.4, 9)
    assert viewpoint.read("48.85,2.35,6.5", replace(ILE_DE_FRANCE, min_zoom=6)) == Viewpoint(48.85, 2.35, 6.5)


def test_the_reach_is_that_of_the_script() -> None:
    """The browser lets a map move as far as an address may ask."""
    assert f"maxBounds: bounds.pad({ROOM})" in (FRONTEND / "core" / "base.js").read_text("utf-8")
    assert f"{SOUTH:.3f} {WEST:.3f} {NORTH:.3f} {EAST:.3f}" == "47.224 -0.256 50.136 5.256"
