"""Where a drawn map writes its names: in their own territory, clear of symbols and of each other; else beside it, with a leader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import numpy as np
import shapely
from numpy.typing import NDArray

from biocarto.export.drawing.letters import measure_text
from biocarto.render.printable import make_printable
from biocarto.render.svg import INK, add, add_label

Circles = NDArray[np.float64]
"""Rows of x, y, radius: what names keep clear of."""

SIZE, _LINE = 11.5, 14.0
"""Size of the letters and height of a line, in units of the drawing."""
_RISE = 4.0
"""From the middle of a line of letters down to its base line."""
_CLEAR = 1.5
"""Units between a symbol and a name."""
_STEPS = 18
_BEYOND = 44.0
"""How many places are tried across and down a territory, and how many units beyond it."""
_BESIDE = 8.0
"""How many units beyond a point its name may begin."""
_INSIDE = 0.6
"""Share of a name in its territory from which it needs no leader."""
_FOREIGN, _FAR = 24.0, 0.12
"""What lying outside, and each unit of distance from the middle of the territory, counts."""


@dataclass(frozen=True)
class Wish:
    """A name and its territory in the drawing; a quiet one is not written where the territory has no room for it.

    One of a point stands beside it, without a leader, or nowhere.
    """

    text: str
    shape: shapely.Geometry
    quiet: bool = False
    is_point: bool = False


@dataclass(frozen=True)
class WrittenName:
    """A name, the middle of its line, and where its leader ends."""

    text: str
    x: float
    y: float
    target: tuple[float, float] | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        half = measure_width(self.text) / 2
        return self.x - half, self.y - _LINE / 2, self.x + half, self.y + _LINE / 2


def measure_width(text: str) -> float:
    """How wide a name is with the space around it, in units."""
    return measure_text(make_printable(text), SIZE) + 4


def place_names(wishes: Iterable[Wish], circles: Circles, width: float, height: float) -> list[WrittenName]:
    """The names that find a place in a drawing of this size, in their order: none covers a symbol or a name before it."""
    written: list[WrittenName] = []
    for wish in wishes:
        name = _place(wish, circles, written, (width, height))
        if name:
            written.append(name)
    return written


def add_names(parent: ET.Element, names: Sequence[WrittenName]) -> None:
    """All leaders, then all names."""
    for name in names:
        if name.target:
            end = _leave_box(name)
            line = "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*end, *name.target)
            for stroke, line_width in (("#fff", 3.0), (INK, 0.8)):
                add(parent, "path", class_="leader", d=line, fill="none", stroke=stroke, stroke_width=line_width, stroke_linecap="round")
            add(parent, "circle", cx=name.target[0], cy=name.target[1], r=1.8, fill=INK, stroke="#fff", stroke_width=0.8)
    for name in names:
        add_label(parent, name.text, name.x, name.y + _RISE)


def _place(wish: Wish, circles: Circles, written: Sequence[WrittenName], size: tuple[float, float]) -> WrittenName | None:
    """The best of the places around a territory."""
    shape = shapely.intersection(wish.shape, shapely.box(0, 0, *size))
    if shape.is_empty:
        return None
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=2.0))[0]
    half = np.array([measure_width(wish.text) / 2, _LINE / 2])
    points = _spread(shape, middle, 0 if wish.quiet else _BESIDE + half[0] if wish.is_point else _BEYOND)
    boxes = np.hstack([points - half, points + half])
    free = _is_in_frame(boxes, size) & ~_touches(boxes, circles) & ~_meets(boxes, written)
    points, boxes = points[free], boxes[free]
    shares = shapely.area(shapely.intersection(shapely.box(*boxes.T), shape)) / (4 * half.prod())
    if wish.quiet:
        points, shares = points[shares > 0.95], shares[shares > 0.95]
    if wish.is_point:
        near = shapely.distance(shapely.box(*boxes.T), shape) < 1
        points, shares = points[near], shares[near]
    if not len(points):
        return None
    costs = _FOREIGN * (1 - shares) + _FAR * np.hypot(*(points - middle).T)
    best = int(np.argmin(costs))
    x, y = points[best]
    target = None if wish.is_point or shares[best] >= _INSIDE else _find_target(shape, circles, points[best])
    return WrittenName(wish.text, float(x), float(y), target)


def _spread(shape: shapely.Geometry, middle: NDArray[np.float64], beyond: float) -> NDArray[np.float64]:
    """Points all over a territory and beyond it, its middle first."""
    west, north, east, south = shapely.bounds(shape)
    across = np.linspace(west - beyond, east + beyond, _STEPS)
    down = np.linspace(north - beyond / 2, south + beyond / 2, _STEPS)
    return np.vstack([middle, np.array(np.meshgrid(across, down)).reshape(2, -1).T])


def _is_in_frame(boxes: NDArray[np.float64], size: tuple[float, float]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = np.logical_and((boxes[:, :2] >= 1).all(axis=1), (boxes[:, 2:] <= np.array(size) - 1).all(axis=1))
    return inside


def _touches(boxes: NDArray[np.float64], circles: Circles) -> NDArray[np.bool_]:
    """Which boxes come too near to one of the circles."""
    middles = circles[None, :, :2]
    nearest = np.clip(middles, boxes[:, None, :2], boxes[:, None, 2:])
    touched: NDArray[np.bool_] = (np.linalg.norm(nearest - middles, axis=2) < circles[None, :, 2] + _CLEAR).any(axis=1)
    return touched


def _meets(boxes: NDArray[np.float64], written: Sequence[WrittenName]) -> NDArray[np.bool_]:
    """Which boxes would lie on a name or on a leader that is there."""
    found: NDArray[np.bool_] = np.zeros(len(boxes), dtype=bool)
    rectangles = shapely.box(*boxes.T)
    for name in written:
        found = np.logical_or(found, shapely.intersects(rectangles, shapely.box(*name.box)))
        if name.target:
            found = np.logical_or(found, shapely.intersects(rectangles, shapely.linestrings([_leave_box(name), name.target])))
    return found


def _find_target(shape: shapely.Geometry, circles: Circles, start: NDArray[np.float64]) -> tuple[float, float]:
    """The point of a territory that a leader from `start` ends at: near its border, in sight if any of it is."""
    symbols = shapely.union_all(shapely.buffer(shapely.points(circles[:, :2]), circles[:, 2] + 2)) if len(circles) else shapely.Point()
    seen = shapely.difference(shape, symbols)
    inner = shapely.buffer(shape if seen.is_empty else seen, -2.5)
    goal = seen if inner.is_empty else inner
    x, y = shapely.get_coordinates(shapely.shortest_line(shapely.Point(start), shape if goal.is_empty else goal))[1]
    return float(x), float(y)


def _leave_box(name: WrittenName) -> tuple[float, float]:
    """Where a leader leaves the box of its name: the point nearest to its target."""
    left, top, right, bottom = name.box
    x, y = name.target or (name.x, name.y)
    return float(np.clip(x, left, right)), float(np.clip(y, top + 2, bottom - 2))
