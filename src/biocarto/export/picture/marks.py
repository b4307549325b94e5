"""The marks of a picture's legend, each drawn as the drawing draws it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from biocarto.render.svg import BORDER, HATCH, INK, add, add_shape, add_text


@dataclass(frozen=True)
class Swatch:
    """The colour of an area."""

    fill: str
    hatched: bool = False

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """A box, and the hatching over it."""
        for paint in (self.fill, HATCH)[: 1 + self.hatched]:
            add(parent, "rect", x=x - 10, y=y - 6, width=20, height=12, fill=paint, stroke=BORDER, stroke_width=0.6)


@dataclass(frozen=True)
class Shape:
    """The symbol of a group of actors."""

    group: str

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """As for one actor."""
        add_shape(parent, self.group, x, y, 5)


@dataclass(frozen=True)
class Ring:
    """The symbol of several actors, without its parts."""

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """A circle and a number."""
        add(parent, "circle", cx=x, cy=y, r=8, fill="#fff", stroke=INK, stroke_width=0.7)
        add(parent, "circle", cx=x, cy=y, r=6.6, fill="none", stroke=BORDER, stroke_width=2.4)
        add_text(parent, "n", x, y + 2.6, text_anchor="middle", font_size=8, font_weight="bold")


@dataclass(frozen=True)
class Line:
    """A line with its dashes."""

    colour: str
    dashes: str = "none"
    width: float = 2.0

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """From left to right."""
        looks = {"fill": "none", "stroke": self.colour, "stroke_dasharray": self.dashes}
        add(parent, "path", d=f"M{x - 11:g} {y:g}h22", stroke_width=self.width, **looks)


@dataclass(frozen=True)
class Disc:
    """A point: filled, or a ring of its own colour."""

    fill: str
    radius: float = 5.0
    stroke: str = INK
    number: str = ""

    def draw(self, parent: ET.Element, x: float, y: float) -> None:
        """With its number, if it has one."""
        add(parent, "circle", cx=x, cy=y, r=self.radius, fill=self.fill, stroke=self.stroke, stroke_width=1.2)
        if self.number:
            add_text(parent, self.number, x, y + 3, text_anchor="middle", font_size=9, font_weight="bold")
