"""`/ogc/` beside pygeoapi and tipg: milliseconds of a page of 100 and of 1,000, of what a rectangle and what a filter leave.

`python -m tests.bench.features`: the same features in all three, which are our own as we answer them: 20,000 generated actors, the
register's actors, and communes, which are polygons. One client, whose connections stay open, asks each question of the three in random
order, and the questions of all kinds are mixed, so that a busy machine slows them all; nothing is compressed, and no page has been asked
for before. A page has as many features with as many properties, and says how many match. What a rectangle and a filter leave comes a
hundred at a time: what is measured is the finding. A rectangle leaves with us, as the standard has it, features without a position too.
Ours is the real server, `dashboard.py`; the others are described in tests/bench/peers.py.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.bench import report
from tests.bench.desk import enlarge
from tests.bench.peers import Feature, Table, install, serving_peers
from tests.bench.process import serving
from tests.bench.server import ROOT
from tests.support.postgres import PROGRAMS

ROUNDS, WARM, LARGE = 200, 5, 20_000
OURS = "ours"
DEPARTMENTS = ("75", "77", "78", "91", "92", "93", "94", "95")
CATEGORIES = ("biotherapies", "bioproduction", "techproviders")


class Question(NamedTuple):
    """What is asked of one table; `kind` is what it counts as."""

    table: str
    kind: str
    params: Mapping[str, str]


class Way(NamedTuple):
    """A server: where each table's features are, as a port and a path with its query begun."""

    name: str
    pages: Mapping[str, tuple[int, str]]


class Client:
    """One program, which keeps its connections open."""

    def __init__(self) -> None:
        self._open: dict[int, HTTPConnection] = {}

    def ask(self, port: int, path: str, **headers: str) -> tuple[float, int, bytes]:
        """Seconds from the request to the last byte, the status, and the bytes."""
        if port not in self._open:
            self._open[port] = HTTPConnection("127.0.0.1", port, timeout=120)
        connection = self._open[port]
        start = perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "identity", **headers})
        answer = connection.getresponse()
        body = answer.read()
        return perf_counter() - start, answer.status, body

    def close(self) -> None:
        """End every connection."""
        for connection in self._open.values():
            connection.close()


def read_features(port: int, collection: str) -> list[Feature]:
    """All features of one of our collections."""
    client, found, matched = Client(), [], 1
    while len(found) < matched:
        _, _, body = client.ask(port, f"/ogc/collections/{collection}/items?f=json&limit=10000&offset={len(found)}")
        page = json.loads(body)
        matched, found = page["numberMatched"], found + page["features"]
    client.close()
    return found


def _draw_page(limit: int, size: int, dice: random.Random) -> dict[str, str]:
    return {"limit": str(limit), "offset": str(dice.randrange(max(1, size - limit + 1)))}


def _draw_box(dice: random.Random) -> dict[str, str]:
    """A view of a fifth of the region's width, around a place of its middle."""
    west, south = dice.uniform(1.9, 2.6), dice.uniform(48.5, 48.95)
    return {"limit": "100", "bbox": f"{west:.5f},{south:.5f},{west + 0.4:.5f},{south + 0.25:.5f}"}


def _draw_actors(dice: random.Random) -> dict[str, str]:
    return {"limit": "100", "filter": f"category = '{dice.choice(CATEGORIES)}' AND founded >= {dice.randrange(1980, 2016)}"}


def _draw_communes(dice: random.Random) -> dict[str, str]:
    condition = f"department_code = '{dice.choice(DEPARTMENTS)}' AND population >= {dice.randrange(100, 3_000)}"
    return {"limit": "100", "filter": condition}


def list_questions(tables: list[Table], rounds: int, seed: int = 17) -> list[Question]:
    """Every kind for every table, so many times with other figures, in random order."""
    dice, found = random.Random(seed), []
    for table in tables:
        size, draw = len(table.features), _draw_communes if table.name == "communes" else _draw_actors
        kinds: dict[str, Callable[[random.Random], dict[str, str]]] = {
            "items of 100": partial(_draw_page, 100, size),
            "items of 1,000": partial(_draw_page, 1_000, size),
            "bbox": _draw_box,
            "filter": draw,
        }
        found += [Question(table.name, kind, write(dice)) for kind, write in kinds.items() for _ in range(rounds)]
    dice.shuffle(found)
    return found


def _ask(client: Client, way: Way, question: Question) -> tuple[float, bytes]:
    port, path = way.pages[question.table]
    seconds, status, body = client.ask(port, f"{path}&{urlencode(question.params)}")
    if status != 200:
        raise RuntimeError(f"{way.name} answers {question} with {status}: {body[:500]!r}")
    return seconds, body


def require_equal_work(client: Client, ways: list[Way], question: Question) -> None:
    """RuntimeError where ours has fewer features, or fewer properties of one, than another, or another number that match."""
    pages: dict[str, Any] = {way.name: json.loads(_ask(client, way, question)[1]) for way in ways}
    told = {name: (len(page["features"]), page["numberMatched"]) for name, page in pages.items()}
    widths = {name: len(page["features"][0]["properties"]) for name, page in pages.items() if page["features"]}
    is_equal = len(set(told.values())) == 1 or (question.kind == "bbox" and told[OURS] == max(told.values()))
    if not is_equal or widths.get(OURS, 0) != max(widths.values(), default=0):
        raise RuntimeError(f"{question} is not the same work for all: {told}, properties {widths}")


