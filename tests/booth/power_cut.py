"""Writers killed at random moments: is every acknowledged need still there? `python -m tests.booth.power_cut --rounds 200`.

A kill ends the process between any two of its instructions, so that whatever SQLite had not handed to the system is gone. It leaves
the system's own memory alone: that the disk has it too rests on `synchronous = FULL`, which tests/booth/test_needs.py looks at.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from biocarto.booth import needs

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 2
"""Sessions that write at the same time."""
PAUSE = 0.01
"""Seconds between two needs of a writer, at most: one that never lets go keeps the other waiting too long on a busy disk."""
LONGEST = 0.12
"""Seconds between the first acknowledgement of a round and the kill, at most."""
STARTING = 0.05, 0.25
"""Seconds between the start of the writers and the kill, in a round that makes its file: around the time of the first need."""
FILE = 5
"""Rounds on one file, which recovers again and again; the next round makes a new one, or every second time brings an old one to today."""
OLD = Path(__file__).with_name("needs_version_1.sqlite")


@dataclass
class Figures:
    """What all rounds together found; `waits` in seconds, one per acknowledged need."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    unasked: int = 0
    unclean: int = 0
    broken: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds with {WRITERS} writers each, {self.acknowledged} needs acknowledged, {self.lost} lost, "
            f"{self.unasked} whole but not acknowledged, {self.unclean} rounds left a log to recover, "
            f"{len(self.broken)} failed checks, median {1000 * statistics.median(self.waits):.1f} ms per need"
        )


def write(path: Path) -> None:
    """Store needs until killed; one line per need, after `add` has returned."""
    while True:
        started, new = time.perf_counter(), needs.build_need("Besoin de capacité de remplissage aseptique. " * random.randint(1, 11))
        needs.add(path, new)
        os.write(1, f"{new.id} {time.perf_counter() - started:.6f}\n".encode())
        time.sleep(random.uniform(0, PAUSE))


def acknowledged(writers: Sequence[subprocess.Popen[bytes]], chance: random.Random, new: bool) -> dict[str, float]:
    """The lines that the writers finished before they were killed: id -> seconds."""
    first = [] if new else [_line(writer) for writer in writers]
    time.sleep(chance.uniform(*STARTING) if new else chance.uniform(0, LONGEST))
    for writer in chance.sample(list(writers), len(writers)):
        writer.send_signal(signal.SIGKILL)
    rest = [writer.communicate()[0] for writer in writers]
    assert {writer.returncode for writer in writers} == {-signal.SIGKILL}
    lines = b"".join(first + rest).decode().splitlines()
    return {name: float(seconds) for name, seconds in map(str.split, lines)}


def _line(writer: subprocess.Popen[bytes]) -> bytes:
    assert writer.stdout is not None
    return writer.stdout.readline()


def integrity(path: Path) -> str:
    """What SQLite says about every page, index and constraint: `ok`."""
    store = sqlite3.connect(path)
    try:
        return str(store.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        store.close()


def begin(path: Path, number: int) -> set[str]:
    """The ids of the needs that a file has before its writers start: none, or those of a file of the first version."""
    if number % 2:
        shutil.copy(OLD, path)
    return {need.id for need in needs.list_needs(path)}


def run(folder: Path, rounds: int, seed: int) -> Figures:
    """Kill the writers `rounds` times and look for every need acknowledged so far in its file."""
    found, chance, known = Figures(), random.Random(seed), set[str]()
    for number in range(rounds):
        new, path = number % FILE == 0, folder / f"needs-{number // FILE}.sqlite"
        if new:
            known = begin(path, number // FILE)
        command = [sys.executable, "-m", "tests.booth.power_cut", "--write", str(path)]
        writers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, bufsize=0) for _ in range(WRITERS)]
        told = acknowledged(writers, chance, new)
        found.unclean += path.with_name(path.name + "-wal").exists()
        stored = {need.id for need in needs.list_needs(path)}
        found.rounds += 1
        found.acknowledged += len(told)
        found.lost += len((known | told.keys()) - stored)
        found.unasked += len(stored - known - told.keys())
        found.waits += told.values()
        found.broken += [state for state in [integrity(path)] if state != "ok"]
        known = stored
    return found


def main() -> None:
    """The command line; exits with 1 when a need is lost or a check fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.booth.power_cut", description="Kill writers, count what is lost.")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.write:
        write(chosen.write)
    with tempfile.TemporaryDirectory(prefix="biocarto-") as folder:
        found = run(Path(folder), chosen.rounds, chosen.seed)
    print(found)
    sys.exit(bool(found.lost or found.broken))


if __name__ == "__main__":
    main()
