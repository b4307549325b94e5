"""The browser of a stand: which one, how, and again when it crashes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from biocarto import config
from tests.build.booth_launcher import browser


def _only(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/bin/{name}" if name in names else None


def test_a_chromium_is_preferred(tmp_path: Path) -> None:
    """On PATH, else at the usual places, else Firefox, else none."""
    assert browser.choose({}, "linux", _only("firefox", "google-chrome")) == ("chromium", "/bin/google-chrome")
    assert browser.choose({}, "linux", _only("firefox")) == ("firefox", "/bin/firefox")
    assert browser.choose({}, "linux", _only()) is None
    edge = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.write_text("")
    environ = {"PROGRAMFILES": str(tmp_path / "none"), "PROGRAMFILES(X86)": str(tmp_path)}
    assert browser.choose(environ, "win32", _only()) == ("chromium", str(edge))
    assert browser.choose({}, "darwin", _only("firefox")) in {("firefox", "/bin/firefox")}


def test_the_flags_are_those_of_the_document() -> None:
    """docs/stand.md and the launcher open the same kiosk."""
    text = (config.ROOT / "docs/stand.md").read_text(encoding="utf-8")
    documented = re.search(r"```sh\nchromium (.*?) http", text.replace("\\\n", ""), re.DOTALL)
    assert documented is not None
    line = browser.build_command(("chromium", "/bin/chromium"), "http://localhost:8501/stand", False, Path("/tmp/p"))
    assert set(documented[1].split()) <= set(line)
    assert (line[0], line[-1]) == ("/bin/chromium", "http://localhost:8501/stand")
    assert "--user-data-dir=/tmp/p" in line


def test_a_window_is_no_kiosk() -> None:
    """An ordinary window for trying out; Firefox has words of its own."""
    assert "--kiosk" not in browser.build_command(("chromium", "c"), "a", True, Path("p"))
    own = ["f", "--no-remote", "--profile", "p"]
    assert browser.build_command(("firefox", "f"), "a", False, Path("p")) == [*own, "--kiosk", "--private-window", "a"]
    assert browser.build_command(("firefox", "f"), "a", True, Path("p")) == [*own, "--new-window", "a"]


def test_firefox_gets_a_profile_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two fingers do not enlarge the page, nothing greets a first start; where a sandbox hides the system's folder, in its own."""
    monkeypatch.setattr(browser, "choose", lambda _: ("firefox", "/bin/true"))
    common = tmp_path / "snap/firefox/common"
    common.mkdir(parents=True)
    window = browser.Window("a", False, {"HOME": str(tmp_path)})
    window.open()
    (profile,) = common.iterdir()
    assert '"apz.allow_zooming", false' in (profile / "user.js").read_text()
    window.process.wait()
    window.close()
    assert list(common.iterdir()) == []


def _window(monkeypatch: pytest.MonkeyPatch, chosen: tuple[str, str] | None) -> Any:
    monkeypatch.setattr(browser, "choose", lambda _: chosen)
    return browser.Window("http://localhost:1/stand", False, os.environ, clock=lambda: 0.0)


def test_a_browser_that_crashes_is_opened_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Not for ever; one that was closed stays closed, and the operator is told how to end the rest."""
    window = _window(monkeypatch, ("chromium", "/bin/false"))
    window.open()
    opened = 0
    while window.process is not None:
        opened += 1
        window.process.wait()
        window.tend()
    window.close()
    assert opened == 3
    assert "Ctrl+C" in capsys.readouterr().out
    closed = _window(monkeypatch, ("chromium", "/bin/true"))
    closed.open()
    closed.process.wait()
    closed.tend()
    assert closed.process is None
    closed.close()


def test_without_a_known_browser_the_system_is_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the one that was found does not start."""
    asked: list[str] = []
    monkeypatch.setattr(browser.webbrowser, "open", asked.append)
    for chosen in (None, ("chromium", "/nowhere/chromium")):
        window = _window(monkeypatch, chosen)
        window.open()
        window.tend()
        window.close()
    assert asked == ["http://localhost:1/stand"] * 2
    assert "F11" in capsys.readouterr().out
