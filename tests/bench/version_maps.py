"""The maps of this version against those of another, without Streamlit: processor time of the browser, from the two static editions.

`python -m tests.bench.version_maps FOLDER` takes a checkout whose edition is built (`biocarto static`), and this one's, and opens them
in turns. Where tests/bench/versions.py says what a visitor waits for, this one says how much of it is the map's own work: what draws the
first picture, and all that comes after it, such as rivers, rail and names. Each ratio is the median of its pairs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.bench.server import ROOT

ROUNDS = 12
PAGES = {"": 2, "ile-de-france": 1, "annuaire": 1, "bioproduction-tour": 1, "reseaux": 1}
"""Address -> how many maps it has."""
DRAWN = ".biocarto.bc-shown[data-ground]:is([data-drawn], [data-areas])"
QUIET = 1.0
"""Seconds in which what comes after the first picture has come."""


def _open(browser: Browser, folder: Path, page: str, count: int) -> tuple[float, float]:
    """Milliseconds of processor time until all maps are drawn, and until the page rests."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    window = context.new_page()
    session = context.new_cdp_session(window)
    session.send("Performance.enable")

    def spent() -> float:
        return 1000 * next(
            metric["value"] for metric in session.send("Performance.getMetrics")["metrics"] if metric["name"] == "ProcessTime"
        )

    window.goto(f"{(folder / 'dist' / 'biocarto' / 'index.html').as_uri()}#/{page}", wait_until="commit")
    frames = window.locator("[data-page]:visible iframe")
    for number in range(count):
        frames.nth(number).content_frame.locator(DRAWN).wait_for(timeout=60_000)
    first = last = spent()
    while True:
        window.wait_for_timeout(1000 * QUIET)
        now = spent()
        if now - last < 15:
            break
        last = now
    context.close()
    return first, now


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.version_maps", description="The maps of this version against another's.")
    parser.add_argument("before", type=Path, help="the folder of a checkout with its static edition")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pages", type=lambda text: text.split(","), default=list(PAGES))
    chosen = parser.parse_args()
    found: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = defaultdict(list)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.find(chromium.SHELLS), args=list(chromium.ARGUMENTS))
        for turn in range(chosen.rounds):
            for page in chosen.pages:
                sides = (chosen.before.resolve(), ROOT)
                pair = {side: _open(browser, side, page, PAGES[page]) for side in (sides if turn % 2 else sides[::-1])}
                found[page].append((pair[sides[0]], pair[sides[1]]))
                print(f"{turn}, #/{page}: {found[page][-1]}, load {os.getloadavg()[0]:.0f}", file=sys.stderr, flush=True)
        browser.close()
    print("| page | until drawn: before | after | ratio | in all: before | after | ratio |\n|---|--:|--:|--:|--:|--:|--:|")
    for page, pairs in found.items():
        row = [f"#/{page}"]
        for part in (0, 1):
            before, after = ([pair[side][part] for pair in pairs] for side in (0, 1))
            ratio = median(b / a for a, b in zip(before, after, strict=True))
            row += [f"{median(before):.0f} ms", f"{median(after):.0f} ms", f"{ratio:.2f}"]
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