Seconds = dict[tuple[str, str], dict[str, list[float]]]


def measure(ways: list[Way], tables: list[Table], rounds: int) -> Seconds:
    """Table and kind -> name -> seconds of each question."""
    client, dice, found = Client(), random.Random(1), Seconds()
    for question in list_questions(tables, WARM, seed=5):
        require_equal_work(client, ways, question)
    gc.disable()  # a client that collects would be slow for whomever it asks just then
    for question in list_questions(tables, rounds):
        for way in dice.sample(ways, len(ways)):
            seconds, _ = _ask(client, way, question)
            found.setdefault((question.table, question.kind), defaultdict(list))[way.name].append(seconds)
    gc.enable()
    client.close()
    return found


@contextmanager
def serving_ours(folder: Path, large: int = LARGE) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Ports and processes: of the register with so many actors, and of the register as it is."""
    many = folder / "many"
    shutil.copytree(ROOT / "data", many)
    enlarge(many, large)
    env = {"BIOCARTO_STORE": str(folder / "none.sqlite"), "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    door = ROOT / "dashboard.py"
    with serving(door, ROOT, env | {"BIOCARTO_DATA": str(many)}) as first, serving(door, ROOT, env) as second:
        yield first, second


@contextmanager
def serving_all(folder: Path, environments: Path) -> Iterator[tuple[list[Way], list[Table]]]:
    """Ours and the peers, with the same features."""
    programs = install(environments)
    with ExitStack() as stack:
        (many, _), (few, _) = stack.enter_context(serving_ours(folder))
        tables = [
            Table("many", "id", ("category", "founded"), read_features(many, "actors")),
            Table("actors", "id", ("category", "founded"), read_features(few, "actors")),
            Table("communes", "code", ("department_code", "population"), read_features(few, "communes")),
        ]
        ports = stack.enter_context(serving_peers(programs, folder, tables))
        own = {
            "many": (many, "/ogc/collections/actors/items?f=json"),
            "actors": (few, "/ogc/collections/actors/items?f=json"),
            "communes": (few, "/ogc/collections/communes/items?f=json"),
        }
        names = [table.name for table in tables]
        yield (
            [
                Way(OURS, own),
                Way("pygeoapi", {name: (ports["pygeoapi"], f"/collections/{name}/items?f=json") for name in names}),
                Way("tipg", {name: (ports["tipg"], f"/collections/public.{name}/items?f=geojson") for name in names}),
            ],
            tables,
        )


def write_lines(found: Seconds, tables: list[Table]) -> Iterator[str]:
    """One Markdown row a table and kind, and whether ours is at least as fast at the median and at 95 of 100."""
    peers = [name for name in next(iter(found.values())) if name != OURS]
    peers.sort()
    yield f"| median; 95 of 100 | ours | {' | '.join(peers)} |"
    yield "|---|--:|" + "--:|" * len(peers)
    slower: list[str] = []
    for table in tables:
        for kind in ("items of 100", "items of 1,000", "bbox", "filter"):
            figures = {name: (median(told), quantiles(told, n=20)[-1]) for name, told in found[table.name, kind].items()}
            own, cells = figures[OURS], []
            for name in peers:
                ratios = tuple(other / mine for other, mine in zip(figures[name], own, strict=True))
                cells.append(f"{_write(figures[name])} ({report.times(ratios[0])}; {report.times(ratios[1])})")
                slower += [f"{table.name}, {kind}: {name}"] if min(ratios) < 1 else []
            yield f"| {len(table.features):,} {table.name}, {kind} | {_write(own)} | {' | '.join(cells)} |"
    yield f"\nours is at least as fast at the median and at 95 of 100: {'MISSED (' + '; '.join(slower) + ')' if slower else 'met'}"


def _write(figures: tuple[float, float]) -> str:
    return "; ".join(f"{1000 * seconds:.1f} ms" for seconds in figures)


def lines(rounds: int = ROUNDS, environments: Path | None = None) -> Iterator[str]:
    """The whole run; `environments` is a folder in which the peers are, or will be, installed."""
    if not PROGRAMS.exists():
        yield "`/ogc/` beside pygeoapi and tipg: not measured without PostgreSQL, which `make test-services` installs"
        return
    with tempfile.TemporaryDirectory(prefix="biocarto-") as name:
        with serving_all(Path(name), environments or Path(name)) as (ways, tables):
            found = measure(ways, tables, rounds)
        yield from write_lines(found, tables)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.features", description="/ogc/ beside pygeoapi and tipg.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"questions of each kind ({ROUNDS})")
    parser.add_argument("--peers", type=Path, help="a folder that keeps the environments of the peers for another run")
    chosen = parser.parse_args()
    told = list(lines(chosen.rounds, chosen.peers))
    print("\n".join(told))
    print(f"load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    sys.exit(report.missed(told))
