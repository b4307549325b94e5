"""Nothing leaves this machine, nothing breaks, nothing overflows: every page, both languages, both themes, phone to wall screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Serve
from tests.browser.waiting import opened, settled

# page -> maps on it
PAGES = {"": 2, "ile-de-france": 1, "couverture": 1, "annuaire": 1, "bioproduction-tour": 1, "reseaux": 1, "sources": 0}
# Each page meets each language, each theme and each width at least once; all combinations would only take longer.
STATES = (("fr", "light", 1400), ("en", "dark", 390), ("en", "light", 1920), ("fr", "dark", 390))

State = tuple[str, str, int]


def check(page: Page) -> None:
    """No request to another machine, no script error, no error box, no sideways scroll."""
    assert page.outside == []
    assert page.errors == []
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0


def maps_are_drawn(page: Page, count: int) -> None:
    """The page has that many maps, and each has drawn its ground and its symbols or areas."""
    expect(page.locator("iframe")).to_have_count(count)
    for number in range(count):
        inside = page.frame_locator("iframe").nth(number)
        expect(inside.locator("[data-ground]")).to_be_attached()
        expect(inside.locator("button[data-id], canvas.bc-points, path.bc-area[data-code]").first).to_be_attached()


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(map(str, state)))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_a_page_is_complete_without_network(new_page: NewPage, app_url: str, path: str, state: State) -> None:
    """Title in the right language, maps drawn, and every request answered by this machine."""
    lang, theme, width = state
    page = new_page(width=width, color_scheme=theme)
    opened(page, f"{app_url}/{path}?lang={lang}")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    maps_are_drawn(page, PAGES[path])
    check(page)


def test_maps_are_drawn_below_a_base_path(page: Page, serve: Serve) -> None:
    """An operator may serve the app at example.org/carto: the addresses of front-end files are relative."""
    opened(page, f"{serve(base_path='carto')}/bioproduction-tour")
    maps_are_drawn(page, 1)
    check(page)


def test_our_font_is_served_by_us(page: Page, app_url: str) -> None:
    """The page is set in IBM Plex Sans, loaded from our own server."""
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


def test_the_guard_sees_what_leaves(page: Page, app_url: str) -> None:
    """The test above can fail: a request to another machine is seen, and refused."""
    opened(page, f"{app_url}/sources")
    refused = page.evaluate("fetch('https://example.org/a').then(() => 'answered', () => 'refused')")
    assert refused == "refused"
    assert page.outside == ["https://example.org/a"]
