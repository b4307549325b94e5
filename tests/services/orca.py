"""Debian's screen reader, Orca, without a screen: what it says of a page that Chromium shows, one utterance after the other.

It needs a display (Xvfb), a session bus and the bus of accessibility, all of its own; it says nothing aloud, and writes down what it would.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.services.__main__ import LAUNCHER
from tests.services.programs import find_program, start_display, start_program

PATIENCE = 60
"""Seconds that a start, or an utterance, may take on a busy machine."""
_UTTERANCE = re.compile(r"SPEECH OUTPUT: '(.*)'(?:\{.*\})?$", re.MULTILINE)


class Orca:
    """A page and its reader, as long as `run_orca` lasts."""

    def __init__(self, page: Page, log: Path) -> None:
        self.page = page
        self._log = log

    def read(self) -> list[str]:
        """All that was said so far."""
        return _UTTERANCE.findall(self._log.read_text(encoding="utf-8", errors="replace")) if self._log.exists() else []

    def hear(self, *wanted: str, since: int = 0) -> list[str]:
        """What is said from utterance `since` on, once `wanted` are among it in this order; AssertionError with all of it otherwise."""
        end = time.monotonic() + PATIENCE
        while True:
            said = self.read()[since:]
            rest = iter(said)
            if all(any(words in utterance for utterance in rest) for words in wanted):
                return said
            assert time.monotonic() < end, f"{wanted} not said: {said}"
            time.sleep(0.2)


def _start_buses(stack: ExitStack, env: dict[str, str]) -> None:
    """A display, a session bus and the bus of accessibility; `env` learns where they are."""
    start_display(stack, env)
    session = [find_program("dbus-daemon"), "--session", "--print-address", "--nofork"]
    bus = start_program(stack, session, env, stdout=subprocess.PIPE)
    assert bus.stdout
    env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    start_program(stack, [str(LAUNCHER), "--launch-immediately"], env)


@contextmanager
def run_orca(folder: Path) -> Iterator[Orca]:
    """Chromium with a window that nobody sees, and Orca that reads it."""
    env = os.environ | {"ACCESSIBILITY_ENABLED": "1", "HOME": str(folder), "LANG": "C.UTF-8"}
    log = folder / "said.txt"
    with ExitStack() as stack:
        _start_buses(stack, env)
        orca = [find_program("orca"), "--replace", f"--debug-file={log}", f"--user-prefs={folder / 'prefs'}"]
        start_program(stack, orca, env, stdout=subprocess.DEVNULL)
        reader = Orca(None, log)  # type: ignore[arg-type]
        reader.hear("Screen reader on")
        driver = stack.enter_context(sync_playwright())
        options = [*chromium.ARGUMENTS, "--force-renderer-accessibility"]
        browser = driver.chromium.launch(executable_path=chromium.find(), headless=False, args=options, env=env)
        stack.callback(browser.close)
        yield Orca(browser.new_page(locale="fr-FR"), log)
