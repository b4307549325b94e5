"""This version against another: page to drawn maps, processor time and bytes of every page that has a map.

`python -m tests.bench.versions REVISION` (or the folder of a checkout whose front-end files are built) serves both with the same Python
and visits each page in turns, before and after, so that a busy machine slows both; each ratio is the median of its pairs. A visitor has an
empty cache and comes twice. Two runs of one version differ: a difference of a few hundredths says nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import report
from tests.bench.browser import Browser, Window, launched
from tests.bench.process import serving, spent
from tests.bench.server import ROOT
from tests.bench.wire import relaying

ROUNDS = 12
MOST = 1.15
"""Times the version before that anything may cost."""
PAGES = {
    "": 2,
    "ile-de-france": 1,
    "ile-de-france?map=both": 1,
    "annuaire": 1,
    "couverture": 1,
    "bioproduction-tour": 1,
    "reseaux": 1,
}
"""Address -> how many maps it has."""
QUIET = 0.5
"""Seconds without work in the browser after which a visit is over: rivers, rail and names come once the maps are drawn."""

WATCH = """(() => {
  if (top !== self) return;
  const isDrawn = (map) => map.document.querySelector(".biocarto.bc-shown[data-ground]:is([data-drawn], [data-areas])");
  self.drawn = (count) => new Promise((resolve) => {
    const look = () => {
      const maps = Array.from(self, (_, i) => self[i]).filter((frame) => { try { return isDrawn(frame); } catch { return false; } });
      if (maps.length < count) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    look();
  });
})();"""
IDLE = """!!document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')"""
MEASURES = {
    "drawn": "navigation to maps drawn",
    "work": "browser, processor time until drawn",
    "all work": "browser, processor time in all",
    "server": "server, processor time",
    "bytes": "bytes over the wire",
}
TIMES = ("drawn", "work", "all work", "server")


@dataclass(frozen=True)
class Side:
    """One version that is served: its port and the process of its server."""

    port: int
    process: int


Found = dict[tuple[str, str, str], list[tuple[float, float]]]
"""Page, visit (`first`, `second`) and measure -> pairs of before and after."""


def _rest(window: Window) -> float:
    """Processor seconds of the page's process when it has come to rest."""
    quiet, before = time.monotonic(), window.spent()
    while time.monotonic() - quiet < QUIET or not window.evaluate(IDLE):
        time.sleep(0.1)
        now = window.spent()
        if now - before > 0.01:
            quiet = time.monotonic()
        before = now
    return before


def _look(window: Window, side: Side, page: str, count: int) -> dict[str, float]:
    """What one visit costs: milliseconds."""
    start = spent(side.process)
    window.open("about:blank")
    begun = window.spent()
    window.open(f"http://localhost:{side.port}/{page}")
    drawn = window.evaluate(f"drawn({count})", 60)
    work = window.spent()
    work, rest = (work - begun, _rest(window) - begun) if work > begun else (work, _rest(window))
    return {"drawn": drawn, "work": 1000 * work, "all work": 1000 * rest, "server": 1000 * (spent(side.process) - start)}


def _visits(browser: Browser, side: Side, page: str, count: int) -> dict[tuple[str, str], float]:
    with browser.visitor(WATCH) as window:
        return {(visit, name): cost for visit in ("first", "second") for name, cost in _look(window, side, page, count).items()}


def _weigh(browser: Browser, side: Side, page: str, count: int) -> dict[tuple[str, str], float]:
    """Bytes of a first and of a second visit, of requests and sockets together."""
    found = {}
    with relaying(side.port) as relay, browser.visitor(WATCH) as window:
        for visit in ("first", "second"):
            before = relay.received
            _look(window, Side(relay.port, side.process), page, count)
            found[visit, "bytes"] = float(relay.received - before)
    return found


def measure(browser: Browser, sides: tuple[Side, Side], pages: Mapping[str, int], rounds: int) -> Found:
    """Every pair; the first round makes what later visitors share, and weighs."""
    found: Found = defaultdict(list)
    for turn in range(rounds + 1):
        act = _visits if turn else _weigh
        for page, count in pages.items():
            order = (0, 1) if turn % 2 else (1, 0)
            costs = {side: act(browser, sides[side], page, count) for side in order}
            for visit, name in costs[0]:
                found[page, visit, name].append((costs[0][visit, name], costs[1][visit, name]))
            seen = ", ".join(f"{visit} {name} {cost:.0f} -> {costs[1][visit, name]:.0f}" for (visit, name), cost in costs[0].items())
            print(f"round {turn}, load {os.getloadavg()[0]:.1f}, /{page}: {seen}", file=sys.stderr, flush=True)
    return found


def table(found: Found, pages: Sequence[str]) -> Iterator[str]:
    """One row per page and measure: before, after, and the median ratio of the pairs, of first and second visits."""
    yield "| page | | first visit: before | after | ratio | second visit: before | after | ratio | |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|---|"
    for page in pages:
        for name, title in ((name, title) for name, title in MEASURES.items() if found[page, "first", name]):
            entries, worst = [], 0.0
            for visit in ("first", "second"):
                pairs = found[page, visit, name]
                ratio = median(after / max(before, 1) for before, after in pairs)
                worst = max(worst, ratio)
                entries += [report.number(median(side), name) for side in zip(*pairs, strict=True)] + [f"{ratio:.2f}"]
            yield f"| `/{page}` | {title} | " + " | ".join(entries) + f" | {'met' if worst <= MOST else 'MISSED'} |"


@contextlib.contextmanager
def _checkout(revision: str) -> Iterator[Path]:
    """A folder with another version: the one that is named, else made of a revision, its front-end files built."""
    if Path(revision, "dashboard.py").is_file():
        yield Path(revision).resolve()
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x"], cwd=folder, input=packed, check=True)
        (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
        subprocess.run([sys.executable, "-m", "biocarto", "assets"], cwd=folder, env=os.environ | _source(folder), check=True)
        yield folder


def _source(folder: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(folder / "src")}


@contextlib.contextmanager
def _both(before: Path) -> Iterator[tuple[Side, Side]]:
    with (
        serving(before / "dashboard.py", before, _source(before)) as first,
        serving(ROOT / "dashboard.py", ROOT, _source(ROOT)) as second,
    ):
        yield Side(*first), Side(*second)


def main() -> None:
    """Measure and print; exits with 1 where anything costs more than it may."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.versions", description="This version against another.")
    parser.add_argument("before", help="a revision, or the folder of a checkout with its front-end files")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pages", type=lambda text: text.split(","), default=list(PAGES), help="ile-de-france,reseaux")
    chosen = parser.parse_args()
    with _checkout(chosen.before) as folder, _both(folder) as sides, launched() as browser:
        found = measure(browser, sides, {page: PAGES[page] for page in chosen.pages}, chosen.rounds)
        lines = list(table(found, chosen.pages))
        print("\n".join([*lines, "", report.machine(browser.version())]))
    sys.exit(report.missed(lines))


if __name__ == "__main__":
    main()
