"""What a map says about its colours, ready to be drawn by the browser as plain text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Legend:
    """Legend of a choropleth: texts in the visitor's language, already formatted.

    `classes` has one text per class number, from class 0 on (class 0 is "none": it stays the colour of the ground).
    Empty texts leave their entry out: `no_data` (class -1), `hatch` (the territories named in `hatched`), `note`.
    """

    title: str
    classes: tuple[str, ...]
    unit: str = ""
    no_data: str = ""
    hatch: str = ""
    note: str = ""
