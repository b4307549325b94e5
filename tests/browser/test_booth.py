"""The stand under a finger: upright and wide, everything but this machine out of reach."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import maps
from tests.browser.conftest import NewPage, Serve
from tests.browser.stand import PATIENCE, SITE, choose, enter, give, loop, press, read_back, tile, write
from tests.browser.visit import state
from tests.browser.waiting import opened, settled
from tests.browser.whole import check

SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080)}
PIN = "24680"
LIMIT = PATIENCE * 1000

_SMALL = """() => [...document.querySelectorAll("[class*=st-key-booth] button, [class*=st-key-tile] button")].filter(node => {
    const { width, height } = node.getBoundingClientRect();
    return width && (width < 44 || height < 44);
}).map(node => node.textContent)"""

_LINKS = """() => [document, ...[...document.querySelectorAll("iframe")].map(frame => frame.contentDocument)].flatMap(
    where => [...where.querySelectorAll("a[href]")]).filter(a => a.host !== location.host).map(a => a.href)"""


@pytest.fixture(scope="module")
def stand_url(serve: Serve, needs_file: Path) -> str:
    """A stand as an operator would set it up."""
    env = {"BIOCARTO_BOOTH_URL": SITE, "BIOCARTO_BOOTH_PIN": PIN, "BIOCARTO_NEEDS": str(needs_file), "BIOCARTO_BOOTH_IDLE": str(PATIENCE)}
    env |= {"BIOCARTO_BOOTH_EVENT": "Congrès", "BIOCARTO_BOOTH_ZONE": "Asia/Tokyo"}
    return serve(env) + "/stand"


@pytest.fixture(params=SCREENS.values(), ids=SCREENS)
def screen(new_page: NewPage, request: pytest.FixtureRequest) -> Page:
    """A touch screen in each position."""
    width, height = request.param
    return new_page(width=width, height=height, has_touch=True, color_scheme="light")


@pytest.fixture
def timed(new_page: NewPage) -> Page:
    """A touch screen that lies, and whose clock the test may put forward."""
    page = new_page(width=1920, height=1080, has_touch=True, fresh="a clock of its own")
    page.clock.install()
    return page


def test_any_touch_ends_the_loop(screen: Page, stand_url: str) -> None:
    """No chrome of Streamlit, a loop that moves, and five doors that fit the screen."""
    screen.goto(stand_url, wait_until="domcontentloaded")
    expect(loop(screen)).to_contain_text("183")
    settled(screen)
    expect(screen.get_by_test_id("stHeader")).not_to_be_visible()
    expect(loop(screen).locator(".words .title")).not_to_contain_text("entreprises")
    screen.touchscreen.tap(40, 500)
    for door in ("survey", "tour", "near", "who", "networks"):
        expect(tile(screen, "doors", door)).to_be_in_viewport(ratio=1)
    expect(loop(screen)).to_have_count(0)
    assert screen.evaluate(_SMALL) == []
    check(screen)


def test_the_loop_does_without_motion_on_demand(new_page: NewPage, stand_url: str) -> None:
    """Where motion is not wanted, one slide stands in the place of another without any; a key opens the doors as well."""
    page = new_page(width=1920, height=1080, has_touch=True, reduced_motion="reduce", fresh="a clock of its own")
    page.clock.install()
    page.goto(stand_url, wait_until="domcontentloaded")
    expect(loop(page)).to_contain_text("183")
    settled(page)
    for _ in range(16):
        if "183" in loop(page).inner_text():
            page.clock.run_for(1_000)
    expect(loop(page)).to_contain_text("étapes à travers la France")
    assert loop(page).locator(".words").evaluate("node => getComputedStyle(node).animationName") == "none"
    page.keyboard.press("Enter")
    expect(tile(page, "doors", "survey")).to_be_visible()


def test_the_loop_speaks_english_in_one_tap(wide: Page, stand_url: str) -> None:
    """And French again in another."""
    opened(wide, stand_url)
    loop(wide).get_by_role("button", name="English").tap()
    expect(tile(wide, "doors", "who")).to_contain_text("Who does what?")
    press(wide, "booth-fr")
    expect(tile(wide, "doors", "who")).to_contain_text("Qui fait quoi")


ANSWERS = {
    "survey": ([], ".bc-bar"),
    "tour": ([("stage", "stage-6")], ".bc-sheet h2"),
    "near": ([("department", "91")], ".st-key-booth-tiles-actors button"),
    "who": ([("modality", "rna")], ".st-key-booth-tiles-actors button"),
    "networks": ([("body", "cobioe")], ".bc-sheet h2"),
}


@pytest.mark.parametrize("door", ANSWERS)
def test_a_door_answers_in_three_taps(screen: Page, stand_url: str, door: str) -> None:
    """The touch that ends the loop is the first of them; the map is drawn, and no link leads out."""
    taps, answer = ANSWERS[door]
    enter(screen, stand_url, door)
    for group, value in taps:
        tile(screen, group, value).tap()
    expect(screen.locator(answer).first).to_be_visible()
    maps.only_map(screen)
    settled(screen)
    assert screen.evaluate(_LINKS) == []
    assert screen.evaluate(_SMALL) == []
    expect(screen.get_by_test_id("stDownloadButton")).to_have_count(0)
    check(screen)


def test_three_actors_go_to_a_phone(wide: Page, new_page: NewPage, stand_url: str) -> None:
    """Kept one by one, read back from the screen, opened on the public site: the same three in the same order."""
    enter(wide, stand_url, "who")
    choose(wide, "modality", "rna")
    kept = []
    for number in range(3):
        wide.locator(".st-key-booth-tiles-actors button").nth(number).tap()
        wide.locator(".st-key-keep button").tap()
        expect(wide.locator(".st-key-drop button")).to_be_visible()
        kept = state(wide)["keep"]
        press(wide, "booth-back")
        expect(wide.locator(".st-key-booth-tiles-actors")).to_be_visible()
    assert len(kept) == 3
    press(wide, "booth-list")
    link = read_back(wide)
    assert link == f"{SITE}/annuaire?" + "&".join(f"keep={actor}" for actor in kept)
    tile(wide, "code", "text").tap()
    expect(wide.locator(".bc-code figcaption")).to_contain_text("sans réseau")
    assert read_back(wide).startswith("BioCarto\n")
    phone = new_page(width=390, height=800, has_touch=True, is_mobile=True)
    opened(phone, link.replace(SITE, stand_url.removesuffix("/stand")))
    expect(phone.get_by_text("3 acteurs gardés au stand")).to_be_visible()
    rows = phone.locator(".st-key-directory-list .stButton")
    expect(rows).to_have_count(3)
    classes = " ".join(rows.nth(n).locator("xpath=..").get_attribute("class") or "" for n in range(3))
    assert re.findall(r"st-key-open-([\w-]+)", classes) == kept


def test_a_name_with_digits_is_typed_on_the_screen(screen: Page, stand_url: str) -> None:
    """All of `EG 427`, on an upright and on a wide screen; every key is as large as a finger."""
    opened(screen, f"{stand_url}?door=who&by=search")
    write(screen, "EG")
    for key in ("Espace", "4", "2", "7"):
        screen.locator(".keys").get_by_role("button", name=key, exact=True).tap()
    expect(screen.locator(".keys input")).to_have_value("eg 427")
    expect(screen.locator(".st-key-booth-tiles-actors button").first).to_contain_text("EG 427")
    sizes = screen.locator(".keys .key").evaluate_all("keys => keys.map(key => key.getBoundingClientRect())")
    assert min(min(box["width"], box["height"]) for box in sizes) >= 44


def test_letters_are_typed_on_the_screen(wide: Page, stand_url: str) -> None:
    """Faster than the server answers, and nothing is lost; no keyboard of the system is asked for."""
    enter(wide, stand_url, "who")
    tile(wide, "by", "search").tap()
    for letter in "GENETH":
        wide.locator(".keys").get_by_role("button", name=letter, exact=True).tap()
    expect(wide.locator(".st-key-booth-tiles-actors button").first).to_contain_text("Généthon")
    expect(wide.locator(".keys input")).to_have_value("geneth")
    assert wide.locator(".keys input").get_attribute("inputmode") == "none"


def test_a_visitor_who_has_gone_is_forgotten(timed: Page, stand_url: str) -> None:
    """The countdown shows, a touch anywhere ends it and does nothing else; left alone, list, language and room are gone."""
    opened(timed, f"{stand_url}?door=who&modality=rna&keep=genethon&lang=en")
    box = timed.locator(".st-key-booth-home button").bounding_box()
    assert box is not None
    stay = timed.locator(".idle button")
    timed.clock.fast_forward(LIMIT - 9_000)
    expect(stay).to_be_visible()
    timed.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(stay).not_to_be_visible()
    settled(timed)
    assert state(timed)["door"] == ["who"]
    timed.clock.fast_forward(LIMIT - 9_000)
    expect(stay).to_be_visible()
    stay.tap()
    expect(stay).not_to_be_visible()
    timed.clock.fast_forward(LIMIT)
    expect_forgotten(timed)


def expect_forgotten(page: Page) -> None:
    """The loop, in French, and nothing of the visit in the address, in the list or in the language."""
    expect(loop(page)).to_be_visible(timeout=90_000)
    expect(loop(page)).to_contain_text("Touchez l'écran")
    assert state(page) == {}
    loop(page).tap()
    expect(page.locator(".st-key-booth-list button")).to_contain_text("· 0")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_ten_seconds_of_the_real_clock_are_ten_seconds(wide: Page, serve: Serve) -> None:
    """No clock of ours: the countdown shows by itself, a touch ends it; left alone, the visitor is forgotten when the setting says so."""
    opened(wide, serve({"BIOCARTO_BOOTH_IDLE": "10"}) + "/stand?door=who&modality=rna&keep=genethon&lang=en")
    stay = wide.locator(".idle button")
    expect(stay).to_be_visible()
    stay.tap()
    expect(stay).not_to_be_visible()
    start = time.monotonic()
    expect_forgotten(wide)
    assert time.monotonic() - start > 8


def test_a_hand_on_the_map_is_a_sign_of_life(timed: Page, stand_url: str) -> None:
    """Longer than the limit: what is touched inside the map's frame counts; without it, the same time is an end."""
    opened(timed, f"{stand_url}?door=tour")
    frame = maps.only_map(timed).frame
    for _ in range(8):
        timed.clock.fast_forward(LIMIT / 4)
        frame.locator(".biocarto").dispatch_event("pointerdown")
    settled(timed)
    expect(loop(timed)).to_have_count(0)
    assert state(timed)["door"] == ["tour"]
    for _ in range(8):
        timed.clock.fast_forward(LIMIT / 4)
    expect(loop(timed)).to_be_visible()


