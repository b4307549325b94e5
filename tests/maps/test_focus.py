"""The focus layer: where the page looks travels as numbers."""

from __future__ import annotations

import pytest

from biocarto.maps.focus import build_focus_layer
from biocarto.query.proximity import Origin
from tests.maps.drawn import FRENCH, HOSTILE

ESSONNE = ((48.28, 1.91), (48.78, 2.59))


def test_nothing_asked_is_the_view_of_the_page() -> None:
    """No bounds, no circle."""
    payload = build_focus_layer(FRENCH).payload
    assert (payload["bounds"], payload["near"]) == (None, None)


def test_bounds_travel_as_they_are() -> None:
    """A territory has no circle."""
    payload = build_focus_layer(FRENCH, bounds=ESSONNE).payload
    assert (payload["bounds"], payload["near"]) == (ESSONNE, None)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_circle_travels_in_metres_and_without_its_name(label: str) -> None:
    """Degrees at five decimals, metres whole; what people call the origin is not sent."""
    layer = build_focus_layer(FRENCH, near=Origin(48.7931234567, 2.36, label), km=10)
    assert layer.payload["near"] == [48.79312, 2.36, 10_000]
    assert label not in layer.call


def test_a_circle_that_is_named_says_so() -> None:
    """In one line that nothing hides in; and the map asks for a point only where the page wants one."""
    payload = build_focus_layer(FRENCH, near=Origin(48.8, 2.3, ""), km=10, name="Évry\u202e · 10\nkm", asks=True).payload
    assert (payload["name"], payload["asks"]) == ("Évry · 10 km", True)
    assert (build_focus_layer(FRENCH).payload["name"], build_focus_layer(FRENCH).payload["asks"]) == ("", False)
