"""Space as a filter, by hand: an area drawn, the view, one's own position."""

from __future__ import annotations

import re
from itertools import chain
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from biocarto.analysis.places import group_by_place
from biocarto.query import filters, proximity
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register.catalogue import Catalogue
from tests.browser import maps
from tests.browser.conftest import NewPage
from tests.browser.directory import asked, directory_map, expect_asked
from tests.browser.maps import MapView
from tests.browser.waiting import opened, settled
from tests.support.register import layers

WEST_OF_PARIS = ((48.83, 2.0), (48.90, 2.0), (48.90, 2.2), (48.83, 2.2))
HERE = {"latitude": 48.80012, "longitude": 2.33049}

Pixels = tuple[float, float]


@pytest.fixture(scope="module")
def actors(catalogue: Catalogue) -> pd.DataFrame:
    """The rows that the directory shows without a question."""
    return select(Filters(), catalogue).actors


def on_screen(shown: MapView, latlng: tuple[float, float]) -> Pixels:
    """Where a point of the map is on the page."""
    x, y = shown.frame.evaluate("at => { const { x, y } = map.latLngToContainerPoint(at); return [x, y]; }", latlng)
    box = shown.frame.frame_element().bounding_box()
    assert box is not None
    return box["x"] + x, box["y"] + y


def corners(shown: MapView) -> Locator:
    """The corners set so far."""
    return shown.frame.locator("path.bc-corner")


def set_corners(shown: MapView, points: tuple[tuple[float, float], ...]) -> list[Pixels]:
    """Press the button, then click each corner."""
    shown.frame.locator(".bc-draw").click()
    clicked = []
    for number, point in enumerate(points, 1):
        clicked.append(on_screen(shown, point))
        shown.page.mouse.click(*clicked[-1])
        expect(corners(shown)).to_have_count(number)
    return clicked


def expect_rows(page: Page, shown: MapView, wanted: pd.DataFrame) -> None:
    """The headline, the map and, where it has one page, the list say these rows."""
    expect(page.locator(".st-key-chosen")).to_contain_text(re.compile(rf"^{len(wanted)}\s"))
    shown.expect_places(len(group_by_place(wanted)))
    settled(page)
    listed = page.locator(".st-key-directory-list [class*='st-key-open-']")
    expect(listed).to_have_count(min(len(wanted), 20))
    names = {str(node.get_attribute("class")).split("st-key-open-")[1].split()[0] for node in listed.all()}
    assert names <= set(wanted.index)


def inside(actors: pd.DataFrame, area: str) -> pd.DataFrame:
    """The rows that lie in an area of the address."""
    ring = proximity.parse_vertices(area)
    assert ring is not None
    kept = proximity.mark_inside(actors, ring, layers())
    assert kept is not None
    return actors[kept]


def test_an_area_is_drawn_with_the_mouse(directory: MapView, actors: pd.DataFrame) -> None:
    """Four corners and the first one again: the list is what lies inside; the map stays as it is; the chip takes it away."""
    page, view = directory.page, directory.view()
    directory.mark()
    clicked = set_corners(directory, WEST_OF_PARIS)
    page.mouse.click(*clicked[0])
    area = expect_asked(page, "area")
    ring = proximity.parse_vertices(area)
    assert ring is not None
    assert [*chain(*ring)] == pytest.approx([*chain(*WEST_OF_PARIS)], abs=0.01)
    found = inside(actors, area)
    assert 0 < len(found) < len(actors)
    expect_rows(page, directory, found)
    expect(directory.frame.locator("path.bc-drawn")).to_have_count(1)
    assert directory.view() == view
    page.locator("[class*='st-key-drop-area']").get_by_role("button").click()
    page.wait_for_url(lambda url: "area" not in url, wait_until="commit")
    expect_rows(page, directory, actors)
    expect(directory.frame.locator("path.bc-drawn")).to_have_count(0)
    assert directory.view() == view
    assert directory.is_the_marked_one()


