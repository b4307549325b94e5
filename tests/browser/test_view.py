"""The view of the directory's map: it is in the address, a link and a step back bring it back, and no tap is lost to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import NewPage
from tests.browser.directory import asked, directory_map, drag, expect_asked, expect_told, moved
from tests.browser.maps import MapView
from tests.browser.waiting import opened, settled

_AT = {
    "moving": 'map.once("movestart", act);',
    "moved": 'map.once("moveend", act);',
    "told": """parent.history.replaceState = (...step) => {
        delete parent.history.replaceState;
        parent.history.replaceState(...step);
        act();
    };""",
}
_HOLD = """() => {
    const [now, start, stop, held] = [performance.now(), setTimeout, clearTimeout, new Map()];
    performance.now = () => now;
    window.setTimeout = (act, ms) => {
        const id = start(() => {}, 1e8);
        held.set(id, [act, ms]);
        return id;
    };
    window.clearTimeout = (id) => {
        held.delete(id);
        stop(id);
    };
    parent.addEventListener("popstate", () => {
        Object.assign(window, { setTimeout: start, clearTimeout: stop });
        delete performance.now;
        for (const timer of held.values()) start(...timer);
    }, { once: true });
}"""
"""No timer of the map runs out until a step back has come, however slow the browser is."""


def at(directory: MapView, event: str, act: str) -> None:
    """Let the map's own page act when the map next moves, has moved, or is about to tell so."""
    directory.frame.evaluate(f"() => {{ const act = () => {act}; {_AT[event]} }}")


def test_a_link_brings_the_view_back(directory: MapView, new_page: NewPage) -> None:
    """Centre and zoom are in the address once the visitor has moved the map, and a step back in time is not needed to leave."""
    page, steps = directory.page, directory.page.evaluate("history.length")
    directory.zoom_in()
    seen = drag(directory, -90, 40)
    assert page.evaluate("history.length") == steps
    other = directory_map(opened(new_page(width=1300), page.url))
    assert expect_told(other) == seen
    expect(other.page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize("start", ["lang=en&view=48.7,2.2,9.5", "q=vecteurs&view=0,0,3"])
def test_a_map_stays_where_it_was_moved(page: Page, app_url: str, start: str) -> None:
    """From an address that asks for something already, too: the answer of the server is no way back to it."""
    directory = directory_map(opened(page, f"{app_url}/annuaire?{start}"))
    before = directory.view()
    drag(directory, -90, 40)
    assert directory.view() != before


def test_a_moved_map_moves_nothing_else(directory: MapView) -> None:
    """The list, the page and the symbols are not drawn anew."""
    page = directory.page
    first = page.locator(".st-key-directory-list button").first.element_handle()
    symbol = directory.frame.locator('.bc-place[data-type="actor"]').first.element_handle()
    drag(directory, -60, 0)
    assert first.evaluate("node => node.isConnected")
    assert symbol.evaluate("node => node.isConnected")


def test_back_and_the_home_button_bring_views_back(directory: MapView) -> None:
    """A filter is a step, moves after it are not: back leads to the view that was there; the home button empties the address."""
    page, home = directory.page, directory.view()
    before = moved(directory, directory.zoom_in)
    directory.frame.locator(".bc-view").click()
    expect_asked(page, "area")
    settled(page)
    assert drag(directory, -90, 40) != before
    page.go_back()
    page.wait_for_url(lambda url: "area" not in url, wait_until="commit")
    assert expect_told(directory) == before
    directory.frame.locator(".bc-reset").click()
    page.wait_for_url(lambda url: "view" not in url, wait_until="commit")
    settled(page)
    assert directory.view() == pytest.approx(home, abs=0.01)  # Leaflet rounds to pixels: up to 0.002 degrees each time


@pytest.mark.parametrize("event", _AT)
def test_a_step_back_in_a_move_leads_back(directory: MapView, event: str) -> None:
    """The view of the step holds, not the one that the map is about to tell or has told a moment ago."""
    page = directory.page
    before = moved(directory, directory.zoom_in)
    directory.frame.locator(".bc-view").click()
    expect_asked(page, "area")
    settled(page)
    at(directory, event, f"(({_HOLD})(), parent.history.back())")
    directory.drag(-90, 40)
    page.wait_for_url(lambda url: "area" not in url, wait_until="commit")
    settled(page)
    assert expect_told(directory) == before
    page.reload()
    assert expect_told(directory_map(settled(page))) == before


@pytest.mark.parametrize("event", ["moved", "told"])
def test_a_tap_right_after_a_move_loses_neither(directory: MapView, event: str) -> None:
    """The view and the actor both reach the address, after others that did."""
    page = directory.page
    first = moved(directory, directory.zoom_in)
    at(directory, event, """setTimeout(() => document.querySelector('.bc-place[data-type="actor"]').click(), 100)""")
    directory.zoom_in()
    expect_asked(page, "actor")
    settled(page)
    assert expect_told(directory) != first
    assert asked(page, "actor")


@pytest.mark.parametrize("then", ["zoomIn", "reset"])
def test_a_view_waits_for_the_answer_to_a_tap(new_page: NewPage, app_url: str, then: str) -> None:
    """However late the server answers a tap: told before, the view would come with an address that does not know the tap yet."""
    page = new_page(fresh="somebody between it and its server")
    late: list[tuple[WebSocketRoute, str | bytes]] = []
    holding: list[bool] = []

    def stand_between(route: WebSocketRoute) -> None:
        route.connect_to_server().on_message(lambda sent: late.append((route, sent)) if holding else route.send(sent))

    page.route_web_socket(re.compile("/_stcore/stream"), stand_between)
    directory = directory_map(opened(page, f"{app_url}/annuaire"))
    first = moved(directory, directory.zoom_in)
    stopped = "() => { const now = performance.now(); performance.now = () => now; }"
    directory.frame.evaluate(stopped)  # no machine is too slow for the wait to last
    holding.append(True)
    directory.frame.locator('.bc-place[data-type="actor"]').first.dispatch_event("click")
    directory.frame.locator(f".bc-{then}").click()
    page.wait_for_timeout(2_500)  # the view would be told after half a second
    assert asked(page, "view") == first
    holding.clear()
    for route, sent in late:
        route.send(sent)
    expect_asked(page, "actor")
    page.wait_for_url(lambda url: first.replace(",", "%2C") not in url, wait_until="commit")
    settled(page)
    assert bool(asked(page, "view")) == (then == "zoomIn")
    assert asked(page, "actor")
    expect(page.locator("article.bc-sheet")).to_be_visible()


def test_the_keyboard_opens_a_symbol_after_the_mouse_has_moved_the_map(directory: MapView) -> None:
    """Enter is no end of a drag: the sheet opens."""
    drag(directory, -60, 0)
    symbol = directory.frame.locator('.bc-place[data-type="actor"]').first
    symbol.focus()
    directory.page.keyboard.press("Enter")
    assert expect_asked(directory.page, "actor") == symbol.get_attribute("data-id")
