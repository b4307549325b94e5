"""Waits for Streamlit: for what the page shows, never for a time that something may take."""

from __future__ import annotations

from itertools import count

from playwright.sync_api import Page

_CALLS = count()
_QUIET = """call => {
    const app = document.querySelector('[data-testid="stApp"]')?.dataset;
    const idle = app?.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED"
        && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
    const now = performance.now();
    if (!idle || window.bcQuiet?.call !== call) window.bcQuiet = { call, since: now };
    return idle && now - window.bcQuiet.since >= 250;
}"""
"""When a fragment has asked for the whole page, nothing runs between the two: 50 to 75 ms on two cores, which are no rest."""


def settled(page: Page) -> Page:
    """Return when the script has run, nothing on the page is stale, and its letters and icons are there.

    For what a click brings, `expect` the thing itself: a click takes a moment to reach the server, and until then nothing runs.
    """
    page.wait_for_function(_QUIET, arg=next(_CALLS), polling=50)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


def opened(page: Page, address: str) -> Page:
    """Go to an address of the app and wait until it is settled."""
    page.goto(address, wait_until="domcontentloaded")
    return settled(page)
