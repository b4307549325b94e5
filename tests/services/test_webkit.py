"""WebKitGTK, the engine nearest to Safari's: every page is there and its map drawn, with fifteen seconds of a processor at most."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.whole import PAGES
from tests.services.webkit import WebKit, run_webkit

pytestmark = pytest.mark.services

MOST_WORK = 15
"""Seconds of a processor."""
TITLE = "Boolean(document.querySelector('h1')?.textContent) && document.title.includes('BioCarto')"
DRAWN = """[...document.querySelectorAll("iframe")].filter(({ contentDocument }) => contentDocument?.querySelector(".biocarto.bc-shown")
    && contentDocument.querySelector("button[data-id], canvas.bc-points, path.bc-area[data-code]")).length"""


@pytest.fixture(scope="module")
def webkit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    """One browser for all pages."""
    with run_webkit(tmp_path_factory.mktemp("webkit")) as found:
        yield found


@pytest.mark.parametrize(("path", "count"), [*PAGES.items(), ("stand", 0)], ids=lambda value: str(value) or "overview")
def test_a_page_is_drawn(webkit: WebKit, app_url: str, path: str, count: int) -> None:
    """Its title, and symbols or areas on each of its maps."""
    before = webkit.measure_work()
    webkit.open(f"{app_url}/{path}")
    webkit.wait_for(TITLE)
    webkit.wait_for(f"{DRAWN} === {count}")
    assert webkit.measure_work() - before < MOST_WORK
