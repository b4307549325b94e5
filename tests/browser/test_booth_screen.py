"""The stand as a screen: everything fits, the map follows, keys write, and nothing stays behind."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from biocarto.booth import needs
from tests.browser import maps
from tests.browser.answering import list_failing
from tests.browser.conftest import NewPage, Serve
from tests.browser.stand import PATIENCE, SITE, choose, enter, loop, press, tile, write
from tests.browser.visit import state
from tests.browser.waiting import opened, settled
from tests.browser.whole import check

SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080), "laptop": (1400, 900), "phone": (390, 844)}

_CROSSED = """() => {
    const inside = node => node.shadowRoot?.querySelector(".loop") ?? node.querySelector(".loop");
    const root = [...document.querySelectorAll("*")].map(inside).find(Boolean);
    const foot = root.querySelector(".foot").getBoundingClientRect().top;
    const parts = [...root.querySelectorAll(".words > *, .head > *, .figure svg")].map(node => node.getBoundingClientRect());
    const map = root.querySelector(".figure").getBoundingClientRect();
    const under = parts.slice(0, -1).some(box => box.bottom > map.top + 1 && box.right > map.left + 1 && box.top < map.bottom);
    return under || parts.some(box => box.bottom > foot + 1 || box.right > innerWidth + 1) ? root.querySelector(".stage").textContent : "";
}"""

_CUT = """() => {
    const where = [".st-key-booth-tiles-doors button", ".st-key-booth-bar button", ".st-key-booth-bar h1"].join();
    return [...document.querySelectorAll(where)].filter(node => {
        const { left, right } = node.getBoundingClientRect();
        return left < 0 || right > innerWidth + 1 || node.scrollWidth > node.clientWidth + 1;
    }).map(node => node.textContent);
}"""


@pytest.fixture(scope="module")
def stand_url(serve: Serve, needs_file: Path) -> str:
    """A stand as an operator would set it up."""
    return serve({"BIOCARTO_BOOTH_URL": SITE, "BIOCARTO_NEEDS": str(needs_file), "BIOCARTO_BOOTH_IDLE": str(PATIENCE)}) + "/stand"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_every_slide_of_the_loop_fits(new_page: NewPage, stand_url: str, size: tuple[int, int], lang: str) -> None:
    """All of them, by a clock that the test turns: no text runs over the buttons or out of the screen."""
    page = new_page(width=size[0], height=size[1], has_touch=True, fresh="a clock of its own")
    page.clock.install()
    opened(page, f"{stand_url}?lang={lang}")
    seen, crossed = set(), set()
    for _ in range(30):
        seen.add(loop(page).locator(".stage").inner_text())
        crossed.add(page.evaluate(_CROSSED))
        page.clock.run_for(6_100)
    assert crossed == {""}
    assert len(seen) > 20


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_doors_and_bar_fit(new_page: NewPage, stand_url: str, size: tuple[int, int]) -> None:
    """No name of a door is cut, no button of the bar leaves the screen, down to a phone."""
    page = new_page(width=size[0], height=size[1], has_touch=True)
    opened(page, f"{stand_url}?door=home")
    assert page.evaluate(_CUT) == []
    opened(page, f"{stand_url}?door=near&lang=en")
    assert page.evaluate(_CUT) == []
    check(page)


def test_the_map_goes_where_the_question_is(wide: Page, stand_url: str) -> None:
    """Closer to a department, closer still around a town, with its circle; back at the whole after two steps back."""
    enter(wide, stand_url, "near")
    view = maps.only_map(wide)
    whole = view.view()
    view.mark()
    tile(wide, "department", "91").tap()
    expect(wide.locator(".bc-lead h2")).to_have_text("Essonne")
    view.frame.wait_for_function("zoom => map.getZoom() > zoom", arg=whole[0])
    department = view.view()
    tile(wide, "town", "91228").tap()
    expect(view.frame.locator("path.bc-drawn")).to_have_count(1)
    view.frame.wait_for_function("zoom => map.getZoom() > zoom", arg=department[0])
    for left in ("Essonne", "Où êtes-vous ?"):
        press(wide, "booth-back")
        expect(wide.locator(".bc-lead h2")).to_have_text(left)
        wide.wait_for_timeout(400)  # two taps on one spot within a third of a second count as one
    view.frame.wait_for_function("zoom => map.getZoom() < zoom", arg=department[0])
    assert view.view() == pytest.approx(whole, abs=0.01)
    assert view.is_the_marked_one()
    expect(view.frame.locator("path.bc-drawn")).to_have_count(0)


_PIN_ON = """() => {
    const { left, top, right, bottom } = document.querySelector(".bc-here path").getBoundingClientRect();
    const holds = ([x, y]) => left < x && x < right && top < y && y < bottom;
    const middle = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return [...document.querySelectorAll(".bc-place svg")].filter(node => holds(middle(node.getBoundingClientRect()))).length;
}"""
"""Symbols whose number lies below the pin."""


_EMPTY = """() => {
    const { innerWidth, innerHeight } = window;
    const isEmpty = (x, y) => !document.elementFromPoint(x, y)?.closest("button, details, .bc-panel");
    const near = [[0, 0], [-30, 0], [30, 0], [0, -30], [0, 30]];
    for (const down of [0.3, 0.35, 0.4, 0.45, 0.55]) for (const across of [0.5, 0.45, 0.4, 0.55, 0.6]) {
        const [x, y] = [across * innerWidth, down * innerHeight];
        if (near.every(([dx, dy]) => isEmpty(x + dx, y + dy))) return [across, down];
    }
}"""
"""A point of the region where no symbol is touched: its shares of the map's width and height."""


