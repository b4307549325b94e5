"""Colours that everybody can tell apart, on both grounds, and lines around symbols that stand out from whatever lies beneath."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

import pytest

from biocarto.config import ROOT
from biocarto.maps import palette
from biocarto.maps.assets import FRONTEND
from biocarto.model import SYMBOLS
from biocarto.render import html
from tests.support import colour_table
from tests.support.colours import VISIONS, compute_difference, contrast, distance, find_least, see

SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, -0.001, 2.49), (50.0, 0.0009, -2.49), 4.8045),
    ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
]
"""Pairs that Sharma, Wu and Dalal publish with their difference, those among them where hues wrap around."""
CLEARLY_APART = 10
SHEET = html.MARKS


def list_fills(theme: str) -> list[str]:
    """The six kinds, in the order of the legend."""
    return list(palette.list_group_colours(theme).values())


@pytest.mark.parametrize(("one", "other", "expected"), SHARMA)
def test_the_difference_is_the_published_one(one: tuple[float, ...], other: tuple[float, ...], expected: float) -> None:
    """Our few lines give what the paper gives, in both directions."""
    assert compute_difference(one, other) == pytest.approx(expected, abs=1e-4)
    assert compute_difference(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_kinds_are_told_apart_by_colour_alone(theme: str, vision: str) -> None:
    """Every two of the six, for common vision and for each kind of colour blindness."""
    assert find_least(list_fills(theme), vision) >= CLEARLY_APART


@pytest.mark.parametrize("theme", palette.THEMES)
def test_every_kind_stands_out_from_the_line_around_it(theme: str) -> None:
    """Three to one, as WCAG asks of graphics: the inner line of the outline has the colour of the ground, as has the glyph in a part."""
    assert min(contrast(fill, palette.GROUND[theme]) for fill in list_fills(theme)) >= 3


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("classes", range(1, 6))
def test_an_outline_stands_out_from_every_class(theme: str, classes: int) -> None:
    """Of its two lines, ground and ink, one has three to one against whatever class a symbol stands on, and they have it among them."""
    lines = (palette.GROUND[theme], palette.INK[theme])
    assert contrast(*lines) >= 9
    under = [*palette.list_sequential(classes, theme), palette.GROUND[theme], *palette.STAGES[theme]]
    assert min(max(contrast(line, colour) for line in lines) for colour in under) >= 3


@pytest.mark.parametrize("theme", palette.THEMES)
def test_the_accent_stands_out_between_its_lines(theme: str) -> None:
    """The ring of the focus and of what is chosen lies between two lines of the ground, whatever is beneath."""
    assert contrast(palette.ACCENT[theme], palette.GROUND[theme]) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("classes", range(1, 6))
def test_names_are_read_on_every_class(theme: str, classes: int) -> None:
    """4.5 to one with the class, which is also the colour of their halo."""
    pairs = zip(palette.list_label_colours(classes, theme), palette.list_sequential(classes, theme), strict=True)
    assert min(contrast(text, under) for text, under in pairs) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_stages_are_told_apart_by_colour_alone(theme: str, vision: str) -> None:
    """Seven colours clearly apart for each kind of colour vision, with a number that is read on each."""
    assert len(palette.STAGES[theme]) == 7
    assert find_least(palette.STAGES[theme], vision) > 7
    assert min(contrast(palette.INK[theme], colour) for colour in palette.STAGES[theme]) >= 4.5


@pytest.mark.parametrize("theme", palette.THEMES)
def test_classes_go_one_way_in_even_steps(theme: str) -> None:
    """From the ground to the last class each step is a good part of lightness (CIE L*), and none is much larger than another."""
    lightness = [see(colour)[0] for colour in (palette.GROUND[theme], *palette.SEQUENTIAL[theme])]
    steps = [(after - before) * (1 if theme == "dark" else -1) for before, after in pairwise(lightness)]
    assert min(steps) >= 11.5
    assert max(steps) / min(steps) < 1.4


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_neighbouring_classes_are_told_apart(theme: str, vision: str) -> None:
    """By everybody, the first one from the ground too."""
    ramp = (palette.GROUND[theme], *palette.SEQUENTIAL[theme])
    assert min(distance(one, other, vision) for one, other in pairwise(ramp)) >= 8


@pytest.mark.parametrize("classes", range(6))
def test_a_choropleth_has_as_many_colours_as_classes(classes: int) -> None:
    """From none to five, in the order of the ramp, each with the colour of the names on it."""
    colours = palette.list_sequential(classes, "light")
    assert len(set(colours)) == classes == len(palette.list_label_colours(classes, "light"))
    assert colours == sorted(colours, key=palette.SEQUENTIAL["light"].index)


def test_the_style_sheets_have_the_same_colours() -> None:
    """The contrast tested here is the contrast on screen, on the maps, beside them and in the charts."""
    light, dark = (FRONTEND / "biocarto.css").read_text(encoding="utf-8").split('[data-theme="dark"]', 1)
    for theme, sheet in (("light", light), ("dark", dark)):
        assert f"--bc-land: {palette.GROUND[theme].lower()}" in sheet
        assert f"--bc-ink: {palette.INK[theme].lower()}" in sheet
        assert f"--bc-accent: var(--primary-color, {palette.ACCENT[theme].lower()})" in sheet
    beside = dict(re.findall(r"--bc-([a-z_]+): (light-dark\([^)]*\))", SHEET.read_text(encoding="utf-8")))
    for key, one, other in zip((s.key for s in SYMBOLS), list_fills("light"), list_fills("dark"), strict=True):
        assert beside[key] == f"light-dark({one}, {other})".lower()


def test_the_decision_names_the_same_colours() -> None:
    """Its table is what others take the colours from."""
    text = (ROOT / "docs" / "adr" / "0048-colours-by-figures.md").read_text(encoding="utf-8")
    rows = zip(SYMBOLS, list_fills("light"), list_fills("dark"), strict=True)
    assert [s.key for s, one, other in rows if f"| {s.key} | {s.shape} | {one} | {other} |" not in text] == []


def test_streamlit_has_the_same_colours() -> None:
    """The theme of the pages: its charts have the colours of the kinds, its accent is that of the maps."""
    themes = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for theme in palette.THEMES:
        assert themes[theme]["chartCategoricalColors"] == list_fills(theme)
        assert (themes[theme]["primaryColor"], themes[theme]["textColor"]) == (palette.ACCENT[theme], palette.INK[theme])


def test_the_table_of_figures_is_complete() -> None:
    """What `python -m tests.support.colour_table` prints: no figure under what is asked of it."""
    assert [line for line in colour_table.list_lines() if line.value < line.least] == []
