/** Few symbols: real buttons in the order of their size, big ones beneath small ones, none of them on another. */
import { isCoarse, keepFocus, make, restoreFocus } from "../core/dom.js";
import { emit, reportDrawn, wasDragged } from "../core/emit.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { putNames, takeNames } from "../ground/names.js";
import { arrangeSymbols } from "../symbols/arrange.js";
import { PART } from "../symbols/gather.js";
import { listPlaceNames } from "../symbols/place_names.js";
import { leaveTraces, listTraces, Motion, takeTraces } from "../symbols/motion.js";
import { addUp } from "../symbols/places.js";
import { drawing } from "../symbols/shapes.js";
import { drawSymbol } from "./actor_symbol.js";
import { RingList } from "./ring_list.js";

/** @import { Stand } from "../symbols/arrange.js" */
/** @import { ActorLayer } from "./actors.js" */
/** @import { Places } from "../symbols/places.js" */

/**
 * Rows as one button; where it stands and how large it is come with each zoom.
 * @typedef {object} ActorSymbol
 * @property {number[]} rows
 * @property {string[]} ids of its places, or actors where a place has one
 * @property {HTMLButtonElement} node
 * @property {L.LatLng} latlng
 * @property {(event: MouseEvent) => void} act
 * @property {Int32Array} counts
 * @property {number} total
 * @property {boolean} selected
 * @property {L.Point} aside pixels from its true point to where it stands
 * @property {L.Point} point where it stands, in pixels of the layer
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
    /** What the symbols were last arranged for. */
    this.settledFor = "";
    /** @type {ActorSymbol[]} */
    this.symbols = [];
    this.motion = new Motion(map);
    this.list = new RingList(layer, places, map);
    const order = Array.from({ length: places.size }, (_, row) => row).sort((a, b) => places.total(b) - places.total(a));
    this.singles = order.map((row) => this.makeSingle(row));
    this.settle();
    this.list.reopen(this.symbols);
    restoreFocus(map, [...this.symbols.map(({ node }) => node), ...this.list.nodes]);
    delete map.biocarto.focus;
  }

  /* A tap on a place of several actors also lists them on the map, where their names are known. */
  /** @param {number} row */
  makeSingle(row) {
    const { type, id } = this.places.target(row);
    const symbol = this.makeSymbol([row], this.places.latlng(row), (event) => {
      const wasOpen = this.list.symbol === symbol;
      this.unfold(symbol, event);
      if (!wasOpen) emit(this.layer, type, id, symbol.latlng);
    });
    symbol.selected = this.places.isSelected(row);
    Object.assign(symbol.node.dataset, { id, type });
    if (symbol.selected) symbol.node.setAttribute("aria-current", "true");
    return symbol;
  }

  /** @type {(symbol: ActorSymbol, event: MouseEvent) => void} */
  unfold(symbol, event) {
    if (this.map.biocarto.config.compact || this.map.biocarto.drawing) return;
    this.list.toggle(symbol, !event.detail);
  }

  /* A tap on a gathered ring goes closer, as far as its places need to part, or lists them where no zoom parts them; a small map, which
     does not move, gives its largest place. */
  /** @type {(rows: number[], latlng: L.LatLng) => ActorSymbol} */
  makeGathered(rows, latlng) {
    const bounds = L.latLngBounds(rows.map((row) => this.places.latlng(row)));
    const { type, id } = this.places.target(rows[0]);
    const parts = () => this.map.getZoom() < this.map.getMaxZoom() - 0.05 && !bounds.getNorthEast().equals(bounds.getSouthWest(), 2e-5);
    const goCloser = () => this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom() + 1, PART) });
    const { compact } = this.map.biocarto.config;
    const symbol = this.makeSymbol(rows, latlng, (event) => {
      if (compact) emit(this.layer, type, id, latlng);
      else if (parts()) goCloser();
      else this.unfold(symbol, event);
    });
    Object.assign(symbol.node.dataset, { type: "places", places: rows.length });
    return symbol;
  }

  /** @type {(rows: number[], latlng: L.LatLng, act: ActorSymbol["act"]) => ActorSymbol} */
  makeSymbol(rows, latlng, act) {
    const node = make("button", "bc-place leaflet-zoom-animated");
    const counts = this.places.sum(rows);
    const ids = rows.map((row) => this.places.target(row).id);
    const at = { point: L.point(0, 0), aside: L.point(0, 0), r: 0 };
    const symbol = { rows, ids, node, latlng, act, counts, total: addUp(counts), selected: false, ...at };
    node.type = "button";
    node.setAttribute("aria-label", this.places.spoken(rows, this.map));
    if (rows.length === 1 && this.places.knowsNames(rows) && !this.map.biocarto.config.compact) node.setAttribute("aria-expanded", "false");
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
    if (!wasDragged(this.map, event)) symbol.act(event);
  }

  /** @param {ActorSymbol} symbol */
  showTip(symbol) {
    if (symbol === this.list.symbol) return;
    showTip(this.map, this.places.tip(symbol.rows, this.map), this.map.layerPointToContainerPoint(symbol.point), symbol.r + 8);
  }

  /* Which symbols stand at this zoom, and where: places, and rings for those that would hide each other. */
  arrange() {
    const zoom = this.map.getZoom();
    const spots = this.singles.map((symbol) => {
      const { x, y } = this.map.project(symbol.latlng, zoom);
      return { rows: symbol.rows, x, y, total: symbol.total, alone: symbol.selected, symbol };
    });
    const stands = arrangeSymbols(spots, { zoom, reach: this.reach, gathers: Boolean(this.places.payload.gather) });
    return stands.map((stand) => this.place(stand, zoom));
  }

  /** @type {(stand: Stand<ActorSymbol>, zoom: number) => ActorSymbol} */
  place({ rows, x, y, r, aside, symbol: own }, zoom) {
    const symbol = own ?? this.makeGathered(rows, this.map.unproject([x, y], zoom));
    const shift = L.point(Math.round(aside.x), Math.round(aside.y));
    const isSame = symbol.r === r && symbol.aside.equals(shift);
    symbol.aside = shift;
    symbol.point = this.map.latLngToLayerPoint(symbol.latlng).add(shift);
    L.DomUtil.setPosition(symbol.node, symbol.point.round());
    if (!isSame) this.draw(symbol, r);
    return symbol;
  }

  /* A view that is set at once says so twice. */
  isSettled() {
    const { x, y } = this.map.getPixelOrigin();
    const asked = `${this.map.getZoom()} ${x} ${y} ${isCoarse()}`;
    const isSame = asked === this.settledFor;
    this.settledFor = asked;
    return isSame;
  }

  settle() {
    if (this.isSettled()) return;
    const before = document.activeElement;
    const focused = this.symbols.find(({ node }) => node === before);
    const traces = this.symbols.length ? listTraces(this.map, this.symbols) : takeTraces(this.map);
    const unfolded = this.list.symbol;
    this.reach = isCoarse() ? 22 : 14;
    this.symbols = this.arrange();
    this.clear();
    this.pane.append(...this.symbols.map(({ node }) => node));
    if (unfolded && !this.symbols.includes(unfolded)) this.list.fold();
    if (focused) this.symbols.find(({ rows }) => rows.includes(focused.rows[0]))?.node.focus({ preventScroll: true });
    putNames(this.map, this, listPlaceNames(this.map, this.places, this.symbols));
    this.map.fire("biocarto:symbols", { boxes: this.symbols.map(({ point: { x, y }, r }) => [x - r, y - r, x + r, y + r]) });
    reportDrawn(this.map, "drawn", this.places.size + (this.places.payload.areas ?? []).length);
    this.motion.show(traces, this.symbols);
  }

  /** @type {(symbol: ActorSymbol, r: number) => void} */
  draw(symbol, r) {
    symbol.r = r;
    const half = Math.max(r, this.reach);
    const { style, classList } = symbol.node;
    style.width = style.height = `${2 * half}px`;
    style.marginLeft = style.marginTop = `${-half}px`;
    classList.toggle("bc-apart", symbol.rows.every((row) => this.places.apart.has(row)));
    symbol.node.replaceChildren(drawing(drawSymbol(this.map, this.places, symbol), r + 12));
  }

  /** @param {L.ZoomAnimEvent} event */
  follow({ zoom, center }) {
    this.motion.stop();
    for (const { node, latlng, aside } of this.symbols) {
      L.DomUtil.setPosition(node, this.map._latLngToNewLayerPoint(latlng, zoom, center).add(aside).round());
    }
  }

  clear() {
    for (const node of this.pane.querySelectorAll(".bc-place")) node.remove();
  }

  remove() {
    keepFocus(this.map, [...this.symbols.map(({ node }) => node), ...this.list.nodes]);
    leaveTraces(this.map, this.symbols);
    hideTip(this.map);
    this.motion.stop();
    this.list.remove();
    this.clear();
    takeNames(this.map, this);
    this.map.fire("biocarto:symbols", { boxes: [] });
  }
}
