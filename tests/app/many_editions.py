"""Publishes many editions to a process that holds everything pages make ahead, and says what it costs: `python -m tests.app.many_editions`.

Exit 1 where memory grows from one edition to the next, or where a run of a page gets slower.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from biocarto import startup
from biocarto.ui.shared import cache
from tests.support.pages import opened
from tests.support.shelves import a_store, an_edition, publish

SETTLED = 10
"""Editions after which the allocator has its room: what comes later may add no more than `MORE` to it."""
MORE = 30e6
"""Bytes."""
SLOWER = 1.5
"""Times the median run of a page before."""


def read_resident() -> int:
    """Bytes of this process that are in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(rounds: int, folder: Path) -> list[tuple[int, float, float]]:
    """Per edition: bytes resident, seconds of the processor to take it up, and of a run of a page."""
    store = a_store(folder)
    os.environ["BIOCARTO_STORE"] = store.driver.name
    cache.forget()
    startup.read_everything()
    app, found = opened("directory"), []
    for number in range(2, rounds + 2):
        publish(store, an_edition(f"2026-12-01.{number}", abivax=f"Abivax {number}"))
        began = time.process_time()
        startup.renew()
        ready = time.process_time()
        app.run()
        app.run()
        done = time.process_time()
        found.append((read_resident(), ready - began, (done - ready) / 2))
        print(f"{number - 1:3} {found[-1][0] / 1e6:7.1f} MB {found[-1][1]:6.2f} s {found[-1][2]:6.3f} s", flush=True)
    return found


def main() -> int:
    """Measure, and judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        found = measure(rounds, Path(folder))
    grown = max(size for size, _, _ in found[SETTLED:]) - found[SETTLED - 1][0]
    first, last = (median(run for _, _, run in part) for part in (found[:SETTLED], found[-SETTLED:]))
    print(f"grown by {grown / 1e6:.1f} MB after {SETTLED} editions; a run took {first:.3f} s of the processor, then {last:.3f} s")
    return int(grown > MORE or last > SLOWER * first)


if __name__ == "__main__":
    sys.exit(main())
