"""Starts programs of the machine for as long as a stack lasts, and the display of those that want a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from tests.services.__main__ import FOLDERS


def find_program(name: str) -> str:
    """Its path; AssertionError where it is not installed."""
    path = shutil.which(name, path=FOLDERS)
    assert path, f"{name} is not installed: `make test-services` installs it"
    return path


def start_program(stack: ExitStack, command: Sequence[str], env: Mapping[str, str], **options: Any) -> subprocess.Popen[str]:
    """Run a command until the stack closes; what it complains of is not kept."""
    process = subprocess.Popen(command, env=env, text=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    stack.enter_context(process)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    """Ask it to end, and see to it."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()


def start_display(stack: ExitStack, env: dict[str, str]) -> None:
    """A screen of 1400 x 900 that nobody sees; `env` learns where it is."""
    reading, writing = os.pipe()
    start_program(
        stack,
        [find_program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        env,
        pass_fds=[writing],
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        env["DISPLAY"] = f":{told.readline().strip()}"
