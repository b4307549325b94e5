"""Our map against the ordinary ways: server time, bytes, points drawn. `python -m tests.bench --help` lists the choices.

Three ways of showing the same generated points on a Streamlit page stand against ours: one `folium.Marker` per point,
the same in a `MarkerCluster`, and `st.pydeck_chart`. What a run of the page costs is measured in tests/bench/app.py, what
the browser sees in tests/bench/probe.py; both say what is counted and where a way is given an advantage.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from biocarto.maps.assets import Assets
from tests.bench import booth, desk, facets, features, intake, pages, programs, report
from tests.bench.app import WAYS
from tests.bench.browser import Browser, launched
from tests.bench.cells import Cell, measure, warm
from tests.bench.server import ROOT, Stage, staged

SIZES = (183, 2_000, 20_000, 200_000)
LIMIT = 60.0
VISITS = 20
"""To the stand."""


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Our map against the ordinary ways.")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=list(SIZES), help="183,2000")
    parser.add_argument("--ways", type=lambda text: text.split(","), default=list(WAYS), help=",".join(WAYS))
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds that one visit or rerun may last (60)")
    chosen = parser.parse_args()
    if unknown := set(chosen.ways) - set(WAYS):
        parser.error(f"unknown ways: {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
    return chosen


def run(browser: Browser, stage: Stage, chosen: argparse.Namespace) -> list[Cell]:
    """Every cell; a way that came to the limit is not asked for more points, which cannot take it less time."""
    cells: list[Cell] = []
    for size in chosen.sizes:
        given_up = [cell.way for cell in cells if cell.over]
        ways = [way for way in chosen.ways if way not in given_up and (way != "nothing" or size == chosen.sizes[0])]
        start = time.monotonic()
        warm(browser, stage, size, ways)
        cells += measure(browser, stage, size, ways, chosen.limit)
        cells += [Cell(way, size, over=True) for way in chosen.ways if way in given_up]
        print(f"{size:,} points: {time.monotonic() - start:.0f} s", file=sys.stderr)
    return cells


def show(lines: Iterable[str]) -> list[str]:
    """To standard output, at once; returns what was said."""
    said = [*lines, ""]
    print("\n".join(said), flush=True)
    return said


def main() -> None:
    """Measure, then print the tables and whether the requirements are met; exits with 1 if one is not."""
    chosen = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave no server and no browser behind
    if missing := Assets.read(Path(ROOT / "static")).missing:
        sys.exit(f"Front-end files are not installed, or older than their sources ({', '.join(missing)}): run `make assets`.")
    with staged() as stage, launched() as browser:
        cells = run(browser, stage, chosen)
        about = report.machine(browser.version())
    tables = [about, "", *report.table(cells, chosen.ways, chosen.limit), "", *report.verdicts(cells)]
    told = [
        show(lines)
        for lines in (
            facets.lines(),
            desk.lines(),
            intake.lines(),
            pages.lines(),
            booth.lines(VISITS),
            tables,
            features.lines(),
            programs.lines(),
        )
    ]
    sys.exit(any(map(report.missed, told)))


if __name__ == "__main__":
    main()