def test_a_clock_that_jumps_changes_nothing(wide: Page, stand_url: str) -> None:
    """A day forward: nobody is thrown out."""
    enter(wide, stand_url, "tour")
    wide.evaluate("() => { const now = Date.now; Date.now = () => now() + 86_400_000; }")
    tile(wide, "stage", "stage-2").tap()
    expect(wide.locator(".bc-sheet h2")).to_contain_text("Auvergne")
    expect(wide.locator(".idle")).not_to_be_visible()


def test_fast_fingers_two_fingers_and_a_turned_screen(new_page: NewPage, stand_url: str) -> None:
    """Two quick taps act once, two fingers do not enlarge the page, and the room fits the other way round."""
    wide = new_page(width=1920, height=1080, has_touch=True, fresh="fingers by the browser's own tools")
    opened(wide, f"{stand_url}?door=survey&actor=genethon")
    box = wide.locator(".st-key-keep button").bounding_box()
    assert box is not None
    session, now = wide.context.new_cdp_session(wide), time.time()
    finger = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for moment in (now, now + 0.1):  # by the clock of the fingers, however late the second is heard: "Retirer" stands there by then
        for kind, fingers in (("touchStart", [finger]), ("touchEnd", [])):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers, "timestamp": moment})
        expect(wide.locator(".st-key-drop button")).to_be_visible()
    wide.wait_for_timeout(1_000)  # what the second would do, it would have done
    settled(wide)
    assert state(wide)["keep"] == ["genethon"]
    points = [{"x": 1300, "y": 300, "id": 0}, {"x": 1500, "y": 500, "id": 1}]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
    apart = [{"x": 1200, "y": 200, "id": 0}, {"x": 1700, "y": 700, "id": 1}]
    session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": apart})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert wide.evaluate("visualViewport.scale") == 1
    wide.set_viewport_size({"width": 1080, "height": 1920})
    expect(wide.locator(".st-key-drop button")).to_be_in_viewport(ratio=1)
    check(wide)


