"""The map follows the question, and never fights its visitor; where its content is out of sight, a button leads back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from biocarto.register.catalogue import Catalogue
from tests.browser.conftest import NewPage
from tests.browser.directory import directory_map, drag, expect_asked, expect_told
from tests.browser.maps import MapView
from tests.browser.visit import expect_state
from tests.browser.waiting import opened, settled

_IN_SIGHT = """() => [...document.querySelectorAll('.bc-place')].filter(node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return x > 0 && y > 0 && x < innerWidth && y < innerHeight;
}).length"""


def in_sight(shown: MapView) -> int:
    """Symbols that a visitor sees."""
    return int(shown.frame.evaluate(_IN_SIGHT))


def search(shown: MapView, text: str) -> MapView:
    """Ask, and wait for the answer: the page around the map may change so much that it is made anew."""
    box = shown.page.get_by_role("searchbox").or_(shown.page.get_by_label("Chercher dans l'annuaire")).first
    box.fill(text)
    box.press("Enter")
    expect_asked(shown.page, "q", text or "")
    settled(shown.page)
    return directory_map(shown.page)


def expect_at(shown: MapView, latitude: float, longitude: float, zoom: float) -> None:
    """Until the map looks there, at least as close."""
    arg = [latitude, longitude, zoom]
    shown.frame.wait_for_function(
        """([lat, lng, zoom]) => {
            const centre = map.getCenter();
            return Math.abs(centre.lat - lat) < 0.05 && Math.abs(centre.lng - lng) < 0.08 && map.getZoom() > zoom;
        }""",
        arg=arg,
    )


def test_a_search_moves_the_map_and_no_moved_map_is_moved_back(directory: MapView, catalogue: Catalogue) -> None:
    """From a view of one's own: the search leads to its answer and the address forgets that view; a move after it stays.

    Without a question the whole region is there again.
    """
    page, home = directory.page, directory.view()
    drag(directory, -90, 40)
    directory = search(directory, "Villejuif")
    town = catalogue.territory.points.loc["94076"]
    expect_at(directory, town["latitude"], town["longitude"], home[0] + 2)
    expect_state(page, q="Villejuif")
    settled(page)
    assert in_sight(directory) > 0
    own = drag(directory, -60, 30)
    page.get_by_role("radio", name="Date de la source").or_(page.get_by_role("button", name="Date de la source")).first.click()
    expect_asked(page, "sort", "date")
    settled(page)
    assert expect_told(directory) == own
    directory = search(directory, "")
    page.wait_for_url(lambda url: "view" not in url, wait_until="commit")
    directory.frame.wait_for_function("zoom => Math.abs(map.getZoom() - zoom) < 0.05", arg=home[0])


def test_content_out_of_sight_has_a_way_back(directory: MapView) -> None:
    """Close to where nobody is: a button at the edge, with the direction and the distance; it leads to a symbol."""
    guide = directory.frame.locator(".bc-guide")
    expect(guide).to_be_hidden()
    directory.frame.evaluate("() => map.setView([48.45, 3.2], 14, { animate: false })")
    expect(guide).to_be_visible()
    expect(guide).to_contain_text("km")
    assert in_sight(directory) == 0
    box, frame = guide.bounding_box(), directory.frame.frame_element().bounding_box()
    assert box is not None
    assert frame is not None
    assert box["x"] + box["width"] / 2 < frame["x"] + frame["width"] / 2  # everybody is further west
    guide.focus()
    directory.page.keyboard.press("Enter")
    expect(guide).to_be_hidden()
    directory.view()
    assert in_sight(directory) > 0


@pytest.mark.parametrize("path", ["bioproduction-tour", "reseaux?network=eatris", "couverture?territory=93"])
def test_every_map_has_a_way_back(new_page: NewPage, app_url: str, path: str) -> None:
    """The Tour, networks and territories as well: moved to the edge of what the map can reach, and back."""
    page = opened(new_page(), f"{app_url}/{path}")
    frame = page.locator("iframe").first
    expect(frame.content_frame.locator(".biocarto.bc-shown:is([data-drawn], [data-areas])")).to_be_visible()
    frame.scroll_into_view_if_needed()
    held = frame.element_handle().content_frame()
    assert held is not None
    shown = MapView(page, held)
    guide = shown.frame.locator(".bc-guide")
    expect(guide).to_be_hidden()
    shown.frame.evaluate("() => map.setView(map.options.maxBounds.getSouthWest(), map.getMaxZoom() - 2, { animate: false })")
    expect(guide).to_be_visible()
    guide.click()
    expect(guide).to_be_hidden()


def test_actors_without_a_point_are_one_tap_away(directory: MapView, catalogue: Catalogue) -> None:
    """No symbol stands for them; their button opens their list, and by keyboard too."""
    actors = catalogue.actors
    vague = actors[actors["precision"].eq("area") & actors["presence"].eq("present")]
    button = directory.frame.locator(".bc-unplaced-button")
    expect(button).to_have_text(f"Paris, arrondissement inconnu {len(vague)}")
    button.focus()
    directory.page.keyboard.press("Enter")
    expect_asked(directory.page, "place", "commune-75056")
    settled(directory.page)
    names = directory.page.locator(".st-key-directory-list button")
    expect(names.first).to_be_visible()
    assert set(names.all_inner_texts()) <= set(vague["name"])
