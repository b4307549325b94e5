"""Packages of Debian that a check needs: installed where this user may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def run_quietly(command: Sequence[str]) -> bool:
    """True when the command worked; all that it says goes to standard error, because standard output is for results alone."""
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environ, check=False).returncode == 0


def install_packages(*names: str) -> bool:
    """True when every package is installed; nothing is tried where there is neither apt nor the right to use it."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*as_root, "apt-get", "-q", "-y"]
    may = shutil.which("apt-get") and (not as_root or (shutil.which("sudo") and run_quietly([*as_root, "true"])))
    return bool(may) and run_quietly([*apt, "update"]) and run_quietly([*apt, "install", "--no-install-recommends", *names])