def test_a_symbol_under_the_pencil_opens_nothing(directory: MapView) -> None:
    """While an area is drawn, a click on a symbol is a corner; afterwards it is a choice again."""
    page = directory.page
    symbol = directory.frame.locator('.bc-place[data-type="actor"]').last
    box = symbol.bounding_box()
    assert box is not None
    directory.frame.locator(".bc-draw").click()
    expect(directory.frame.locator(".bc-draw")).to_have_attribute("aria-pressed", "true")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(corners(directory)).to_have_count(1)
    view, ring = directory.view(), directory.frame.locator('[data-type="places"]').first.bounding_box()
    assert ring is not None
    page.mouse.click(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    expect(corners(directory)).to_have_count(2)
    assert directory.view() == view
    directory.frame.get_by_role("button", name="Annuler").click()
    expect(corners(directory)).to_have_count(0)
    assert not urlsplit(page.url).query
    symbol.click()
    expect_asked(page, "actor")


def test_keys_take_a_corner_back_finish_and_give_up(directory: MapView, actors: pd.DataFrame) -> None:
    """Backspace, Enter, Escape; Enter with two corners does nothing; the focus comes back to the button."""
    page = directory.page
    set_corners(directory, WEST_OF_PARIS[:2])
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    expect(corners(directory)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(corners(directory)).to_have_count(0)
    expect(directory.frame.locator(".bc-draw")).to_be_focused()
    set_corners(directory, WEST_OF_PARIS[:3])
    page.keyboard.press("Enter")
    area = expect_asked(page, "area")
    assert len(area.split(";")) == 3
    expect_rows(page, directory, inside(actors, area))


def test_a_double_click_finishes(directory: MapView) -> None:
    """Its second click is no corner, and the map does not zoom."""
    view = directory.view()
    clicked = set_corners(directory, WEST_OF_PARIS[:3])
    directory.page.mouse.dblclick(clicked[2][0], clicked[2][1] + 60)
    assert len(expect_asked(directory.page, "area").split(";")) == 4
    assert directory.view() == view


def test_a_finger_draws(new_page: NewPage, app_url: str, actors: pd.DataFrame) -> None:
    """On a phone: taps for corners, however fast, the button to finish; nothing to press is smaller than 44 pixels."""
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    shown = directory_map(opened(page, f"{app_url}/annuaire"))
    shown.frame.locator(".bc-draw").tap()
    for number, point in enumerate(((48.6, 2.0), (48.8, 2.9), (48.4, 2.6)), 1):
        page.touchscreen.tap(*on_screen(shown, point))
        expect(corners(shown)).to_have_count(number)
        if number == 1:  # the next two come at once, which Leaflet takes for a double tap
            shown.frame.evaluate("() => { const then = Date.now() + 1000; Date.now = () => then; }")
    for button in shown.frame.locator(".bc-bar button, .bc-panel button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    shown.frame.get_by_role("button", name="Terminer").tap()
    expect_rows(page, shown, inside(actors, expect_asked(page, "area")))


def test_the_view_is_an_area(directory: MapView, actors: pd.DataFrame) -> None:
    """By keyboard alone: the rows are those within the edges of the map."""
    page = directory.page
    zoom = [directory.zoom_in() for _ in range(2)][-1][0]
    expect_asked(page, "view", f".*,{zoom:g}")
    settled(page)
    edges = directory.frame.evaluate("() => { const b = map.getBounds(); return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; }")
    directory.frame.locator(".bc-view").focus()
    page.keyboard.press("Enter")
    expect_asked(page, "area")
    south, west, north, east = edges
    found = actors[actors["latitude"].between(south, north) & actors["longitude"].between(west, east)]
    assert 0 < len(found) < len(actors)
    expect_rows(page, directory, found)


def test_ones_own_position_is_asked_for_on_tap(new_page: NewPage, app_url: str, actors: pd.DataFrame) -> None:
    """The rows within ten kilometres of it, nearest first; the link knows it to a hundred metres only."""
    page = new_page(permissions=["geolocation"], geolocation=HERE)
    shown = directory_map(opened(page, f"{app_url}/annuaire"))
    assert not asked(page, "near")
    shown.frame.locator(".bc-locate").click()
    assert expect_asked(page, "near") == "48.80000,2.33000"
    found = proximity.measure_within(actors, (48.8, 2.33), filters.KM)
    expect_rows(page, shown, actors.loc[found.index])
    expect(shown.frame.locator("path.bc-origin")).to_have_count(1)
    expect(page.locator("[class*='st-key-drop-near']")).to_contain_text("à 10 km de 48,8° N, 2,33° E")


def test_a_position_that_is_refused_is_told(directory: MapView) -> None:
    """In words, in the map; nothing else changes; the notice goes."""
    directory.frame.locator(".bc-locate").click()
    notice = directory.frame.get_by_role("status")
    expect(notice).to_contain_text("n'a pas donné votre position")
    assert not urlsplit(directory.page.url).query
    directory.frame.get_by_role("button", name="Fermer").click()
    expect(notice).not_to_be_visible()


def test_a_position_abroad_is_told(new_page: NewPage, app_url: str) -> None:
    """Nothing of the register is near; in the language of the visitor."""
    page = new_page(permissions=["geolocation"], geolocation={"latitude": 45.5, "longitude": -73.6})
    shown = directory_map(opened(page, f"{app_url}/annuaire?lang=en"))
    shown.frame.locator(".bc-locate").click()
    expect(shown.frame.get_by_role("status")).to_contain_text("outside metropolitan France")
    assert not asked(page, "near")


def test_a_place_out_of_sight_is_brought_into_view_once(new_page: NewPage, app_url: str) -> None:
    """A link to a point that the view does not show goes there; a view in the link comes first."""
    page = new_page()
    shown = directory_map(opened(page, f"{app_url}/annuaire?near=48.35,1.5&km=50"))
    shown.view()
    assert shown.frame.evaluate("() => map.getBounds().contains([48.35, 1.5])")
    other = directory_map(opened(new_page(), f"{app_url}/annuaire?near=48.35,1.5&km=50&view=48.85,2.35,10"))
    assert other.view() == (10, 48.85, 2.35)


@pytest.mark.parametrize("area", ["48,2;48,2;48,2", "48.8,2.2;48.9,2.2", "0,179;1,-179;2,0", "<img src=x>;1;2", "1e3,2;3,4;5,6"])
def test_an_area_that_is_none_is_told(directory: MapView, area: str) -> None:
    """Whatever a browser sends: words, the page as it was, no trace."""
    page = directory.page
    directory.frame.evaluate("id => BioCarto.emit(map.biocarto.tools.layer, 'area', id, map.getCenter())", area)
    expect(page.get_by_test_id("stToast")).to_contain_text("ne peut pas servir de filtre")
    assert not asked(page, "area")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.errors == []


def test_the_region_has_names_and_no_tools(page: Page, app_url: str) -> None:
    """Its map draws no area and asks for no position; close to Villejuif it names what is there, nothing on another."""
    opened(page, f"{app_url}/ile-de-france")
    shown = maps.only_map(page)
    expect(shown.frame.locator(".bc-zoomIn")).to_be_visible()
    expect(shown.frame.locator(".bc-draw, .bc-view, .bc-locate")).to_have_count(0)
    assert {("river", "la Seine"), ("capital", "Paris"), ("paris", "13e")} <= shown.read_names(48.86, 2.345, 11.6)
    names = shown.read_names(48.793, 2.35, 12)
    assert {("town", "Villejuif"), ("town", "Vitry-sur-Seine"), ("station", "Arcueil - Cachan")} <= names
    names = shown.read_names(48.793, 2.35, 13.4)
    assert {("town", "Villejuif"), ("station", "Villejuif Louis Aragon"), ("station", "Villejuif Léo Lagrange")} <= names
    assert {("campus", "Gustave Roussy"), ("actor", "Biocodex")} <= names
    assert ("campus", "Genopole Évry") in shown.read_names(48.62, 2.43, 12.5)


def test_the_tools_have_names_and_a_focus(new_page: NewPage, app_url: str) -> None:
    """Real buttons, named in the language of the page; the focus is seen."""
    page = new_page(color_scheme="dark")
    shown = directory_map(opened(page, f"{app_url}/annuaire?lang=en"))
    for name in ("Draw an area", "Filter by what the map shows", "Around my position"):
        button = shown.frame.get_by_role("button", name=name, exact=True)
        shown.frame.locator(".bc-zoomIn").focus()
        page.keyboard.press("Tab")
        button.focus()
        expect(button).to_have_css("outline-style", "solid")
