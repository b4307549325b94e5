"""A Streamlit server of its own for a measure, and the processor time that it has spent."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path


def find_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def serving(script: Path, folder: Path, env: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Port and process id of a server that answers."""
    port = find_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true"]
    no = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=os.environ | dict(env or {}), stdin=no, stdout=no, stderr=no)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


def _wait(port: int, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"The server on port {port} did not start.")


def spent(process: int) -> float:
    """Processor seconds of another process: Linux counts a clock for each, whose number is made of its id."""
    return time.clock_gettime((~process << 3) | 2)


def resident(process: int) -> float:
    """Megabytes of another process that are in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
