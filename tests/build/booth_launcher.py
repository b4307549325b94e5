"""The launcher of the booth's pack, as its tests load and start it."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from biocarto.build.booth import PACK


def _load(name: str) -> ModuleType:
    """A module of the pack, found where `stand.py` finds it."""
    sys.path.insert(0, str(PACK))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(PACK))


stand, words, settings, install = _load("stand"), _load("launcher.words"), _load("launcher.settings"), _load("launcher.install")
server, browser, journal, run = _load("launcher.server"), _load("launcher.browser"), _load("launcher.journal"), _load("launcher.run")
lock = _load("launcher.lock")

SET = {"tag": stand.find_tag(), "python": "3.0", "system": "here", "machine": "this", "room": 100_001_350, "longest": 142}

FAKE_PIP = """
import os, pathlib, signal, sys
target = pathlib.Path(sys.argv[sys.argv.index("--target") + 1])
(target / "streamlit").mkdir(parents=True)
(target / "streamlit" / "__init__.py").write_text("")
if os.environ.get("CUT"):
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(1)
if os.environ.get("BREAK"):
    print("this wheel is damaged")
    sys.exit(2)
(target / "streamlit" / "__main__.py").write_text(pathlib.Path(__file__).parent.parent.parent.joinpath("fake.txt").read_text())
"""

FAKE_STREAMLIT = """
import http.server, os, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{os.getpid()} {os.environ.get('BIOCARTO_BOOTH_IDLE')} {os.getcwd()}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
print("server up", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[-1])), Health).serve_forever()
"""


class Started:
    """A launcher that runs in a process of its own."""

    def __init__(self, pack: Path, *options: str, **env: str) -> None:
        command = [sys.executable, str(pack / "stand.py"), "--server-only", *options]
        self.process = subprocess.Popen(
            command,
            env=os.environ | {"PYTHONUTF8": "1"} | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.said = ""

    def until(self, words: str) -> str:
        """Read on until a line has these words; returns that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        raise AssertionError(self.said)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, and return its code."""
        self.process.send_signal(how)
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode
