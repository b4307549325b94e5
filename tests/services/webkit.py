"""WebKitGTK, the engine of Safari as Debian has it: its small browser on a screen that nobody sees, steered by WebDriver."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from tests.browser import ports
from tests.services.__main__ import MINI_BROWSER
from tests.services.programs import find_program, start_display, start_program

PATIENCE = 120
"""Seconds that a start, or something on a page, may take on a busy machine."""
_OPTIONS = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": {"binary": str(MINI_BROWSER), "args": ["--automation"]}}


class WebKit:
    """One browser, as long as `run_webkit` lasts."""

    def __init__(self, driver: str, group: int) -> None:
        self._driver, self._group, self._session = driver, group, ""
        self._session = f"/session/{self._begin()}"

    def _begin(self) -> str:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return str(self._do("POST", "/session", capabilities={"alwaysMatch": _OPTIONS})["sessionId"])
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

    def wait_for(self, script: str) -> None:
        """Until an expression is true in the page; AssertionError after `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while not self.ask(script):
            assert time.monotonic() < end, f"Never true: {script}"
            time.sleep(0.1)

    def measure_work(self) -> float:
        """Seconds of a processor that the browser has spent so far, in all its processes: what a busy machine does not lengthen."""
        stats = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # another program that has ended meanwhile
                stats.append(path.read_text().rpartition(")")[2].split())
        ticks = sum(int(stat[11]) + int(stat[12]) for stat in stats if int(stat[2]) == self._group)
        return ticks / os.sysconf("SC_CLK_TCK")

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
        driver = start_program(stack, [find_program("WebKitWebDriver"), f"--port={port}"], env, stdout=DEVNULL, process_group=0)
        browser = WebKit(f"http://127.0.0.1:{port}", driver.pid)
        stack.callback(browser.close)
        yield browser
