"""Every page, opened once per state: complete without network, nothing broken or too wide, and nothing serious that axe-core finds."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.english import find_english
from tests.browser.readings import expect_reading, read_kept
from tests.browser.rgaa import expect_rgaa, expect_room_for_text
from tests.browser.waiting import opened
from tests.browser.whole import PAGES, check, maps_are_drawn

OPEN = {"ile-de-france": "category=bioproduction&place=site-genopole", "bioproduction-tour": "stage=stage-2", "reseaux": "cluster=medicen"}
"""What a visitor has open on a phone, and does not yet on a wide screen."""

State = tuple[str, str, int]
# Each page meets each pair of language, theme and width.
STATES: tuple[State, ...] = (("fr", "light", 1400), ("en", "dark", 1400), ("en", "light", 390), ("fr", "dark", 390))
# The narrowest screen that WCAG asks for, with nothing open, and a wall screen.
OTHER_SCREENS: tuple[State, ...] = (("en", "dark", 320), ("en", "light", 1920))


MOST_TALL = {"reseaux": 4000}
"""Pixels that a page may have on a phone, with nothing open."""
PHONE = 360
"""What a phone has across; a narrower window is one that is enlarged."""
Box = Mapping[str, float]


def share_in_sight(box: Box, width: int, height: int) -> float:
    """How much of the window a map has, before anybody scrolls."""
    down = min(height, box["y"] + box["height"]) - max(0, box["y"])
    return max(0.0, box["width"] * down) / (width * height)


def expect_room(page: Page, path: str, width: int, height: int) -> None:
    """The map comes first: on a phone it begins in the upper half of the screen, most of it in sight; on a wide one it has half of it."""
    boxes = [box for frame in page.locator("iframe").all() if (box := frame.bounding_box())]
    first = boxes[0]
    if width < 640:
        assert first["y"] < height / 2, path
        assert share_in_sight(first, width, height) > 0.3, path
        tall = page.locator(".stMain").evaluate("node => node.scrollHeight")
        assert tall < MOST_TALL.get(path, 20_000) or width < PHONE, path
    elif width < 1800:
        assert sum(share_in_sight(box, width, height) for box in boxes) >= 0.5, path
    for frame, box in zip(page.frames[1:], boxes, strict=True):
        for legend in frame.locator(".bc-legend").all():
            shown = legend.bounding_box()
            assert shown is None or shown["height"] < box["height"] / 9, path


def expect_distance(page: Page) -> None:
    """The choices of a page stand below its heading, or far beside it."""
    for choices in page.locator(".st-key-map-part :is(button, input) >> visible=true").all()[:1]:
        heading, first = page.locator("h1").first.bounding_box(), choices.bounding_box()
        assert heading
        assert first
        assert first["y"] >= heading["y"] + heading["height"] + 4 or first["x"] > heading["x"] + 100


def expect_complete(new_page: NewPage, address: str, state: State, count: int) -> Page:
    """Title in the right language, maps drawn, every request answered by this machine; no fault of axe's or RGAA's, or room for text."""
    lang, theme, width = state
    page = opened(new_page(width=width, color_scheme=theme), address)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    maps_are_drawn(page, count)
    check(page)
    path = urlsplit(address).path.strip("/")
    if count and urlsplit(address).query in {f"lang={lang}", f"lang={lang}&"}:
        expect_room(page, path, width, 900)
        expect_distance(page)
    titles = [str(frame.get_attribute("title")) for frame in page.locator("iframe").all()]
    assert all(title and "streamlit" not in title for title in titles)
    assert lang == "en" or find_english(page) == []
    if state in STATES:
        if "couverture" not in address:
            maps.every_map(page, count)
        expect_no_violations(page)
        expect_rgaa(page)
    else:
        expect_room_for_text(page, spacing=True)
        expect_room_for_text(page, 200 if width > 1000 else 100)
    return page


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(map(str, state)))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_everybody_gets_a_whole_page(new_page: NewPage, app_url: str, path: str, state: State) -> None:
    """Every page, both languages, both themes, phone and wide screen, with a list or a sheet open and without."""
    more = OPEN.get(path, "") if state[2] == 390 else ""
    page = expect_complete(new_page, f"{app_url}/{path}?lang={state[0]}&{more}", state, PAGES[path])
    if state[2] == 1400:
        expect_reading(page, read_kept(state[0])[path])


@pytest.mark.parametrize("state", OTHER_SCREENS, ids=lambda state: "-".join(map(str, state)))
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "overview")
def test_a_page_is_whole_on_other_screens(new_page: NewPage, app_url: str, path: str, state: State) -> None:
    """320 pixels with nothing open, and a wall screen: wide spacing cuts nothing, nor do letters twice as large where there is room."""
    expect_complete(new_page, f"{app_url}/{path}?lang={state[0]}", state, PAGES[path])


def test_an_actors_address_shows_a_phone_its_sheet(new_page: NewPage, app_url: str) -> None:
    """Where a printed code leads: the sheet in the first screen and whole, then the map; the filters behind one button that counts them."""
    page = opened(new_page(width=390, height=844), f"{app_url}/annuaire?actor=aenitis-technologies&department=94&department=75")
    beside, drawn = page.locator(".st-key-directory-beside"), page.locator("iframe").first
    expect(drawn).to_be_attached()
    expect(beside.locator(".st-key-close-actor")).to_be_attached()
    fold, row = page.locator(".bc-fold"), page.locator(".st-key-facets")
    tops = [node.bounding_box()["y"] for node in (beside, drawn, fold)]  # type: ignore[index]
    assert tops == sorted(tops)
    assert tops[0] < 844 / 3
    assert beside.evaluate("node => { node.scrollTop = 50; return node.scrollTop; }") == 0
    expect(fold).to_have_text("Filtres · 2")
    expect(row).to_be_hidden()
    fold.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(row.get_by_role("button", name="Département · 2")).to_be_visible()


def test_a_sheet_takes_room_and_gives_it_back(page: Page, app_url: str) -> None:
    """The map stays the same one, with all the width before and after; the line of the legend opens, and Escape closes it."""
    opened(page, f"{app_url}/ile-de-france")
    shown, drawn = maps.only_map(page), page.locator("iframe")
    shown.mark()
    width = drawn.bounding_box()["width"]  # type: ignore[index]
    shown.symbol(shown.ids("actor")[-1]).click()
    expect(page.locator(".st-key-beside")).to_be_visible()
    box = drawn.bounding_box()
    assert box is not None
    assert box["width"] < width - 300
    assert share_in_sight(box, 1400, 900) >= 0.5
    page.locator(".st-key-close-actor button").click()
    expect(page.locator(".st-key-beside")).to_have_count(0)
    assert drawn.bounding_box()["width"] == width  # type: ignore[index]
    assert shown.is_the_marked_one()
    shown.legend.locator("summary").press("Enter")
    expect(shown.legend.get_by_role("heading", name="Acteurs")).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown.legend.get_by_role("heading", name="Acteurs")).to_be_hidden()
