"""Pages for the tests. A shared one goes from test to test, and is wiped in between; a fresh one is nobody's before or after.

A page of a new context has to compile Streamlit's front end anew: that was half of the processor time of the browser tests.
What can be taken back is taken back after each test; what cannot is refused on a shared page, in the test that tries.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Error, Page

OUTSIDE = re.compile(r"^(https?|wss?)://(?!(localhost|127\.0\.0\.1)[:/])")
SHELTER = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
"""Every other machine is out of the browser's reach. Not by a route of Playwright: that would switch the browser's cache off."""

_FAULT = re.compile(r"Content Security Policy|status of 404")
"""What a console says of a broken policy, or of a file that is not there."""
_NO_WAY_BACK = {
    "page": ("add_init_script", "add_locator_handler", "expose_binding", "expose_function", "route_web_socket", "set_extra_http_headers"),
    "context": ("add_init_script", "expose_binding", "expose_function", "grant_permissions", "new_cdp_session", "on", "once", "route"),
    "clock": ("install", "pause_at", "resume", "run_for", "set_fixed_time", "set_system_time", "fast_forward"),
}
_STATE = """() => ({
    history: history.length,
    names: Object.getOwnPropertyNames(window).length,
    online: navigator.onLine,
    language: navigator.language,
    media: ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"].map(query => matchMedia(query).matches),
    size: [innerWidth, innerHeight, devicePixelRatio, visualViewport.scale],
})"""
_EMPTY = """() => {
    localStorage.clear();
    sessionStorage.clear();
    return [localStorage.length, sessionStorage.length];
}"""
_STORED = "indexeddb,local_storage,cache_storage,file_systems,service_workers"
_USUAL = (1400, 900)


class LeftBehind(AssertionError):
    """A test has left something that the next visitor of the page would meet."""


@dataclass
class _Shared:
    """A page that is lent to one test after the other."""

    page: Page
    devtools: CDPSession
    forget: Callable[[], None]
    new: dict[str, Any]
    origins: set[str] = field(default_factory=set)


def watch(page: Page) -> Page:
    """`page.outside` fills with addresses of other machines that the page asks, `page.errors` with script errors and what `_FAULT` is."""
    page.outside, page.errors = [], []
    page.on("console", lambda said: _FAULT.search(said.text) and page.errors.append(f"{said.text} {said.location['url']}"))
    page.on("request", lambda asked: OUTSIDE.match(asked.url) and page.outside.append(asked.url))
    page.on("websocket", lambda asked: OUTSIDE.match(asked.url) and page.outside.append(asked.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    _look_beside_the_voice(page)
    return page


def _look_beside_the_voice(page: Page) -> None:
    """Texts are looked for on the page, and not in what is said of it, which comes and goes."""
    find, shown = page.get_by_text, page.locator(":not(#bc-live, #bc-live-errors)")
    setattr(page, "get_by_text", lambda text, **options: find(text, **options).and_(shown))  # noqa: B010 - a method of Playwright's


def _refuse(page: Page) -> None:
    """What could not be taken back fails at once, with the way to do it."""

    def refusing(name: str) -> Callable[..., None]:
        def refuse(*_: object, **__: object) -> None:
            raise LeftBehind(f"{name} on a shared page would reach the next test: ask for new_page(fresh='the reason')")

        return refuse

    for holder, names in ((page, _NO_WAY_BACK["page"]), (page.context, _NO_WAY_BACK["context"]), (page.clock, _NO_WAY_BACK["clock"])):
        for name in names:
            setattr(holder, name, refusing(name))


def _remember_listeners(page: Page) -> Callable[[], None]:
    """A way to take away what a test listens to."""
    added: list[tuple[str, Callable[..., Any]]] = []

    def remembering(listen: Callable[..., None]) -> Callable[..., None]:
        def on(event: str, act: Callable[..., Any]) -> None:
            added.append((event, act))
            listen(event, act)

        return on

    page.on, page.once = remembering(page.on), remembering(page.once)

    def forget() -> None:
        while added:
            with contextlib.suppress(KeyError):  # what listened once has gone by itself
                page.remove_listener(*added.pop())

    return forget


def _size(width: int, height: int) -> Any:
    return {"width": width, "height": height}


def _dress(page: Page, width: int, height: int, color_scheme: str | None, reduced_motion: str | None) -> None:
    """What a visitor's screen is like, as far as it can change while a page lives."""
    page.set_viewport_size(_size(width, height))
    motion = reduced_motion or "no-preference"
    page.emulate_media(media="null", color_scheme=color_scheme or "light", reduced_motion=motion, forced_colors="none")  # type: ignore[arg-type]


