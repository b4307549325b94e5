"""Foundings by category as drawings: one curve of sums, and small multiples of counts on one scale.

Each is an image that is right in light and dark and on paper, with what it says in words. The numbers are in the table beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pandas as pd
from markupsafe import Markup

from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.render.locator import encode_svg
from biocarto.render.svg import add, add_shape, add_text

WIDTH, HEIGHT = 720.0, 300.0
"""Units of the curve; one is a pixel on screen."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 200.0, 10.0, 24.0
_LINE = 15.0
"""Between two names that stand at the ends of their lines."""

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 236.0, 132.0, 3
_BARS = 84.0
"""Height of the highest bar of all panels."""

_MARK = 4.4
"""Radius of the shape at a name."""
_DASHES: dict[str, dict[str, str]] = {
    "biotherapies": {},
    "bioproduction": {"stroke_dasharray": "8 2.5"},
    "techproviders": {"stroke_dasharray": "12 3 2 3"},
    "research_centre": {"stroke_dasharray": "2 2"},
    "incubator": {"stroke_dasharray": "5 2"},
    "integrator": {"stroke_dasharray": "10 2 2 2 2 2"},
}
"""How the lines are told apart on black and white paper."""

Colours = Mapping[str, Mapping[str, str]]
"""Theme (`light`, `dark`) -> group -> colour."""
INKS = {"light": ("#17242E", "#4C5B67", "#D9E0E6"), "dark": ("#E6EDF2", "#AAB8C4", "#34424E")}
"""Of texts, of what is beside, and of lines: those of style.css."""


@dataclass(frozen=True)
class ChartGroup:
    """A category as it is written, in the order of the legend."""

    key: str
    label: str


_SHORT = {
    "biotherapies": N_("Biothérapies"),
    "bioproduction": N_("Bioproduction"),
    "techproviders": N_("Technologies et services"),
    "research_centre": N_("Centres de recherche"),
    "incubator": N_("Incubateurs"),
    "integrator": N_("Intégrateurs industriels"),
}
"""What there is room for in a drawing; the tables have the whole names."""


def name_groups(t: Locale) -> list[ChartGroup]:
    """The categories in the order of the legend."""
    return [ChartGroup(key, t(label)) for key, label in _SHORT.items()]


def _write_style(colours: Colours) -> str:
    """The rules of the themes: an image takes the one of the page that it stands in."""
    rules = {theme: _write_rules(of, *INKS[theme]) for theme, of in colours.items()}
    dark = f"@media (prefers-color-scheme:dark){{{rules['dark']}}}" if "dark" in rules else ""
    return f"text{{font-family:system-ui,sans-serif}}{rules['light']}{dark}"


def _write_rules(colours: Mapping[str, str], ink: str, quiet: str, line: str) -> str:
    groups = "".join(f".{key}{{fill:{colour}}}.line.{key}{{fill:none;stroke:{colour}}}" for key, colour in colours.items())
    return f".ink{{fill:{ink}}}.quiet{{fill:{quiet}}}.grid{{stroke:{line}}}{groups}"


def _open_drawing(width: float, height: float, colours: Colours) -> ET.Element:
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}"})
    add(root, "style").text = _write_style(colours)
    return root


def _add_name(root: ET.Element, group: ChartGroup, text: str, x: float, y: float) -> None:
    """The shape of a category and its name."""
    add_shape(add(root, "g", class_=group.key), group.key, x, y - 4, _MARK, fill="inherit")
    add_text(root, text, x + 10, y, class_="ink", fill="inherit", font_size=12)


def _list_steps(most: int) -> list[int]:
    """Round numbers from 0 up to `most`, four at most."""
    step = next((unit * power for power in (1, 10, 100, 1000, 10_000) for unit in (1, 2, 5) if most <= 4 * unit * power), 100_000)
    return list(range(0, most + 1, step))


def _spread(heights: Mapping[str, float]) -> dict[str, float]:
    """Where names stand that must not cover each other: near the ends of their lines, in their order, the lowest at the bottom."""
    found: dict[str, float] = {}
    below, above = HEIGHT - _BOTTOM + _LINE, _TOP - _LINE
    order = sorted(heights, key=heights.__getitem__, reverse=True)
    for key in order:
        below = found[key] = min(heights[key] + 4, below - _LINE)
    for key in reversed(order):
        above = found[key] = max(found[key], above + _LINE)
    return found


