/** What a ring holds, by kind and name: a list that comes out of it, at its side, until it is folded again. */
import { isStill, make } from "../core/dom.js";
import { emit, writeCount } from "../core/emit.js";
import { hideTip } from "../core/tooltip.js";
import { DURATION } from "../symbols/motion.js";
import { drawing, drawShape } from "../symbols/shapes.js";

/** @import { Entry, Places } from "../symbols/places.js" */
/** @import { ActorSymbol } from "./actor_buttons.js" */
/** @import { ActorLayer } from "./actors.js" */

/** Names beyond these are only counted. */
const MOST = 200;
/** Pixels between the ring and its list, and between the list and the edge of the map. */
const GAP = 14;
const EDGE = 8;

export class RingList {
  /**
   * @param {ActorLayer} layer
   * @param {Places} places
   * @param {L.Map} map
   */
  constructor(layer, places, map) {
    this.layer = layer;
    this.places = places;
    this.map = map;
    /** @type {ActorSymbol | null} */
    this.symbol = null;
    this.box = make("div", "bc-unfolded");
    this.box.setAttribute("role", "group");
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    this.press = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.foldByKey(event);
    this.foldAside = (/** @type {L.LeafletMouseEvent} */ { originalEvent: { target } }) => {
      if (!(target instanceof Element && target.closest(".bc-place"))) this.fold();
    };
  }

  /** @returns {HTMLElement[]} */
  get nodes() {
    return [...this.box.querySelectorAll("button")];
  }

  /** Open the list of a ring, or fold it where it is open. @type {(symbol: ActorSymbol, withKeyboard: boolean) => void} */
  toggle(symbol, withKeyboard) {
    const isOpen = this.symbol === symbol;
    this.fold();
    if (isOpen || !this.places.knowsNames(symbol.rows)) return;
    this.open(symbol);
    this.showMarks();
    if (withKeyboard) this.nodes[1]?.focus({ preventScroll: true });
  }

  /** @param {ActorSymbol} symbol */
  open(symbol) {
    this.symbol = symbol;
    this.map.biocarto.unfolded = symbol.ids.join(" ");
    this.fill(symbol);
    hideTip(this.map);
    this.map.getContainer().append(this.box);
    document.addEventListener("keydown", this.press, { capture: true });
    this.map.on("move zoom", this.place, this);
    this.map.on("click", this.foldAside);
    symbol.node.setAttribute("aria-expanded", "true");
    this.place();
  }

  /** A layer comes in place of another one: what was open stays open. @param {ActorSymbol[]} symbols */
  reopen(symbols) {
    const { unfolded } = this.map.biocarto;
    const symbol = unfolded && symbols.find(({ ids }) => ids.join(" ") === unfolded);
    if (symbol && this.places.knowsNames(symbol.rows)) this.open(symbol);
    else delete this.map.biocarto.unfolded;
  }

  /** Fold the list; the keyboard goes back to its ring. */
  fold() {
    const { symbol } = this;
    const hadFocus = this.box.contains(document.activeElement);
    delete this.map.biocarto.unfolded;
    this.remove();
    if (hadFocus) symbol?.node.focus({ preventScroll: true });
  }

  /* Before the map hears of the key, which would take the focus from the list. */
  /** @param {KeyboardEvent} event */
  foldByKey(event) {
    event.preventDefault();
    this.fold();
  }

  remove() {
    document.removeEventListener("keydown", this.press, { capture: true });
    this.map.off("move zoom", this.place, this);
    this.map.off("click", this.foldAside);
    this.symbol?.node.setAttribute("aria-expanded", "false");
    this.symbol = null;
    this.box.remove();
  }

  /** @param {ActorSymbol} symbol */
  fill({ rows, total }) {
    const { words, groups } = this.places.payload;
    const entries = this.places.listEntries(rows);
    const title = rows.length > 1 ? words.gathered.replace("{n}", writeCount(this.map, rows.length)) : this.places.label(rows[0]);
    const count = `${writeCount(this.map, total)} ${words.many}`;
    this.box.setAttribute("aria-label", `${title}, ${count}`);
    const parts = groups.flatMap(({ label }, group) => this.makePart(label, entries.slice(0, MOST).filter((entry) => entry.group === group)));
    const more = entries.length > MOST ? [make("p", "bc-note", `+ ${writeCount(this.map, entries.length - MOST)}`)] : [];
    this.box.replaceChildren(this.makeHead(title, count), ...parts, ...more);
  }

  /** @type {(title: string, count: string) => HTMLElement} */
  makeHead(title, count) {
    const head = make("div", "bc-unfolded-head");
    const close = make("button", "bc-unfolded-close", "×");
    close.type = "button";
    close.title = this.places.payload.words.fold;
    close.setAttribute("aria-label", this.places.payload.words.fold);
    close.addEventListener("click", () => this.fold());
    head.append(make("strong", "", title), make("span", "", count), close);
    return head;
  }

  /** The actors of one kind. @type {(label: string, entries: Entry[]) => HTMLElement[]} */
  makePart(label, entries) {
    if (!entries.length) return [];
    const list = make("ul");
    list.setAttribute("aria-label", label);
    list.append(...entries.map((entry) => this.makeRow(entry)));
    return [make("p", "bc-unfolded-kind", `${label} · ${writeCount(this.map, entries.length)}`), list];
  }

  /** @param {Entry} entry */
  makeRow({ type, id, name, group, apart }) {
    const row = make("li");
    const node = make("button", `bc-unfolded-actor${apart ? " bc-apart" : ""}`);
    node.type = "button";
    Object.assign(node.dataset, { id, type });
    node.append(drawing([drawShape(this.places.payload.groups, group, 6)], 10), make("span", "", name));
    node.addEventListener("click", () => this.symbol && emit(this.layer, type, id, this.symbol.latlng));
    row.append(node);
    return row;
  }

  /* At the side of the ring that has more room; a ring that leaves the map takes its list along. */
  place() {
    if (!this.symbol) return;
    const { x, y } = this.map.layerPointToContainerPoint(this.map.latLngToLayerPoint(this.symbol.latlng).add(this.symbol.aside));
    const size = this.map.getSize();
    this.box.hidden = x < 0 || y < 0 || x > size.x || y > size.y;
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const away = this.symbol.r + GAP;
    const left = x + away + width < size.x - EDGE || x < size.x / 2 ? x + away : x - away - width;
    this.box.style.left = `${Math.round(Math.max(EDGE, Math.min(left, size.x - width - EDGE)))}px`;
    this.box.style.top = `${Math.round(Math.max(EDGE, Math.min(y - height / 2, size.y - height - EDGE)))}px`;
  }

  /* Each mark comes from the ring to its line. */
  showMarks() {
    if (isStill() || !this.symbol) return;
    const from = this.symbol.node.getBoundingClientRect();
    const [x, y] = [from.left + from.width / 2, from.top + from.height / 2];
    for (const mark of [...this.box.querySelectorAll("li svg")].slice(0, 40)) {
      const to = mark.getBoundingClientRect();
      const shift = `translate(${x - to.left - to.width / 2}px, ${y - to.top - to.height / 2}px)`;
      mark.animate([{ transform: shift }, { transform: "none" }], { duration: DURATION, easing: "ease-out" });
    }
  }
}
