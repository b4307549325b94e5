"""Short answers leave at once: without this, a system may hold the end of one back until the reader has confirmed its beginning.

Streamlit binds the port without naming TCP, so that asyncio does not see what it is and leaves Nagle's algorithm on: on a connection that
is used again, each answer below some 60 kB then takes 40 ms more, which is the time after which the other side confirms.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path

_OPEN_FILES = Path("/dev/fd")
"""The open files of this process, where a system tells them (Linux, macOS)."""


def send_at_once() -> None:
    """Let every connection that a listening socket of this process takes from now on send without waiting."""
    if _OPEN_FILES.is_dir():
        for file in list(_OPEN_FILES.iterdir()):
            if file.name.isdigit():
                _set_if_listening(int(file.name))


def _set_if_listening(number: int) -> None:
    """Ask a copy of the file what it is; the copy is closed whatever it turns out to be."""
    with contextlib.suppress(OSError):
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            return
        copy = os.dup(number)
        try:
            found = socket.socket(fileno=copy)
        except OSError:
            os.close(copy)
            raise
        with found:
            if found.family in {socket.AF_INET, socket.AF_INET6} and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
