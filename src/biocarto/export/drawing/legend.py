"""The explanations beside a printed map: classes, patterns and shapes in words, and the scale."""

from __future__ import annotations

import math
from collections.abc import Collection
from xml.etree import ElementTree as ET

from biocarto.export.drawing.letters import wrap_text
from biocarto.export.drawing.names import SIZE
from biocarto.i18n import Locale, format_number
from biocarto.maps.legend import Legend
from biocarto.model import SYMBOLS
from biocarto.render.svg import BORDER, GROUND, HATCH, INK, UNKNOWN, add, add_shape, add_text

_LINE = 14.0


class LegendColumn:
    """The right-hand column, filled from the top: entries of a mark and a text of several lines."""

    def __init__(self, parent: ET.Element, left: float, width: float) -> None:
        self.parent = parent
        self.left = left
        self.width = width
        self.y = _LINE

    def say(self, text: str, indent: float = 0, **more: str) -> None:
        """Wrapped text; nothing for an empty one."""
        bold = more.get("font_weight") == "bold"
        for part in wrap_text(text, self.width - indent, SIZE, bold=bold):
            add_text(self.parent, part, self.left + indent, self.y, **more)
            self.y += _LINE

    def box(self, fill: str, text: str, *, hatched: bool = False) -> None:
        """A class of the map; nothing for an empty text."""
        if not text:
            return
        for paint in (fill, HATCH)[: 1 + hatched]:
            add(self.parent, "rect", x=self.left, y=self.y - 10, width=20, height=12, fill=paint, stroke=BORDER, stroke_width=0.6)
        self.say(text, 27)
        self.y += 3

    def symbol(self, group: str, text: str) -> None:
        """A group of actors."""
        add_shape(self.parent, group, self.left + 10, self.y - 4, 5)
        self.say(text, 27)
        self.y += 3


def add_legend(
    parent: ET.Element, legend: Legend, *, left: float, width: float, colours: list[str], groups: Collection[str], t: Locale
) -> float:
    """Write the legend in the column that begins at `left`; `groups` are those with a symbol on the map. Returns where it ends."""
    column = LegendColumn(parent, left, width)
    column.say(legend.title, font_weight="bold")
    column.say(legend.unit)
    column.y += 5
    for fill, text in zip((GROUND, *colours), legend.classes, strict=True):
        column.box(fill, text)
    column.box(UNKNOWN, legend.no_data)
    column.box(GROUND, legend.hatch, hatched=True)
    column.say(legend.note, font_style="italic")
    column.y += 8
    for symbol in SYMBOLS:
        if symbol.key in groups:
            column.symbol(symbol.key, t(symbol.label))
    return column.y


def _nice(length: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `length`."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(step for step in (1, 2, 5) if step * power <= length) * power


def add_scale(parent: ET.Element, x: float, y: float, scale: float, lang: str) -> None:
    """A bar of a round length; `scale` is in units of the drawing per metre."""
    length = _nice(110 / scale)
    width = length * scale
    add(parent, "path", d=f"M{x:g} {y - 5:g}v5h{width:.1f}v-5", fill="none", stroke=INK, stroke_width=1.2)
    text = f"{format_number(length / 1000, lang, 1)}\u00a0km" if length >= 1000 else f"{format_number(length, lang)}\u00a0m"
    add_text(parent, text, x + width / 2, y - 5, text_anchor="middle", font_size=10.5)
