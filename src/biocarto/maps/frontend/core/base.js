/** The base map: where it may look, its panes, and what it shows before any layer. */
import { drawGround } from "../ground/ground.js";
import { ViewRunner } from "../view/runner.js";
import { addControls } from "./controls.js";
import { isCoarse, isStill, make } from "./dom.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */
/** @import { BaseConfig } from "../types/payloads" */

const PANES = { ground: 200, areas: 300, lines: 310, labels: 320, route: 400, symbols: 450 };

/** @type {(div: HTMLElement, config: BaseConfig, bounds: L.LatLngBounds) => L.Map} */
const createLeafletMap = (div, config, bounds) => {
  const moves = !isStill();
  return L.map(div, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.8, wheelPxPerZoomLevel: 90,
    minZoom: config.minZoom, maxZoom: config.maxZoom, maxBounds: bounds.pad(0.8), maxBoundsViscosity: 0.7,
    zoomAnimation: moves, fadeAnimation: moves, inertia: moves, scrollWheelZoom: false,
    trackResize: false, dragging: !(config.compact && isCoarse()), keyboard: !config.compact,
  });
};

/**
 * The map of one page, in the element of this id.
 * @param {string} id
 * @param {BaseConfig} config
 */
export const createMap = (id, config) => {
  const div = /** @type {HTMLElement} */ (document.getElementById(id));
  div.classList.add("biocarto");
  div.classList.toggle("bc-compact", config.compact);
  div.classList.toggle("bc-framed", id === "map_div");
  const bounds = L.latLngBounds(config.bounds.map(([lat, lng]) => L.latLng(lat, lng)));
  const map = createLeafletMap(div, config, bounds);
  map.biocarto = {
    config, bounds, view: new ViewRunner(map), ui: {}, sections: new Map(), keep: {}, lacking: new Set(),
    foot: make("div", "bc-foot"), named: {}, looked: {},
  };
  /* Symbols may stand before anything has a name: whoever comes later finds what they take. */
  map.on("biocarto:symbols", (event) => {
    map.biocarto.boxes = /** @type {{ boxes: ScreenBox[] }} */ (/** @type {unknown} */ (event)).boxes;
  });
  for (const [name, level] of Object.entries(PANES)) map.createPane(`bc-${name}`).style.zIndex = String(level);
  addControls(map);
  map.biocarto.view.send({ type: "roomChanged" });
  new ResizeObserver(() => map.biocarto.view.resize()).observe(div);
  if (!config.compact) takeWheelOnDemand(map);
  div.classList.toggle("bc-tiled", Boolean(config.tiles));
  if (config.tiles) L.tileLayer(config.tiles, { maxZoom: 18, className: "bc-tiles" }).addTo(map);
  drawGround(map);
  showWhenStyled(map);
  return map;
};

/* The page scrolls when the wheel passes over the map, until the visitor works with the map. */
/** @param {L.Map} map */
const takeWheelOnDemand = (map) => {
  const container = map.getContainer();
  container.addEventListener("pointerdown", () => map.scrollWheelZoom.enable());
  container.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  container.addEventListener("pointerleave", () => map.scrollWheelZoom.disable());
  container.addEventListener("wheel", (event) => event.ctrlKey && map.scrollWheelZoom.enable(), { capture: true, passive: true });
};

/* The scripts come before the styles: show the map when both are there. */
/** @param {L.Map} map */
const showWhenStyled = (map) => {
  const div = map.getContainer();
  const isReady = () => getComputedStyle(div).getPropertyValue("--bc-ready").trim() !== "";
  /** @param {number} left */
  const look = (left) => {
    if (!isReady() && left > 0) return void setTimeout(() => look(left - 1), 15);
    div.classList.add("bc-shown");
    map.biocarto.view.resize();
  };
  look(200);
};

