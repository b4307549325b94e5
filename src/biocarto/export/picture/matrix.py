"""A matrix as a drawing: rows by columns, each number in a disc whose area says it too, a dash where there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from biocarto.export.drawing.letters import measure_text, wrap_text
from biocarto.i18n import Locale
from biocarto.render.svg import INK, add, add_text

_FILL, _QUIET, _RULE = "#C8D9E5", "#4A5A66", "#C3CED6"
_TALLEST = 40.0
_HEAD = 34.0


@dataclass(frozen=True)
class MatrixRow:
    """A name and its numbers, in the order of the columns."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class _Grid:
    """How wide the names and a column are, how high a row is, and the largest number."""

    names: float
    across: float
    width: float
    step: float
    most: int

    def find_middle(self, column: int) -> float:
        """Where the numbers of a column stand."""
        return self.names + self.across * (column + 0.5)


@dataclass(frozen=True)
class MatrixDrawing:
    """Rows under their columns; `first` is what the rows are, `note` what a dash means."""

    first: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    note: str

    def draw(self, parent: ET.Element, width: float, height: float, t: Locale) -> float:
        """The whole matrix, its rows as high as there is room; it has no scale."""
        notes = wrap_text(f"–{t.colon}{self.note[:1].lower()}{self.note[1:]}", width, 10.5, most=3)
        grid = self._measure(width, height - 14 * len(notes) - 10)
        self._draw_head(parent, grid)
        for number, row in enumerate(self.rows):
            _draw_row(parent, row, _HEAD + grid.step * number, grid, t)
        bottom = _HEAD + grid.step * len(self.rows)
        add(parent, "path", d=f"M0 {bottom:.1f}h{width:.1f}", stroke=_RULE, stroke_width=0.6)
        for number, line in enumerate(notes):
            add_text(parent, line, 0, bottom + 16 + 14 * number, font_size=10.5, fill=_QUIET)
        return 0.0

    def _measure(self, width: float, height: float) -> _Grid:
        names = min(width * 0.34, max([measure_text(row.name, 12.5) for row in self.rows] + [80.0]) + 16)
        step = min(_TALLEST, (height - _HEAD - 4) / max(len(self.rows), 1))
        most = max([value for row in self.rows for value in row.values] + [1])
        return _Grid(names, (width - names) / len(self.columns), width, step, most)

    def _draw_head(self, parent: ET.Element, grid: _Grid) -> None:
        add_text(parent, self.first, 0, _HEAD - 8, font_weight="bold")
        for number, column in enumerate(self.columns):
            lines = wrap_text(column, grid.across - 8, 11.5, bold=True, most=2)
            for line, text in enumerate(lines):
                y = _HEAD - 8 - 13 * (len(lines) - 1 - line)
                add_text(parent, text, grid.find_middle(number), y, font_weight="bold", text_anchor="middle")


def _draw_row(parent: ET.Element, row: MatrixRow, top: float, grid: _Grid, t: Locale) -> None:
    """The name of a row, and its numbers."""
    size, middle = min(12.5, grid.step * 0.62), top + grid.step / 2
    add(parent, "path", d=f"M0 {top:.1f}h{grid.width:.1f}", stroke=_RULE, stroke_width=0.6)
    add_text(parent, wrap_text(row.name, grid.names - 8, size, most=1)[0], 0, middle + size * 0.34, font_size=size)
    for number, value in enumerate(row.values):
        x = grid.find_middle(number)
        if value:
            radius = max(grid.step * 0.46 * math.sqrt(value / grid.most), size * 0.62)
            add(parent, "circle", cx=x, cy=middle, r=radius, fill=_FILL, class_="count")
        looks = {"fill": INK, "font_weight": "bold"} if value else {"fill": _QUIET}
        add_text(parent, t.number(value) if value else "–", x, middle + size * 0.34, font_size=size, text_anchor="middle", **looks)
