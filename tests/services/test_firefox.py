"""A real Firefox where a booth has no Chromium: the launcher's own command line and profile open the stand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from tests.build.booth_launcher import browser
from tests.services.__main__ import FOLDERS

PATIENCE = 120
"""Seconds that a first start may take on a busy machine."""


@pytest.fixture
def stand() -> Iterator[tuple[str, Queue[tuple[str, str]]]]:
    """An address, and what is asked of it: path and browser."""
    asked: Queue[tuple[str, str]] = Queue()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.put((self.path, self.headers["User-Agent"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The queue says it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/stand", asked
        server.shutdown()


@pytest.mark.services
@pytest.mark.parametrize("window", [False, True], ids=["kiosk", "window"])
def test_firefox_opens_the_stand(
    stand: tuple[str, Queue[tuple[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: bool
) -> None:
    """The stand is the first page that it asks for, in a profile that is gone when the stand ends."""
    program = shutil.which("firefox-esr", path=FOLDERS)
    assert program, "Firefox is not installed: `make test-services` installs it"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/firefox").symlink_to(program)
    (tmp_path / "profiles").mkdir()
    monkeypatch.setattr(browser.tempfile, "tempdir", str(tmp_path / "profiles"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    address, asked = stand
    opened = browser.Window(address, window, os.environ | {"MOZ_HEADLESS": "1", "HOME": str(tmp_path)})
    opened.open()
    try:
        path, kind = asked.get(timeout=PATIENCE)
        assert path == "/stand"
        assert "Firefox/" in kind
        assert opened.process.poll() is None
    finally:
        opened.close()
    assert list((tmp_path / "profiles").iterdir()) == []
