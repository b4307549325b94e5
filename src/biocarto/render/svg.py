"""What a printed map is made of: patterns, texts with a white edge, and symbols of actors: a shape, or a ring divided by group."""

from __future__ import annotations

import math
from collections import Counter
from xml.etree import ElementTree as ET

from biocarto.model import SYMBOLS
from biocarto.render.printable import make_printable

INK, BORDER, GROUND, AROUND, WATER = "#17242E", "#6B7C89", "#FFFFFF", "#F3F5F7", "#7FB0CC"
HATCH, UNKNOWN = "url(#hatch)", "url(#unknown)"
FONT = "Libertinus Serif, serif"

_STYLES = {symbol.key: symbol for symbol in SYMBOLS}
_LEAST = 5.0
_GLYPH = 5.2
"""Width of a ring from which its parts carry the shape of their group."""
_RIMMED = 4.0
"""Radius from which a shape has the outer line of its outline: many small ones together would be black."""


def add(parent: ET.Element, tag: str, **attributes: str | float) -> ET.Element:
    """An element with its attributes: an underscore stands for a hyphen, a last one is dropped, numbers are exact to a hundredth."""
    names = [name.rstrip("_").replace("_", "-") for name in attributes]
    values = [value if isinstance(value, str) else f"{round(value, 2):g}" for value in attributes.values()]
    return ET.SubElement(parent, tag, dict(zip(names, values, strict=True)))


def add_patterns(parent: ET.Element) -> None:
    """Lines for what is fragile, dots for what is unknown: both survive a black and white printer."""
    defs = add(parent, "defs")
    lines = add(defs, "pattern", id="hatch", width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
    add(lines, "rect", width=0.8, height=5, fill=INK)
    dots = add(defs, "pattern", id="unknown", width=6, height=6, patternUnits="userSpaceOnUse")
    add(dots, "rect", width=6, height=6, fill=AROUND)
    add(dots, "circle", cx=3, cy=3, r=0.8, fill=BORDER)


def add_text(parent: ET.Element, text: str, x: float, y: float, **more: str | float) -> None:
    """Text on its base line; `more` are attributes, as `add` takes them."""
    looks: dict[str, str | float] = {"x": x, "y": y, "font_size": 11.5, "fill": INK}
    add(parent, "text", **(looks | more)).text = make_printable(text)


def add_label(parent: ET.Element, text: str, x: float, y: float) -> None:
    """A name with a white edge, so that borders do not cross it out."""
    add_text(parent, text, x, y, text_anchor="middle", paint_order="stroke", stroke="#fff", stroke_width=3, stroke_linejoin="round")


def _corners(count: int, radius: float, turn: float = -90) -> list[tuple[float, float]]:
    angles = [math.radians(turn + 360 * step / count) for step in range(count)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _star() -> list[tuple[float, float]]:
    return [point for pair in zip(_corners(5, 1.54), _corners(5, 0.69, -54), strict=True) for point in pair]


# Each with the area of a circle of radius 1, as on the maps of the screen.
_SHAPES = {
    "square": _corners(4, 1.2533, -45),
    "triangle": _corners(3, 1.555),
    "diamond": _corners(4, 1.2533),
    "pentagon": _corners(5, 1.15),
    "star": _star(),
}


def add_shape(parent: ET.Element, group: str, x: float, y: float, radius: float, *, fill: str = "") -> None:
    """The shape of a group, with the area of a circle: in its colour and an outline of white and ink, or in one `fill` without outline."""
    style = _STYLES[group]
    if fill:
        _add_outline(parent, style.shape, x, y, radius, fill=fill)
        return
    if radius >= _RIMMED:
        _add_outline(parent, style.shape, x, y, radius, fill=INK, stroke=INK, stroke_width=2.8, stroke_linejoin="round")
    _add_outline(parent, style.shape, x, y, radius, fill=style.colour, stroke="#fff", stroke_width=1.4, stroke_linejoin="round")


def _add_outline(parent: ET.Element, shape: str, x: float, y: float, radius: float, **looks: str | float) -> None:
    if shape == "circle":
        add(parent, "circle", cx=x, cy=y, r=radius, **looks)
    else:
        points = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in _SHAPES[shape])
        add(parent, "polygon", points=points, **looks)


def trace_shape(group: str, x: float, y: float, radius: float) -> str:
    """The same shape as path data, for who draws it otherwise."""
    shape = _STYLES[group].shape
    if shape == "circle":
        return f"M{x - radius:.1f} {y:.1f}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0Z"
    return "M" + "L".join(f"{x + dx * radius:.1f} {y + dy * radius:.1f}" for dx, dy in _SHAPES[shape]) + "Z"


def compute_radius(total: int) -> float:
    """Radius of the symbol of a place: its area grows with the number of its actors."""
    return max(_LEAST if total == 1 else 2 * _LEAST, 2.6 * math.sqrt(total))


def _on(x: float, y: float, radius: float, turn: float) -> tuple[float, float]:
    """A point of a circle, `turn` (0 to 1) clockwise from noon."""
    return x + radius * math.sin(2 * math.pi * turn), y - radius * math.cos(2 * math.pi * turn)


def _arc(x: float, y: float, radius: float, start: float, share: float) -> str:
    """A part of a circle; a whole one stops just before it closes, or it would be nothing."""
    (x0, y0), (x1, y1) = _on(x, y, radius, start), _on(x, y, radius, start + min(share, 0.999))
    return f"M{x0:.2f} {y0:.2f}A{radius:.2f} {radius:.2f} 0 {int(share > 0.5)} 1 {x1:.2f} {y1:.2f}"


def _add_ring(parent: ET.Element, counts: Counter[str], x: float, y: float, *, radius: float, width: float) -> None:
    """The parts of a ring, in the order of the legend, each with the shape of its group where there is room."""
    start, middle = 0.0, radius - width / 2
    for key in (key for key in _STYLES if counts[key]):
        share = counts[key] / counts.total()
        add(parent, "path", d=_arc(x, y, middle, start, share), fill="none", stroke=_STYLES[key].colour, stroke_width=width)
        if width > _GLYPH and share * 2 * math.pi * middle > width * 0.9:
            add_shape(parent, key, *_on(x, y, middle, start + share / 2), width * 0.28, fill="#fff")
        start += share


def add_place(parent: ET.Element, counts: Counter[str], x: float, y: float) -> None:
    """One symbol for all actors of a place; `counts`: actors by group."""
    total = counts.total()
    if total == 1:
        add_shape(parent, counts.most_common(1)[0][0], x, y, _LEAST)
        return
    radius = compute_radius(total)
    width = radius * 0.34
    add(parent, "circle", cx=x, cy=y, r=radius + 1, fill="#fff", stroke=INK, stroke_width=0.7)
    _add_ring(parent, counts, x, y, radius=radius, width=width)
    size = min(20.0, (radius - width) * (1.4 if total < 100 else 1.0))
    add_text(parent, str(total), x, y + size * 0.33, text_anchor="middle", font_size=size, font_weight="bold")
