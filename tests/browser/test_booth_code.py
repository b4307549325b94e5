"""What a visitor of the stand must see without looking for it: the whole code, every button, and that a list goes on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from biocarto.booth import shortlist
from biocarto.register.catalogue import Catalogue
from tests.browser.conftest import NewPage, Serve
from tests.browser.stand import PATIENCE, SITE, Walk, give, press, tile, write
from tests.browser.waiting import opened, settled

LONGEST = "https://carto.exemple.fr/".ljust(200, "a")
"""An address of 200 characters, as many as the setting takes."""

PIN = "24680"
SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080), "tablet": (768, 1024), "laptop": (1366, 768)}
PHONE = (390, 844)
SAMPLE = (1, 2, 5, 10, 20)


class Case(NamedTuple):
    """A screen and the numbers of actors whose code is looked at on it."""

    screen: str
    lang: str
    theme: str
    lengths: Sequence[int] = SAMPLE


CASES = (
    Case("upright", "fr", "light", range(1, shortlist.MOST + 1)),
    Case("upright", "en", "dark"),
    *(Case(screen, *look) for screen in ("wide", "tablet") for look in (("fr", "light"), ("en", "dark"))),
    Case("laptop", "fr", "dark"),
)
READABLE = 4
"""CSS pixels of a module: less cannot be read from an arm's length."""

_HIDDEN = """selector => [...document.querySelectorAll(selector)].filter(node => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    const boxes = [];
    for (let holder = node.parentElement; holder; holder = holder.parentElement)
        if (getComputedStyle(holder).overflow !== "visible") boxes.push(holder.getBoundingClientRect());
    boxes.push({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    return right - left && boxes.some(box => left < box.left - 1 || top < box.top - 1 || right > box.right + 1 || bottom > box.bottom + 1);
}).map(node => node.textContent || node.outerHTML.slice(0, 80))"""
"""Texts of what stands partly outside of the screen or of a box that cuts it."""

_SCROLLING = """() => {
    const all = root => [...root.querySelectorAll("*")].flatMap(node => [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
    const name = node => [...node.classList].find(word => word.startsWith("st-key-")) ?? node.dataset.testid ?? node.outerHTML.slice(0, 80);
    return all(document.body).filter(node => {
        const { overflowX, overflowY, textOverflow, webkitLineClamp, visibility } = getComputedStyle(node);
        if (!node.clientHeight || node.clientWidth < 2 || visibility === "hidden") return false;
        if (node.closest("textarea, input")) return false;
        if (textOverflow === "ellipsis" || webkitLineClamp !== "none") return false;
        return (overflowY !== "visible" && node.scrollHeight > node.clientHeight + 1)
            || (overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1);
    }).map(name);
}"""
"""Names of the boxes that hold more than they show; a text that ends in "…" says so itself."""

_CUT_NAMES = """() => [...document.querySelectorAll("[class*=st-key-booth-tiles] button strong")].filter(name =>
    name.getBoundingClientRect().bottom > name.closest("p").getBoundingClientRect().bottom + 1).map(name => name.textContent)"""

QUESTIONS = {
    "home": "home",
    "tour": "tour",
    "near": "near",
    "near, keys": "near&by=search&q=ev",
    "who": "who",
    "who, letters": "who&by=letter",
    "who, keys": "who&by=search&q=vec",
    "networks": "networks",
    "sheet": "survey&actor=genethon",
    "need": "need&say=cdmo&category=bioproduction",
    "need, keys": "need&by=write&say=cdmo&say=partner",
    "staff": "staff",
    "list": "kept&keep=genethon&keep=abivax",
}
"""Rooms that ask something: all of what can be touched is in sight."""

LISTS = {
    "survey": "survey",
    "stage": "tour&stage=stage-6",
    "department": "near&department=91",
    "town": "near&near=91228",
    "modality": "who&modality=rna",
    "cluster": "networks&cluster=medicen",
}
"""Rooms whose answer may be longer than its box."""

_MAY_SCROLL = {"st-key-booth-side", "st-key-booth-kept", "st-key-booth-heard"}
_ASKED = ", ".join(
    [
        ".st-key-booth-bar :is(button, h1)",
        *(
            f".st-key-booth-tiles-{name} button"
            for name in ("doors", "stage", "numbers", "by", "modality", "letter", "department", "scale", "state")
        ),
        *(f".st-key-booth-tiles-{name} button" for name in ("code", "say", "category", "territory")),
        ".st-key-booth-keys > *",
        *(f".st-key-{key} button" for key in ("keep", "drop", "booth-send", "booth-need", "booth-staff", "booth-leave")),
        ".st-key-booth-need-text textarea",
        ":is(.st-key-booth-need-what, .st-key-booth-need-who) h2",
        ".bc-code img",
        ".bc-code figcaption",
        ".bc-left",
    ]
)


