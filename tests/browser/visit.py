"""What visitors do on any page: tap a part, change page or language, and what the address then says."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled

TOUR = "bioproduction-tour"


def state(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def expect_state(page: Page, path: str | None = None, **wanted: str | None) -> None:
    """Until the address has these values (None: has not the name), on this path if one is given."""

    def agrees(url: str) -> bool:
        found = parse_qs(urlsplit(url).query)
        right_page = path is None or urlsplit(url).path == f"/{path}"
        return right_page and all(found.get(name, [None])[-1] == value for name, value in wanted.items())

    page.wait_for_url(agrees, wait_until="commit")


def block(page: Page, key: str) -> Locator:
    """A part of the page by the key that its code gives it."""
    return page.locator(f".st-key-{key}")


def speak(page: Page, lang: str) -> None:
    """Tap one of the two languages."""
    block(page, "language").get_by_role("radio", name={"fr": "Français", "en": "English"}[lang]).click()
    expect(page.locator("html")).to_have_attribute("lang", lang)


def go(page: Page, path: str) -> None:
    """Change pages by the navigation on top."""
    page.get_by_test_id("stTopNav").locator(f'a[href$="/{path}"]').click()
    expect_state(page, path=path)
    settled(page)
