"""Measures how much of each symbol of a map answers at its own place: what lies over a symbol takes its taps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.browser.maps import MapView

SYMBOLS = "button:is(.bc-place, .bc-stage, .bc-seat, .bc-member)"
SIZES = ((1400, 900), (390, 844), (1080, 1920))
"""A desk, a phone, a stand that is taller than wide."""
LEAST_SHARE, LEAST_PIXELS = 0.5, 24

_MEASURE = """selector => {
    const controls = '.bc-foot > *, .bc-bar, .bc-panel, .bc-guide, .bc-notice';
    const drawnIn = node => {
        const parts = [...node.querySelectorAll('svg circle, svg path')].map(part => part.getBoundingClientRect());
        if (!parts.length) return node.getBoundingClientRect();
        const [left, top] = [Math.min(...parts.map(part => part.left)), Math.min(...parts.map(part => part.top))];
        return new DOMRect(left, top, Math.max(...parts.map(part => part.right)) - left, Math.max(...parts.map(part => part.bottom)) - top);
    };
    const share = (node, { left, top, width, height }) => {
        let [own, seen, all] = [0, 0, 0];
        for (let i = -7; i < 8; i++) for (let j = -7; j < 8; j++) {
            if (i * i + j * j > 52) continue;
            all++;
            const found = document.elementFromPoint(left + width / 2 + (i * width) / 15, top + height / 2 + (j * height) / 15);
            if (!found || found.closest(controls)) continue;
            seen++;
            if (found.closest('button') === node) own++;
        }
        return seen * 2 < all ? null : own / seen;
    };
    return [...document.querySelectorAll(selector)].map(node => {
        const target = node.getBoundingClientRect();
        return [node.getAttribute('aria-label') ?? '', share(node, drawnIn(node)), Math.min(target.width, target.height)];
    }).filter(([, own]) => own !== null);
}"""


_REST = """() => new Promise(done => {
    const knows = () => map.getSize().x === map.getContainer().clientWidth && map.getSize().y === map.getContainer().clientHeight;
    const tell = () => [map.getSize().x, map.getSize().y, map.getZoom()].join();
    let [before, same] = ["", 0];
    const look = () => {
        const now = tell();
        same = now === before && knows() ? same + 1 : 0;
        before = now;
        same > 12 ? done(null) : requestAnimationFrame(look);
    };
    look();
})"""
"""A window that has another size: the page is laid out anew, and the map hears of it a little later."""
_STAND = "document.getAnimations().forEach(animation => animation.finish());"
"""Symbols on their way are where they belong."""


class Answer(NamedTuple):
    """A symbol that is in sight: its name, the share of its drawn area that leads to it, and how wide its target is, in pixels."""

    name: str
    share: float
    pixels: float


class Failing(NamedTuple):
    """A symbol that answers on too little, and when."""

    window: tuple[int, int]
    zoom: float | None
    answer: Answer


def measure_answering(shown: MapView, selector: str = SYMBOLS) -> list[Answer]:
    """The symbols of a map that are in sight for at least half, what lies under its controls not counted."""
    return [Answer(*found) for found in shown.frame.evaluate(_MEASURE, selector)]


def look(shown: MapView, at: tuple[float, float] | None, zoom: float | None) -> None:
    """Look at a point (latitude, longitude; None for where the map looks) from this zoom (None for its own), without a move."""
    asked = f"([at, zoom]) => {{ map.setView(at ?? map.getCenter(), zoom ?? map.getZoom(), {{ animate: false }}); {_STAND} }}"
    shown.frame.evaluate(asked, [at, zoom])
    shown.frame.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))")


def list_failing(
    shown: MapView,
    zooms: Sequence[float | None],
    at: tuple[float, float] | None = None,
    sizes: Sequence[tuple[int, int]] = SIZES,
    least: float = LEAST_PIXELS,
) -> list[Failing]:
    """The symbols that answer on less than half of themselves, or offer less than `least` pixels; the window is left as it was.

    A map that does not move is looked at as it is: `zooms` is then (None,).
    """
    before = shown.page.viewport_size
    seen: list[int] = []

    def measure() -> Iterator[Failing]:
        for width, height in sizes:
            shown.page.set_viewport_size({"width": width, "height": height})
            shown.frame.evaluate(_REST)
            for zoom in zooms:
                look(shown, at, zoom)
                answers = measure_answering(shown)
                seen.append(len(answers))
                yield from (Failing((width, height), zoom, one) for one in answers if one.share < LEAST_SHARE or one.pixels < least)

    failing = list(measure())
    if before is not None:
        shown.page.set_viewport_size(before)
    assert sum(seen) >= len(seen), "next to nothing was in sight"
    return failing
