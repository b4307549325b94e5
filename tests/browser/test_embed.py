"""BioCarto in pages of others: as wide as it is let, as high as it needs, asking nobody else; and the pages in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from biocarto.render.embedding import EmbedKind, build_embed, write_code
from tests.browser.access import expect_no_violations
from tests.browser.conftest import NewPage
from tests.browser.host_page import run_host
from tests.browser.servers import Serve
from tests.browser.waiting import opened

WIDTHS = (320, 600, 900, 1200)
EMBEDS = {
    "map": build_embed(EmbedKind.MAP, {}),
    "filtered": build_embed(EmbedKind.MAP, {"category": ["bioproduction"], "lang": ["en"]}),
    "list": build_embed(EmbedKind.LIST, {}),
    "bar": build_embed(EmbedKind.BAR, {}),
    "actor": build_embed(EmbedKind.ACTOR, {}, "genethon"),
}


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A site that is allowed to frame."""
    with run_host() as origin:
        yield origin


@pytest.fixture(scope="module")
def embed_url(serve: Serve, host: str) -> str:
    """A server whose operator has allowed it."""
    return serve({"BIOCARTO_FRAME_ANCESTORS": host})


def show(page: Page, host: str, url: str, name: str, height: int = 0) -> FrameLocator:
    """The page of the other site with the code of an embed in it."""
    code = write_code(EMBEDS[name], f"{url}/", "Titre", height=height)
    page.goto(f"{host}/?{urlencode({'code': str(code)})}")
    frame = page.frame_locator("iframe")
    if EMBEDS[name].kind == EmbedKind.MAP:
        expect(frame.locator(".biocarto.bc-shown[data-drawn]")).to_be_visible()
    return frame


def expect_height(page: Page) -> None:
    """The frame has the height that its document told, and the document has no more to show, in any direction."""
    inner = page.frames[1]
    page.wait_for_function("() => document.querySelector('iframe').style.height")
    inner.wait_for_function(
        "() => document.documentElement.scrollHeight === innerHeight && document.documentElement.scrollWidth <= innerWidth"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", EMBEDS)
def test_an_embed_fits_at_every_width(new_page: NewPage, embed_url: str, host: str, name: str) -> None:
    """From a phone to a desk, in both themes: whole, accessible, with its attribution; nobody else is asked, nothing fails."""
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    frame = show(page, host, embed_url, name, height=300)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if width == 900 else "light")
        expect_height(page)
    expect_no_violations(page)
    page.emulate_media(color_scheme="dark")
    expect_no_violations(page)
    link = frame.get_by_role("contentinfo").get_by_role("link", name="BioCarto")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")
    assert [url for url in asked if not url.startswith((embed_url, host, "data:"))] == []
    assert page.errors == []


def test_a_map_looks_at_all_of_its_actors_whatever_its_frame_was(new_page: NewPage, embed_url: str, host: str) -> None:
    """A frame that was low and became high shows what one shows that was high at once."""
    page = new_page(width=900)
    show(page, host, embed_url, "map", height=300)
    expect_height(page)
    read = "() => [map.getZoom(), map.getCenter().lat.toFixed(2), map.getCenter().lng.toFixed(2)]"
    view = page.frames[1].evaluate(read)
    page.frames[1].evaluate("() => map.biocarto.view.send({ type: 'resetPressed' })")
    assert page.frames[1].evaluate(read) == view


def test_a_symbol_opens_a_card_by_keyboard_and_gives_the_focus_back(new_page: NewPage, embed_url: str, host: str) -> None:
    """Enter on a symbol leads into its card, Escape back to the symbol; the card leads to the sheet in a tab of its own."""
    page = new_page(width=600)
    frame = show(page, host, embed_url, "filtered")
    symbol = frame.locator("button[data-type='actor']").first
    symbol.focus()
    page.keyboard.press("Enter")
    card = frame.locator("#card")
    expect(card.locator("h2")).to_be_focused()
    expect(card.get_by_role("link", name="Full sheet")).to_have_attribute("target", "_blank")
    expect_no_violations(page)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(symbol).to_be_focused()


def test_what_is_asked_in_vain_says_so_in_the_frame(new_page: NewPage, embed_url: str, host: str) -> None:
    """An actor that is not there, in words, as high as they need."""
    page = new_page(width=600)
    code = write_code(build_embed(EmbedKind.ACTOR, {}, "nobody"), f"{embed_url}/", "Titre")
    page.goto(f"{host}/?{urlencode({'code': str(code)})}")
    expect(page.frame_locator("iframe").get_by_role("heading", name="Rien à montrer ici")).to_be_visible()
    expect_height(page)
    page.errors.clear()  # the 404 that this is about


def test_a_site_that_is_not_allowed_shows_nothing(new_page: NewPage, app_url: str, host: str) -> None:
    """The browser refuses it, by the policy of the operator."""
    page = new_page(fresh="a frame that its browser refuses")
    page.goto(f"{host}/?{urlencode({'code': str(write_code(EMBEDS['bar'], f'{app_url}/', 'Titre'))})}")
    page.wait_for_function("() => document.readyState === 'complete'")
    expect(page.frame_locator("iframe").locator("footer")).to_have_count(0)
    assert any("frame-ancestors" in error for error in page.errors)


def test_the_language_switch_lies_over_no_page(new_page: NewPage, app_url: str) -> None:
    """Also where Streamlit leaves its menu out, in the frame of another site."""
    page = new_page(width=900, height=600)
    opened(page, f"{app_url}/annuaire?embed=true")
    links = page.locator("header [data-testid='stTopNavLink'], header [data-testid='stTopNavSection']")
    edges = [box["x"] + box["width"] for link in links.all() if link.is_visible() and (box := link.bounding_box())]
    switch = page.locator(".st-key-language").bounding_box()
    assert switch
    assert 300 < max(edges) <= switch["x"]
