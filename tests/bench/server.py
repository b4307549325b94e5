"""The server of the benchmark: a folder with the app, the front-end files beside it, and a log of what each run cost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.app import LOG

ROOT = Path(__file__).resolve().parents[2]
PAGE = "from tests.bench import app\n\napp.page()\n"
DOOR = """from pathlib import Path

import streamlit as st

from biocarto.server import door
from biocarto.server.assets import AssetStore

shelf = AssetStore(Path(__file__).parent / "static")
app = st.App("page.py", routes=door.build_routes(shelf, lambda: ""), lifespan=door.build_lifespan(shelf.read_files))
"""
"""Every way is served by the same server, which has our front-end files at our addresses."""


class Stage:
    """Starts the server when an address is asked for, and after `stop` again."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "static", folder / "static")
        (folder / "page.py").write_text(PAGE)
        (folder / "app.py").write_text(DOOR)
        self._folder = folder
        self._log = folder / "runs.jsonl"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    def address(self, way: str, size: int) -> str:
        """Where one way draws."""
        if self._process is None:
            self._start()
        return f"http://localhost:{self._port}/?way={way}&size={size}"

    def runs(self) -> list[float]:
        """Seconds of each run since the last question."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        self._log.unlink(missing_ok=True)
        return [float(json.loads(line)["seconds"]) for line in lines]

    def stop(self) -> None:
        """End the server, whatever it is still computing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None
        self.runs()

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", str(self._folder / "app.py"), "--server.port", str(self._port)]
        environment = os.environ | {LOG: str(self._log), "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        with (self._folder / "server.txt").open("wb") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self._wait()

    def _wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://localhost:{self._port}/_stcore/health", timeout=2):
                return
            time.sleep(0.1)
        raise RuntimeError("The server did not start:\n" + (self._folder / "server.txt").read_text()[-3000:])


@contextlib.contextmanager
def staged() -> Iterator[Stage]:
    """A stage in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        try:
            yield stage
        finally:
            stage.stop()
