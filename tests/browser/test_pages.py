"""Every page, opened once per state: complete without network, nothing broken or too wide, and nothing serious that axe-core finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.readings import read_kept, read_page
from tests.browser.rgaa import expect_rgaa, expect_room_for_text
from tests.browser.waiting import opened
from tests.browser.whole import check, maps_are_drawn

PAGES = {
    "": 2,
    "ile-de-france": 1,
    "couverture": 1,
    "annuaire": 1,
    "bioproduction-tour": 1,
    "reseaux": 1,
    "sources": 0,
    "mentions-legales": 0,
    "accessibilite": 0,
    "atelier": 0,
}
"""Page -> maps on it."""
OPEN = {"ile-de-france": "category=bioproduction&place=site-genopole", "bioproduction-tour": "stage=stage-2", "reseaux": "cluster=medicen"}
"""What a visitor has open on a phone, and does not yet on a wide screen."""

State = tuple[str, str, int]
# Each page meets each pair of language, theme and width.
STATES: tuple[State, ...] = (("fr", "light", 1400), ("en", "dark", 1400), ("en", "light", 390), ("fr", "dark", 390))
# The narrowest screen that WCAG asks for, with nothing open, and a wall screen.
OTHER_SCREENS: tuple[State, ...] = (("en", "dark", 320), ("en", "light", 1920))


def expect_complete(new_page: NewPage, address: str, state: State, count: int) -> Page:
    """Title in the right language, maps drawn, every request answered by this machine; no fault of axe's or RGAA's, or room for text."""
    lang, theme, width = state
    page = opened(new_page(width=width, color_scheme=theme), address)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    maps_are_drawn(page, count)
    check(page)
    if state in STATES:
        if "couverture" not in address:
            maps.every_map(page, count)
        expect_no_violations(page)
        expect_rgaa(page)
    else:
        expect_room_for_text(page, spacing=True)
        expect_room_for_text(page, 200 if width > 1000 else 100)
    return page


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(map(str, state)))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_everybody_gets_a_whole_page(new_page: NewPage, app_url: str, path: str, state: State) -> None:
    """Every page, both languages, both themes, phone and wide screen, with a list or a sheet open and without."""
    more = OPEN.get(path, "") if state[2] == 390 else ""
    page = expect_complete(new_page, f"{app_url}/{path}?lang={state[0]}&{more}", state, PAGES[path])
    if state[2] == 1400:
        assert read_page(page) == read_kept(state[0])[path], "not read as before: python -m tests.browser.readings, then read the diff"


@pytest.mark.parametrize("state", OTHER_SCREENS, ids=lambda state: "-".join(map(str, state)))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_a_page_is_whole_on_other_screens(new_page: NewPage, app_url: str, path: str, state: State) -> None:
    """320 pixels with nothing open, and a wall screen: wide spacing cuts nothing, nor do letters twice as large where there is room."""
    expect_complete(new_page, f"{app_url}/{path}?lang={state[0]}", state, PAGES[path])


def test_on_a_phone_the_sheet_stands_before_the_map(new_page: NewPage, app_url: str) -> None:
    """Whole, without a scroll of its own."""
    page = opened(new_page(width=390, height=844), f"{app_url}/annuaire?actor=aenitis-technologies")
    beside, drawn = page.locator(".st-key-directory-beside"), page.locator("iframe").first
    expect(drawn).to_be_attached()
    expect(beside.locator(".st-key-close-actor")).to_be_attached()
    assert beside.bounding_box()["y"] < drawn.bounding_box()["y"]  # type: ignore[index]
    assert beside.evaluate("node => { node.scrollTop = 50; return node.scrollTop; }") == 0
