"""Finds things inside the maps' frames, and touches them the way a visitor does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

_INSIDE = """code => {
    const path = document.querySelector(`path.bc-area[data-code="${code}"]`);
    const { left, top, width, height } = path.getBoundingClientRect();
    for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
        const [x, y] = [left + (width * i) / 40, top + (height * j) / 40];
        if (document.elementFromPoint(x, y) === path) return [x, y];
    }
    return null;
}"""

_NAMES = """() => {
    const frame = document.querySelector(".biocarto").getBoundingClientRect();
    const origin = map.containerPointToLayerPoint([0, 0]);
    const found = [...document.querySelectorAll(".bc-name-text")].map(node => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return { text: node.textContent, kind: node.className.match(/bc-name-(?!text)(\\w+)/)[1], box: [left, top, right, bottom] };
    });
    const inside = found.filter(({ box }) => box[0] > frame.left && box[1] > frame.top && box[2] < frame.right && box[3] < frame.bottom);
    const symbols = (map.biocarto.boxes ?? []).map(([a, b, c, d]) => [a - origin.x, b - origin.y, c - origin.x, d - origin.y]);
    const meet = (a, b) => a[0] < b[2] - 0.6 && b[0] < a[2] - 0.6 && a[1] < b[3] - 0.6 && b[1] < a[3] - 0.6;
    const flat = inside.filter(({ kind }) => kind !== "river");
    const isOver = (box, i) => flat.some((other, j) => j > i && meet(box, other.box)) || symbols.some(other => meet(box, other));
    const clash = flat.filter(({ box }, i) => isOver(box, i));
    return { names: inside.map(({ kind, text }) => [kind, text]), clashes: clash.map(({ text }) => text) };
}"""


_UNCOVERED = """nodes => nodes.filter(node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map(node => node.dataset.id)"""


@dataclass(frozen=True)
class MapView:
    """One map of a page: its frame, and what its visitors see of it."""

    page: Page
    frame: Frame

    @property
    def symbols(self) -> Locator:
        """Every symbol of the actor layer: places, actors, and rings of places gathered until a closer zoom."""
        return self.frame.locator(".bc-place")

    def symbol(self, identity: str) -> Locator:
        """The symbol of a place, an actor, a stage or a cluster."""
        return self.frame.locator(f'button[data-id="{identity}"]')

    def ids(self, kind: str) -> list[str]:
        """Ids of the symbols of one kind (`actor`, `place`, `stage`, `cluster`) that stand on the map now, big ones first."""
        return [str(node.get_attribute("data-id")) for node in self.frame.locator(f'button[data-type="{kind}"]').all()]

    def reachable_ids(self, kind: str) -> list[str]:
        """The same, of those whose middle no other symbol covers."""
        found: list[str] = self.frame.locator(f'button[data-type="{kind}"]').evaluate_all(_UNCOVERED)
        return found

    @property
    def tooltip(self) -> Locator:
        """The one tooltip of the map."""
        return self.frame.locator(".bc-tip")

    @property
    def legend(self) -> Locator:
        """The legend of the map."""
        return self.frame.locator(".bc-legend")

    def expect_places(self, count: int) -> None:
        """Until the actor layer has drawn this many places, gathered or not."""
        expect(self.frame.locator(".biocarto")).to_have_attribute("data-drawn", str(count))

    def expect_areas(self, count: int) -> None:
        """Until this many territories are coloured."""
        expect(self.frame.locator("path.bc-area[data-code]")).to_have_count(count)

    def fills(self) -> dict[str, str]:
        """Code of each territory -> the colour that it has on screen."""
        paths = "nodes => Object.fromEntries(nodes.map(node => [node.dataset.code, getComputedStyle(node).fill]))"
        found: dict[str, str] = self.frame.locator("path.bc-area[data-code]").evaluate_all(paths)
        return found

    def view(self) -> tuple[float, float, float]:
        """Zoom and centre, once the map is at rest."""
        self.frame.wait_for_function("() => !map._animatingZoom && !(map._panAnim && map._panAnim._inProgress)")
        zoom, lat, lng = self.frame.evaluate("() => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]")
        return zoom, round(lat, 5), round(lng, 5)

    def zoom_in(self) -> tuple[float, float, float]:
        """Press the map's own button, and return the view that it leads to."""
        before = self.view()[0]
        self.frame.locator(".bc-zoomIn").click()
        self.frame.wait_for_function("before => map.getZoom() > before && !map._animatingZoom", arg=before)
        return self.view()

    def drag(self, across: float, down: float, start: tuple[float, float] = (120, 200)) -> None:
        """Move the map with the mouse, from a point of its frame, without throwing it."""
        box = self.frame.frame_element().bounding_box()
        assert box is not None
        x, y = box["x"] + start[0], box["y"] + start[1]
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + across, y + down, steps=6)
        self.page.wait_for_function("() => new Promise(done => setTimeout(done, 250, true))")
        self.page.mouse.up()

    def read_names(self, latitude: float, longitude: float, zoom: float) -> set[tuple[str, str]]:
        """Kind and text of every name in view when the map looks there, its ground complete; none lies on another or on a symbol."""
        self.frame.evaluate("([lat, lng, zoom]) => map.setView([lat, lng], zoom, { animate: false })", [latitude, longitude, zoom])
        expect(self.frame.locator(".biocarto")).to_have_attribute("data-detail", "2")
        found = self.frame.evaluate(_NAMES)
        assert found["clashes"] == []
        return {(kind, text) for kind, text in found["names"]}

    def mark(self) -> None:
        """Leave a mark that disappears when the frame or the map in it is made anew."""
        self.frame.evaluate("() => { window.bcSeen = map; }")

    def is_the_marked_one(self) -> bool:
        """Whether this is still the frame and the map that were marked."""
        return not self.frame.is_detached() and bool(self.frame.evaluate("() => window.bcSeen === map"))

    def tap_area(self, code: str) -> None:
        """Tap a territory at a point where nothing lies over it."""
        iframe = self.frame.frame_element()
        iframe.scroll_into_view_if_needed()
        point = self.frame.evaluate(_INSIDE, code)
        assert point is not None, f"no free point in territory {code}"
        box = iframe.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + point[0], box["y"] + point[1])


def every_map(page: Page, count: int, what: str = "drawn") -> list[MapView]:
    """The maps of a page, all drawn: their symbols, or their `areas`."""
    iframes = page.locator("iframe")
    expect(iframes).to_have_count(count)
    found = []
    for number in range(count):
        # The locator first: while a page replaces another, the frame that was there goes away.
        expect(iframes.nth(number).content_frame.locator(f".biocarto.bc-shown[data-{what}]")).to_be_visible()
        frame = iframes.nth(number).element_handle().content_frame()
        assert frame is not None
        found.append(MapView(page, frame))
    return found


def only_map(page: Page) -> MapView:
    """The map of a page that has one."""
    return every_map(page, 1)[0]


def small_map(page: Page, name: str) -> MapView:
    """One of the two small maps of the overview: `france` or `ile-de-france`."""
    names: dict[Any, MapView] = {found.frame.evaluate("() => map.biocarto.config.name"): found for found in every_map(page, 2)}
    return names[f"{name}-small"]


def actor_table(page: Page) -> Locator:
    """The table beneath the map: its key changes with its rows."""
    return page.locator('[class*="st-key-actors-"]').get_by_test_id("stDataFrame")
