"""Editors killed at random moments of saves, undos and publications: `python -m tests.desk.power_cut --rounds 20 --store ADDRESS`.

Is everything still there that was acknowledged, nothing of it by half, and the register open again within seconds?
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
import uuid
from dataclasses import asdict, dataclass, field

from biocarto.desk import acts, editions, ledger, publishing, reshaping
from biocarto.desk.desk_error import DeskError
from biocarto.store.database import Store, open_store
from tests.support.desk import ACTOR, PAGE, an_intent, look_up, open_desk
from tests.support.register import layers

LONGEST = 0.6
"""Seconds between the first acknowledgement of a round and the kill, at most."""


@dataclass
class CutFigures:
    """What all rounds found; `reopening` in seconds, the longest."""

    rounds: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    reopening: float = 0.0


def work(address: str, seed: int, told: int) -> None:
    """Save, undo, publish until killed; one line into the pipe `told` for each act, after it has returned."""
    desk, chance = open_desk(open_store(address)), random.Random(seed)
    last = 0
    while True:
        request, kind = uuid.uuid4().hex, chance.choice(("save", "save", "undo", "publish"))
        try:
            if kind == "save":
                seen = look_up(desk).cells.get("address", "")
                change = {"address": (seen, f"{chance.randrange(10**6)} rue de Paris")}
                made = acts.save_row(desk, an_intent(request=request), ("actors", ACTOR), change, PAGE)
                last = made.number if made else last
            elif kind == "undo" and last:
                reshaping.undo(desk, an_intent(request=request), last)
            elif kind == "publish":
                request = publishing.publish(desk, an_intent(request)).name
            else:
                continue
        except DeskError:
            continue
        os.write(told, f"{kind} {request}\n".encode())


def find_lost(store: Store, told: list[tuple[str, str]]) -> list[str]:
    """Acts that were acknowledged and that the store does not know."""
    with store.read() as transaction:
        names = {edition.name for edition in editions.list_editions(transaction)}
        requests = {act.request for act in ledger.select_change_sets(transaction, "")}
    return [name for kind, name in told if name not in (names if kind == "publish" else requests)]


def find_broken(store: Store) -> list[str]:
    """Rows that are not what their facts say, editions that are not what they were."""
    with store.read() as transaction:
        rows = [f"{resource} {row}" for resource, row in ledger.find_deviations(transaction)]
        return rows + editions.find_altered(transaction)


def _cut(address: str, seed: int, chance: random.Random) -> list[tuple[str, str]]:
    """One editor, from its first acknowledged act to its death: what it told."""
    read, told = os.pipe()
    editor = os.fork()
    if not editor:
        try:
            work(address, seed, told)
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(read, "rb", buffering=0) as lines:
        first = lines.read(1)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(editor, signal.SIGKILL)
        text = (first + lines.read()).decode()
    _, status = os.waitpid(editor, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "the editor ended by itself"
    return [(line.split()[0], line.split()[1]) for line in text.splitlines()]


def run(address: str, rounds: int, seed: int = 1) -> CutFigures:
    """Kill an editor `rounds` times and look at the register after each."""
    found, chance, store = CutFigures(), random.Random(seed), open_store(address)
    told: list[tuple[str, str]] = []
    layers()  # read once: a fork has them
    for number in range(rounds):
        some = _cut(address, number, chance)
        started = time.monotonic()
        with store.write() as transaction:
            transaction.execute("SELECT 1")
        found.reopening = max(found.reopening, time.monotonic() - started)
        told += some
        found.rounds += 1
        found.acknowledged += len(some)
        found.lost += find_lost(store, told)
        found.broken += find_broken(store)
    return found


def main() -> None:
    """The command line; exits with 1 when an act is lost or something is half done."""
    parser = argparse.ArgumentParser(prog="python -m tests.desk.power_cut", description="Kill editors, count what is lost.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", default="")
    given = parser.parse_args()
    found = run(given.store, given.rounds, given.seed)
    sys.stdout.write(json.dumps(asdict(found)) + "\n")
    sys.exit(bool(found.lost or found.broken))


if __name__ == "__main__":
    main()
