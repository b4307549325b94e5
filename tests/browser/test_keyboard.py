"""Without a mouse and without eyes: filter, take away, open a sheet; what is said of it; the symbols of a map; Streamlit's words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import maps
from tests.browser.access import expect_focus_visible
from tests.browser.conftest import NewPage
from tests.browser.english import find_english
from tests.browser.visit import block, expect_state, speak
from tests.browser.waiting import opened, settled

MOST_TABS = 15
"""From the opening of a page to a filter that is chosen, a file that is taken away and a sheet that is open."""


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
        expect_focus_visible(wanted.locator("..") if wanted.get_attribute("role") == "combobox" else wanted)

    def press(self, *names: str) -> None:
        """Any other keys."""
        for name in names:
            self.page.keyboard.press(name)

    def begin(self) -> None:
        """Past the head of the page."""
        self.tab(self.page.get_by_test_id("stSkipToContent"))
        self.press("Enter")
        expect_focus_visible(self.page.get_by_test_id("stMain"))

    def choose(self, opener: Locator) -> None:
        """The first value behind a button; the focus is on it as soon as it is there, stays when it is chosen, and goes back."""
        self.tab(opener)
        self.press("Enter")
        value = self.page.get_by_test_id("stPopoverBody").get_by_role("button").first
        expect(value).to_be_focused()
        self.press("Enter")
        settled(self.page)
        expect(value).to_be_focused()
        self.press("Escape")
        expect(opener).to_be_focused()

    def open_symbol(self, symbols: str) -> None:
        """Into the map, to its symbols, and open the first; then past the map."""
        frame = maps.only_map(self.page).frame
        self.tab(self.page.locator("a.bc-skip", has_text="Passer : Carte"))
        for wanted in (".biocarto", symbols):
            while not frame.locator(f"{wanted}:focus").count():
                assert self.tabs < MOST_TABS
                self.press("Tab")
                self.tabs += 1
            expect_focus_visible(frame.locator(f"{wanted}:focus"))
        self.press("End", "Enter")
        expect(self.page.locator(".bc-sheet h2")).to_be_visible()
        self.press("Escape", "Escape")

    def reach(self, *wanted: Locator) -> None:
        """By the link to the files, and by what opens or makes the file; of a table's own file, the system asks where to put it."""
        self.tab(self.page.locator("a.bc-skip", has_text="Aller aux fichiers"))
        for button in wanted:
            self.press("Enter")
            self.tab(button)

    def take(self, wanted: Locator) -> None:
        """The same, and take it."""
        self.reach(wanted)
        with self.page.expect_download():
            self.press("Enter")


def voice(page: Page) -> Locator:
    """What is said."""
    return page.locator("#bc-live")


def test_a_file_and_a_sheet_are_fifteen_tabs_away(page: Page, app_url: str) -> None:
    """Filter, export, sheet and back by keys alone; the focus is where one expects it, and each change is said once."""
    opened(page, f"{app_url}/annuaire")
    expect(voice(page)).to_have_text("")
    keys = Keys(page)
    keys.begin()
    keys.choose(block(page, "facets").get_by_test_id("stPopoverButton").first)
    expect_state(page, kind="company")
    expect(voice(page)).to_have_text(re.compile(r"^\d+ sites affichés sur \d+.*Page 1 sur \d+"))
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
    further = page.get_by_role("button", name="Page suivante")
    further.focus()
    keys.press("Enter")
    expect(voice(page)).to_have_text(re.compile(r"^Page 2 sur \d+"))
    expect(further).to_be_focused()


def filter_region(keys: Keys) -> None:
    """A facet, past the others, a place or an actor of the map, the spreadsheet at the foot."""
    page = keys.page
    keys.choose(block(page, "facets").get_by_test_id("stPopoverButton").first)
    expect(voice(page)).to_have_text(re.compile(r"^\d+ sites affichés sur \d+"))
    keys.tab(page.locator("a.bc-skip", has_text="Passer les filtres"), "Shift+Tab")
    keys.press("Enter")
    keys.open_symbol(".bc-place")
    expect(voice(page)).to_have_text(re.compile("^(Fiche|Liste) ouverte"))
    keys.take(block(page, "take-xlsx").get_by_role("button"))


