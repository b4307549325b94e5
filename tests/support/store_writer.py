"""A program that writes transactions until it is killed and says which were acknowledged; and what must be true of what it wrote.

`python -m tests.support.store_writer write|prepare|hold`, with the store's address in the variable STORE: a command line would show a
password.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from biocarto.store.database import Store, open_store
from biocarto.store.one_server import hold
from biocarto.store.store_error import StoreError
from biocarto.store.transaction import Transaction

ROOT = Path(__file__).resolve().parents[2]
FACTS = 6
"""Of each act."""
_CHANGE_SET = "INSERT INTO change_set (number, at, who, why, kind, act, request) VALUES (?, '', 'writer', 'kill', 'edit', '', ?)"
_FACT = "INSERT INTO fact VALUES (?, ?, 'actors', 'row', ?, '', 'é', '', '', '', '', '')"


def write_act(transaction: Transaction, request: str) -> int:
    """One act as the desk writes it: a change set, its facts, its row; the number of the change set."""
    [(number,)] = transaction.execute("SELECT coalesce(max(number), 0) + 1 FROM change_set")
    transaction.execute(_CHANGE_SET, (number, request))
    transaction.execute_many(_FACT, [(number * FACTS + place, number, f"field {place}") for place in range(FACTS)])
    if number == 1:
        transaction.execute("INSERT INTO register_row VALUES ('actors', 'row', 1, 1, 48.5, 2.25, '{}')")
    else:
        transaction.execute("UPDATE register_row SET version = ?", (number,))
    return int(number)


def find_requests(store: Store) -> set[str]:
    """The acts that are there; fails where one is half there."""
    with store.read() as transaction:
        halves = transaction.execute(
            "SELECT number FROM change_set c WHERE (SELECT count(*) FROM fact f WHERE f.change_set = c.number) != ?", (FACTS,)
        )
        acts = transaction.execute("SELECT request FROM change_set")
        versions = transaction.execute("SELECT version FROM register_row")
    assert halves == []
    assert versions == ([(len(acts),)] if acts else [])
    return {request for (request,) in acts}


def start_program(act: str, address: str) -> subprocess.Popen[bytes]:
    """This module as a program; what it says is read from a pipe."""
    command = [sys.executable, "-m", "tests.support.store_writer", act]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"STORE": address}, stdout=subprocess.PIPE, bufsize=0)


def read_line(program: subprocess.Popen[bytes]) -> str:
    """The next line of a program; empty at its end."""
    assert program.stdout is not None
    return program.stdout.readline().decode().strip()


def kill_writers(store: Store, address: str, rounds: int, chance: random.Random) -> tuple[int, int]:
    """Kill two writers at a random moment, again and again: acts that were acknowledged, and whole ones that were not.

    Fails where an acknowledged act is lost, one is half there, or the store takes no other act at once.
    """
    known: set[str] = set()
    told = 0
    for _ in range(rounds):
        writers = [start_program("write", address) for _ in range(2)]
        first = [read_line(writer) for writer in writers]
        time.sleep(chance.uniform(0, 0.1))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        rest = [line for writer in writers for line in writer.communicate()[0].decode().splitlines()]
        assert {writer.returncode for writer in writers} == {-signal.SIGKILL}
        acknowledged = {*first, *rest}
        with store.write() as transaction:
            own = f"round {secrets.token_hex(4)}"
            write_act(transaction, own)
        found = find_requests(store)
        assert known | acknowledged | {own} <= found
        told += len(acknowledged)
        known = found
    return told, len(known) - told - rounds


def _write(store: Store) -> None:
    """Acts until killed, or until the server is: one line after each that was acknowledged."""
    while True:
        request = secrets.token_hex(8)
        try:
            with store.write() as transaction:
                write_act(transaction, request)
        except StoreError as error:
            sys.exit(error.trouble.name)
        os.write(1, f"{request}\n".encode())
        time.sleep(random.uniform(0, 0.005))


def main() -> None:
    """What a test asks for by its name."""
    store, act = open_store(os.environ["STORE"]), sys.argv[1]
    if act == "prepare":
        store.prepare()
    elif act == "write":
        _write(store)
    elif act == "hold":
        try:
            assert hold(store)
            os.write(1, b"held\n")
        except StoreError as error:
            os.write(1, f"{error.trouble.name}\n".encode())
            return
        signal.pause()


if __name__ == "__main__":
    main()
