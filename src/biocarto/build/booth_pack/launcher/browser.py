"""Finds a browser and opens the stand in it, over the whole screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from launcher.words import say

KIOSK = (
    "--kiosk",
    "--incognito",
    "--noerrdialogs",
    "--disable-session-crashed-bubble",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-features=Translate",
    "--password-store=basic",
)
"""As docs/stand.md lists them."""
QUIET = ("--no-first-run", "--no-default-browser-check")
CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
FIREFOX = """user_pref("apz.allow_zooming", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.firstRunURL", "");
"""
"""What it reads in a new profile: two fingers do not enlarge the page, and nothing greets a first start."""
_CRASHES, _WITHIN = 3, 60.0

Find = Callable[[str], str | None]


def _windows(environ: Mapping[str, str], *tails: str) -> list[Path]:
    bases = [environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA") if environ.get(name)]
    return [Path(base, *tail.split("/")) for tail in tails for base in bases]


def _usual(environ: Mapping[str, str], platform: str) -> tuple[list[Path], list[Path]]:
    """Where Chromium and its kin, then Firefox, are installed without being on PATH."""
    if platform == "win32":
        chromium = _windows(
            environ, "Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"
        )
        return chromium, _windows(environ, "Mozilla Firefox/firefox.exe")
    if platform == "darwin":
        names = ("Google Chrome", "Chromium", "Microsoft Edge", "Firefox")
        *chromium, firefox = [Path(f"/Applications/{name}.app/Contents/MacOS/{'firefox' if name == 'Firefox' else name}") for name in names]
        return chromium, [firefox]
    return [], []


def choose(environ: Mapping[str, str], platform: str = sys.platform, find: Find = shutil.which) -> tuple[str, str] | None:
    """(`chromium` or `firefox`, path) of the first browser that is there."""
    usual = _usual(environ, platform)
    for kind, names, places in (("chromium", CHROMIUM, usual[0]), ("firefox", ("firefox",), usual[1])):
        on_path = next((path for name in names if (path := find(name))), None)
        if found := on_path or next((str(place) for place in places if place.is_file()), None):
            return kind, found
    return None


def build_command(browser: tuple[str, str], address: str, window: bool, profile: Path) -> list[str]:
    """The command that shows the address: over the whole screen, or in an ordinary window."""
    kind, path = browser
    if kind == "firefox":
        return [path, "--no-remote", "--profile", str(profile), *(["--new-window"] if window else ["--kiosk", "--private-window"]), address]
    return [path, *QUIET, f"--user-data-dir={profile}", *(["--new-window"] if window else KIOSK), address]


def _profile(kind: str, environ: Mapping[str, str]) -> tempfile.TemporaryDirectory[str]:
    """A folder for one run; Ubuntu's Firefox sees nothing of the system's temporary one."""
    sandbox = Path(environ.get("HOME") or "/", "snap", "firefox", "common")
    place = sandbox if kind == "firefox" and sandbox.is_dir() else None
    made = tempfile.TemporaryDirectory(prefix="biocarto-stand-", dir=place, ignore_cleanup_errors=True)
    if kind == "firefox":
        Path(made.name, "user.js").write_text(FIREFOX, encoding="utf-8")
    return made


class Window:
    """The browser of the stand; one that crashes is opened again, one that is closed stays closed."""

    def __init__(self, address: str, window: bool, environ: Mapping[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._address, self._window, self._environ, self._clock = address, window, environ, clock
        self._crashes: deque[float] = deque(maxlen=_CRASHES)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._browser = choose(environ)
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Open it, or ask the system's default browser."""
        if self._browser is None:
            self._ask_the_system()
            return
        self._folder = self._folder or _profile(self._browser[0], self._environ)
        line = build_command(self._browser, self._address, self._window, Path(self._folder.name))
        no = subprocess.DEVNULL
        try:
            self.process = subprocess.Popen(
                line, env=dict(self._environ), start_new_session=os.name == "posix", stdin=no, stdout=no, stderr=no
            )
        except OSError:
            self._browser = None
            self._ask_the_system()

    def _ask_the_system(self) -> None:
        webbrowser.open(self._address)
        say(
            f"Ni Chromium, ni Chrome, ni Edge, ni Firefox : ouvrez {self._address} et passez en plein écran (F11).",
            f"Neither Chromium, Chrome, Edge nor Firefox: open {self._address} and switch to full screen (F11).",
        )

    def tend(self) -> None:
        """See whether it is still there."""
        code = None if self.process is None else self.process.poll()
        if code is None:
            return
        self.process = None
        self._crashes.append(self._clock())
        often = len(self._crashes) == _CRASHES and self._clock() - self._crashes[0] < _WITHIN
        if code and not often:
            self.open()
            return
        say(
            f"Le navigateur est fermé, le serveur continue : {self._address}. Pour tout arrêter : Ctrl+C ici.",
            f"The browser is closed, the server goes on: {self._address}. To end all: Ctrl+C here.",
        )

    def close(self) -> None:
        """End it, and remove what it kept."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self._folder is not None:
            self._folder.cleanup()