def test_a_place_is_told_by_a_tap_on_the_map(wide: Page, stand_url: str) -> None:
    """Once for the visit: the circle has its name, the pin stands on no number, and the door leads back to it."""
    enter(wide, stand_url, "near")
    view = maps.only_map(wide)
    settled(wide)
    box = wide.locator(".st-key-booth-map iframe").bounding_box()
    assert box is not None
    across, down = view.frame.evaluate(_EMPTY)
    wide.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    wide.wait_for_url(re.compile("near=.*here="))
    settled(wide)
    heading = wide.locator(".bc-lead h2").first.inner_text()
    assert re.fullmatch(r"\w[^0-9]*", heading)
    expect(view.frame.locator(".bc-name-circle")).to_have_text(f"{heading} · 10 km")
    press(wide, "booth-home")
    tile(wide, "doors", "near").tap()
    expect(wide.locator(".bc-lead h2").first).to_have_text(heading)
    opened(wide, f"{stand_url}?door=near&near=91228")
    settled(wide)
    view = maps.only_map(wide)
    expect(view.frame.locator(".bc-here")).to_have_count(1)
    view.frame.wait_for_function("() => document.querySelector('.bc-place')")
    assert view.frame.evaluate(_PIN_ON) == 0


def test_a_finger_reaches_what_stands_on_the_map(wide: Page, stand_url: str) -> None:
    """Buttons and symbols of 44 pixels at least, each at its own place, on the screen itself; no full screen within the full screen."""
    enter(wide, stand_url, "near")
    view = maps.only_map(wide)
    settled(wide)
    for node in view.frame.locator(".bc-bar button:visible, .bc-place").all():
        box = node.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    expect(view.frame.locator(".bc-fullscreen")).not_to_be_visible()
    assert list_failing(view, (8.3, 10.5, 12, 13.5), (48.85, 2.34), least=44) == []
    view.frame.evaluate("() => { map.setView([48.62, 2.43], 13, { animate: false }); }")
    place = view.ids("place")[0]
    view.symbol(place).tap()
    expect(wide.locator(".st-key-booth-tiles-actors")).to_be_visible()
    assert state(wide)["place"] == [place]


def test_own_words_are_written_on_the_screen(wide: Page, stand_url: str, needs_file: Path) -> None:
    """Capital first, accents, a correction in the middle; sent right after the last key, and all of it is stored."""
    opened(wide, f"{stand_url}?door=need")
    tile(wide, "by", "write").tap()
    field = wide.locator(".st-key-booth-need-text textarea")
    field.tap()
    assert field.evaluate("node => node.inputMode") == "none"
    write(wide, "un lot clé,")
    wide.locator(".keys").get_by_role("button", name="Effacer une lettre").tap()
    expect(field).to_have_value("Un lot clé")
    field.evaluate("node => node.setSelectionRange(3, 3)")
    write(wide, "2 ")
    expect(field).to_have_value("Un 2 lot clé")
    press(wide, "booth-send")
    expect(wide.get_by_test_id("stAlert")).to_contain_text("Merci")
    assert needs.list_needs(needs_file)[-1].text == "Un 2 lot clé"
    tile(wide, "by", "write").tap()
    expect(field).to_have_value("")


