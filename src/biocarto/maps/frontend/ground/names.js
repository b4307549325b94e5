/**
 * The one engine for names on a map: whoever has names puts them here, and they are placed together, once per zoom, those of the lowest
 * rank first, clear of symbols and of each other. Moving the map moves no name among the others.
 */
import { make } from "../core/dom.js";
import { degreeWidth } from "../geometry/world.js";
import { placeNames } from "./placing.js";

/** @import { Candidate, Point, Spot } from "./placing.js" */

/**
 * A name to be put on a map.
 * @typedef {object} MapName
 * @property {string} text
 * @property {readonly [number, number]} at latitude and longitude
 * @property {number} rank the lowest is placed first: below 10 what the page is about, 10 to 19 territories, 20 to 29 towns, from 30 stations
 * @property {string} kind its CSS class is `bc-name-<kind>`
 * @property {number} [from] the first zoom that shows it
 * @property {number} [to] the last one
 * @property {number} [width] degrees of longitude that it must fit into, and within which it may step aside
 * @property {number} [beside] pixels from the point to the edge of a mark, beside which it stands; else it stands on the point
 * @property {boolean} [led] where nothing of that is free, it stands outside of the crowd, and a line leads to it
 * @property {number} [reach] pixels from the point within which it may stand, where it has no territory to fit into
 * @property {readonly (readonly (readonly [number, number])[])[]} [lines] it stands along these lines instead, again where they go on
 */
/** One name of one zoom; where it stands. @typedef {Candidate & { name: MapName }} Sized */
/** @typedef {{ key: string, name: MapName, spot: Spot, wide: number, latlng: L.LatLng, point: L.Point }} PlacedName */

/** Widest name in pixels; the rest of a longer one is cut by its style. */
const WIDEST = 190;
/** How far beyond the view names are in the document, as a part of it. */
const BEYOND = 0.3;

/** @param {MapName} name */
const writeKey = ({ kind, text }) => `${kind} ${text}`;

/** The line to a name, from its middle. @type {(spot: Spot, ends: [Point, Point]) => HTMLElement} */
const drawLeader = ({ x, y }, [from, to]) => {
  const line = make("span", "bc-name-leader");
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  Object.assign(line.style, { width: `${Math.hypot(to.x - from.x, to.y - from.y).toFixed(1)}px`, transform: `translate(${from.x - x}px, ${from.y - y}px) rotate(${turn}rad)` });
  return line;
};

/** @type {WeakMap<L.Map, NameEngine>} */
const engines = new WeakMap();

