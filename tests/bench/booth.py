"""The stand over a day: power-on to the attract loop, the server's time per tap, and memory over many visitors.

`python -m tests.bench.booth --visits 500`; `make bench` asks for fewer visits and no memory. A visit is what a visitor does: end the
loop, open a door, choose, keep, read the code, leave; the end of a visit is the idle reset, asked for at once instead of after a minute.
Memory is read after each reset: the server's resident set, the browser's processes together, and the page's JavaScript heap after a
collection. Taps on a page of one button take turns with the visits: a busy machine slows both.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests import chromium
from tests.bench import report
from tests.bench.process import serving, spent
from tests.bench.server import ROOT

WARM = 50
"""Visits before growth is counted."""

STARTED, ANSWERED, GROWTH = 15.0, 0.3, 10.0
"""Promises: seconds to the loop, seconds of server time per tap at the median, percent of growth."""

_ROUTES = (
    ("survey", [".st-key-booth-tiles-actors button >> nth=0", ".st-key-keep button", ".st-key-booth-list button"]),
    ("tour", [".st-key-tile-stage-stage-3 button", ".st-key-tile-stage-stage-6 button"]),
    ("near", [".st-key-tile-department-91 button", ".st-key-booth-tiles-town button >> nth=0"]),
    (
        "who",
        [
            ".st-key-tile-modality-rna button",
            ".st-key-booth-tiles-actors button >> nth=1",
            ".st-key-keep button",
            ".st-key-booth-en button",
        ],
    ),
    ("networks", [".st-key-tile-scale-regional button", ".st-key-tile-body-medicen button"]),
)
_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
_CALM = '() => !document.querySelector(\'[data-stale="true"], [data-testid="stSkeleton"]\')'
_FORGET = "() => { window.biocartoBooth.last = -1e9; window.biocartoBooth.sent = -1e9; }"

PEER = """
import streamlit as st
st.button("tap", on_click=lambda: st.query_params.update(n=int(st.query_params.get("n", 0)) + 1))
"""
"""The least that a tap can cost in Streamlit: one button, which changes the address."""

_RENEWED = "() => (window.biocartoBooth?.visits ?? 99) < 10 && document.querySelector('[data-testid=stApp]')"
"""Every tenth visit the page loads itself anew."""


class Memory(NamedTuple):
    """Megabytes."""

    server: float
    browser: float
    heap: float


def _resident(process: int) -> float:
    """Megabytes of one process, 0 once it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _below(process: int) -> set[int]:
    """Every process that a process has started, and those that these have."""
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found |= {child} | _below(child)
    return found


def _memory(server: int, browser: set[int], session: CDPSession) -> Memory:
    session.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    everyone = browser | {child for process in browser for child in _below(process)}
    return Memory(_resident(server), sum(map(_resident, everyone)), metrics["JSHeapUsedSize"] / 2**20)


def _settled(page: Page) -> None:
    page.wait_for_selector(_IDLE, state="attached")
    page.wait_for_function(_CALM)


def _tap(page: Page, selector: str, server: int, times: list[float]) -> None:
    """Touch, wait until what follows stands; the server's processor time of it."""
    before, address = spent(server), page.url
    page.locator(selector).first.tap()
    page.wait_for_function("address => location.href !== address", arg=address)
    _settled(page)
    times.append(spent(server) - before)


def _visit(page: Page, number: int, server: int, times: list[float]) -> None:
    door, taps = _ROUTES[number % len(_ROUTES)]
    for selector in (".loop", f".st-key-tile-doors-{door} button", *taps):
        _tap(page, selector, server, times)
    page.evaluate(_FORGET)
    page.wait_for_selector(".loop .words")
    page.wait_for_function(_RENEWED)
    page.wait_for_selector(".loop .words")
    _settled(page)


def _growth(found: list[Memory]) -> Iterator[str]:
    """Before and after: medians over the ten visits at the end of the warm-up and the last ten, so that one collection decides nothing."""
    warm, last = found[WARM - 10 : WARM], found[-10:]
    for part in Memory._fields:
        first, now = (median(getattr(memory, part) for memory in rows) for rows in (warm, last))
        more = 100 * (now - first) / first
        yield f"| {part} | {first:.0f} MB | {now:.0f} MB | {more:+.1f} % | {'met' if more <= GROWTH else 'MISSED'} |"


@contextlib.contextmanager
def _opened() -> Iterator[tuple[Page, Page, set[int]]]:
    """A page for the stand, one for its peer, and the processes of their browser."""
    with sync_playwright() as driver:
        mine = _below(os.getpid())
        browser = driver.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, has_touch=True, locale="fr-FR")
        context.set_default_timeout(60_000)
        yield context.new_page(), context.new_page(), _below(os.getpid()) - mine
        browser.close()


class Site(NamedTuple):
    """A page of the browser, and the process of the server that answers it."""

    page: Page
    server: int


def _visited(stand: Site, peer: Site, browser: set[int], visits: int) -> tuple[list[float], list[float], list[Memory]]:
    """Seconds of each tap on the stand and on its peer, which take turns, and the memory after each visit."""
    times, others, found = [], [], []
    session = stand.page.context.new_cdp_session(stand.page)
    session.send("Performance.enable")
    for number in range(visits):
        _visit(stand.page, number, stand.server, times)
        _tap(peer.page, "button:has-text('tap')", peer.server, others)
        found.append(_memory(stand.server, browser, session))
        if number % 25 == 24:
            print(f"{number + 1} visits: {found[-1]}", file=sys.stderr, flush=True)
    return times, others, found


def lines(visits: int) -> Iterator[str]:
    """Markdown, as it is measured; memory is told of enough visits only."""
    with tempfile.TemporaryDirectory() as name, _opened() as (stand, peer, browser):
        folder = Path(name)
        (folder / "empty.py").write_text(PEER)
        settings = {"BIOCARTO_NEEDS": f"{folder}/needs.sqlite", "BIOCARTO_BOOTH_URL": "https://biocarto.example"}
        with serving(folder / "empty.py", folder) as (peer_port, other):
            peer.goto(f"http://localhost:{peer_port}")
            _settled(peer)
            begun = time.monotonic()
            with serving(ROOT / "dashboard.py", ROOT, settings) as (port, server):
                stand.bring_to_front()
                stand.goto(f"http://localhost:{port}/stand")
                stand.wait_for_selector(".loop .words")
                seconds = time.monotonic() - begun
                wanted = f"wanted below {STARTED:.0f} s: {_kept(seconds < STARTED)}"
                yield f"power-on of the server to the attract loop: {seconds:.1f} s, {wanted}"
                _settled(stand)
                times, others, found = _visited(Site(stand, server), Site(peer, other), browser, visits)
    slow, usual = sorted(times)[int(0.95 * len(times))], median(times)
    yield f"{len(times)} taps, server time: median {1000 * usual:.0f} ms, wanted {1000 * ANSWERED:.0f} ms: {_kept(usual <= ANSWERED)}"
    yield f"95 % of the taps below {1000 * slow:.0f} ms; the median is {usual / median(others):.1f} times that of a page with one button\n"
    if visits >= 2 * WARM:
        yield f"| memory | after {WARM} visits | after {visits} | growth | |\n|---|--:|--:|--:|---|"
        yield from _growth(found)


def _kept(promise: bool) -> str:
    return "met" if promise else "MISSED"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=500)
    told = []
    for line in lines(parser.parse_args().visits):
        told.append(line)
        print(line, flush=True)
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    sys.exit(report.missed(told))
