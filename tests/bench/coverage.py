"""A first view of the coverage page against an empty Streamlit page: processor time of the server, in the same run.

Each visit opens a session of its own, as a browser does: what it costs runs from the connection to the end of the script, with
all that the server does meanwhile. The two pages take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from tests.bench import report
from tests.bench.process import serving, spent
from tests.bench.server import ROOT

RUNS, WANTED = 25, 2.0
EMPTY = "import streamlit\n"


async def _visit(port: int, page: str, shown: bytes) -> None:
    """One new visitor, until the script has run; an error page would be cheap, so the page must have said what it is about."""
    async with connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as session:  # type: ignore[list-item]
        asked = BackMsg()
        asked.rerun_script.page_name = page
        await session.send(asked.SerializeToString())
        told, said = ForwardMsg(), False
        while told.WhichOneof("type") != "script_finished":
            message = bytes(await session.recv())  # type: ignore[arg-type]
            said = said or shown in message
            told.ParseFromString(message)
    if not said:
        raise RuntimeError(f"/{page} did not show its content.")


def _seconds(port: int, process: int, page: str, shown: bytes) -> float:
    before = spent(process)
    asyncio.run(_visit(port, page, shown))
    return spent(process) - before


def lines() -> Iterator[str]:
    """A Markdown table of the medians, whether the coverage page is within twice the empty one, and what the page of networks costs."""
    with tempfile.TemporaryDirectory() as name:
        script = Path(name, "empty.py")
        script.write_text(EMPTY)
        with serving(script, Path(name)) as empty, serving(ROOT / "dashboard.py", ROOT) as app:
            visits = {
                "an empty page": (*empty, "", b""),
                "the coverage page": (*app, "couverture", b"BioCarto.choropleth"),
                "the page of networks": (*app, "reseaux", b"Enosis"),
            }
            times: dict[str, list[float]] = {title: [] for title in visits}
            for turn in range(RUNS + 1):
                for title, visit in visits.items():
                    seconds = _seconds(*visit)
                    if turn:  # the first visit to a server reads the data, which later visitors share
                        times[title].append(seconds)
    medians = {title: median(found) for title, found in times.items()}
    yield "| first view | processor time of the server |"
    yield "|---|--:|"
    for title, seconds in medians.items():
        yield f"| {title} | {1000 * seconds:.0f} ms |"
    times_empty = medians["the coverage page"] / medians["an empty page"]
    verdict = "met" if times_empty <= WANTED else "MISSED"
    yield f"\na first view of the coverage page costs at most {WANTED:.0f} times an empty page ({times_empty:.2f}×): {verdict}"
    yield f"a first view of the page of networks costs {medians['the page of networks'] / medians['an empty page']:.2f} times an empty page"


if __name__ == "__main__":
    told = list(lines())
    print("\n".join(told))
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    sys.exit(report.missed(told))
