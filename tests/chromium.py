"""Finds the Chromium that browser tests and the benchmark drive; as a program, installs one where there is none and prints its path.

`--shell` asks for the one without windows, where there is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from playwright.sync_api import sync_playwright

from tests.support.debian import install_packages, run_quietly

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
SHELL = "chromium-headless-shell"
"""The same engine without windows, which saves a part of the processor time: with THRIFTY, an eighth of fourteen pages."""
SHELLS = (SHELL, *NAMES)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that asks nothing on its own account, and runs in a container."""
THRIFTY = ("--disable-gpu-compositing", "--disable-gpu-rasterization", "--disable-software-rasterizer", "--js-flags=--no-opt")
"""No stand-in for a graphics card, which no page of ours asks for; no second compiler for scripts that run once."""


def find(names: Sequence[str] = NAMES) -> str | None:
    """The path in $CHROMIUM, else a browser of this machine that starts, the first of `names` first, else Playwright's own, else None."""
    return next((path for path in _candidates(names) if path and _starts(path)), None)


def _candidates(names: Sequence[str]) -> Iterator[str | None]:
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, names)
    with sync_playwright() as driver:
        yield driver.chromium.executable_path


def _starts(path: str) -> bool:
    """Some distributions ship a `chromium-browser` that only tells people to install a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install() -> None:
    """Debian's packages where this user may install them, else Playwright's build in the user's own cache."""
    print("No Chromium on this machine: installing one…", file=sys.stderr)
    if install_packages("chromium") and find():
        install_packages(SHELL)  # where this Debian has it
    else:
        run_quietly([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    wanted = SHELLS if "--shell" in sys.argv[1:] else NAMES
    if find(wanted) is None:
        install()
    found = find(wanted)
    if found is None:
        sys.exit("Browser tests need Chromium: sudo apt install chromium, or CHROMIUM=/path/to/chrome make test")
    print(found)
