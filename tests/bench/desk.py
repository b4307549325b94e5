"""The desk: how long a save and a publication take, beside the ordinary way, which rewrites the table and reads the folder again.

`python -m tests.bench.desk`: 60 saves on the register, then 20,000 actors that are saved to and published as one edition.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import pandas as pd

from biocarto.desk import publishing, seed
from biocarto.desk.acts import Desk
from biocarto.register import catalogue, tables
from biocarto.store.database import open_store
from tests.bench import report
from tests.bench.server import ROOT
from tests.support.desk import ACTOR, an_intent, correct, open_desk
from tests.support.register import layers

SAVES, LARGE = 60, 20_000
SAVED, PUBLISHED = 0.1, 10.0
"""Promises: seconds of a save, 95 of 100 times; of a publication of `LARGE` actors."""


def _time(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _rewrite(folder: Path, number: int) -> None:
    """The ordinary way: the table is read, changed and written, and the folder is checked as a whole."""
    actors = pd.read_csv(folder / "actors.csv", dtype=str, keep_default_na=False)
    actors.loc[actors["id"] == ACTOR, "founded"] = str(1950 + number)
    actors.to_csv(folder / "actors.csv", index=False)
    catalogue.build(tables.read(folder), layers())


def enlarge(folder: Path, size: int) -> None:
    """The register's companies again and again under names of their own, until the table has so many rows; nothing is claimed of them."""
    with (folder / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = [_rename(rows[number % len(rows)], number) for number in range(size - len(rows))]
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows + made)


def _rename(row: dict[str, str], number: int) -> dict[str, str]:
    none = {"siren": "", "siret": "", "rnsr": "", "owner": "", "owner_since": "", "ownership": ""}
    return {**row, **none, "id": f"example-{number}", "name": f"Exemple {number}", "organisation": f"Exemple {number}"}


def _begin(folder: Path, size: int = 0) -> Desk:
    shutil.copytree(ROOT / "data", folder / "data")
    if size:
        enlarge(folder / "data", size)
    store = open_store(str(folder / "register.sqlite"))
    seed.seed(store, folder / "data")
    return open_desk(store)


def _measure_saves(folder: Path) -> tuple[list[float], list[float]]:
    """Seconds of each save, and of each in the ordinary way, which take turns: a busy machine slows both."""
    desk, plain = _begin(folder), folder / "plain"
    shutil.copytree(ROOT / "data", plain)
    pairs = [
        (_time(lambda number=number: correct(desk, "founded", str(1950 + number))), _time(lambda number=number: _rewrite(plain, number)))  # type: ignore[misc]
        for number in range(SAVES)
    ]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def _measure_publication(folder: Path) -> tuple[float, float]:
    """Seconds of a publication of many actors, and of reading the folder that it makes: what any check takes."""
    desk = _begin(folder, LARGE)
    correct(desk, "founded", "1999")
    ours = _time(lambda: publishing.publish(desk, an_intent("une date")))
    theirs = _time(lambda: catalogue.build(tables.read(folder / "data"), layers()))
    return ours, theirs


def lines() -> Iterator[str]:
    """One Markdown row per act, and whether the promises are met."""
    with tempfile.TemporaryDirectory(prefix="biocarto-") as few, tempfile.TemporaryDirectory(prefix="biocarto-") as many:
        saves, rewrites = _measure_saves(Path(few))
        publication, reading = _measure_publication(Path(many))
    slow = quantiles(saves, n=20)[-1]
    yield "| act of the desk | ours | the ordinary way | times |"
    yield "|---|--:|--:|--:|"
    yield f"| a save, median | {1000 * median(saves):.0f} ms | {1000 * median(rewrites):.0f} ms | {median(saves) / median(rewrites):.2f}× |"
    yield f"| a save, 95 of 100 | {1000 * slow:.0f} ms | {1000 * quantiles(rewrites, n=20)[-1]:.0f} ms | |"
    yield f"| publish {LARGE:,} actors | {publication:.1f} s | {reading:.1f} s (reading them) | {publication / reading:.1f}× |"
    yield f"\n95 of 100 saves take at most {1000 * SAVED:.0f} ms: {'met' if slow <= SAVED else 'MISSED'}"
    yield f"{LARGE:,} actors are published within {PUBLISHED:.0f} s: {'met' if publication <= PUBLISHED else 'MISSED'}"


if __name__ == "__main__":
    told = list(lines())
    print("\n".join(told))
    sys.exit(report.missed(told))