def test_a_reload_keeps_the_visit(wide: Page, stand_url: str) -> None:
    """The address has it all."""
    opened(wide, f"{stand_url}?door=near&department=91&keep=genethon")
    wide.reload()
    settled(wide)
    expect(wide.locator(".bc-lead h2")).to_have_text("Essonne")
    expect(wide.locator(".st-key-booth-list button")).to_contain_text("· 1")


def test_a_need_is_heard_and_taken_away_behind_the_pin(wide: Page, stand_url: str, tmp_path: Path) -> None:
    """Touched, stored, listed, handled and back, exported when that is asked for and not before; then the way out of the stand."""
    opened(wide, f"{stand_url}?door=need")
    tile(wide, "say", "funding").tap()
    expect(tile(wide, "say", "funding")).to_have_attribute("kind", "primary")
    press(wide, "booth-send")
    expect(wide.get_by_test_id("stAlert")).to_contain_text("Merci")
    opened(wide, f"{stand_url}?door=staff")
    give(wide, PIN)
    expect(wide.locator(".bc-heard").first).to_contain_text("Financer un projet")
    wide.locator("[class*=st-key-handle-] button").first.tap()
    press(wide, "booth-undo")
    expect(wide.locator(".bc-heard").first).to_contain_text("Financer un projet")
    with wide.expect_download() as waiting:
        wide.get_by_role("button", name="CSV", exact=True).tap()
    waiting.value.save_as(tmp_path / "needs.csv")
    told = (tmp_path / "needs.csv").read_text(encoding="utf-8-sig")
    assert "Financer un projet" in told
    assert "UTC+09:00;Congrès;" in told
    press(wide, "booth-leave")
    expect(wide.get_by_test_id("stHeader")).to_be_visible()
    expect(wide.locator("h1")).to_contain_text("carte en main")


def test_guessing_the_pin_is_slowed_down(wide: Page, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The third wrong code brings a wait, which a reload does not shorten and the right code does not end."""
    patient = tmp_path_factory.mktemp("patient")  # a wait that no slow machine sits out
    (patient / "sitecustomize.py").write_text("from biocarto.booth import pin\npin.FIRST_WAIT = 300.0\n", encoding="utf-8")
    env = {"BIOCARTO_BOOTH_PIN": "1357", "BIOCARTO_NEEDS": str(patient / "needs.sqlite"), "PYTHONPATH": str(patient)}
    url = serve(env) + "/stand?door=staff"
    for wrong in ("1111", "2222"):
        opened(wide, url)
        give(wide, wrong)
        expect(wide.get_by_test_id("stAlert")).to_contain_text("pas le bon code")
    opened(wide, url)
    give(wide, "3333")
    expect(wide.get_by_test_id("stAlert")).to_contain_text("Trop d'essais")
    opened(wide, url)
    give(wide, "1357")
    expect(wide.get_by_test_id("stAlert")).to_contain_text("Trop d'essais")
    expect(wide.get_by_test_id("stDownloadButton")).to_have_count(0)
