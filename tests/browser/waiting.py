"""Waits for Streamlit, without a single sleep."""

from __future__ import annotations

from playwright.sync_api import Page, expect

_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'


def settled(page: Page) -> Page:
    """Return when the script has run, nothing on the page is stale, and its letters and icons are there.

    For what a click brings, `expect` the thing itself: a click takes a moment to reach the server, and until then nothing runs.
    """
    page.wait_for_selector(_IDLE, state="attached")
    expect(page.locator('[data-testid="stSkeleton"], [data-stale="true"]')).to_have_count(0)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    return page


def opened(page: Page, address: str) -> Page:
    """Go to an address of the app and wait until it is settled."""
    page.goto(address, wait_until="domcontentloaded")
    return settled(page)
