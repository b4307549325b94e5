"""The stand loses its server: the screen says so, and the visit comes back as it was, with the first touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from biocarto.booth import needs
from tests.browser.servers import APP, Server
from tests.browser.stand import PATIENCE, SITE, press, tile, write
from tests.browser.visit import state
from tests.browser.waiting import opened


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, needs_file: Path) -> Iterator[Server]:
    """A server that may be stopped."""
    found = Server(
        APP,
        {"BIOCARTO_BOOTH_URL": SITE, "BIOCARTO_NEEDS": str(needs_file), "BIOCARTO_BOOTH_IDLE": str(PATIENCE)},
        tmp_path_factory.mktemp("server") / "log.txt",
    )
    yield found
    found.stop()


@pytest.fixture
def server(own_server: Server) -> Server:
    """The same, running, even if a test has failed between its end and its start."""
    if not own_server.runs():
        own_server.start()
    own_server.wait()
    return own_server


def restart(page: Page, server: Server, words: str = "le stand revient") -> None:
    """Until the screen is the visitor's again; in between it says what is going on, in the stand's own words."""
    server.stop()
    veil = page.get_by_role("alertdialog").filter(has_text=words)
    expect(veil).to_be_visible()
    expect(page.get_by_text("Streamlit server is not responding")).not_to_be_visible()
    server.start()
    server.wait()
    expect(veil).not_to_be_visible(timeout=120_000)


def test_a_visit_comes_back_and_the_first_touch_counts(wide: Page, server: Server) -> None:
    """Nobody touches anything: room, list and language are there again; then one tap keeps an actor."""
    opened(wide, f"{server.url}/stand?door=who&modality=rna&actor=genethon&keep=abivax&lang=en")
    restart(wide, server, "coming back")
    wide.locator(".st-key-keep button").tap()
    expect(wide.locator(".st-key-drop button")).to_be_visible()
    assert state(wide) == {"door": ["who"], "modality": ["rna"], "actor": ["genethon"], "keep": ["abivax", "genethon"], "lang": ["en"]}
    expect(wide.locator("h1")).to_have_text("Who does what?")


def test_a_need_that_was_being_written_is_sent_after_all(wide: Page, server: Server, needs_file: Path) -> None:
    """The words on the screen are the words that are stored."""
    opened(wide, f"{server.url}/stand?door=need&by=write")
    write(wide, "abc")
    wide.wait_for_url("**words=Abc")
    tile(wide, "category", "bioproduction").tap()
    expect(tile(wide, "category", "bioproduction")).to_have_attribute("kind", "primary")
    write(wide, "def")
    wide.wait_for_url("**words=Abcdef**")
    restart(wide, server)
    expect(wide.locator(".st-key-booth-need-text textarea")).to_have_value("Abcdef")
    press(wide, "booth-send")
    expect(wide.get_by_test_id("stAlert")).to_contain_text("Merci")
    assert [(need.text, need.category) for need in needs.list_needs(needs_file)] == [("Abcdef", "bioproduction")]


def test_a_search_goes_on(wide: Page, server: Server) -> None:
    """The letters before and the letter after are one word."""
    opened(wide, f"{server.url}/stand?door=who&by=search")
    write(wide, "GENE")
    wide.wait_for_url("**q=gene")
    restart(wide, server)
    write(wide, "T")
    wide.wait_for_url("**q=genet")
    expect(wide.locator(".st-key-booth-tiles-actors button").first).to_be_visible()
