"""A real server and a real browser: `serve` starts the app, `page` opens it with everything but this machine out of reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from biocarto.register.catalogue import Catalogue
from tests import chromium
from tests.browser import hostile
from tests.browser.directory import directory_map
from tests.browser.maps import MapView
from tests.browser.servers import ROOT, Serve, Servers
from tests.browser.visitors import SHELTER, LeftBehind, Visitors
from tests.browser.waiting import opened
from tests.support.register import joined

RESULTS = ROOT / "test-results"
_FAILED = pytest.StashKey[bool]()

# A loaded machine is no defect: what is expected may take a while to stand on screen.
expect.set_options(timeout=60_000)

NewPage = Callable[..., Page]

LONG_FIRST = (
    "booth_code",
    "static",
    "pages",
    "booth",
    "hostile",
    "broken",
    "view",
    "booth_screen",
    "accessibility",
    "journeys",
    "space",
    "desk",
)
"""Files by what they take: two workers that share them by file (`--dist loadfile --no-loadscope-reorder`) end at about the same time."""


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """`serve(env, script=…, base_path=…)` -> address of a running app; the same arguments give the same server."""
    servers = Servers(tmp_path_factory.mktemp)
    yield servers.serve
    servers.stop()


@pytest.fixture(scope="session")
def app_url(serve: Serve) -> str:
    """The address of the app as it is, on the committed data."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = chromium.find(chromium.SHELLS)
    if path is None:
        pytest.fail("No Chromium: `make test` installs one, or set CHROMIUM to its path.")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS, *chromium.THRIFTY, SHELTER])
        yield started
        started.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    """The pages of this browser."""
    return Visitors(browser)


@pytest.fixture
def new_page(visitors: Visitors, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """`new_page(width=390, color_scheme="dark", …)` -> a page; further arguments go to Playwright's context.

    Tests lend each other their pages, which are wiped in between; `fresh="the reason"` gives one that nobody had before.
    `page.outside` fills with the addresses that it asked of other machines (they are refused), `page.errors` with script errors.
    """
    pages: list[Page] = []

    def _new_page(width: int = 1400, height: int = 900, fresh: str = "", **options: object) -> Page:
        pages.append((visitors.fresh if fresh else visitors.lend)(width, height, **options))
        return pages[-1]

    yield _new_page
    failed = request.node.stash.get(_FAILED, False)
    if failed:
        RESULTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", request.node.name)
        for number, page in enumerate(pages):
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
    left = [found for page in pages if (found := taken_back(visitors, page, failed))]
    assert left == []


def taken_back(visitors: Visitors, page: Page, failed: bool) -> str:
    """What a test has left behind in a page, if anything: the others are wiped all the same."""
    try:
        visitors.take_back(page, failed)
    except LeftBehind as left:
        return str(left)
    return ""


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of 1400 x 900 in French and in the light theme."""
    return new_page()


@pytest.fixture
def fresh_page(new_page: NewPage) -> Page:
    """The same, with an empty cache."""
    return new_page(fresh="files that it has not yet")


@pytest.fixture
def wide(new_page: NewPage) -> Page:
    """A touch screen that lies."""
    return new_page(width=1920, height=1080, has_touch=True, color_scheme="light")


@pytest.fixture(scope="module")
def needs_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the stand of a file of tests stores what it hears."""
    return tmp_path_factory.mktemp("stand") / "needs.sqlite"


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, after everything that needs no browser."""

    def place(item: pytest.Item) -> int:
        name = item.path.stem.removeprefix("test_")
        return 0 if item.path.parent != Path(__file__).parent else 1 + [*LONG_FIRST, name].index(name)

    items.sort(key=place)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that `new_page` leaves a picture of what was on screen."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or (report.when != "teardown" and report.failed)
    return report
