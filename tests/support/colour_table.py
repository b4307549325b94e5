"""Every figure of the colours in one table: `python -m tests.support.colour_table`, in Markdown; what is asked of each stands beside it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from biocarto.config import ROOT
from biocarto.maps import palette
from biocarto.maps.assets import FRONTEND
from biocarto.render import html
from tests.support.colours import VISIONS, contrast, distance, find_least, see

APART, GRAPHIC, TEXT = 10, 3, 4.5
"""CIE 2000 between kinds; contrasts that WCAG asks of what is drawn and of what is read."""
_VARIABLE = re.compile(r"--bc-([a-z_-]+): (?:var\(--primary-color, )?(#[0-9a-f]{6})")
_PAIR = re.compile(r"--bc-([a-z_-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")


@dataclass(frozen=True)
class Line:
    """One figure: a contrast or a difference, and the least that it may be."""

    theme: str
    what: str
    value: float
    least: float


def read_sheet(theme: str) -> dict[str, str]:
    """The variables of biocarto.css."""
    light, dark = (FRONTEND / "biocarto.css").read_text(encoding="utf-8").split('[data-theme="dark"]', 1)
    return {name: colour.upper() for name, colour in _VARIABLE.findall(light if theme == "light" else dark[: dark.index("}")])}


def read_page(theme: str) -> dict[str, str]:
    """The variables of what `render/` makes, which the pages and the static edition have."""
    found = _PAIR.findall("".join(path.read_text(encoding="utf-8") for path in html.STYLES))
    return {name: (one if theme == "light" else other).upper() for name, one, other in found}


def read_theme(theme: str) -> dict[str, str]:
    """Colours of the pages, as Streamlit has them."""
    return dict(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][theme])


def _list_kinds(theme: str) -> Iterator[Line]:
    fills, ground, page = palette.list_group_colours(theme), palette.GROUND[theme], read_theme(theme)["backgroundColor"]
    for vision in VISIONS:
        yield Line(theme, f"kinds, least CIE 2000, {vision}", find_least(list(fills.values()), vision), APART)
    for key, fill in fills.items():
        yield Line(theme, f"{key} {fill} on its inner line", contrast(fill, ground), GRAPHIC)
        yield Line(theme, f"{key} {fill} on the page", contrast(fill, page), GRAPHIC)


def _list_classes(theme: str) -> Iterator[Line]:
    ground, ink, steps = palette.GROUND[theme], palette.INK[theme], palette.SEQUENTIAL[theme]
    labels = palette.list_label_colours(len(steps), theme)
    for number, (before, after) in enumerate(pairwise((ground, *steps)), 1):
        yield Line(theme, f"class {number} {after} and the one before, contrast", contrast(before, after), 1.3)
        yield Line(theme, f"class {number}, step of lightness (L*)", abs(float(see(before)[0] - see(after)[0])), 11.5)
        yield Line(theme, f"class {number}, least CIE 2000 to the one before", min(distance(before, after, v) for v in VISIONS), 8)
        yield Line(
            theme, f"class {number}, outline of a symbol (ground or ink)", max(contrast(ground, after), contrast(ink, after)), GRAPHIC
        )
        yield Line(theme, f"class {number}, names {labels[number - 1]}", contrast(labels[number - 1], after), TEXT)


def _list_lines(theme: str) -> Iterator[Line]:
    sheet, ground, ink = read_sheet(theme), palette.GROUND[theme], palette.INK[theme]
    yield Line(theme, "the two lines of an outline", contrast(ground, ink), 9)
    for name, least in (("ink", TEXT), ("quiet", TEXT), ("strong", GRAPHIC), ("hatch", GRAPHIC), ("accent", TEXT)):
        yield Line(theme, f"maps: {name} on the land", contrast(sheet[name], ground), least)
        yield Line(theme, f"maps: {name} on what is around", contrast(sheet[name], sheet["paper"]), least)
    yield Line(theme, "maps: dots of no data on its ground", contrast(sheet["hatch"], sheet["nodata"]), GRAPHIC)
    for number, colour in enumerate(palette.STAGES[theme], 1):
        yield Line(theme, f"stage {number} {colour}: names on it", contrast(ink, colour), TEXT)
    for vision in VISIONS:
        yield Line(theme, f"stages, least CIE 2000, {vision}", find_least(palette.STAGES[theme], vision), 7)
    for number, colour in enumerate(palette.NETWORKS[theme], 1):
        yield Line(theme, f"line of network {number} {colour} on the land", contrast(colour, ground), GRAPHIC)


def _list_pages(theme: str) -> Iterator[Line]:
    of, page = read_theme(theme), read_page(theme)
    grounds = {"page": of["backgroundColor"], "boxes": of["secondaryBackgroundColor"], "soft": page["soft"]}
    for name, ground in grounds.items():
        for key in (
            "textColor",
            "linkColor",
            "redColor",
            "orangeColor",
            "greenColor",
            "blueColor",
            "violetColor",
            "grayColor",
            "yellowColor",
        ):
            yield Line(theme, f"{key} on the {name}", contrast(of[key], ground), TEXT)
        yield Line(theme, f"focus on the {name}", contrast(page["focus"], ground), GRAPHIC)
        yield Line(theme, f"accent on the {name}", contrast(page["accent"], ground), TEXT)
        yield Line(theme, f"quiet text on the {name}", contrast(page["quiet"], ground), TEXT)
        yield Line(theme, f"edge of a field on the {name}", contrast(page["edge"], ground), GRAPHIC)
        yield Line(theme, f"several kinds on the {name}", contrast(page["several"], ground), GRAPHIC)
    yield Line(theme, "text on a main button", contrast(of["primaryColor"], of["backgroundColor"]), TEXT)


def list_lines() -> list[Line]:
    """All figures, light before dark."""
    parts = (_list_kinds, _list_classes, _list_lines, _list_pages)
    return [line for theme in palette.THEMES for part in parts for line in part(theme)]


def write_table() -> str:
    """The figures as a Markdown table; one that is too low says so."""
    lines = [
        f"| {line.theme} | {line.what} | {line.value:.2f} | {line.least:g} |{'' if line.value >= line.least else ' **under**'}"
        for line in list_lines()
    ]
    return "\n".join(["| theme | what | figure | at least |", "|---|---|---|---|", *lines]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_table())
