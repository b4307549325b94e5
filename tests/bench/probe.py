"""What watches the page: when all points are drawn, and how many bytes the server's socket brought.

The same rule holds for every way: its own sign that the points are drawn, then two more frames of the browser, counted in
milliseconds from the start of the navigation, or from the click that asks for other points. The signs are
- ours: our script has drawn n symbols, and its map is shown;
- markers: n marker icons are in the document, and their pictures are loaded;
- cluster: n markers are made and handed to the cluster plugin. It is not installed here, so its own work is missing: a lower bound;
- pydeck: WebGL was told to draw n instances, the last thing that a ScatterplotLayer of deck.gl does;
- nothing: the page's button is there.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass

import numpy as np
from PIL import Image

from tests.bench.browser import Window

WATCH = """(() => {
  if (top !== self) return;
  const asked = new URLSearchParams(location.search);
  const bench = (self.bench = { expected: Number(asked.get("size")), at: 0, from: 0, bytes: 0 });
  self.WebSocket = class extends WebSocket {
    constructor(...values) {
      super(...values);
      this.addEventListener("message", ({ data }) => (bench.bytes += data.byteLength || data.size || data.length));
    }
  };
  for (const [name, place] of [["drawArraysInstanced", 3], ["drawElementsInstanced", 4]]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...values) {
      if (values[place] === bench.expected) bench.instances = values[place];
      return draw.apply(this, values);
    };
  }
  const icons = (map) => map.document.getElementsByClassName("leaflet-marker-icon");
  const signs = {
    ours: (map, n) => map.BioCarto?.readDrawn?.()?.n === n && map.document.querySelector(".bc-shown"),
    markers: (map, n) => icons(map).length === n && Array.from(icons(map)).every((icon) => icon.complete && icon.naturalWidth),
    cluster: (map, n) => map.benchKept === n,
    pydeck: (_, n) => bench.instances === n,
    nothing: () => document.querySelector('[data-testid="stButton"] button'),
  };
  const drawn = (map) => signs[asked.get("way")](map, bench.expected);
  bench.drawn = () => new Promise((resolve) => {
    const look = () => {
      if (![self, ...Array.from(self, (_, i) => self[i])].some(drawn)) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve((bench.at = performance.now()) - bench.from)));
    };
    look();
  });
  bench.next = (count) => {
    Object.assign(bench, { expected: count, instances: 0, bytes: 0, from: performance.now() });
    document.querySelector('[data-testid="stButton"] button').click();
    return bench.drawn();
  };
  bench.first = bench.drawn();
})();"""
IDLE = """!!document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')"""
QUIET = 0.4
"""Seconds after which no further run comes: streamlit-folium gathers what it returns for a quarter of a second."""
BRIGHT = 60
"""How far apart the channels of a pixel are when it has a colour."""


@dataclass(frozen=True)
class Seen:
    """What one run of the page looked like from the browser."""

    milliseconds: float
    received: int


def first(window: Window, address: str, limit: float) -> Seen:
    """A visit, from the start of the navigation until all points are drawn; TimeoutError after `limit` seconds."""
    end = time.monotonic() + limit
    window.open(address)
    return _seen(window, window.evaluate("bench.first", max(0.0, end - time.monotonic())))


def following(window: Window, count: int, limit: float) -> Seen:
    """From the click that asks for other points, `count` of them, until they are drawn."""
    return _seen(window, window.evaluate(f"bench.next({count})", limit))


def _seen(window: Window, milliseconds: float) -> Seen:
    """The bytes of the whole run: what the page sends after its points are drawn counts too."""
    time.sleep(QUIET)
    while not window.evaluate(IDLE):
        time.sleep(0.05)
    return Seen(milliseconds, window.evaluate("bench.bytes"))


def coloured(window: Window) -> float:
    """Share of the window's pixels that have a colour: points that were drawn can be seen."""
    picture = np.asarray(Image.open(io.BytesIO(window.picture())).convert("RGB"), dtype=np.int16)
    return float((picture.max(axis=2) - picture.min(axis=2) > BRIGHT).mean())