class Visitors:
    """All pages of one browser: lent, wiped, closed."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[object, list[_Shared]] = {}
        self._lent: dict[Page, tuple[object, _Shared]] = {}

    def close(self) -> None:
        """Close every page that nobody has given back, or that waits for the next test."""
        waiting = [shared for idle in self._idle.values() for shared in idle]
        for shared in [*waiting, *(lent for _, lent in self._lent.values())]:
            shared.page.context.close()
        self._idle.clear()
        self._lent.clear()

    def _context_page(self, width: int, height: int, **options: Any) -> Page:
        context = self._browser.new_context(viewport=_size(width, height), service_workers="block", locale="fr-FR", **options)
        context.set_default_timeout(120_000)
        return watch(context.new_page())

    def fresh(self, width: int, height: int, **options: Any) -> Page:
        """A page of a context of its own."""
        return self._context_page(width, height, **options)

    def lend(self, width: int, height: int, color_scheme: str | None = None, reduced_motion: str | None = None, **kind: Any) -> Page:
        """A page that others had before: one that nobody has now, of a screen of this kind."""
        key = repr(sorted(kind.items()))
        shared = idle.pop() if (idle := self._idle.setdefault(key, [])) else self._share(kind)
        page = shared.page
        page.outside, page.errors = [], []
        _dress(page, width, height, color_scheme, reduced_motion)
        self._lent[page] = (key, shared)
        return page

    def _share(self, kind: dict[str, Any]) -> _Shared:
        page = self._context_page(*_USUAL, **kind)
        origins: set[str] = set()
        page.on(
            "framenavigated",
            lambda frame: frame.parent_frame is None and origins.add("{0.scheme}://{0.netloc}".format(urlsplit(frame.url))),
        )
        devtools = page.context.new_cdp_session(page)
        _dress(page, *_USUAL, None, None)
        page.goto("about:blank")  # a touch screen is one from the second document on
        new = self._state(page)
        _refuse(page)
        return _Shared(page, devtools, _remember_listeners(page), new, origins)

    def take_back(self, page: Page, failed: bool = False) -> None:
        """Wipe a page for the next test; raises when something of this one is left. What was fresh, or has failed, is closed."""
        key, shared = self._lent.pop(page, (None, None))
        if shared is None or failed:
            page.context.close()
            return
        try:
            left = self._wipe(shared)
        except Error:  # its server has gone, or the page has crashed: nobody gets it any more
            page.context.close()
            return
        if left:
            page.context.close()
            raise LeftBehind(f"what the next visitor would meet: {left}")
        self._idle[key].append(shared)

    def _wipe(self, shared: _Shared) -> dict[str, Any]:
        """Take back all that can be; what is still not as in a new page, with what it is now."""
        page, context = shared.page, shared.page.context
        for other in context.pages:
            if other is not page:
                other.close()
        shared.forget()
        page.unroute_all(behavior="ignoreErrors")
        context.set_offline(False)
        stored = [left for origin in sorted(shared.origins) if (left := self._empty(shared, origin))]
        shared.origins.clear()
        context.clear_cookies()
        page.goto("about:blank")
        shared.devtools.send("Page.resetNavigationHistory")
        _dress(page, *_USUAL, None, None)
        now = self._state(page)
        left = {name: value for name, value in now.items() if value != shared.new[name]}
        return left | ({"stored": stored} if stored else {})

    @staticmethod
    def _empty(shared: _Shared, origin: str) -> list[Any] | None:
        """Empty all stores of an origin, from a document of its that runs no script; what is there all the same."""
        if not origin.startswith(("http://", "file://")):
            return None
        shared.devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _STORED})
        shared.page.goto("file:///" if origin.startswith("file") else f"{origin}/_stcore/health")
        found: list[Any] = shared.page.evaluate(_EMPTY)
        return found if any(found) else None

    @staticmethod
    def _state(page: Page) -> dict[str, Any]:
        """All that a page without an address can tell of its visitor."""
        found: dict[str, Any] = page.evaluate(_STATE)
        return found | {"pages": len(page.context.pages), "cookies": page.context.cookies()}