def draw_curve(sums: pd.DataFrame, groups: Iterable[ChartGroup], colours: Colours, t: Locale) -> str:
    """The SVG of how many had been founded by the end of each year (index), by group (columns)."""
    root, shown = _open_drawing(WIDTH, HEIGHT, colours), [group for group in groups if sums[group.key].any()]
    first, last = int(sums.index[0]), int(sums.index[-1])
    most = max(int(sums.to_numpy().max(initial=0)), 1)
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def place(year: float, value: float) -> tuple[float, float]:
        return _LEFT + wide * (year - first) / max(last - first, 1), _TOP + high * (1 - value / most)

    for step in _list_steps(most):
        _, y = place(first, step)
        add(root, "line", x1=_LEFT, x2=_LEFT + wide, y1=y, y2=y, class_="grid")
        add_text(root, t.number(step), _LEFT - 6, y + 4, class_="quiet", fill="inherit", text_anchor="end")
    for year in range(-(-first // 10) * 10, last + 1, 10):
        add_text(root, str(year), place(year, 0)[0], HEIGHT - 6, class_="quiet", fill="inherit", text_anchor="middle")
    ends = _spread({group.key: place(last, int(sums[group.key].iloc[-1]))[1] for group in shown})
    for group in shown:
        values = [int(value) for value in sums[group.key]]
        points = [place(year, value) for year, value in zip(sums.index, values, strict=True)]
        add(root, "path", d=_write_stairs(points), class_=f"line {group.key}", stroke_width=2, **_DASHES[group.key])
        (x, y), level = points[-1], ends[group.key]
        add(root, "path", d=f"M{x:.1f} {y:.1f}L{x + 12:.1f} {level - 4:.1f}", class_=f"line {group.key}", stroke_width=1)
        _add_name(root, group, f"{t.number(values[-1])} {group.label}", x + 14, level)
    return ET.tostring(root, encoding="unicode")


def _write_stairs(points: list[tuple[float, float]]) -> str:
    """A line that stays where it is until the next year has come."""
    (x, y), *others = points
    return f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in others)


def draw_multiples(counts: pd.DataFrame, groups: Iterable[ChartGroup], colours: Colours, t: Locale) -> str:
    """The SVG of how many were founded in each period (index: its first year), a panel per group (columns), all on one scale."""
    every, most = list(groups), max(int(counts.to_numpy().max(initial=0)), 1)
    root = _open_drawing(PANEL_WIDTH * COLUMNS, PANEL_HEIGHT * -(-len(every) // COLUMNS), colours)
    for number, group in enumerate(every):
        x, y = PANEL_WIDTH * (number % COLUMNS), PANEL_HEIGHT * (number // COLUMNS)
        panel = add(root, "g", transform=f"translate({x:g} {y:g})")
        _add_name(panel, group, group.label, 10, 16)
        _add_bars(panel, group, counts[group.key], most, t)
    return ET.tostring(root, encoding="unicode")


def _add_bars(panel: ET.Element, group: ChartGroup, counts: pd.Series, most: int, t: Locale) -> None:
    """One bar per period with its number, the years of the first and the last below."""
    base, wide = PANEL_HEIGHT - 18, (PANEL_WIDTH - 24) / len(counts)
    add(panel, "line", x1=4, x2=PANEL_WIDTH - 20, y1=base, y2=base, class_="grid")
    for place, count in enumerate(map(int, counts)):
        high, x = _BARS * 0.8 * count / most, 4 + wide * place
        if count:
            add(panel, "rect", x=x + 1, y=base - high, width=wide - 2, height=high, class_=group.key)
            add_text(
                panel, t.number(count), x + wide / 2, base - high - 3, class_="quiet", fill="inherit", text_anchor="middle", font_size=10
            )
        if place % 3 == 0:
            add_text(panel, str(counts.index[place]), x, PANEL_HEIGHT - 5, class_="quiet", fill="inherit", font_size=10)


def render_drawing(title: str, said: str, svg: str) -> Markup:
    """A drawing under its title; `said` is what it shows, in words, for who does not see it."""
    box = Markup('<div class="bc-scroll" tabindex="0" role="region" aria-label="{}"><img alt="{}" src="{}"></div>')
    figure = Markup('<figure class="bc-chart" role="figure" aria-label="{0}"><figcaption>{0}</figcaption>{1}</figure>')
    return figure.format(title, box.format(title, said, encode_svg(svg)))


def describe_sums(sums: pd.DataFrame, groups: Iterable[ChartGroup], t: Locale) -> str:
    """The curve in words: where each line begins and ends."""
    parts = [f"{group.label}{t.colon}{_write_span(sums[group.key], t)}" for group in groups if sums[group.key].any()]
    years = {"first": sums.index[0], "last": sums.index[-1]}
    return f"{t('Créations cumulées de {first} à {last}').format(**years)}{t.colon}{', '.join(parts) or t('aucune')}."


def _write_span(values: pd.Series, t: Locale) -> str:
    return t("de {first} à {last}").format(first=t.number(int(values.iloc[0])), last=t.number(int(values.iloc[-1])))


def describe_counts(counts: pd.DataFrame, groups: Iterable[ChartGroup], t: Locale) -> str:
    """The multiples in words: the fullest period of each panel."""
    parts = [f"{group.label}{t.colon}{_write_most(counts[group.key], t)}" for group in groups]
    return f"{t('Créations par période, période la plus fournie')}{t.colon}{', '.join(parts)}."


def _write_most(values: pd.Series, t: Locale) -> str:
    best = int(values.max())
    return t("{n} à partir de {year}").format(n=t.number(best), year=values.idxmax()) if best else t("aucune")
