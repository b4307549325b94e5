"""The stand of a pack with the cable pulled, in a network namespace of its own: `python -m tests.services.pack_visit PACK PYTHON`.

Prints one line of JSON: what the launcher said, what a visitor saw, and how long each start took.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests import chromium
from tests.browser import maps
from tests.browser.stand import enter, loop, press, tile
from tests.browser.visit import state
from tests.browser.waiting import opened, settled

_COUNT_RUNS = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    window.runs = 0;
    new MutationObserver(() => { window.runs += app.dataset.testScriptState === "running"; }).observe(app, { attributes: true });
}"""
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1
_OTHER_MACHINE = ("192.0.2.1", 80)


def bring_loopback_up() -> None:
    """What `ip link set lo up` does, where there is no `ip`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def cable_is_pulled() -> bool:
    """No way out: not even a packet may be sent to another machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            any_socket.connect(_OTHER_MACHINE)
        except OSError:
            return True
    return False


class Launcher:
    """`stand.py --server-only` under a Python of the machine, without anything of this project's environment."""

    def __init__(self, pack: Path, python: str) -> None:
        env = {"HOME": str(pack.parent), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
        start = time.monotonic()
        self.process = subprocess.Popen(
            [python, str(pack / "stand.py"), "--server-only"],
            env=env,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.said: list[str] = []
        self.url = re.search(r"http://\S+", self.until("http://localhost:"))[0]
        self.seconds = round(time.monotonic() - start, 2)

    def until(self, words: str) -> str:
        """Read on until a line has these words."""
        for line in self.process.stdout:
            self.said.append(line.strip())
            if words in line:
                return line
        raise RuntimeError("\n".join(self.said))

    def server(self) -> int:
        """The process of Streamlit."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        assert len(children) == 1, children
        return int(children[0])

    def stop(self) -> int:
        """End it as a closed session would, and return its code."""
        self.process.send_signal(signal.SIGTERM)
        self.said += self.process.communicate(timeout=60)[0].split("\n")
        return self.process.returncode


@contextmanager
def launched(pack: Path, python: str) -> Iterator[Launcher]:
    """A running stand, ended whatever happens."""
    launcher = Launcher(pack, python)
    try:
        yield launcher
    finally:
        if launcher.process.poll() is None:
            launcher.stop()


@contextmanager
def visitor() -> Iterator[Page]:
    """A touch screen that lies."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        page = started.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True, locale="fr-FR", service_workers="block")
        page.set_default_timeout(120_000)
        yield page
        started.close()


def visit(page: Page, url: str) -> dict[str, Any]:
    """From the loop through a door to a list with its code; then a map."""
    found: dict[str, Any] = {}
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    enter(page, url, "who")
    found["font"] = page.evaluate("document.fonts.ready.then(() => document.fonts.check(\"16px 'IBM Plex Sans Variable'\"))")
    tile(page, "modality", "rna").tap()
    expect(page.locator(".st-key-booth-tiles-actors button").first).to_be_visible()
    settled(page)  # a server that has just started still draws: this visit is about the pack, not about haste
    page.locator(".st-key-booth-tiles-actors button").first.tap()
    page.locator(".st-key-keep button").tap()
    expect(page.locator(".st-key-drop button")).to_be_visible()
    found["kept"] = state(page)["keep"]
    press(page, "booth-list")
    expect(page.locator(".bc-code img")).to_be_visible()
    opened(page, f"{url}?door=tour")
    found["map"] = len(maps.only_map(page).ids("stage"))
    found["errors"] = list(errors)  # what a killed server brings about later is another matter
    return found


def survive(page: Page, launcher: Launcher) -> dict[str, Any]:
    """The server is killed while a visitor stands there: the page comes back by itself, with the visit."""
    opened(page, f"{launcher.url}?door=who&modality=rna&keep=genethon")
    page.evaluate("() => { window.sameDocument = true; }")
    page.evaluate(_COUNT_RUNS)
    killed = launcher.server()
    os.kill(killed, signal.SIGKILL)
    launcher.until("answers again")
    page.wait_for_function("() => window.runs > 0")
    settled(page)
    press(page, "booth-list")
    expect(page.locator(".bc-kept")).to_contain_text("Généthon")
    return {"another": launcher.server() != killed, "by_itself": page.evaluate("window.sameDocument === true")}


def main(pack: Path, python: str) -> dict[str, Any]:
    """Two starts: the first installs, the second is visited."""
    bring_loopback_up()
    found: dict[str, Any] = {"pulled": cable_is_pulled()}
    with launched(pack, python) as first:
        found["first"] = {"seconds": first.seconds, "said": first.said}
    with launched(pack, python) as second, visitor() as page:
        found["second"] = {"seconds": second.seconds, "said": second.said}
        start = time.monotonic()
        opened(page, second.url)
        expect(loop(page)).to_be_visible()
        found["second"]["loop"] = round(second.seconds + time.monotonic() - start, 2)
        found["visit"] = visit(page, second.url)
        found["killed"] = survive(page, second)
        found["code"] = second.stop()
    return found


if __name__ == "__main__":
    expect.set_options(timeout=120_000)
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
