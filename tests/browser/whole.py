"""What every page owes every visitor: nothing asked outside, nothing broken, nothing wider than the screen, every map drawn."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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
