"""The page of networks in a browser: from a cluster to a partner abroad and back, on the map, and without a mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.access import expect_focus_visible, press_until
from tests.browser.answering import LEAST_SHARE, list_failing, measure_answering
from tests.browser.conftest import NewPage
from tests.browser.visit import expect_state
from tests.browser.waiting import opened, settled

PAGE = "reseaux"


def sheet_link(page: Page, name: str) -> None:
    """Follow one of the ways that lead on from the open sheet."""
    page.locator(".st-key-sheet").get_by_role("button", name=name).first.click()


def expect_sheet(page: Page, name: str) -> None:
    """Until the sheet has this title."""
    expect(page.locator(".st-key-sheet h2")).to_have_text(name)


def test_from_medicen_to_a_partner_abroad_and_back(page: Page, app_url: str) -> None:
    """Each step has an address; the back button walks the same way, and the address alone brings the partner back."""
    opened(page, f"{app_url}/{PAGE}?cluster=medicen")
    expect_sheet(page, "Medicen Paris Region")
    sheet_link(page, "BioMan4R2")
    expect_sheet(page, "BioMan4R2")
    expect_state(page, PAGE, network="bioman4r2", cluster=None)
    sheet_link(page, "Biocat")
    expect_sheet(page, "Biocat")
    expect_state(page, PAGE, member="biocat", network=None)
    page.go_back()
    expect_sheet(page, "BioMan4R2")
    opened(page, f"{app_url}/{PAGE}?member=biocat")
    expect_sheet(page, "Biocat")
    assert page.errors == []


def test_a_city_on_the_map_opens_who_is_there(page: Page, app_url: str) -> None:
    """The networks drawn stay drawn, the map is not made anew, and closing leads back; the region's network answers at its own place."""
    opened(page, f"{app_url}/{PAGE}?network=dim-bioconvs")
    shown = maps.only_map(page)
    shown.mark()
    shown.symbol("FR-Paris").click()
    expect_sheet(page, "Paris")
    expect_state(page, PAGE, place="FR-Paris", net="dim-bioconvs", network=None)
    assert shown.is_the_marked_one()
    expect(shown.symbol("FR-Paris")).to_have_attribute("aria-current", "true")
    page.locator(".st-key-close-body button").click()
    expect_state(page, PAGE, place=None, net=None)
    settled(page)
    assert list_failing(maps.only_map(page), (5, 7, 9, 11), (48.8, 2.4)) == []


def test_no_symbol_lies_under_another(page: Page, app_url: str) -> None:
    """Cities that a far zoom puts on each other step aside: each answers on half of itself, at three sizes and four zooms."""
    opened(page, f"{app_url}/{PAGE}")
    shown = maps.only_map(page)
    expect(shown.frame.locator(".bc-member-name.bc-out")).to_have_count(0)
    assert list_failing(shown, (3, 4.5, 7, 9), (48.8, 2.4)) == []


def test_a_finger_finds_every_symbol(new_page: NewPage, app_url: str) -> None:
    """On a phone each city takes 44 pixels."""
    page = new_page(width=390, has_touch=True, is_mobile=True)
    opened(page, f"{app_url}/{PAGE}")
    answers = measure_answering(maps.only_map(page))
    assert answers
    assert [one for one in answers if one.share < LEAST_SHARE or one.pixels < 44] == []


def test_the_keyboard_opens_a_city_and_a_link(page: Page, app_url: str) -> None:
    """From the search box into the map, a city by Enter, then a member by Enter."""
    opened(page, f"{app_url}/{PAGE}?network=cobioe")
    shown = maps.only_map(page)
    page.locator(".st-key-networks-bar").get_by_role("combobox").focus()
    press_until(page, "Tab", shown.frame.locator(".bc-member:focus"))
    expect_focus_visible(shown.frame.locator(".bc-member:focus"))
    expect(shown.tooltip).to_be_visible()
    name = shown.frame.locator(".bc-member:focus").get_attribute("data-id")
    page.keyboard.press("Enter")
    expect_state(page, PAGE, place=name)
    link = settled(page).locator(".st-key-sheet").get_by_role("button").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect_state(page, PAGE, place=None)


def follow(page: Page, name: str) -> None:
    """Walk by Tab to one of the ways that lead on from the open sheet, and take it."""
    link = page.locator(".st-key-sheet button:focus").filter(has_text=name)
    press_until(page, "Tab", link, most=600)
    expect_focus_visible(link)
    page.keyboard.press("Enter")


def test_the_keyboard_alone_walks_to_a_partner_abroad_and_back(page: Page, app_url: str) -> None:
    """Nothing but Tab and Enter, and the address for the way back."""
    opened(page, f"{app_url}/{PAGE}?cluster=medicen")
    expect_sheet(page, "Medicen Paris Region")
    follow(page, "BioMan4R2")
    expect_state(page, PAGE, network="bioman4r2", cluster=None)
    expect_sheet(page, "BioMan4R2")
    settled(page)
    follow(page, "Biocat")
    expect_state(page, PAGE, member="biocat", network=None)
    expect_sheet(page, "Biocat")
    opened(page, f"{app_url}/{PAGE}?cluster=medicen")
    expect_sheet(page, "Medicen Paris Region")
    assert page.errors == []


def test_the_drawing_has_links_and_a_twin(page: Page, app_url: str) -> None:
    """Graphviz draws without the network, and its table says the same in words."""
    settled(opened(page, f"{app_url}/{PAGE}"))
    expect(page.locator(".st-key-affiliations svg a").first).to_be_attached()
    expect(page.get_by_role("region", name="Qui appartient à quoi").first).to_have_attribute("tabindex", "0")
    page.get_by_text("Le même dessin en tableau").click()
    expect(page.locator(".bc-table").get_by_role("link", name="BioMan4R2").first).to_be_visible()
    assert page.outside == []
