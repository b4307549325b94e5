"""The tables of the benchmark, as Markdown: medians, and beside them how many times ours."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from biocarto.clock import read_today
from tests.bench.cells import Cell

TITLES = {
    "ours": "ours",
    "markers": "`folium.Marker` each",
    "cluster": "`MarkerCluster`",
    "pydeck": "`st.pydeck_chart`",
    "nothing": "no map",
}
MEASURES = {
    "server": "server time per run",
    "first bytes": "bytes of a first visit",
    "rerun bytes": "bytes of a rerun with other points",
    "drawn": "navigation to all points drawn",
    "redrawn": "click to other points drawn",
}
NOTHING_ON = ("server", "redrawn")
"""Without a map there is nothing to build or to draw again."""
LOWER_BOUND = ("drawn", "redrawn")
"""What the stand-in for the cluster plugin leaves out (see tests/bench/probe.py)."""
PACKAGES = ("streamlit", "folium", "streamlit-folium", "pydeck")


@dataclass(frozen=True)
class Wanted:
    """One requirement: `way` costs at least `times` what ours costs."""

    measure: str
    size: int
    way: str
    times: float


WANTED = (
    Wanted("server", 183, "markers", 20),
    Wanted("first bytes", 183, "markers", 10),
    Wanted("rerun bytes", 183, "markers", 10),
    Wanted("drawn", 20_000, "pydeck", 1 / 1.5),
)


def number(value: float, measure: str) -> str:
    """Such as `15 ms`, `1.2 s`, `12.7 kB`, `4.2 MB`: three digits at most."""
    small, large = ("kB", "MB") if measure.endswith("bytes") else ("ms", "s")
    amount, unit = (value / 1000, small) if small == "kB" else (value, small)
    if amount >= 1000:
        amount, unit = amount / 1000, large
    return f"{amount:.1f} {unit}" if amount < 20 else f"{amount:,.0f} {unit}"


def times(ratio: float) -> str:
    """Such as `0.8×`, `43×`."""
    return f"{ratio:.1f}×" if ratio < 10 else f"{ratio:,.0f}×"


def _entry(cell: Cell, ours: Cell | None, measure: str, limit: float) -> str:
    if cell.way == "nothing" and measure in NOTHING_ON:
        return ""
    found = cell.medians().get(measure)
    if found is None:
        return f"> {limit:.0f} s" if cell.over and not measure.endswith("bytes") else "—"
    least = "≥ " if cell.way == "cluster" and measure in LOWER_BOUND else ""
    own = ours.medians().get(measure) if ours else None
    beside = f" ({times(found / own)})" if own and cell.way not in {"ours", "nothing"} else ""
    return f"{least}{number(found, measure)}{beside}"


def table(cells: Sequence[Cell], ways: Sequence[str], limit: float) -> Iterator[str]:
    """One row per measure and number of points."""
    by_place = {(cell.way, cell.size): cell for cell in cells}
    yield "| | points | " + " | ".join(TITLES[way] for way in ways) + " |"
    yield "|---|--:|" + "--:|" * len(ways)
    for measure, title in MEASURES.items():
        for row, size in enumerate(dict.fromkeys(cell.size for cell in cells)):
            ours = by_place.get(("ours", size))
            entries = [_entry(by_place[way, size], ours, measure, limit) if (way, size) in by_place else "" for way in ways]
            yield f"| {'' if row else title} | {size:,} | " + " | ".join(entries) + " |"


def verdicts(cells: Iterable[Cell]) -> Iterator[str]:
    """Each requirement whose two cells were measured, met or missed."""
    medians = {(cell.way, cell.size): cell.medians() for cell in cells}
    for wanted in WANTED:
        ours = medians.get(("ours", wanted.size), {}).get(wanted.measure)
        other = medians.get((wanted.way, wanted.size), {}).get(wanted.measure)
        if ours and other:
            verdict = "met" if other / ours >= wanted.times else "MISSED"
            yield (
                f"{MEASURES[wanted.measure]}, {wanted.size:,} points: {TITLES[wanted.way]} takes {other / ours:.1f} times ours; "
                f"wanted {wanted.times:.2g} or more: {verdict}"
            )


def missed(lines: Iterable[str]) -> bool:
    """Whether a requirement is not met, for the exit code of a run."""
    return any("MISSED" in line for line in lines)


def machine(browser: str) -> str:
    """What the figures depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = os.getloadavg()[1]
    return f"{read_today()}, {os.cpu_count()} cores (load {load:.1f}), Python {platform.python_version()}, {browser}, {packages}"
