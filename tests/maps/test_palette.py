"""Colours that everybody can tell apart, on both grounds."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from biocarto.maps import palette
from biocarto.maps.assets import FRONTEND
from biocarto.model import SYMBOLS
from tests.support.colours import contrast, linear

VISIONS = {
    "common": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
}
"""Simulations of Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
CLEARLY_APART = 10
SHAPES = {symbol.key: symbol.shape for symbol in SYMBOLS}


def seen(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* of a colour as somebody with this vision sees it."""
    xyz = TO_XYZ @ np.clip(VISIONS[vision] @ linear(colour), 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, vision: str) -> float:
    """Difference of two colours (CIE 1976) for somebody with this vision; 2.3 is just noticeable."""
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))


@pytest.mark.parametrize("theme", palette.THEMES)
def test_every_group_stands_out_from_the_ground(theme: str) -> None:
    """Three to one, as WCAG asks of graphics."""
    low = {key: contrast(colour, palette.GROUND[theme]) for key, colour in palette.list_group_colours(theme).items()}
    assert {key: ratio for key, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_groups_are_told_apart_by_colour_or_by_shape(theme: str, vision: str) -> None:
    """Where a kind of colour vision brings two groups together, their shapes differ; no two look alike to common vision."""
    colours = palette.list_group_colours(theme)
    close = [(a, b) for a, b in combinations(colours, 2) if distance(colours[a], colours[b], vision) < CLEARLY_APART]
    assert [pair for pair in close if SHAPES[pair[0]] == SHAPES[pair[1]]] == []
    assert close == [] or vision != "common"


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_stages_are_told_apart_by_colour_alone(theme: str, vision: str) -> None:
    """Seven colours clearly apart for each kind of colour vision."""
    assert len(palette.STAGES[theme]) == 7
    assert min(distance(a, b, vision) for a, b in combinations(palette.STAGES[theme], 2)) > CLEARLY_APART


@pytest.mark.parametrize("theme", palette.THEMES)
def test_classes_go_one_way_in_lightness(theme: str) -> None:
    """Each class is clearly stronger than the one before, and the first is not the ground."""
    steps = [contrast(colour, palette.GROUND[theme]) for colour in palette.SEQUENTIAL[theme]]
    assert all(after / before > 1.15 for before, after in pairwise([1.0, *steps]))


@pytest.mark.parametrize("classes", range(6))
def test_a_choropleth_has_as_many_colours_as_classes(classes: int) -> None:
    """From none to five, in the order of the ramp."""
    colours = palette.list_sequential(classes, "light")
    assert len(set(colours)) == classes
    assert colours == sorted(colours, key=palette.SEQUENTIAL["light"].index)


def test_the_style_sheet_has_the_same_ground() -> None:
    """The contrast tested here is the contrast on screen."""
    sheet = (FRONTEND / "biocarto.css").read_text(encoding="utf-8")
    light, dark = sheet.split('[data-theme="dark"]', 1)
    assert f"--bc-land: {palette.GROUND['light'].lower()}" in light
    assert f"--bc-land: {palette.GROUND['dark'].lower()}" in dark
