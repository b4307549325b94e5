"""Nothing leaves this machine: below a base path, with our own font, in the theme that a visitor chooses. Every page: test_pages.py."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Serve
from tests.browser.waiting import opened, settled
from tests.browser.whole import check, maps_are_drawn


def test_maps_are_drawn_below_a_base_path(page: Page, serve: Serve) -> None:
    """An operator may serve the app at example.org/carto: the addresses of front-end files are relative."""
    opened(page, f"{serve(base_path='carto')}/bioproduction-tour")
    maps_are_drawn(page, 1)
    check(page)


def test_our_font_is_served_by_us(fresh_page: Page, app_url: str) -> None:
    """The page is set in IBM Plex Sans, loaded from our own server."""
    page = fresh_page
    fonts: list[str] = []
    page.on("response", lambda answer: answer.ok and "ibm-plex-sans" in answer.url and fonts.append(answer.url))
    opened(page, f"{app_url}/sources")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check(\"16px 'IBM Plex Sans Variable'\"))")
    assert fonts
    assert all(f"{app_url}/assets/" in url for url in fonts)


def test_the_theme_can_be_chosen_and_nothing_deployed(page: Page, app_url: str) -> None:
    """The menu of a visitor: system, light, dark; no developer's button."""
    opened(page, app_url)
    expect(page.get_by_text("Deploy")).to_have_count(0)
    page.get_by_test_id("stMainMenu").click()
    menu = page.get_by_test_id("stMainMenuPopover")
    menu.get_by_text("Dark").click()
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    settled(page)
    check(page)


def test_the_guard_sees_what_leaves(new_page: NewPage, app_url: str) -> None:
    """The test above can fail: where no policy of ours forbids it, a request to another machine is seen, and refused."""
    page = new_page(bypass_csp=True)
    opened(page, f"{app_url}/sources")
    refused = page.evaluate("fetch('https://example.org/a').then(() => 'answered', () => 'refused')")
    assert refused == "refused"
    assert page.outside == ["https://example.org/a"]


def test_the_policy_refuses_what_would_leave(page: Page, app_url: str) -> None:
    """In a visitor's browser the request is not even made."""
    opened(page, f"{app_url}/sources")
    refused = page.evaluate("fetch('https://example.org/a').then(() => 'answered', () => 'refused')")
    assert refused == "refused"
    assert page.outside == []
    assert any("connect-src" in error for error in page.errors)
