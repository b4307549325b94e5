"""Runs Streamlit in a process that ends with the launcher, however that one ends: `python guard.py run dashboard.py …`.

The launcher holds the other end of the standard input; the system closes it even where the launcher was killed.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
from pathlib import Path


def _wait(pipe: int) -> None:
    while os.read(pipe, 4096):  # not sys.stdin: a thread that waits in there hinders a clean end
        pass
    os._exit(1)


def _take_pipe() -> int:
    """The pipe, with nothing left in its place: on Windows whoever only looks at a pipe that is being read waits too."""
    pipe, nothing = os.dup(0), os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return pipe


if __name__ == "__main__":
    threading.Thread(target=_wait, args=(_take_pipe(),), daemon=True).start()
    sys.path[0] = str(Path.cwd())  # as `python -m streamlit` has it
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
