"""The directory's map, what its address says, and how it is moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from tests.browser import maps
from tests.browser.maps import MapView
from tests.browser.visit import state
from tests.browser.waiting import settled

_WATCH = """() => {
    window.bcAnswered = new Promise(done => history.replaceState = (...step) => {
        delete history.replaceState;
        history.replaceState(...step);
        const { send } = WebSocket.prototype;
        WebSocket.prototype.send = function (...told) {
            WebSocket.prototype.send = send;
            this.addEventListener("message", () => done(), { once: true });
            return send.apply(this, told);
        };
    });
}"""
"""The server begins to answer what is sent after the map has put its view into the address: earlier runs of the script do not know of it.

Not by what the page says of its script: of a run that is over before the page is drawn again, it says nothing.
"""


def directory_map(page: Page) -> MapView:
    """The map of a directory that is open, wholly in view."""
    shown = maps.only_map(page)
    shown.frame.frame_element().scroll_into_view_if_needed()
    return shown


def asked(page: Page, name: str) -> str:
    """One value of the address."""
    return state(page).get(name, [""])[-1]


def expect_asked(page: Page, name: str, pattern: str = ".+") -> str:
    """Until the address has this name with such a value."""
    page.wait_for_url(lambda url: re.fullmatch(pattern, parse_qs(urlsplit(url).query).get(name, [""])[-1]), wait_until="commit")
    return asked(page, name)


def expect_told(shown: MapView) -> str:
    """Until the address says where the map looks; what it says."""
    shown.frame.wait_for_function("""() => {
        const [{ lat, lng }, told] = [map.getCenter(), new URL(parent.location).searchParams.get("view")];
        return told === `${lat.toFixed(4)},${lng.toFixed(4)},${Number(map.getZoom().toFixed(2))}`;
    }""")
    return asked(shown.page, "view")


def moved(shown: MapView, act: Callable[[], object]) -> str:
    """Move the map; the view that the address and the server then know."""
    shown.page.evaluate(_WATCH)
    act()
    told = expect_told(shown)
    shown.page.wait_for_function("() => window.bcAnswered.then(() => true)")
    settled(shown.page)
    assert expect_told(shown) == told, "the answer of the server has moved the map"
    return told


def drag(shown: MapView, across: float, down: float) -> str:
    """Move the map with the mouse; the view that the address and the server then know."""
    return moved(shown, lambda: shown.drag(across, down))
