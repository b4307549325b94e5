"""Touches the stand as its visitors do."""

from __future__ import annotations

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.waiting import opened, settled

SITE = "https://biocarto.example"
"""The public site that these stands hand over to."""
PATIENCE = 600
"""Seconds without a touch before these stands forget a visitor: no machine is so slow that it happens unasked."""


def loop(page: Page) -> Locator:
    """The attract loop."""
    return page.locator(".loop")


def tile(page: Page, group: str, value: str) -> Locator:
    """A big button."""
    return page.locator(f".st-key-tile-{group}-{value} button")


def choose(page: Page, group: str, value: str) -> None:
    """Touch a big button and wait for all of the answer: until then, buttons of the question stand where those of the answer will."""
    tile(page, group, value).tap()
    page.wait_for_url(re.compile(f"[?&]{group}={value}"))
    settled(page)


def press(page: Page, key: str) -> None:
    """Touch a button of the bar or of a form."""
    page.locator(f".st-key-{key} button").tap()


def give(page: Page, pin: str) -> None:
    """Type on the pad and confirm."""
    for digit in pin:
        page.locator(".keys").get_by_role("button", name=digit, exact=True).tap()
    page.locator(".keys .done").tap()


def enter(page: Page, url: str, door: str) -> None:
    """From the loop through a door: two taps."""
    opened(page, url)
    loop(page).tap()
    tile(page, "doors", door).tap()


def read_back(page: Page) -> str:
    """What a phone reads of the code on screen."""
    code = page.locator(".bc-code img")
    expect(code).to_be_visible()
    code.evaluate("image => image.decode()")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    assert len(found) == 1
    return str(found[0].text)


_SPOKEN = {" ": "Espace", ",": "Virgule", ".": "Point", "@": "Arobase"}


def write(page: Page, text: str) -> None:
    """Touch the keys of the screen, one by one."""
    for letter in text:
        page.locator(".keys").get_by_role("button", name=_SPOKEN.get(letter, letter), exact=True).tap()


class Walk:
    """A screen that is loaded once and then goes from address to address as by the browser's own steps: the server answers each anew.

    Loading costs four times as much as an answer. These stands must be patient (`PATIENCE`): nobody touches them meanwhile.
    """

    def __init__(self, page: Page) -> None:
        self._page, self._sockets = page, list[WebSocket]()
        page.on("websocket", self._remember)

    def _remember(self, socket: WebSocket) -> None:
        self._sockets.append(socket)

    def go(self, address: str) -> None:
        """Show an address and wait until all of it stands."""
        if self._page.url.partition("?")[0] != address.partition("?")[0]:
            opened(self._page, address)
            return
        with self._sockets[-1].expect_event("framereceived"):
            self._page.evaluate(_STEP, address)
        settled(self._page)
        assert self._page.url == address


_STEP = "address => { history.replaceState(history.state, '', address); dispatchEvent(new PopStateEvent('popstate')); }"