class NameEngine {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {Map<unknown, readonly MapName[]>} */
    this.owners = new Map();
    /** @type {PlacedName[]} */
    this.placed = [];
    /** @type {Map<string, HTMLElement>} */
    this.nodes = new Map();
    /** Width and height of texts. @type {Map<string, [number, number]>} */
    this.sizes = new Map();
    this.pending = false;
    this.isReady = false;
    this.pane = /** @type {HTMLElement} */ (map.getPane("bc-labels"));
    this.pane.setAttribute("aria-hidden", "true");
    map.on("zoomend viewreset", () => this.plan());
    map.on("moveend resize", () => (this.placed.length ? this.show() : this.plan()));
    map.on("zoomanim", (event) => this.follow(/** @type {L.ZoomAnimEvent} */ (event)));
    map.on("biocarto:symbols", () => this.plan());
    requestAnimationFrame(() => setTimeout(() => this.begin()));
    document.fonts?.ready.then(() => {
      this.sizes.clear();
      this.plan();
    });
  }

  /* The first picture does not wait for names: what all layers have put by then is placed at once. */
  begin() {
    this.isReady = true;
    this.plan();
  }

  /* Several layers tell one after the other, and symbols follow a zoom: place once, when all have spoken. */
  plan() {
    if (this.pending || !this.isReady) return;
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      this.settle();
    });
  }

  /* A map that has no room has no size of a text either: names are placed when it gets some. */
  settle() {
    const zoom = this.map.getZoom();
    if (!this.map.getSize().x) return;
    const { said } = this.map.biocarto;
    const shown = [...this.owners.values()].flat().filter(({ text, from = 0, to = 99 }) => from <= zoom && zoom <= to && !said?.has(text));
    const sized = this.size(shown).sort((a, b) => a.name.rank - b.name.rank);
    const [min, max] = [[0, 0], this.map.getSize()].map((corner) => this.map.containerPointToLayerPoint(/** @type {L.PointExpression} */ (corner)));
    this.placed = placeNames(sized, this.map.biocarto.boxes ?? [], [min.x, min.y, max.x, max.y]).flatMap(({ name, spots }) => spots.map((spot, i) => this.keep(name, spot, i)));
    this.show();
  }

  /** @type {(sized: Sized, spot: Spot, i: number) => PlacedName} */
  keep({ name, wide }, spot, i) {
    const point = L.point(spot.x, spot.y);
    const key = [name.kind, name.text, name.at, i].join("|");
    return { key, name, spot, wide, point, latlng: this.map.layerPointToLatLng(point) };
  }

  /** @param {MapName[]} names @returns {Sized[]} */
  size(names) {
    const pixels = degreeWidth(this.map);
    this.measure(names);
    return names.map((name) => {
      const [wide, high] = /** @type {[number, number]} */ (this.sizes.get(writeKey(name)));
      const point = this.map.latLngToLayerPoint([name.at[0], name.at[1]]);
      const room = name.width === undefined ? undefined : name.width * pixels;
      const lines = name.lines?.map((line) => line.map(([lat, lng]) => this.map.latLngToLayerPoint([lat, lng])));
      return { name, text: name.text, wide, high, point, room, lines, beside: name.beside, led: name.led, ...(name.reach && { reach: name.reach }) };
    });
  }

  /* All unknown texts at once: the document is laid out a single time. */
  /** @param {MapName[]} names */
  measure(names) {
    /** @type {Map<string, MapName>} */
    const unknown = new Map();
    for (const name of names) if (!this.sizes.has(writeKey(name))) unknown.set(writeKey(name), name);
    if (!unknown.size) return;
    const probe = make("div", "bc-probe");
    const nodes = [...unknown].map(([key, { kind, text }]) => ({ key, node: make("span", `bc-name-text bc-name-${kind}`, text) }));
    probe.append(...nodes.map(({ node }) => node));
    this.pane.append(probe);
    for (const { key, node } of nodes) this.sizes.set(key, [Math.min(node.offsetWidth, WIDEST), node.offsetHeight]);
    probe.remove();
  }

  /* Only names in or near the view are in the document. */
  show() {
    const size = this.map.getSize();
    const view = L.bounds(this.map.containerPointToLayerPoint(size.multiplyBy(-BEYOND)), this.map.containerPointToLayerPoint(size.multiplyBy(1 + BEYOND)));
    const near = new Map(this.placed.filter(({ point }) => view.contains(point)).map((placed) => [placed.key, placed]));
    for (const [key, node] of this.nodes) {
      if (near.has(key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    for (const [key, placed] of near) L.DomUtil.setPosition(this.makeNode(key, placed), placed.point.round());
  }

  /** @type {(key: string, placed: PlacedName) => HTMLElement} */
  makeNode(key, { name, spot, wide }) {
    let node = this.nodes.get(key);
    if (!node) {
      node = make("div", "bc-name leaflet-zoom-animated");
      node.append(make("span", `bc-name-text bc-name-${name.kind}`, name.text));
      this.pane.append(node);
      this.nodes.set(key, node);
    }
    const text = /** @type {HTMLElement} */ (node.firstChild);
    text.classList.toggle("bc-long", wide >= WIDEST);
    text.style.rotate = spot.turn ? `${spot.turn.toFixed(3)}rad` : "";
    node.querySelector(".bc-name-leader")?.remove();
    if (spot.leader) node.append(drawLeader(spot, spot.leader));
    return node;
  }

  /** @param {L.ZoomAnimEvent} event */
  follow({ zoom, center }) {
    for (const { key, latlng } of this.placed) {
      const node = this.nodes.get(key);
      if (node) L.DomUtil.setPosition(node, this.map._latLngToNewLayerPoint(latlng, zoom, center).round());
    }
  }
}

/** @param {L.Map} map */
const findEngine = (map) => {
  const engine = engines.get(map) ?? new NameEngine(map);
  engines.set(map, engine);
  return engine;
};

/**
 * Put names on a map, in place of those that this owner had.
 * @param {L.Map} map
 * @param {unknown} owner
 * @param {readonly MapName[]} names
 */
export const putNames = (map, owner, names) => {
  const engine = findEngine(map);
  engine.owners.set(owner, names);
  engine.plan();
};

/**
 * Take the names of an owner from a map.
 * @param {L.Map} map
 * @param {unknown} owner
 */
export const takeNames = (map, owner) => {
  const engine = findEngine(map);
  if (engine.owners.delete(owner)) engine.plan();
};
