"""One cell per way and number of points: visits in turns, so that a busy moment of the machine meets every way."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench import probe
from tests.bench.browser import Browser, Window
from tests.bench.server import Stage

VISITS, LEAST = 5, 3
TURNS = 2
"""Reruns with other points in each visit."""
BUDGET = 25.0
"""Seconds after which a cell that has its LEAST visits gets no more: slow ways are measured less often."""
LEAST_COLOUR = 0.002
"""A picture with fewer coloured pixels shows no points."""
WITHOUT_PICTURE = ("cluster", "nothing")


@dataclass
class Cell:
    """What was measured: seconds in the script, milliseconds and bytes in the browser. `over`: the time limit came first."""

    way: str
    size: int
    runs: list[float] = field(default_factory=list)
    visits: list[probe.Seen] = field(default_factory=list)
    turns: list[probe.Seen] = field(default_factory=list)
    spent: float = 0.0
    over: bool = False

    def is_done(self) -> bool:
        """Three visits at least, unless they last too long."""
        return self.over or self.spent > (BUDGET if len(self.visits) >= LEAST else 3 * BUDGET)

    def medians(self) -> dict[str, float]:
        """By measure (see report.MEASURES), times in milliseconds; what could not be measured is left out."""
        found: dict[str, list[float]] = {
            "server": [1000 * seconds for seconds in self.runs],
            "first bytes": [seen.received for seen in self.visits],
            "rerun bytes": [seen.received for seen in self.turns],
            "drawn": [seen.milliseconds for seen in self.visits],
            "redrawn": [seen.milliseconds for seen in self.turns],
        }
        return {name: median(values) for name, values in found.items() if values}


def warm(browser: Browser, stage: Stage, size: int, ways: Sequence[str]) -> None:
    """Visits that do not count: a server that has just started loads its libraries, and has no points in memory."""
    for way in ways:
        with browser.visitor(probe.WATCH) as window:
            probe.first(window, stage.address(way, 10), 60)
    with browser.visitor(probe.WATCH) as window:
        probe.first(window, stage.address("nothing", size), 60)
        for turn in range(1, TURNS + 1):
            probe.following(window, size - turn, 60)
    stage.runs()


def measure(browser: Browser, stage: Stage, size: int, ways: Sequence[str], limit: float) -> list[Cell]:
    """The cells of one number of points; no visit or rerun lasts longer than `limit` seconds."""
    cells = [Cell(way, size) for way in ways]
    for number in range(VISITS):
        for cell in [*cells[number:], *cells[:number]]:
            if cell.is_done():
                continue
            start = time.monotonic()
            _visit(browser, stage, cell, limit)
            cell.spent += time.monotonic() - start
            if cell.over:
                stage.stop()
                warm(browser, stage, size, [other.way for other in cells if not other.over])
    return cells


def _visit(browser: Browser, stage: Stage, cell: Cell, limit: float) -> None:
    start = time.monotonic()
    with browser.visitor(probe.WATCH) as window:
        try:
            cell.visits.append(probe.first(window, stage.address(cell.way, cell.size), limit))
            if len(cell.visits) == 1:
                _look(window, cell)
            for turn in range(1, TURNS + 1):
                if cell.spent + time.monotonic() - start < BUDGET or not cell.turns:
                    cell.turns.append(probe.following(window, cell.size - turn, limit))
        except TimeoutError:
            cell.over = True
    cell.runs += stage.runs()


def _look(window: Window, cell: Cell) -> None:
    if cell.way not in WITHOUT_PICTURE and (share := probe.coloured(window)) < LEAST_COLOUR:
        raise RuntimeError(f"{cell.way}, {cell.size} points: the map is empty ({share:.2%} of its pixels have a colour).")
