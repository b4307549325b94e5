"""Ports for the servers of the tests: each process has a block of its own, so that two workers, or two runs, never ask for the same one."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from functools import cache
from pathlib import Path

FIRST, LAST, BLOCK = 20_000, 32_000, 100
"""Below 32,768, where Linux begins to give ports to programs that ask for any."""


@cache
def _block() -> list[int]:
    """The ports of this process that no server was given yet; their lock is held while the process lives."""
    folder = Path(tempfile.gettempdir()) / "biocarto-test-ports"
    folder.mkdir(exist_ok=True)
    for first in range(FIRST, LAST, BLOCK):
        lock = os.open(folder / str(first), os.O_CREAT | os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        return list(range(first, first + BLOCK))
    raise RuntimeError(f"Every block of ports is taken: {folder}")


def _is_free(port: int) -> bool:
    """Whether no program that knows nothing of our blocks listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def take() -> int:
    """A port that no other test run uses, and that stays its owner's over a restart."""
    ports = _block()
    while ports:
        port = ports.pop(0)
        if _is_free(port):
            return port
    raise RuntimeError("This process has used up its ports.")
