"""WebKitGTK, the engine of Safari as Debian has it: its small browser on a screen that nobody sees, steered by WebDriver."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from tests.browser import ports
MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
from tests.services.programs import find_program, start_display, start_program

PATIENCE = 60
"""Seconds that a start may take on a busy machine."""
_OPTIONS = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": {"binary": str(MINI_BROWSER), "args": ["--automation"]}}


class WebKit:
    """One browser, as long as `run_webkit` lasts."""

    def __init__(self, driver: str) -> None:
        self._session = ""
        self._driver = driver
        self._session = f"/session/{self._begin()}"

    def _begin(self) -> str:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return str(self._do("POST", "/session", capabilities={"alwaysMatch": _OPTIONS})["sessionId"])
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert time.monotonic() < end, "WebKitWebDriver did not start"
                time.sleep(0.1)

    def _do(self, method: str, path: str, **given: Any) -> Any:
        """One command and its result; RuntimeError with what the driver says where it fails."""
        body = json.dumps(given).encode() if method == "POST" else None
        request = urllib.request.Request(self._driver + self._session + path, body, method=method)  # noqa: S310 - http, our own
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - http, our own
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {json.load(error)['value']}") from error

    def open(self, address: str) -> None:
        """Go to an address and wait until the document is loaded."""
        self._do("POST", "/url", url=address)

    def ask(self, script: str) -> Any:
        """What an expression is in the page."""
        return self._do("POST", "/execute/sync", script=f"return {script};", args=[])

    def wait_for(self, script: str, seconds: float) -> float:
        """Until an expression is true in the page: after how many seconds; AssertionError where it is not in time."""
        start = time.monotonic()
        while not self.ask(script):
            assert time.monotonic() < start + seconds, f"Never true: {script}"
            time.sleep(0.1)
        return time.monotonic() - start

    def close(self) -> None:
        """End the browser."""
        self._do("DELETE", "")


@contextmanager
def run_webkit(folder: Path) -> Iterator[WebKit]:
    """A browser with a home of its own."""
    env = os.environ | {"HOME": str(folder), "LANG": "fr_FR.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"}
    with ExitStack() as stack:
        start_display(stack, env)
        port = ports.take()
        start_program(stack, [find_program("WebKitWebDriver"), f"--port={port}"], env, stdout=DEVNULL)
        browser = WebKit(f"http://127.0.0.1:{port}")
        stack.callback(browser.close)
        yield browser
