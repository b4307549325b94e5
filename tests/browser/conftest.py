"""A real server and a real browser: `serve` starts the app, `page` opens it with everything but this machine out of reach."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from biocarto.joins import Catalogue
from tests import chromium
from tests.browser import hostile
from tests.browser.directory import directory_map
from tests.browser.maps import MapView
from tests.browser.waiting import opened
from tests.test_joins import joined

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
OUTSIDE = re.compile(r"^(https?|wss?)://(?!(localhost|127\.0\.0\.1)[:/])")
_FAILED = pytest.StashKey[bool]()

# A loaded machine is no defect: what is expected may take a while to stand on screen.
expect.set_options(timeout=60_000)

Serve = Callable[..., str]
NewPage = Callable[..., Page]


class Server:
    """One `streamlit run` of its own, with its own environment and port."""

    def __init__(self, script: Path, env: Mapping[str, str], log: Path, base_path: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
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

    def wait(self, seconds: float = 180) -> None:
        """Until the server answers; raises with its output when it ends or stays silent."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self._log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End the process and wait for it."""
        self._process.terminate()
        self._process.wait(20)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve(env, script=…, base_path=…)` -> address of a running app; the same arguments give the same server."""
    servers: dict[object, Server] = {}

    def _serve(env: Mapping[str, str] | None = None, script: Path = ROOT / "dashboard.py", base_path: str = "") -> str:
        key = (tuple(sorted((env or {}).items())), script, base_path)
        if key not in servers:
            servers[key] = Server(script, env or {}, tmp_path_factory.mktemp("server") / "log.txt", base_path)
            servers[key].wait()
        return servers[key].url

    yield _serve
    for server in servers.values():
        server.stop()


@pytest.fixture(scope="session")
def app_url(serve: Serve) -> str:
    """The address of the app as it is, on the committed data."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium: `make test` installs one, or set CHROMIUM to its path.")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """`new_page(width=390, color_scheme="dark", …)` -> a page of a fresh visitor; further arguments go to Playwright's context.

    `page.outside` fills with the addresses that it asked of other machines (they are refused), `page.errors` with script errors.
    """
    pages: list[Page] = []

    def _new_page(width: int = 1400, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block", locale="fr-FR", **options)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.outside, page.errors = [], []
        page.on("request", lambda asked: OUTSIDE.match(asked.url) and page.outside.append(asked.url))
        page.on("websocket", lambda asked: OUTSIDE.match(asked.url) and page.outside.append(asked.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        context.route(OUTSIDE, lambda route: route.abort())
        pages.append(page)
        return page

    yield _new_page
    for number, page in enumerate(pages):
        if request.node.stash.get(_FAILED, False):
            RESULTS.mkdir(exist_ok=True)
            name = re.sub(r"[^\w.-]+", "-", request.node.name)
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
        page.context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of 1400 x 900 in French and in the light theme."""
    return new_page(color_scheme="light")


@pytest.fixture
def directory(page: Page, app_url: str) -> MapView:
    """The map of the directory, wholly in view."""
    return directory_map(opened(page, f"{app_url}/annuaire"))


@pytest.fixture
def unharmed(page: Page) -> Callable[[], None]:
    """A check that nothing of the data ran, in any frame, and that nothing was asked outside."""
    return hostile.check(page)


@pytest.fixture(scope="session")
def hostile_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables with names that try to run wherever a page shows one."""
    return hostile.tables(tmp_path_factory.mktemp("hostile") / "data")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The committed data, joined: what the pages must agree with."""
    return joined()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that `new_page` leaves a picture of what was on screen."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or (report.when == "call" and report.failed)
    return report
