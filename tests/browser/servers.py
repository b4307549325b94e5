"""Streamlit servers of the tests: one per setting and worker, started when a test first asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.browser import ports

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "dashboard.py"

Serve = Callable[..., str]


class Server:
    """One `streamlit run` of its own, with its own environment and port."""

    def __init__(self, script: Path, env: Mapping[str, str], log: Path, base_path: str = "") -> None:
        self.port = port = ports.take()
        self.url = f"http://localhost:{port}" + (f"/{base_path}" if base_path else "")
        self._log = log
        options = ["--server.port", str(port), "--server.baseUrlPath", base_path]
        self._command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
        self._env = os.environ | dict(env)
        self.start()

    def start(self) -> None:
        """A process at the address of the one before."""
        with self._log.open("w") as output:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )

    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def wait(self, seconds: float = 180) -> None:
        """Until the server answers; raises with its output when it ends or stays silent."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.runs():
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:  # noqa: S310 - http, our own
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self._log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End the process and wait for it."""
        self._process.terminate()
        self._process.wait(20)


class Servers:
    """`serve(env, script=…, base_path=…)` -> address of a running app; the same arguments give the same server."""

    def __init__(self, new_folder: Callable[[str], Path]) -> None:
        self._new_folder = new_folder
        self._started: dict[object, Server] = {}

    def serve(self, env: Mapping[str, str] | None = None, script: Path = APP, base_path: str = "") -> str:
        """The address, once the server answers."""
        key = (tuple(sorted((env or {}).items())), script, base_path)
        if key not in self._started:
            self._started[key] = Server(script, env or {}, self._new_folder("server") / "log.txt", base_path)
            self._started[key].wait()
        return self._started[key].url

    def stop(self) -> None:
        """End all of them."""
        for server in self._started.values():
            server.stop()