def filter_coverage(keys: Keys) -> None:
    """A territory by its name, whose card is said once; a facet; the report, said when it is ready."""
    page = keys.page
    keys.tab(page.get_by_role("combobox", name="Territoire"))
    page.keyboard.type("Essonne")
    expect(page.get_by_role("option").first).to_contain_text("Essonne")
    keys.press("Enter")
    expect_state(page, territory="91")
    expect(voice(page)).to_have_text(re.compile(r"^Essonne\. \d+ sites affichés sur \d+[^.]*$"))
    keys.choose(page.get_by_role("button", name="Filtres"))
    file = block(page, "report-pdf-file").get_by_role("button")
    keys.reach(block(page, "report-pdf").get_by_role("button"))
    keys.press("Enter")
    expect(file).to_be_visible()
    expect(voice(page)).to_have_text(re.compile("^Fichier prêt"))
    keys.tab(file)
    with page.expect_download():
        keys.press("Enter")


def filter_networks(keys: Keys) -> None:
    """A network less on the map, a member of it, the table of all members."""
    page = keys.page
    keys.choose(page.get_by_test_id("stPopoverButton").filter(has_text="Réseaux sur la carte"))
    expect(voice(page)).to_have_text(re.compile(r"^Réseaux sur la carte : \d+$".replace(" :", "\u00a0:")))
    keys.open_symbol(".bc-member")
    expect(voice(page)).to_have_text(re.compile("^(Fiche|Liste) ouverte"))
    table = page.locator("details", has_text="Le tableau des membres")
    keys.reach(table.locator("summary"), table.get_by_role("button", name="Télécharger en CSV"))


def filter_tour(keys: Keys) -> None:
    """A stage by its number, which opens its sheet; the first symbol of the map is a stage too; the table of organisers."""
    page = keys.page
    keys.tab(block(page, "stage-picker").get_by_role("radio").first)
    keys.press("Enter")
    expect_state(page, stage="stage-1")
    expect(voice(page)).to_have_text(re.compile("^Fiche ouverte"))
    keys.open_symbol(".bc-stage")
    keys.reach(block(page, "twin-organisers").get_by_role("button", name="Télécharger en CSV"))
    grid = block(page, "twin-organisers").locator("canvas[tabindex='0']")
    grid.focus()
    keys.press("Tab")
    expect(grid).not_to_be_focused()


JOURNEYS: dict[str, Callable[[Keys], None]] = {
    "ile-de-france": filter_region,
    "couverture": filter_coverage,
    "reseaux": filter_networks,
    "bioproduction-tour": filter_tour,
}


@pytest.mark.parametrize("path", JOURNEYS)
def test_other_pages_are_walked_in_fifteen_tabs(page: Page, app_url: str, path: str) -> None:
    """Filter, sheet and file on each, with the focus in sight at every stop; nothing is said at first, each change once."""
    opened(page, f"{app_url}/{path}")
    expect(voice(page)).to_have_text("")
    keys = Keys(page)
    keys.begin()
    JOURNEYS[path](keys)
    assert keys.tabs <= MOST_TABS
    print(f"{path}: {keys.tabs} tabs")  # noqa: T201 - said in the report of pytest


def test_a_phone_with_keys_opens_its_filters(new_page: NewPage, app_url: str) -> None:
    """The list of pages, closed beside the window, is no stop; the filters open, a facet is chosen, no way past what is closed offered."""
    page = opened(new_page(width=390, height=844), f"{app_url}/ile-de-france")
    keys = Keys(page)
    keys.begin()
    assert keys.tabs == 1
    assert page.get_by_test_id("stSidebar").locator("a:visible").count() == 0
    expect(page.locator(".bc-skip-filters")).to_be_hidden()
    fold = page.locator(".bc-fold")
    keys.tab(fold)
    keys.press("Enter")
    keys.choose(block(page, "facets").get_by_test_id("stPopoverButton").first)
    expect_state(page, kind="company")
    expect(block(page, "facets")).to_be_visible()
    expect(voice(page)).to_have_text(re.compile(r"^\d+ sites affichés sur \d+"))
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
    expect(voice(page)).to_have_text(re.compile(r"(^|\. )Sources$"))
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
    expect(page.locator(".bc-past").last).to_be_focused()


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
