/** Few symbols: real buttons in the order of their size, big ones beneath small ones. */
import { isCoarse, keepFocus, make, restoreFocus, svg } from "../core/dom.js";
import { emit, reportDrawn, wasDragged, writeCount } from "../core/emit.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { gather, PART } from "../symbols/gather.js";
import { addUp } from "../symbols/places.js";
import { drawRing } from "../symbols/rings.js";
import { drawing, drawShape, radius } from "../symbols/shapes.js";

/** @import { ActorLayer } from "./actors.js" */
/** @import { Places } from "../symbols/places.js" */

/**
 * Rows as one button; where it stands and how large it is come with each zoom.
 * @typedef {object} ActorSymbol
 * @property {number[]} rows
 * @property {HTMLButtonElement} node
 * @property {L.LatLng} latlng
 * @property {() => void} act
 * @property {Int32Array} counts
 * @property {number} total
 * @property {boolean} selected
 * @property {L.Point} point
 * @property {number} r
 */

export class ActorButtons {
  /**
   * @param {ActorLayer} layer
   * @param {Places} places
   * @param {L.Map} map
   */
  constructor(layer, places, map) {
    this.layer = layer;
    this.places = places;
    this.map = map;
    this.pane = /** @type {HTMLElement} */ (map.getPane("bc-symbols"));
    this.reach = 14;
    /** @type {ActorSymbol[]} */
    this.symbols = [];
    const order = Array.from({ length: places.size }, (_, row) => row).sort((a, b) => places.total(b) - places.total(a));
    this.singles = order.map((row) => this.makeSingle(row));
    this.settle();
    restoreFocus(map, this.symbols.map(({ node }) => node));
    delete map.biocarto.focus;
  }

  /** @param {number} row */
  makeSingle(row) {
    const { type, id } = this.places.target(row);
    const symbol = this.makeSymbol([row], this.places.latlng(row), () => emit(this.layer, type, id, symbol.latlng));
    symbol.selected = this.places.isSelected(row);
    Object.assign(symbol.node.dataset, { id, type });
    if (symbol.selected) symbol.node.setAttribute("aria-current", "true");
    return symbol;
  }

