"""The policy of the pages in Firefox: everything that Chromium shows is shown, and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.servers import APP, Server
from tests.services.firefox import Firefox

pytestmark = pytest.mark.services

FONT = "document.fonts.check('16px \"IBM Plex Sans Variable\"') && document.fonts.size > 0"
RUN = "document.querySelector('[data-testid=\"stApp\"]')?.dataset.testScriptState === 'notRunning' && document.title"
DRAWN = "document.querySelectorAll('button[data-id], canvas.bc-points, path.bc-area[data-code]').length"
TITLE = "document.querySelector('h1')?.textContent"
PLANT = "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A laptop's server."""
    server = Server(APP, {}, tmp_path_factory.mktemp("server") / "log.txt")
    try:
        server.wait()
        yield server.url
    finally:
        server.stop()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One browser for all pages."""
    with Firefox(tmp_path_factory.mktemp("firefox")) as found:
        yield found


@pytest.mark.parametrize("path", ["", "ile-de-france", "annuaire", "couverture", "bioproduction-tour", "reseaux?cluster=medicen"])
def test_a_page_with_a_map_is_whole(firefox: Firefox, url: str, path: str) -> None:
    """Its own title, our font, a map with its symbols or areas; nothing is refused."""
    firefox.open(f"{url}/{path}")
    assert "BioCarto" in firefox.wait_for(RUN)
    assert firefox.wait_for(DRAWN, in_frame=True)
    firefox.wait_for(FONT)
    assert firefox.refusals() == []


@pytest.mark.parametrize("path", ["sources", "stand", "stand?door=home"])
def test_a_page_without_a_map_is_whole(firefox: Firefox, url: str, path: str) -> None:
    """The title in the page and nothing refused."""
    firefox.open(f"{url}/{path}")
    assert firefox.wait_for(TITLE)
    assert firefox.refusals() == []


def test_a_script_that_gets_into_a_page_is_refused(firefox: Firefox, url: str) -> None:
    """The tests above can fail: what the policy stops is seen."""
    firefox.open(f"{url}/sources")
    firefox.wait_for(RUN)
    firefox.ask(PLANT)
    assert firefox.ask("window.ran") is None
    firefox.wait_for("window.bcRefused.length")
    assert firefox.refusals() == ["script-src-elem inline"]
