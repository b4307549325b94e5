"""The tests can trust their pages: nothing of one visitor reaches the next, and nothing leaves this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from select import select
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import NewPage
from tests.browser.visitors import LeftBehind, Visitors
from tests.browser.waiting import opened

LEAVE = {
    "localStorage": "localStorage.setItem('a', '1')",
    "sessionStorage": "sessionStorage.setItem('a', '1')",
    "cookie": "document.cookie = 'planted=1; max-age=999'",
    "database": "new Promise(done => { indexedDB.open('a').onsuccess = () => done(); })",
    "cache": "caches.open('a').then(kept => kept.put('/a', new Response('1'))).then(() => null)",
}
FOUND = """async () => [localStorage.length, sessionStorage.length, document.cookie.includes("planted"),
    (await indexedDB.databases()).length, (await caches.keys()).length]"""
CHANGE: dict[str, Callable[[Page], Any]] = {
    "offline": lambda page: page.context.set_offline(True),
    "media": lambda page: page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce"),
    "size": lambda page: page.set_viewport_size({"width": 300, "height": 300}),
    "another tab": lambda page: page.context.new_page(),
    "a step": lambda page: page.evaluate("history.pushState(null, '', '?a')"),
    "a pointer": lambda page: page.mouse.move(200, 200),
    "a global": lambda page: page.evaluate("window.planted = 1"),
}
LOOK = """() => [matchMedia("print").matches, matchMedia("(prefers-color-scheme: dark)").matches, innerWidth, history.length,
    navigator.onLine, window.planted ?? null, document.querySelectorAll(":hover").length]"""


@pytest.fixture(scope="module")
def lender(browser: Browser) -> Iterator[Visitors]:
    """Pages of these tests alone."""
    found = Visitors(browser)
    yield found
    found.close()


def health(app_url: str) -> str:
    """An address of the app that draws nothing."""
    return f"{app_url}/_stcore/health"


def expect_again(lender: Visitors, page: Page) -> None:
    """The page that was given back last is the one that is lent next."""
    assert lender.lend(1400, 900) is page


@pytest.mark.parametrize("what", LEAVE)
def test_what_is_stored_is_gone(lender: Visitors, app_url: str, what: str) -> None:
    """Stores of every kind, planted by one visitor, are empty for the next one of the same page."""
    page = lender.lend(1400, 900)
    page.goto(health(app_url))
    page.evaluate(LEAVE[what])
    assert any(page.evaluate(FOUND))
    lender.take_back(page)
    expect_again(lender, page)
    page.goto(health(app_url))
    assert page.evaluate(FOUND) == [0, 0, False, 0, 0]
    lender.take_back(page)


def test_stores_of_every_address_that_was_visited_are_emptied(lender: Visitors, app_url: str) -> None:
    """A visitor who has gone elsewhere since leaves nothing at the first address either."""
    page = lender.lend(1400, 900)
    for address in (health(app_url), health(app_url.replace("localhost", "127.0.0.1"))):
        page.goto(address)
        page.evaluate("sessionStorage.setItem('a', '1')")
    lender.take_back(page)
    expect_again(lender, page)
    page.goto(health(app_url))
    assert page.evaluate("sessionStorage.length") == 0
    lender.take_back(page)


@pytest.mark.parametrize("what", CHANGE)
def test_what_was_changed_is_changed_back(lender: Visitors, app_url: str, what: str) -> None:
    """Screen, theme, network, tabs, history, pointer: as in a page that nobody had."""
    page = lender.lend(1400, 900)
    page.goto(health(app_url))
    new = page.evaluate(LOOK)
    CHANGE[what](page)
    assert page.evaluate(LOOK) != new or len(page.context.pages) > 1
    lender.take_back(page)
    expect_again(lender, page)
    page.goto(health(app_url))
    assert page.evaluate(LOOK) == new
    assert page.context.pages == [page]
    lender.take_back(page)


def test_listeners_routes_and_lists_are_new(lender: Visitors, app_url: str) -> None:
    """What one test listens to, answers or has noted is nothing to the next."""
    page, heard = lender.lend(1400, 900), []
    page.on("request", lambda request: heard.append(request.url))
    page.once("console", lambda message: heard.append(message.text))
    page.route("**/*", lambda route: route.fulfill(body="mine"))
    page.goto(health(app_url))
    page.evaluate("fetch('https://example.org/a').then(() => setTimeout(() => { throw Error('planted'); }))")
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    assert page.outside
    assert page.errors
    lender.take_back(page)
    heard.clear()
    expect_again(lender, page)
    assert page.outside == page.errors == []
    page.goto(health(app_url))
    page.evaluate("console.log('heard?')")
    assert heard == []
    assert page.locator("body").inner_text() != "mine"
    lender.take_back(page)


@pytest.mark.parametrize(
    "plant",
    [
        lambda page: page.clock.install(),
        lambda page: page.add_init_script("window.planted = 1"),
        lambda page: page.route_web_socket("**", lambda _: None),
        lambda page: page.expose_function("planted", lambda: 1),
        lambda page: page.context.grant_permissions(["geolocation"]),
        lambda page: page.context.route("**/*", lambda route: route.abort()),
        lambda page: page.context.new_cdp_session(page),
    ],
    ids=["clock", "script", "socket", "function", "permission", "route", "devtools"],
)
def test_what_cannot_be_taken_back_is_refused(lender: Visitors, plant: Callable[[Page], object]) -> None:
    """A shared page says what to ask for instead; a fresh one lets it pass."""
    shared = lender.lend(1400, 900)
    with pytest.raises(LeftBehind, match="fresh="):
        plant(shared)
    lender.take_back(shared)
    fresh = lender.fresh(1400, 900)
    plant(fresh)
    lender.take_back(fresh)


def test_what_is_left_all_the_same_is_told(lender: Visitors) -> None:
    """The guard looks: a page that is not as it was is named, and nobody gets it any more."""
    page = lender.lend(1400, 900)
    type(page).add_init_script(page, "window.planted = 1")  # past the refusal
    with pytest.raises(LeftBehind, match="names"):
        lender.take_back(page)
    another = lender.lend(1400, 900)
    assert another is not page
    lender.take_back(another)


def test_nobody_gets_a_page_that_has_failed_or_is_in_use(lender: Visitors) -> None:
    """Two visitors of one test have two pages; after a failed test its page is closed."""
    one, other = lender.lend(1400, 900), lender.lend(1400, 900)
    assert one.context is not other.context
    lender.take_back(one, failed=True)
    assert one.is_closed()
    lender.take_back(other)
    narrow, touched = lender.lend(390, 800), lender.lend(390, 800, has_touch=True)
    assert narrow is other
    assert touched.context is not other.context
    for page in (narrow, touched):
        lender.take_back(page)


def test_a_page_whose_server_has_gone_is_closed(lender: Visitors, app_url: str) -> None:
    """Its stores could not be emptied."""
    page = lender.lend(1400, 900)
    page.route("http://localhost:1/**", lambda route: route.fulfill(body="was here"))
    page.goto("http://localhost:1/")
    lender.take_back(page)
    assert page.is_closed()


def test_no_other_machine_is_reached(new_page: NewPage, app_url: str) -> None:
    """By name or by number, by request or socket: a listener on another address of this machine hears nothing, and the page notes each.

    Even where no policy of ours forbids it.
    """
    page = new_page(bypass_csp=True)
    opened(page, f"{app_url}/sources")
    with socket.create_server(("127.0.0.2", 0)) as listener:
        address = f"127.0.0.2:{listener.getsockname()[1]}"
        tries = """async address => [
            await fetch(`http://${address}/`, { mode: "no-cors" }).then(() => "answered", () => "refused"),
            await fetch("http://outside.example/").then(() => "answered", () => "refused"),
            await new Promise(done => {
                const socket = new WebSocket(`ws://${address}/`);
                [socket.onopen, socket.onerror] = [() => done("answered"), () => done("refused")];
            }),
        ]"""
        assert page.evaluate(tries, address) == ["refused"] * 3
        assert select([listener], [], [], 0)[0] == []
        socket.create_connection(listener.getsockname()).close()  # who may, is heard
        assert select([listener], [], [], 60)[0] == [listener]
    assert page.outside == [f"http://{address}/", "http://outside.example/", f"ws://{address}/"]
