"""The small drawing of a territory: every metropolitan region, those of the body filled."""

from xml.etree import ElementTree as ET

from biocarto.render import regions
from biocarto.territory.outlines import INSETS
from tests.support.register import layers


def test_the_regions_of_a_body_are_filled() -> None:
    """Thirteen outlines, two filled; an overseas region, which has no outline here, stops nothing."""
    drawn = regions.list_outlines(layers())
    assert set(drawn) == set(layers().regions.index) - set(INSETS)
    paths = ET.fromstring(regions.draw_regions(drawn, ("11", "24", "01")))
    assert len(paths) == 13
    assert sum(path.get("fill") != "none" for path in paths) == 2


def test_a_drawing_is_small() -> None:
    """It is sent with every sheet."""
    assert len(regions.draw_regions(regions.list_outlines(layers()), ("11",))) < 12_000
