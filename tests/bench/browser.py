"""A Chromium driven by its own protocol and nothing else.

Playwright copies every frame of a page's sockets to its driver. That takes time in the measured page, most from those who
send most: the benchmark asks for nothing but navigation, evaluation, errors and a picture.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests import chromium

ARGUMENTS = (
    *(argument for argument in chromium.ARGUMENTS if argument != "--disable-gpu"),
    "--headless",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--remote-debugging-port=0",
)
"""The same for every way: WebGL, on the processor; no address but this machine's; no window counts as hidden."""
WIDTH, HEIGHT = 1400, 900


class Browser:
    """The connection to one running Chromium."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count()
        self.errors: list[str] = []

    def call(self, method: str, session: str = "", limit: float = 30, **values: Any) -> dict[str, Any]:
        """The result of one command; raises TimeoutError after `limit` seconds, RuntimeError when it is refused."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": values} | ({"sessionId": session} if session else {})))
        end = time.monotonic() + limit
        while True:
            answer = json.loads(self._connection.recv(timeout=max(0.0, end - time.monotonic())))
            if answer.get("method") == "Runtime.exceptionThrown" and answer["sessionId"] == session:
                self.errors.append(str(answer["params"]["exceptionDetails"])[:500])
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def version(self) -> str:
        """Such as `Chrome/140.0.1`."""
        return str(self.call("Browser.getVersion")["product"]).removeprefix("Headless")

    @contextlib.contextmanager
    def visitor(self, watch: str) -> Iterator[Window]:
        """A window of someone with an empty cache; the script `watch` runs first in every page."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context, width=WIDTH, height=HEIGHT)["targetId"]
        window = Window(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        window.prepare(watch)
        try:
            yield window
        finally:
            with contextlib.suppress(TimeoutError):
                self.call("Target.disposeBrowserContext", browserContextId=context)


class Window:
    """One page; its commands."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def _call(self, method: str, limit: float = 30, **values: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, limit, **values)

    def prepare(self, watch: str) -> None:
        """Size, errors, and the script that runs first."""
        self._browser.errors.clear()
        self._call("Page.enable")
        self._call("Runtime.enable")
        self._call("Performance.enable")
        self._call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        self._call("Page.addScriptToEvaluateOnNewDocument", source=watch)

    def open(self, address: str) -> None:
        """Begin the navigation."""
        self._call("Page.navigate", url=address)

    def evaluate(self, script: str, limit: float = 30) -> Any:
        """The value of an expression, awaited; raises RuntimeError for what it throws and for errors of the page."""
        try:
            answer = self._call("Runtime.evaluate", limit, expression=script, awaitPromise=True, returnByValue=True)
        finally:
            if self._browser.errors:
                raise RuntimeError(f"The page has script errors: {self._browser.errors[:3]}")
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def count(self) -> dict[str, float]:
        """What the browser counts of the page: `ProcessTime` and `ThreadTime` in seconds, `Nodes`, `JSHeapUsedSize` in bytes and others."""
        return {metric["name"]: metric["value"] for metric in self._call("Performance.getMetrics")["metrics"]}

    def spent(self) -> float:
        """Processor seconds of the page's process, all its threads."""
        return self.count()["ProcessTime"]

    def picture(self) -> bytes:
        """What is on screen, as PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", 120)["data"])


def _address(folder: Path, seconds: float = 60) -> str:
    """Where the browser listens: it writes the port and a path into its folder."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError):
            port, path = (folder / "DevToolsActivePort").read_text().split()
            return f"ws://127.0.0.1:{port}{path}"
        time.sleep(0.05)
    raise RuntimeError("Chromium did not start.")


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium with a profile of its own, ended with all its processes."""
    path = chromium.find()
    if path is None:
        raise RuntimeError("No Chromium: `make bench` installs one, or set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [path, *ARGUMENTS, f"--user-data-dir={folder}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            with connect(_address(Path(folder)), max_size=None, ping_interval=None) as connection:
                yield Browser(connection)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
