"""Everybody gets in: axe-core finds nothing serious of ours, the keyboard reaches the maps, motion stops when asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.access import expect_focus_visible, expect_no_violations, press_until, violations
from tests.browser.conftest import NewPage
from tests.browser.rgaa import expect_rgaa, find_faults
from tests.browser.waiting import opened, settled

STAND = (
    *(
        "",
        "home",
        "survey&actor=genethon",
        "tour",
        "tour&stage=stage-6",
        "near&department=91",
        "who&by=search&q=vec",
        "networks&cluster=medicen",
    ),
    *("kept&keep=genethon&keep=abivax", "need&say=cdmo", "need&by=write", "staff"),
)
"""Rooms of the stand, and what is open in them."""


@pytest.mark.parametrize("state", [("fr", "light"), ("en", "dark")], ids="-".join)
@pytest.mark.parametrize("room", STAND, ids=lambda room: room or "loop")
def test_axe_finds_nothing_serious_on_the_stand(new_page: NewPage, app_url: str, room: str, state: tuple[str, str]) -> None:
    """The loop, every room, keys on the screen: a touch screen that somebody may use with a switch or a screen reader.

    Without motion: the slides of the loop fade in, and axe would measure the contrast of the moment it looks.
    """
    lang, theme = state
    page = new_page(width=1920, height=1080, has_touch=True, color_scheme=theme, reduced_motion="reduce")
    opened(page, f"{app_url}/stand?lang={lang}{room and f'&door={room}'}")
    expect(page.locator(".loop .words" if not room else "h1").first).to_be_visible()
    if page.locator("iframe").count():
        maps.only_map(page)
    expect_no_violations(page)
    expect_rgaa(page)


def test_axe_finds_nothing_serious_in_an_open_filter(new_page: NewPage, app_url: str) -> None:
    """The values of a filter, one of them chosen, in the dark theme."""
    page = new_page(color_scheme="dark")
    opened(page, f"{app_url}/ile-de-france?category=bioproduction")
    page.locator(".st-key-facets").get_by_test_id("stPopoverButton").nth(1).click()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("button").first).to_be_visible()
    expect_no_violations(page)


def test_axe_finds_nothing_serious_in_an_error(page: Page, app_url: str) -> None:
    """The notice about an address that means nothing."""
    opened(page, f"{app_url}/ile-de-france?category=sorcery")
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    expect_no_violations(page)


_PLANT = """() => {
    document.body.append(document.createElement("button"));
    const faulty = '<img><table><tr><td></td></tr></table><p id="twice"></p><p id="twice"></p><center></center>';
    document.body.insertAdjacentHTML("beforeend", faulty);
}"""


def test_a_planted_violation_is_found(page: Page, app_url: str) -> None:
    """The tests above can fail: a button without a name, and what else RGAA forbids, is found in the page, and in the frame of a map."""
    opened(page, f"{app_url}/bioproduction-tour")
    shown = maps.only_map(page)
    for frame in (page.main_frame, shown.frame):
        assert find_faults(frame) == []
        frame.evaluate(_PLANT)
        assert sorted({found.split(":")[0] for found in violations(frame)} - {"image-alt"}) == ["button-name"]
        assert {fault.split(":")[0] for fault in find_faults(frame)} == {"1.1", "5.4", "5.6", "8.2", "8.9"}


_WATCH = """() => {
    const { dataset } = document.querySelector('[data-testid="stApp"]');
    window.bcRuns = 0;
    new MutationObserver(() => { window.bcRuns += dataset.testScriptState !== "notRunning"; })
        .observe(document.querySelector('[data-testid="stApp"]'), { attributes: true, attributeFilter: ["data-test-script-state"] });
}"""


def test_what_opens_on_request_lets_everybody_in(page: Page, app_url: str) -> None:
    """A letter alone starts nothing; a field without a visible label has its name; the buttons of a table are seen; a code has words."""
    opened(page, f"{app_url}/annuaire?compare=abivax&compare=altar")
    expect(page.get_by_role("searchbox").first).to_have_attribute("title", "Chercher")
    page.evaluate(_WATCH)
    page.locator("h1").click()
    for key in ("r", "c"):
        page.keyboard.press(key)
    toolbar = page.get_by_test_id("stElementToolbar").first
    toolbar.get_by_role("button").first.focus()
    expect(toolbar).to_have_css("opacity", "1")
    assert page.evaluate("window.bcRuns") == 0
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("delete window.bcRuns")
    page.locator(".st-key-take-link button").first.click()
    code = page.get_by_role("figure", name="Ce code rouvre cette page")
    expect(code.get_by_role("img", name="Code QR")).to_be_visible()
    expect_no_violations(page)
    expect_rgaa(page)


def test_the_keyboard_reaches_the_symbols_of_a_map(page: Page, app_url: str) -> None:
    """Tab goes from the page into the map, keys from symbol to symbol, each named and outlined; Enter opens one, and the focus stays."""
    opened(page, f"{app_url}/ile-de-france?category=bioproduction")
    shown = maps.only_map(page)
    page.locator(".st-key-choice_measure").get_by_role("radio").last.focus()
    press_until(page, "Tab", shown.frame.locator(".bc-place:focus"))
    expect_focus_visible(shown.frame.locator(".bc-place:focus"))
    expect(shown.tooltip).to_be_visible()
    page.keyboard.press("End")
    focused = shown.frame.locator('.bc-place[data-type="actor"]:focus')
    identity, spoken = focused.get_attribute("data-id"), str(focused.get_attribute("aria-label"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"actor={identity}"), wait_until="commit")
    heading = page.locator(".st-key-beside").get_by_role("heading", level=2)
    expect(heading).to_be_visible()
    assert heading.inner_text() in spoken
    expect(shown.symbol(str(identity))).to_be_focused()


def test_the_keyboard_reaches_the_stages_of_the_tour(page: Page, app_url: str) -> None:
    """Tab, Enter: the stage opens, and the focus stays on it."""
    opened(page, f"{app_url}/bioproduction-tour")
    shown = maps.only_map(page)
    page.locator(".st-key-language").get_by_role("radio").last.focus()
    press_until(page, "Tab", shown.frame.locator(".bc-stage:focus"))
    focused = shown.frame.locator(".bc-stage:focus")
    expect_focus_visible(focused)
    identity = str(focused.get_attribute("data-id"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"stage={identity}"), wait_until="commit")
    expect(page.locator("article.bc-sheet")).to_be_visible()
    expect(shown.symbol(identity)).to_be_focused()


@pytest.mark.parametrize("path", ["ile-de-france", "bioproduction-tour"])
def test_nothing_moves_when_asked(new_page: NewPage, app_url: str, path: str) -> None:
    """With reduced motion a map jumps to its next zoom, and nothing in the page or the map is animated."""
    page = new_page(reduced_motion="reduce")
    settled(opened(page, f"{app_url}/{path}"))
    shown = maps.only_map(page)
    before = shown.view()[0]
    shown.frame.locator(".bc-zoomIn").click()
    assert shown.frame.evaluate("() => !map._animatingZoom && map.getZoom()") > before
    running = "() => document.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert shown.frame.evaluate(running) == 0
    assert page.evaluate(running) == 0


def test_symbols_are_large_enough_for_a_finger(new_page: NewPage, app_url: str) -> None:
    """On a touch screen every symbol and button of the map takes 44 pixels at least."""
    page = new_page(width=390, has_touch=True, is_mobile=True)
    opened(page, f"{app_url}/ile-de-france")
    shown = maps.only_map(page)
    sizes = "nodes => nodes.map(node => [node.getAttribute('aria-label'), Math.min(node.offsetWidth, node.offsetHeight)])"
    measured = shown.frame.locator(".bc-place, .bc-button").evaluate_all(sizes)
    assert measured
    assert [item for item in measured if item[1] < 44] == []
