"""Firefox's own mouse on the symbols of a map: each is pressed in its middle, and what the map then tells the server is read."""

from __future__ import annotations

import json
from typing import NamedTuple

from tests.services.firefox import Firefox

HOLD = """() => window.top === window && window.addEventListener("message", event => {
    if (!window.bcHeld || event.data?.type !== "streamlit:setComponentValue") return;
    event.stopImmediatePropagation();
    window.bcHeld.push(JSON.stringify(event.data));
})"""
"""Runs before a page's scripts: while `bcHeld` is a list, what maps tell stands there and goes no further: nothing is redrawn."""
_LOOK = """(() => {
    const frame = window.frameElement;
    frame.scrollIntoView({ block: "center" });
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    const moves = () => document.getAnimations().forEach(animation => animation.finish());
    if (VIEW) map.setView(VIEW[0] ?? map.getCenter(), VIEW[1], { animate: false });
    moves();
    const controls = ".bc-foot > *, .bc-bar, .bc-panel, .bc-guide, .bc-notice";
    const around = frame.getBoundingClientRect();
    const nodes = [...document.querySelectorAll(".bc-place, .bc-stage, .bc-seat, .bc-member")];
    const found = nodes.map(node => {
        const box = node.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const over = document.elementFromPoint(x, y);
        const inSight = over && !over.closest(controls) && around.top + y > 60 && around.top + y < window.top.innerHeight;
        return inSight && [node.getAttribute("aria-label"), node.dataset.id ?? "", x + around.left, y + around.top];
    });
    const { lat, lng } = map.getCenter();
    return JSON.stringify([[[lat, lng], map.getZoom()], found.filter(Boolean)]);
})()"""
_TOLD = """window.bcHeld.find(text => text.includes('"last_active_drawing":{') && !text.includes('"type":"view"'))"""
"""What was chosen; where the map looks is told too."""
_AT_REST = "!map._animatingZoom && !(map._panAnim && map._panAnim._inProgress)"
_STILL = f"""(() => {{
    const now = JSON.stringify([window.frameElement.getBoundingClientRect(), map.getCenter(), map.getZoom(), innerWidth]);
    const same = window.bcStill === now;
    window.bcStill = now;
    return same && {_AT_REST};
}})()"""
"""Nothing has moved since it was last asked: a page that still grows moves its map."""
_OPENED = f"{_AT_REST} && (Boolean(document.querySelector('.bc-unfolded')) || map.getZoom() > ZOOM + 0.01)"
"""A gathered ring has no identity: it goes closer, or lists whom it holds."""


class Symbol(NamedTuple):
    """What a symbol is called, who it is ("" for several places gathered), and its middle in the window, pixels."""

    label: str
    identity: str
    x: float
    y: float


View = tuple[tuple[float, float] | None, float]
"""Latitude and longitude (None for where the map looks) and zoom."""


def look(firefox: Firefox, view: View | None) -> tuple[View, list[Symbol]]:
    """Where the map of the page looks, led to a view if one is given, and its symbols in sight that no control covers; lists are folded."""
    firefox.wait_for(_STILL, in_frame=True)
    seen, found = json.loads(firefox.ask(_LOOK.replace("VIEW", json.dumps(view)), in_frame=True))
    return (seen[0], seen[1]), [Symbol(*each) for each in found]


def press_every_symbol(firefox: Firefox, view: View | None = None) -> list[str]:
    """Press each symbol in sight, nothing of it told to the server: the names of all; AssertionError where another or nothing answers."""
    view, symbols = look(firefox, view)
    names = [(symbol.label, symbol.identity) for symbol in symbols]
    for name in names:
        now = {(symbol.label, symbol.identity): symbol for symbol in look(firefox, view)[1]}
        _press(firefox, now[name], view[1])
    firefox.ask("(window.bcHeld = null) === null")
    return [label for label, _ in names]


def _press(firefox: Firefox, symbol: Symbol, zoom: float) -> None:
    firefox.ask("(window.bcHeld = []).length")
    firefox.click(symbol.x, symbol.y)
    if not symbol.identity:
        firefox.wait_for(_OPENED.replace("ZOOM", str(zoom)), in_frame=True)
        return
    told = firefox.wait_for(_TOLD)
    assert f'"id":{json.dumps(symbol.identity, ensure_ascii=False)}' in told, f"{symbol} is not what answers: {told}"
