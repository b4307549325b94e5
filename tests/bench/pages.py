"""What a view costs: processor time of a first view and of a rerun of each page, against an empty Streamlit page in the same run.

Each visit opens a session of its own, as a browser does. What it costs runs from the connection until the server has nothing left to do,
so that what it does after the script, such as collecting garbage, counts too. Both run with our settings: by default, Streamlit spends
another 90 ms of each first view on statistics of use. The pages take turns, so that a busy machine slows all of them. Then a hundred
visitors who come within a minute, and five hundred visits one after the other with the memory before and after.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.bench import report
from tests.bench.process import resident, serving, spent
from tests.bench.server import ROOT

ROUNDS = 20
EMPTY = 'import streamlit as st\n\nst.title("x")\n'
PAGES = {
    "": "BioCarto.tour",
    "ile-de-france": "BioCarto.choropleth",
    "annuaire": "BioCarto.actors",
    "couverture": "BioCarto.choropleth",
    "bioproduction-tour": "BioCarto.tour",
    "reseaux": "BioCarto.network",
    "sources": "bc-table",
    "mentions-legales": "bc-topics",
    "accessibilite": "bc-statement",
}
"""Path -> what only the page itself sends: an error page would be cheap."""
WANTED = {"couverture": 2.0}
MOST = 2.5
"""Times an empty page that a view may cost: this page, and every other."""

REST = 0.001
"""Processor seconds within a twentieth of a second that a server at rest may spend."""

VISITORS, OVER = 100, 60.0
MEDIAN, P95 = 0.12, 0.25
"""Seconds from question to the end of the script, for visitors who come within `OVER` seconds."""
BUSY = ("ile-de-france", "annuaire", "couverture", "reseaux")
VISITS, GROWTH = 500, 20.0
"""Visits one after the other, and megabytes by which the server may have grown from the first hundred to the last."""


async def _view(session: ClientConnection, page: str, shown: str) -> float:
    """Seconds until the script has run; RuntimeError where the page does not show what it is about."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    start, told, said = time.perf_counter(), ForwardMsg(), False
    await session.send(asked.SerializeToString())
    while told.WhichOneof("type") != "script_finished":
        message = bytes(await session.recv())  # type: ignore[arg-type]
        said = said or shown.encode() in message
        told.ParseFromString(message)
    if not said:
        raise RuntimeError(f"/{page} did not show its content.")
    return time.perf_counter() - start


def _session(port: int) -> connect:
    return connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]


@dataclass
class Cost:
    """Processor seconds of the server, one entry per round."""

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)


async def _settled(process: int) -> float:
    """Processor seconds of a server when it has come to rest: no work within three twentieths of a second."""
    quiet, before = 0, spent(process)
    while quiet < 3:
        await asyncio.sleep(0.05)
        now = spent(process)
        quiet, before = (quiet + 1 if now - before < REST else 0), now
    return before


async def _visit(port: int, process: int, page: str, shown: str, cost: Cost) -> None:
    """One new visitor who looks, and asks again."""
    start = await _settled(process)
    async with _session(port) as session:
        await _view(session, page, shown)
        seen = await _settled(process)
        await _view(session, page, shown)
        cost.first.append(seen - start)
        cost.again.append(await _settled(process) - seen)


async def _costs(empty: tuple[int, int], app: tuple[int, int]) -> tuple[Cost, dict[str, Cost]]:
    nothing, found = Cost(), {page: Cost() for page in PAGES}
    for turn in range(ROUNDS + 1):
        await _visit(*empty, "", "", nothing if turn else Cost())
        for page, shown in PAGES.items():
            await _visit(*app, page, shown, found[page] if turn else Cost())  # the first one makes what later visitors share
    return nothing, found


def _table(nothing: Cost, found: dict[str, Cost]) -> Iterator[str]:
    yield "| processor time of the server | first view | times an empty page | rerun | times an empty page |"
    yield "|---|--:|--:|--:|--:|"
    first, again = median(nothing.first), median(nothing.again)
    yield f"| an empty page | {1000 * first:.0f} ms | | {1000 * again:.0f} ms | |"
    for page, cost in found.items():
        one, two = median(cost.first), median(cost.again)
        yield f"| `/{page}` | {1000 * one:.0f} ms | {one / first:.2f} | {1000 * two:.0f} ms | {two / again:.2f} |"
    yield ""
    for page, cost in found.items():
        most, times = WANTED.get(page, MOST), max(median(cost.first) / first, median(cost.again) / again)
        yield f"a view of `/{page}` costs at most {most:g} times an empty page ({times:.2f}): {'met' if times <= most else 'MISSED'}"


async def _load(port: int) -> list[float]:
    """Seconds of each visitor; everyone stays until the last one has come."""
    leave = asyncio.Event()
    seconds: list[float] = []

    async def visitor(page: str, wait: float) -> None:
        await asyncio.sleep(wait)
        async with _session(port) as session:
            seconds.append(await _view(session, page, PAGES[page]))
            if len(seconds) == VISITORS:
                leave.set()
            await leave.wait()

    await asyncio.gather(*(visitor(page, OVER * n / VISITORS) for n, page in enumerate(islice(cycle(BUSY), VISITORS))))
    return sorted(seconds)


async def _memory(port: int, process: int) -> tuple[float, float]:
    """Megabytes after a fifth of the visits, and after all."""
    early = 0.0
    for number, page in enumerate(islice(cycle(PAGES), VISITS)):
        if number == VISITS // 5:
            early = resident(process)
        async with _session(port) as session:
            await _view(session, page, PAGES[page])
    return early, resident(process)


def lines() -> Iterator[str]:
    """Markdown: what each page costs, then many visitors, then memory; each with whether the requirement is met."""
    with tempfile.TemporaryDirectory() as name:
        script = Path(name, "empty.py")
        script.write_text(EMPTY)
        with serving(script, ROOT) as empty, serving(ROOT / "dashboard.py", ROOT) as app:
            yield from _table(*asyncio.run(_costs(empty, app)))
            seconds = asyncio.run(_load(app[0]))
            middle, late = median(seconds), seconds[round(0.95 * (len(seconds) - 1))]
            met = "met" if middle < MEDIAN and late < P95 else "MISSED"
            yield f"{VISITORS} visitors over {OVER:.0f} s: median {middle:.3f} s (under {MEDIAN}), p95 {late:.3f} s (under {P95}): {met}"
            early, end = asyncio.run(_memory(*app))
            flat = "met" if end - early < GROWTH else "MISSED"
            yield f"{VISITS} visits: {early:.0f} MB after {VISITS // 5}, {end:.0f} MB after all (at most {GROWTH:.0f} more): {flat}"


if __name__ == "__main__":
    told = []
    for line in lines():
        print(line, flush=True)
        told.append(line)
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    sys.exit(report.missed(told))