@pytest.fixture(scope="module")
def stand_url(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A stand with everything that an operator can set."""
    needs = tmp_path_factory.mktemp("stand") / "needs.sqlite"
    patient = {"BIOCARTO_BOOTH_IDLE": str(PATIENCE)}
    return serve({"BIOCARTO_BOOTH_URL": SITE, "BIOCARTO_BOOTH_PIN": PIN, "BIOCARTO_NEEDS": str(needs), **patient}) + "/stand"


@pytest.fixture(scope="module")
def far_url(serve: Serve) -> str:
    """A stand whose public site has the many address, and no code for the team."""
    return serve({"BIOCARTO_BOOTH_URL": LONGEST, "BIOCARTO_BOOTH_IDLE": str(PATIENCE)}) + "/stand"


def screen(new_page: NewPage, size: tuple[int, int], theme: str = "light") -> Page:
    """A touch screen of this size, at rest."""
    return new_page(width=size[0], height=size[1], has_touch=True, color_scheme=theme, reduced_motion="reduce")


def open_list(walk: Walk, page: Page, url: str, ids: Sequence[str], lang: str = "fr") -> None:
    """The list of these actors, as the address gives it; its code has been drawn."""
    walk.go(f"{url}?lang={lang}&door=kept" + "".join(f"&keep={actor}" for actor in ids))
    page.locator(".bc-code img").evaluate("image => image.decode()")


def scan(page: Page) -> str:
    """What a phone reads when it is held to the whole screen, which has one code, with modules that are large enough."""
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert len(codes) == 1, page.url
    corners = codes[0].position
    modules = 17 + 4 * int(codes[0].extra["Version"])
    assert (corners.top_right.x - corners.top_left.x + 1) / modules >= READABLE, page.url
    return str(codes[0].text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case[:3]))
def test_the_code_is_whole_on_the_screen(new_page: NewPage, stand_url: str, catalogue: Catalogue, case: Case) -> None:
    """From one actor to twenty, with its margin and its words; nothing has to be scrolled for it."""
    page = screen(new_page, SCREENS[case.screen], case.theme)
    walk = Walk(page)
    for length in case.lengths:
        ids = tuple(catalogue.actors.index[:length])
        open_list(walk, page, stand_url, ids, case.lang)
        assert scan(page) == shortlist.build_link(SITE, ids, case.lang)
        assert page.evaluate(_HIDDEN, _ASKED) == [], page.url
        assert set(page.evaluate(_SCROLLING)) <= {"st-key-booth-kept"}, page.url


def _gain(actor: str, catalogue: Catalogue) -> float:
    """How much better an actor fits a text than a link: a long id, a short line."""
    return 1.5 * len(actor) - len(shortlist.encode_text([actor], catalogue).text.encode())


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_a_long_address_leaves_a_code_that_is_read(new_page: NewPage, far_url: str, catalogue: Catalogue, size: tuple[int, int]) -> None:
    """One actor, and twenty that a link has no room for: those left out are counted and marked, and the text takes more of them along."""
    page = screen(new_page, size)
    walk = Walk(page)
    many = sorted(catalogue.actors.index, key=lambda actor: _gain(actor, catalogue))[-shortlist.MOST :]
    open_list(walk, page, far_url, many[:1])
    assert scan(page) == shortlist.build_link(LONGEST, many[:1], "fr")
    open_list(walk, page, far_url, many)
    payload, text = shortlist.encode_link(LONGEST, many, "fr"), shortlist.encode_text(many, catalogue)
    assert scan(page) == payload.text
    assert payload.left
    expect(page.locator(".bc-left")).to_contain_text(f"Ne tiennent pas dans ce code : {len(payload.left)} acteurs")
    assert len(text.held) > len(payload.held)
    expect(page.locator(".bc-left")).to_contain_text(f"Le texte, sans réseau, en emporte {len(text.held)}")
    names = page.locator(".bc-kept:has(.bc-out) strong").all_inner_texts()
    assert names == [catalogue.actors.at[actor, "name"] for actor in payload.left]
    assert page.evaluate(_HIDDEN, _ASKED) == []
    tile(page, "code", "text").tap()
    expect(page.locator(".bc-code figcaption")).to_contain_text("sans réseau")
    settled(page)
    assert scan(page) == text.text
    assert page.evaluate(_HIDDEN, _ASKED) == []


def find_hidden(page: Page, address: str) -> list[str]:
    """What a room asks and does not show whole: a tile, a key, what sends or keeps, the name of a tile."""
    if "by=" in address or address == "staff":
        expect(page.locator(".keys .key, .st-key-booth-tiles-letter button").last).to_be_visible()
    found: list[str] = page.evaluate(_HIDDEN, _ASKED) + page.evaluate(_CUT_NAMES)
    return found


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_nothing_that_is_asked_has_to_be_looked_for(new_page: NewPage, stand_url: str, size: tuple[int, int]) -> None:
    """In English, whose words are shorter or longer; in French the next test sees it."""
    page, hidden = screen(new_page, size), {}
    walk = Walk(page)
    for room, address in QUESTIONS.items():
        walk.go(f"{stand_url}?lang=en&door={address}")
        hidden[room] = find_hidden(page, address)
    assert {room: found for room, found in hidden.items() if found} == {}


@pytest.mark.parametrize("size", [*SCREENS.values(), PHONE], ids=[*SCREENS, "phone"])
def test_only_lists_scroll_and_they_say_so(
    new_page: NewPage, stand_url: str, far_url: str, catalogue: Catalogue, size: tuple[int, int]
) -> None:
    """No other box holds more than it shows, and what is asked is in sight; on a phone the page scrolls, as pages do there."""
    page, wrong, hidden = screen(new_page, size), {}, {}
    walk = Walk(page)
    full = "".join(f"&keep={actor}" for actor in catalogue.actors.index[: shortlist.MOST])
    addresses = {room: f"{stand_url}?door={door}" for room, door in {**QUESTIONS, **LISTS, "full list": f"kept{full}"}.items()}
    for room, address in {"closed": f"{far_url}?door=staff", "loop": stand_url, **addresses}.items():
        walk.go(address)
        scrolling = set(page.evaluate(_SCROLLING))
        more = page.locator(".more")
        if size != PHONE and scrolling & _MAY_SCROLL:
            expect(more).to_be_in_viewport(ratio=1)
        elif room != "loop":
            expect(more).not_to_be_visible()
        wrong[room] = scrolling - ({"stMain"} if size == PHONE else _MAY_SCROLL)
        hidden[room] = find_hidden(page, QUESTIONS[room]) if room in QUESTIONS and size != PHONE else []
    assert {room: found for room, found in wrong.items() if found} == {}
    assert {room: found for room, found in hidden.items() if found} == {}


def test_a_list_is_followed_to_its_end_by_a_finger(new_page: NewPage, stand_url: str) -> None:
    """The sign brings the next part and goes when there is none; what is opened from below is shown from its top."""
    page = screen(new_page, SCREENS["tablet"])
    opened(page, f"{stand_url}?door=survey")
    side, more = page.locator(".st-key-booth-side"), page.locator(".more")
    expect(more).to_be_visible()
    while side.evaluate("box => box.scrollTop + box.clientHeight < box.scrollHeight - 9"):
        before = side.evaluate("box => box.scrollTop")
        more.tap()
        page.wait_for_function("before => document.querySelector('.st-key-booth-side').scrollTop > before", arg=before)
        page.wait_for_timeout(400)  # two taps on one spot within a third of a second count as one
    expect(more).not_to_be_visible()
    page.locator(".st-key-booth-tiles-actors button").last.tap()
    expect(page.locator(".st-key-keep button")).to_be_in_viewport(ratio=1)
    assert page.evaluate(_HIDDEN, ".st-key-keep button") == []


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_an_answer_of_the_stand_is_in_sight(new_page: NewPage, stand_url: str, size: tuple[int, int]) -> None:
    """That the code of the team was wrong, that a need is noted, and what stands behind the code: no scrolling for it."""
    page = screen(new_page, size)
    opened(page, f"{stand_url}?door=need&by=write")
    write(page, "un lot")
    press(page, "booth-send")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Merci")
    assert page.evaluate(_HIDDEN, f"[data-testid=stAlert], {_ASKED}") == []
    opened(page, f"{stand_url}?door=staff")
    give(page, "1111")
    expect(page.get_by_test_id("stAlert")).to_contain_text("pas le bon code")
    assert page.evaluate(_HIDDEN, f"[data-testid=stAlert], {_ASKED}") == []
    give(page, PIN)
    expect(page.locator(".bc-heard").first).to_contain_text("Un lot")
    page.locator("[class*=st-key-delete-] button").first.tap()
    expect(page.locator(".st-key-booth-undo")).to_be_visible()
    settled(page)
    assert page.evaluate(_HIDDEN, f"[data-testid=stDownloadButton] button, .st-key-booth-done :is(p, button), {_ASKED}") == []
    assert set(page.evaluate(_SCROLLING)) <= _MAY_SCROLL
