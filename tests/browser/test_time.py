"""The line of years by hand: keys and a drag move it, the address has the year, a reload keeps it, and it moves by itself only if asked."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from biocarto.i18n import format_number
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, select
from biocarto.register.catalogue import Catalogue
from tests.browser.access import expect_no_violations
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


def test_years_pass_after_a_tap_unless_calm_is_asked_for(page: Page, app_url: str) -> None:
    """Each is in the address, a beat after the one before, and no step to go back through; today ends it, and calm leaves steps only."""
    opened(page, f"{app_url}/ile-de-france?etat=2024")
    above, ground = page.locator(".bc-slider").bounding_box(), page.locator("iframe").bounding_box()
    assert above is not None
    assert ground is not None
    assert above["y"] + above["height"] <= ground["y"] < 270
    expect_no_violations(page)
    steps = page.evaluate("history.length")
    play = page.get_by_role("button", name="Faire défiler les années")
    play.click()
    expect(page.get_by_role("button", name="Arrêter le défilement")).to_be_visible()
    expect_state(page, etat="2025")
    expect_state(page, etat=None)
    expect(play).to_be_visible()
    assert page.evaluate("history.length") == steps
    page.emulate_media(reduced_motion="reduce")
    expect(play).to_have_count(0)
    page.get_by_role("button", name="Une année avant").click()
    expect_state(page, etat="2025")
    assert page.errors == []
