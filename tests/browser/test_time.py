"""The line of years by hand: keys and a drag move it, the address has the year, a reload keeps it, and it moves by itself only if asked."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from biocarto.i18n import format_number
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, select
from biocarto.register.catalogue import Catalogue
from tests.browser.conftest import NewPage
from tests.browser.visit import expect_state, state
from tests.browser.waiting import opened, settled


def line(page: Page) -> Locator:
    """The slider, by its role and name."""
    return page.get_by_role("slider", name=re.compile("31 décembre"))


def expect_year(page: Page, found: QueryResult, year: str) -> None:
    """Line, words and page say the same year and its numbers."""
    expect(line(page)).to_have_attribute("aria-valuetext", f"état au 31 décembre {year}")
    expect(page.locator(".bc-time-told")).to_have_text(re.compile(rf"^{found.total} sites · {found.undated}\b"))
    expect(page.locator(".st-key-chosen")).to_contain_text(re.compile(rf"{format_number(found.total, 'fr')} sites? affichés?"))


def test_keys_and_a_drag_choose_the_year(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """Two years back by keys, one on by its button; a drag to the middle; reloaded, the year is still there; the end is today."""
    opened(page, f"{app_url}/ile-de-france")
    expect(line(page)).to_have_attribute("aria-valuetext", re.compile("aujourd'hui"))
    expect(page.get_by_role("button", name="Faire défiler les années")).to_be_visible()
    line(page).focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect_state(page, etat="2023")
    expect_year(page, select(Filters(etat="2023"), catalogue), "2023")
    page.get_by_role("button", name="Une année après").click()
    expect_state(page, etat="2024")
    settled(page)
    box = line(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"etat=(199|200)\d"), wait_until="commit")
    [year] = state(page)["etat"]
    settled(page)
    opened(page, page.url)
    expect_year(page, select(Filters(etat=year), catalogue), year)
    line(page).focus()
    page.keyboard.press("End")
    expect_state(page, etat=None)
    assert page.errors == []


def test_years_pass_after_a_tap_and_stop_after_another(page: Page, app_url: str) -> None:
    """Each is in the address, a beat after the one before, and no step to go back through; a second tap ends it."""
    opened(page, f"{app_url}/couverture?etat=2019")
    steps = page.evaluate("history.length")
    page.get_by_role("button", name="Faire défiler les années").click()
    expect_state(page, etat="2021")
    expect(page.locator(".st-key-chosen")).to_contain_text(re.compile("état au 31 décembre 202[01]"))
    assert page.evaluate("history.length") == steps
    page.get_by_role("button", name="Arrêter le défilement").click()
    expect(page.get_by_role("button", name="Faire défiler les années")).to_be_visible()
    assert page.errors == []


def test_who_asks_for_calm_has_no_play(new_page: NewPage, app_url: str) -> None:
    """Steps only, for fingers and keys."""
    page = opened(new_page(reduced_motion="reduce"), f"{app_url}/ile-de-france?etat=2010")
    expect(page.get_by_role("button", name="Une année avant")).to_be_visible()
    expect(page.get_by_role("button", name="Faire défiler les années")).to_have_count(0)
    page.get_by_role("button", name="Une année avant").click()
    expect_state(page, etat="2009")
    assert page.errors == []