  /* A tap on a gathered ring goes closer, as far as its places need to part; a small map, which does not move, gives its largest place. */
  /** @type {(rows: number[], latlng: L.LatLng) => ActorSymbol} */
  makeGathered(rows, latlng) {
    const bounds = L.latLngBounds(rows.map((row) => this.places.latlng(row)));
    const { type, id } = this.places.target(rows[0]);
    const goCloser = () => this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom() + 1, PART) });
    const { compact } = this.map.biocarto.config;
    const symbol = this.makeSymbol(rows, latlng, compact ? () => emit(this.layer, type, id, latlng) : goCloser);
    Object.assign(symbol.node.dataset, { type: "places", places: rows.length });
    return symbol;
  }

  /** @type {(rows: number[], latlng: L.LatLng, act: () => void) => ActorSymbol} */
  makeSymbol(rows, latlng, act) {
    const node = make("button", "bc-place leaflet-zoom-animated");
    const counts = this.places.sum(rows);
    const symbol = { rows, node, latlng, act, counts, total: addUp(counts), selected: false, point: L.point(0, 0), r: 0 };
    node.type = "button";
    node.setAttribute("aria-label", this.places.spoken(rows, this.map));
    this.listen(symbol);
    return symbol;
  }

  /** @param {ActorSymbol} symbol */
  listen(symbol) {
    const { node } = symbol;
    node.addEventListener("click", (event) => this.choose(event, event.detail ? (this.findNearest(event) ?? symbol) : symbol));
    node.addEventListener("dblclick", (event) => event.stopPropagation());
    node.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.showTip(this.findNearest(event) ?? symbol));
    node.addEventListener("pointerleave", () => hideTip(this.map));
    node.addEventListener("focus", () => node.matches(":focus-visible") && this.showTip(symbol));
    node.addEventListener("blur", () => hideTip(this.map));
  }

  /* Where touch areas overlap, the symbol under the finger wins: the smallest that holds the point, else the nearest edge. */
  /** @param {MouseEvent} event */
  findNearest(event) {
    const point = this.map.mouseEventToLayerPoint(event);
    /** @type {ActorSymbol | null} */
    let best = null;
    let lowest = Number.POSITIVE_INFINITY;
    for (const symbol of this.symbols) {
      const distance = symbol.point.distanceTo(point);
      if (distance > Math.max(symbol.r, this.reach)) continue;
      const measure = distance <= symbol.r ? symbol.r / 1e3 : distance - symbol.r + 1;
      if (measure < lowest) [best, lowest] = [symbol, measure];
    }
    return best;
  }

  /** @type {(event: MouseEvent, symbol: ActorSymbol) => void} */
  choose(event, symbol) {
    if (!wasDragged(this.map, event)) symbol.act();
  }

  /** @param {ActorSymbol} symbol */
  showTip(symbol) {
    showTip(this.map, this.places.tip(symbol.rows, this.map), this.map.latLngToContainerPoint(symbol.latlng), symbol.r + 8);
  }

  /* Which symbols stand at this zoom: places, and rings for those that would hide each other. */
  arrange() {
    const zoom = this.map.getZoom();
    const spots = this.singles.map((symbol) => {
      const { x, y } = this.map.project(symbol.latlng, zoom);
      return { rows: symbol.rows, x, y, total: symbol.total, alone: symbol.selected, symbol };
    });
    const shown = this.places.payload.gather && zoom < PART ? gather(spots, zoom) : spots;
    const symbols = shown.map(({ rows, x, y, symbol }) => symbol ?? this.makeGathered(rows, this.map.unproject([x, y], zoom)));
    return symbols.sort((a, b) => b.total - a.total);
  }

  settle() {
    const before = document.activeElement;
    this.symbols = this.arrange();
    this.reach = isCoarse() ? 22 : 14;
    const zoom = this.map.getZoom();
    for (const symbol of this.symbols) {
      symbol.point = this.map.latLngToLayerPoint(symbol.latlng);
      L.DomUtil.setPosition(symbol.node, symbol.point.round());
      const r = radius(symbol.total, zoom);
      if (symbol.r !== r) this.draw(symbol, r);
    }
    const focused = this.symbols.find(({ node }) => node === before);
    this.clear();
    this.pane.append(...this.symbols.map(({ node }) => node));
    focused?.node.focus({ preventScroll: true });
    this.map.fire("biocarto:symbols", { boxes: this.symbols.map(({ point: { x, y }, r }) => [x - r, y - r, x + r, y + r]) });
    reportDrawn(this.map, "drawn", this.places.size + (this.places.payload.areas ?? []).length);
  }

  /** @type {(symbol: ActorSymbol, r: number) => void} */
  draw(symbol, r) {
    symbol.r = r;
    const half = Math.max(r, this.reach);
    const { style, classList } = symbol.node;
    style.width = style.height = `${2 * half}px`;
    style.marginLeft = style.marginTop = `${-half}px`;
    classList.toggle("bc-apart", symbol.rows.every((row) => this.places.apart.has(row)));
    symbol.node.replaceChildren(drawing(this.drawNodes(symbol, r), r + 12));
  }

  /** @type {(symbol: ActorSymbol, r: number) => SVGElement[]} */
  drawNodes({ rows, counts, total, selected }, r) {
    const { groups } = this.places.payload;
    const ring = total > 1;
    const nodes = ring ? drawRing(groups, counts, total, r, writeCount(this.map, total)) : [drawShape(groups, this.places.group[rows[0]], r)];
    if (rows.length > 1) nodes.unshift(svg("circle", { r: r + 3, class: "bc-gathered" }));
    if (selected) nodes.unshift(svg("circle", { r: r + (ring ? 5 : 8), class: "bc-chosen" }));
    return nodes;
  }

  /** @param {L.ZoomAnimEvent} event */
  follow({ zoom, center }) {
    for (const { node, latlng } of this.symbols) L.DomUtil.setPosition(node, this.map._latLngToNewLayerPoint(latlng, zoom, center).round());
  }

  clear() {
    for (const node of this.pane.querySelectorAll(".bc-place")) node.remove();
  }

  remove() {
    keepFocus(this.map, this.symbols.map(({ node }) => node));
    hideTip(this.map);
    this.clear();
    this.map.fire("biocarto:symbols", { boxes: [] });
  }
}
