"""Without a mouse and without eyes: filter, take away, open a sheet; what is said of it; the symbols of a map; Streamlit's words."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import maps
from tests.browser.access import expect_focus_visible
from tests.browser.english import find_english
from tests.browser.visit import block, expect_state, speak
from tests.browser.waiting import opened, settled

MOST_TABS = 15
"""From the opening of the directory to a filter that is chosen, a file that is taken away and a sheet that is open."""


class Keys:
    """A keyboard that counts how often Tab is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.tabs = page, 0

    def tab(self, wanted: Locator, key: str = "Tab") -> None:
        """Until the focus is on what is wanted."""
        while not wanted.and_(self.page.locator(":focus")).count():
            assert self.tabs < MOST_TABS, f"{self.tabs} tabs, and not yet at {wanted}"
            self.page.keyboard.press(key)
            self.tabs += 1
        expect_focus_visible(wanted)

    def press(self, key: str) -> None:
        """Any other key."""
        self.page.keyboard.press(key)


def voice(page: Page) -> Locator:
    """What is said."""
    return page.locator("#bc-live")


def test_a_file_and_a_sheet_are_fifteen_tabs_away(page: Page, app_url: str) -> None:
    """Filter, export, sheet and back by keys alone; the focus is where one expects it, and each change is said once."""
    opened(page, f"{app_url}/annuaire")
    expect(voice(page)).to_have_text("")
    keys = Keys(page)
    keys.tab(page.get_by_test_id("stSkipToContent"))
    keys.press("Enter")
    expect_focus_visible(page.get_by_test_id("stMain"))
    kind = block(page, "facets").get_by_test_id("stPopoverButton").first
    keys.tab(kind)
    keys.press("Enter")
    value = page.get_by_test_id("stPopoverBody").get_by_role("button").first
    expect(value).to_be_focused()
    keys.press("Enter")
    expect_state(page, kind="company")
    expect(voice(page)).to_have_text(re.compile(r"^\d+ sites affichés sur \d+.*Page 1 sur \d+"))
    expect(value).to_be_focused()
    keys.press("Escape")
    expect(kind).to_be_focused()
    keys.tab(page.locator("a.bc-skip", has_text="Passer les filtres"), "Shift+Tab")
    keys.press("Enter")
    taken = block(page, "directory-tools").get_by_test_id("stDownloadButton").get_by_role("button").first
    keys.tab(taken)
    with page.expect_download():
        keys.press("Enter")
    keys.tab(page.locator("a.bc-skip", has_text="Carte des acteurs"))
    keys.press("Enter")
    entry = page.get_by_role("list").locator(".stButton[role=heading]").first.get_by_role("button")
    keys.tab(entry)
    name = entry.inner_text()
    keys.press("Enter")
    heading = page.locator(".bc-sheet h2")
    expect(heading).to_be_focused()
    expect(voice(page)).to_have_text(f"Fiche ouverte : {name}".replace(" :", "\u00a0:"))
    page.get_by_role("button", name="Fermer la fiche").focus()
    keys.press("Enter")
    expect(entry).to_be_focused()
    expect(voice(page)).to_have_text("Fiche fermée")
    assert keys.tabs <= MOST_TABS


def test_another_language_is_no_news_and_another_page_is(page: Page, app_url: str) -> None:
    """The texts change with the language, and nothing is said; a page is said by its name, a message on it in one voice only."""
    opened(page, f"{app_url}/annuaire?kind=sorcery")
    speak(page, "en")
    settled(page)
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("title", "Map of actors in Île-de-France")
    expect(voice(page)).to_have_text("")
    expect(page.get_by_test_id("stMainMenuButton")).to_have_attribute("aria-label", "Main menu")
    page.get_by_test_id("stTopNav").locator('a[href$="/sources"]').focus()
    page.keyboard.press("Enter")
    expect(voice(page)).to_have_text("Sources")
    expect(page.get_by_test_id("stAlertContainer").and_(page.get_by_role("alert"))).to_have_count(0)


def test_arrows_walk_over_a_map(page: Page, app_url: str) -> None:
    """Its symbols are one stop, and so are its buttons; Escape leads to the map, whose arrows move it, and from there past it."""
    opened(page, f"{app_url}/annuaire")
    shown = maps.only_map(page)
    focused = shown.frame.locator(".bc-place:focus")
    shown.frame.locator(".biocarto").focus()
    page.keyboard.press("Tab")
    expect(focused).to_have_count(1)
    expect_focus_visible(focused)
    first = focused.get_attribute("aria-label")
    view = shown.view()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        assert focused.count() == 1
    assert focused.get_attribute("aria-label") != first
    page.keyboard.press("Home")
    assert focused.get_attribute("aria-label") == first
    assert shown.view() == view
    assert shown.frame.locator(".bc-place[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    expect(shown.frame.locator(".biocarto")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    shown.frame.wait_for_function("before => map.getCenter().lng < before - 0.001", arg=view[2])
    shown.frame.get_by_role("toolbar").locator("[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    expect(shown.frame.locator(".bc-zoomOut")).to_be_focused()
    shown.frame.locator(".biocarto").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".bc-passed").last).to_be_focused()


def test_what_streamlit_opens_is_french(page: Page, app_url: str) -> None:
    """Its menu, a box of choices, columns and search of a table: no word of its own is left; on an English page all are."""
    opened(page, f"{app_url}/annuaire")
    page.get_by_test_id("stMainMenuButton").click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_contain_text("À propos")
    assert find_english(page) == []
    page.keyboard.press("Escape")
    block(page, "facets").get_by_test_id("stPopoverButton").filter(has_text="Près de").click()
    box = page.get_by_test_id("stPopoverBody").get_by_role("combobox")
    box.fill("zzzzzz")
    expect(page.get_by_text("Aucun résultat")).to_be_visible()
    assert find_english(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    table = page.get_by_test_id("stDataFrame").last
    table.hover()
    for name in ("Choisir les colonnes", "Chercher"):
        page.locator(f'button[aria-label^="{name}"]').last.click()
        assert find_english(page) == []
        page.keyboard.press("Escape")
    speak(page, "en")
    assert "Main menu" in find_english(page)
