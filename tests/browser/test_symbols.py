"""Symbols answer at their own place, rings tell whom they hold, and Paris can be had large: on the maps of the pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from biocarto.analysis.places import select_at_place
from biocarto.register.catalogue import Catalogue
from tests.browser import maps
from tests.browser.answering import list_failing, look
from tests.browser.conftest import NewPage
from tests.browser.forced import expect_symbols_without_colours
from tests.browser.visit import expect_state
from tests.browser.waiting import opened, settled

ZOOMS = (8.3, 10.5, 12, 13.5)
PARIS = (48.85, 2.34)
EVRY = (48.62, 2.43)
GENOPOLE = "site-genopole"

_MOVES = """() => {
    map.setZoom(map.getZoom() + 1.5, { animate: false });
    const moves = document.getAnimations().filter(({ effect }) => effect.target.matches('.bc-place, .bc-ghost'));
    return moves.map(({ effect }) => effect.getTiming().duration);
}"""


def press_closeup(shown: maps.MapView, pressed: bool) -> tuple[float, float, float]:
    """Press the button of the bar, and return the view that it leads to."""
    button = shown.frame.locator(".bc-closeup")
    button.click()
    expect(button).to_have_attribute("aria-pressed", str(pressed).lower())
    return shown.view()


@pytest.mark.parametrize("path", ["ile-de-france", "annuaire"])
def test_every_symbol_answers_at_its_own_place(new_page: NewPage, app_url: str, path: str) -> None:
    """In three windows and at four zooms: half of what is drawn, and 24 pixels; what parts at a zoom moves there for a moment.

    Symbols are told apart where the system sets all colours.
    """
    page = new_page()
    opened(page, f"{app_url}/{path}")
    shown = maps.only_map(page)
    assert list_failing(shown, ZOOMS, PARIS) == []
    look(shown, PARIS, 9)
    moves = shown.frame.evaluate(_MOVES)
    assert moves
    assert all(150 <= duration <= 250 for duration in moves)
    expect_symbols_without_colours(shown.frame)


def test_every_symbol_answers_to_a_finger(new_page: NewPage, app_url: str) -> None:
    """A touch screen has 44 pixels for each, on a screen of 320 x 256 too, where what a ring holds stays within the map."""
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    opened(page, f"{app_url}/ile-de-france")
    shown = maps.only_map(page)
    assert list_failing(shown, ZOOMS, PARIS, [(390, 844), (320, 256)], least=44) == []
    look(shown, EVRY, 13)
    shown.symbol(GENOPOLE).dispatch_event("click")
    held = shown.frame.locator(".bc-unfolded")
    expect(held).to_be_visible()
    left, right, bottom = held.evaluate(
        "node => { const { left, right, bottom } = node.getBoundingClientRect(); return [left, right, bottom]; }"
    )
    assert left >= 0
    assert shown.frame.evaluate("([right, bottom]) => right <= innerWidth && bottom <= innerHeight", [right, bottom])


def test_paris_is_shown_large_and_left_again(page: Page, app_url: str) -> None:
    """Three times the scale of the region at least, on each page with that map; the directory's address says the view, and forgets it.

    Symbols of the coverage answer at their own place, as they do on the others.
    """
    for path in ("ile-de-france", "couverture?map=symbols", "annuaire"):
        opened(page, f"{app_url}/{path}")
        expect(page.frame_locator("iframe").first.locator(".bc-closeup")).to_be_visible()
        frame = page.locator("iframe").first.element_handle().content_frame()
        assert frame is not None
        shown = maps.MapView(page, frame)
        home = shown.view()
        zoom, latitude, longitude = press_closeup(shown, True)
        assert 2 ** (zoom - home[0]) >= 3
        assert (latitude, longitude) == pytest.approx(PARIS, abs=0.05)
        if path == "annuaire":
            page.wait_for_url(re.compile("view="), wait_until="commit")
            settled(page)
        assert press_closeup(shown, False) == pytest.approx(home, abs=0.02)
        if path.startswith("couverture"):
            assert list_failing(shown, ZOOMS, PARIS) == []
    page.wait_for_url(lambda url: "view" not in url, wait_until="commit")


def test_a_ring_tells_whom_it_holds(page: Page, app_url: str, catalogue: Catalogue) -> None:
    """By kind and name, beside the page's own list; the keyboard goes in, opens an actor, and Escape gives it back to the ring."""
    here = select_at_place(catalogue.actors[catalogue.actors["presence"].eq("present")], GENOPOLE)
    opened(page, f"{app_url}/ile-de-france")
    shown = maps.only_map(page)
    look(shown, EVRY, 13)
    shown.symbol(GENOPOLE).focus()
    page.keyboard.press("Enter")
    held = shown.frame.locator(".bc-unfolded-actor")
    expect(held.first).to_be_focused()
    expect_state(page, place=GENOPOLE)
    settled(page)
    names = [str(name) for name in held.all_inner_texts()]
    assert sorted(names) == sorted(here["name"])
    expect(held.first).to_be_focused()
    identity = str(held.nth(3).get_attribute("data-id"))
    held.nth(3).press("Enter")
    expect_state(page, actor=identity)
    settled(page)
    expect(shown.frame.locator(f'.bc-unfolded [data-id="{identity}"]')).to_be_focused()
    page.keyboard.press("Escape")
    expect(held).to_have_count(0)
    expect(shown.symbol(GENOPOLE)).to_be_focused()
