"""What a page says where its WebSocket is blocked, and that it says nothing where it is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.waiting import settled

pytestmark = pytest.mark.browser

STREAM, BOX = "**/_stcore/stream*", "#biocarto-waiting"


def keep_silent(_socket: WebSocketRoute) -> None:
    """A proxy that lets nothing through."""


def later(page: Page) -> None:
    """A quarter of a minute after the page was opened, by its own clock."""
    page.clock.fast_forward(15_000)


def test_a_blocked_websocket_is_told_with_whom_to_ask(fresh_page: Page, app_url: str) -> None:
    """What is blocked, whom to ask, and the static edition, in both languages; the page's policy let the script run."""
    fresh_page.clock.install()
    fresh_page.route_web_socket(STREAM, keep_silent)
    fresh_page.goto(f"{app_url}/annuaire", wait_until="load")
    later(fresh_page)
    box = fresh_page.locator(BOX)
    for words in ("WebSocket", "service informatique", "édition statique", "IT department", "static edition", "localhost"):
        expect(box).to_contain_text(words)
    expect(box).to_have_role("alert")


def test_a_silent_server_is_told_as_such(fresh_page: Page, app_url: str) -> None:
    """Where nothing answers at all, WebSocket is not to blame."""
    fresh_page.clock.install()
    fresh_page.route_web_socket(STREAM, keep_silent)
    fresh_page.route("**/_stcore/health*", refuse)
    fresh_page.goto(f"{app_url}/annuaire", wait_until="load")
    later(fresh_page)
    expect(fresh_page.locator(BOX)).to_contain_text("Le serveur ne répond pas")


def refuse(route: Route) -> None:
    """No answer."""
    route.abort()


def test_a_page_that_is_served_says_nothing(fresh_page: Page, app_url: str) -> None:
    """Time passes, the page is there, nothing covers it."""
    fresh_page.clock.install()
    fresh_page.goto(f"{app_url}/annuaire", wait_until="domcontentloaded")
    settled(fresh_page)
    later(fresh_page)
    expect(fresh_page.locator(BOX)).to_have_count(0)