def test_a_text_stops_at_its_limit_and_survives_a_reload(wide: Page, stand_url: str) -> None:
    """500 characters, not one more; a moment after the last key the address has them, whatever else is touched."""
    opened(wide, f"{stand_url}?door=need&by=write&words={'a' * 499}")
    field = wide.locator(".st-key-booth-need-text textarea")
    expect(field).to_have_value("a" * 499)
    write(wide, "bc")
    wide.wait_for_url(re.compile("words=a{499}b(&|$)"))
    wide.reload()
    settled(wide)
    expect(field).to_have_value("a" * 499 + "b")


def test_a_real_keyboard_is_told_as_the_keys_are(wide: Page, stand_url: str) -> None:
    """A laptop's: nothing else is touched, and what was typed is there after a reload; in a search as well."""
    opened(wide, f"{stand_url}?door=need&by=write")
    field = wide.locator(".st-key-booth-need-text textarea")
    field.press_sequentially("Une salle L3")
    wide.wait_for_url("**words=Une+salle+L3")
    wide.reload()
    settled(wide)
    expect(field).to_have_value("Une salle L3")
    field.press_sequentially(" et son quai")
    wide.wait_for_url("**words=Une+salle+L3+et+son+quai")
    opened(wide, f"{stand_url}?door=who&by=search")
    wide.locator(".keys input").press_sequentially("eg 42")
    wide.wait_for_url("**q=eg+42")
    wide.reload()
    settled(wide)
    expect(wide.locator(".keys input")).to_have_value("eg 42")


def test_what_is_typed_while_the_server_answers_is_kept(wide: Page, stand_url: str) -> None:
    """Word after word with a pause between: each is told, and no answer takes a later letter away."""
    opened(wide, f"{stand_url}?door=need&by=write")
    field = wide.locator(".st-key-booth-need-text textarea")
    typed = ""
    for word in ("un", " lot", " cl", "inique", " pour", " mars"):
        write(wide, word)
        typed += word
        wide.wait_for_url(re.compile("words=" + re.escape(quote_plus(typed.capitalize())) + "$"))
    expect(field).to_have_value("Un lot clinique pour mars")
    settled(wide)
    expect(field).to_have_value("Un lot clinique pour mars")
    tile(wide, "by", "choose").tap()
    expect(wide.locator(".bc-also")).to_contain_text("Un lot clinique pour mars")


_BELOW = """() => {
    const room = document.querySelector(".st-key-booth-need-what").getBoundingClientRect();
    const send = document.querySelector(".st-key-booth-send button").getBoundingClientRect();
    const within = node => node.shadowRoot ? [...node.shadowRoot.querySelectorAll(".key")] : [];
    const keys = [...document.querySelectorAll("*")].flatMap(within).concat(...document.querySelectorAll(".key"));
    const low = keys.filter(key => key.getBoundingClientRect().bottom > Math.min(room.bottom + 1, send.top));
    return [keys.length > 30, low.map(key => key.textContent)];
}"""


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1400, 900), (1366, 768)], ids=["upright", "wide", "laptop", "small laptop"])
def test_all_keys_stand_above_what_sends(new_page: NewPage, stand_url: str, size: tuple[int, int]) -> None:
    """Nothing has to be scrolled to write a sentence, even with two usual ones chosen."""
    page = new_page(width=size[0], height=size[1], has_touch=True)
    opened(page, f"{stand_url}?door=need&by=write&say=cdmo&say=partner")
    expect(page.locator(".keys .key").last).to_be_visible()
    assert page.evaluate(_BELOW) == [True, []]


def test_the_way_back_of_the_browser_brings_nobody_back(new_page: NewPage, stand_url: str) -> None:
    """A visit leaves no step behind: neither while it lasts nor after it has been forgotten."""
    page = new_page(width=1920, height=1080, has_touch=True, fresh="a clock of its own")
    page.clock.install()
    opened(page, stand_url)
    steps = page.evaluate("history.length")
    loop(page).tap()
    tile(page, "doors", "who").tap()
    choose(page, "modality", "rna")
    page.locator(".st-key-booth-tiles-actors button").first.tap()
    page.locator(".st-key-keep button").tap()
    expect(page.locator(".st-key-drop button")).to_be_visible()
    assert page.evaluate("history.length") == steps
    page.clock.fast_forward(PATIENCE * 1000)
    expect(loop(page)).to_be_visible(timeout=90_000)
    page.go_back()
    assert page.url == "about:blank"
