"""The first minute of a server, and what a public one keeps closed: seen in a browser, on servers of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.servers import APP, Serve, Server
from tests.browser.waiting import opened


def test_the_first_visitor_of_a_fresh_server_may_come_by_a_deep_link(page: Page, tmp_path: Path) -> None:
    """Nobody has opened the first page yet: no "Page not found", the page itself, its map and its answer."""
    server = Server(APP, {}, tmp_path / "log.txt")
    try:
        server.wait()
        opened(page, f"{server.url}/ile-de-france?category=bioproduction")
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_role("heading", name="L'Île-de-France des biothérapies")).to_be_visible()
        maps.only_map(page)
        assert page.errors == []
    finally:
        server.stop()


@pytest.fixture(scope="module")
def public_url(serve: Serve) -> str:
    """A public server, asked from its own machine."""
    return serve({"BIOCARTO_PUBLIC_URL": "https://carto.example"})


def test_the_stand_is_closed_on_a_public_server(page: Page, public_url: str) -> None:
    """It says so in words, in whatever room a link leads to; the other pages are there."""
    opened(page, f"{public_url}/stand?door=need&by=write")
    expect(page.get_by_role("heading", name="Le stand est fermé sur ce serveur")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    opened(page, f"{public_url}/stand?lang=en")
    expect(page.get_by_role("heading", name="The booth is closed on this server")).to_be_visible()


def test_links_carry_the_public_address(page: Page, public_url: str) -> None:
    """The link to share names the public host, not the one that the server happens to be asked under."""
    opened(page, f"{public_url}/annuaire?q=vecteurs")
    page.locator(".st-key-take-link").get_by_role("button").click()
    expect(page.get_by_test_id("stCode").filter(has_text="https://carto.example/annuaire?q=vecteurs")).to_be_visible()


def test_a_script_that_gets_into_a_page_does_not_run(page: Page, app_url: str) -> None:
    """The browser refuses it, and what the browser refuses is an error for every test of ours."""
    opened(page, f"{app_url}/sources")
    page.evaluate("() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))")
    assert page.evaluate("() => window.ran") is None
    assert len(page.errors) == 1
    assert "script-src" in page.errors[0]
