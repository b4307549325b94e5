/** Buttons and signs at points of a map: none lies under another, what stands aside has a leader to its point, names keep clear of all. */
import { isCoarse, svg } from "../core/dom.js";
import { boxAround } from "../geometry/boxes.js";
import { displace } from "../geometry/displace.js";
import { chooseSpots, listAround } from "../geometry/spots.js";
import { layerToLocal } from "../geometry/world.js";
import { Vector } from "../ground/vector.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */
/** @import { Disc } from "../geometry/displace.js" */
/** @import { Spot } from "../geometry/spots.js" */

/**
 * Something that stands at a point. `drawn` is the radius of what one sees of it (pixels; without one, half of the node). A loose one means no
 * exact point: it has no leader, lets the points of the others be seen, and stays where `fits` says. `name` is written beside it.
 * @typedef {{ drawn?: number, isLoose?: boolean, fits?: (x: number, y: number) => boolean, name?: HTMLElement }} Looks
 * @typedef {Looks & { node: HTMLElement, at: L.LatLng, point: L.Point, spot: L.Point, aside: L.Point, r: number }} Mark
 */

/** A finger's target, half of it; and which share of two targets stays apart. */
const FINGER = 22;
const APART = 0.7;
/** Around the point at the end of a leader. */
const DOT = 4;
/** Between a symbol and its name. */
const GAP = 3;

export class Marks {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {Mark[]} */
    this.all = [];
    this.leaders = new Vector("bc-route").addTo(map);
  }

  /** @type {(node: HTMLElement, at: L.LatLng, looks?: Looks) => Mark} */
  add(node, at, looks = {}) {
    const none = L.point(0, 0);
    const mark = { ...looks, node, at, point: none, spot: none, aside: none, r: 0 };
    node.classList.add("leaflet-zoom-animated");
    this.map.getPane("bc-symbols")?.append(node);
    this.all.push(mark);
    return mark;
  }

  remove() {
    for (const { node } of this.all) node.remove();
    this.leaders.remove();
  }

  /** Pixels around the middle of a mark that are its own. @param {Mark} mark */
  measure(mark) {
    const half = mark.node.offsetWidth / 2;
    const target = mark.node instanceof HTMLButtonElement ? Math.max(half, isCoarse() ? FINGER : 0) : 0;
    return { drawn: mark.drawn ?? half, r: Math.max((mark.drawn ?? half) + 1.5, APART * target) };
  }

  /* The points of the other marks stay in sight, where one stands aside of them. */
  /** @type {(mark: Mark) => Disc[]} */
  listDots(mark) {
    return this.all.filter((other) => other !== mark && !other.isLoose).map(({ point: { x, y } }) => ({ x, y, r: DOT }));
  }

  /** Each mark beside the others: the loose ones first. */
  part() {
    const { map } = this;
    for (const mark of this.all) {
      mark.point = map.latLngToLayerPoint(mark.at);
      mark.r = this.measure(mark).r;
    }
    const order = [...this.all].sort((a, b) => Number(!a.isLoose) - Number(!b.isLoose));
    const spots = displace(order.map(({ point: { x, y }, r, fits }) => ({ x, y, r, ...(fits && { fits }) })), [], (_, i) => this.listDots(order[i]));
    order.forEach((mark, i) => {
      mark.spot = L.point(spots[i].x, spots[i].y).round();
      mark.aside = mark.spot.subtract(mark.point);
      L.DomUtil.setPosition(mark.node, mark.spot);
    });
    this.drawLeaders();
    this.measureNames();
  }

  /** Those that stand so far from their points that a line leads there. */
  listFar() {
    return this.all.filter((mark) => !mark.isLoose && Math.hypot(mark.aside.x, mark.aside.y) > this.measure(mark).drawn);
  }

  drawLeaders() {
    const far = this.listFar();
    /** @param {L.Point} point */
    const write = (point) => layerToLocal(this.map, point).map((n) => n.toFixed(1)).join(" ");
    const lines = far.map(({ point, spot }) => `M${write(point)}L${write(spot)}`).join("");
    const dots = far.map(({ point }) => `M${write(point)}h0`).join("");
    const parts = [["bc-leader bc-halo", lines], ["bc-leader", lines], ["bc-leader-dot bc-halo", dots], ["bc-leader-dot", dots]];
    this.leaders.root.replaceChildren(...parts.filter(([, d]) => d).map(([name, d]) => svg("path", { d, class: name })));
  }

  /** @param {L.ZoomAnimEvent} event */
  follow({ zoom, center }) {
    for (const { node, at, aside } of this.all) L.DomUtil.setPosition(node, this.map._latLngToNewLayerPoint(at, zoom, center).add(aside).round());
  }

  /** What names keep clear of. @returns {ScreenBox[]} */
  listBoxes() {
    return this.all.map((mark) => {
      const side = 2 * this.measure(mark).drawn + 2;
      return boxAround(mark.spot, [side, side]);
    });
  }

  /** Points along the leaders. @returns {[number, number][]} */
  listLeaderPoints() {
    return this.listFar().flatMap(({ point, aside }) =>
      [0, 0.2, 0.4, 0.6, 0.8].map((share) => /** @type {[number, number]} */ ([point.x + share * aside.x, point.y + share * aside.y])));
  }

  /* The room for names in the view: neither beyond an edge nor beneath the controls. */
  /** @type {() => (box: ScreenBox) => boolean} */
  findRoom() {
    const { x, y } = this.map.getSize();
    const { bar, foot } = this.map.biocarto;
    const { x: left, y: top } = this.map.containerPointToLayerPoint([0, 0]);
    const corner = { x: left + x - (bar ? bar.offsetWidth + 12 : 0), y: top + (bar ? bar.offsetHeight + 12 : 0) };
    const bottom = top + y - Math.min(foot.offsetHeight, y / 2);
    return (box) => box[0] > left + 3 && box[2] < left + x - 3 && box[1] > top + 3 && box[3] < bottom && !(box[2] > corner.x && box[1] < corner.y);
  }

  /* A long name is broken into lines of one length, and is as wide as they are; the letters may have come since it was last asked. */
  measureNames() {
    const named = this.all.flatMap(({ name }) => name ?? []);
    for (const name of named) name.style.width = "";
    const range = document.createRange();
    const widths = named.map((name) => {
      range.selectNodeContents(name);
      return Math.ceil(range.getBoundingClientRect().width) + 1;
    });
    named.forEach((name, i) => {
      name.style.width = `${widths[i]}px`;
    });
  }

  /**
   * Write the names of the marks, each on the first side that is free; else it waits in the tooltip.
   * @param {ScreenBox[]} taken
   * @param {[number, number][]} lines
   */
  writeNames(taken, lines) {
    const hasRoom = this.findRoom();
    const named = this.all.filter(({ name }) => name?.offsetWidth);
    /** @type {Spot[][]} */
    const wishes = named.map((mark) => {
      const { offsetWidth: w = 0, offsetHeight: h = 0 } = mark.name ?? {};
      return listAround(mark.spot, this.measure(mark).drawn + GAP, [w, h]).filter(({ box }) => hasRoom(box));
    });
    chooseSpots(wishes, taken, lines).forEach((spot, i) => placeName(named[i], spot));
  }
}

/** @type {(mark: Mark, found: Spot | null) => void} */
const placeName = ({ name, spot }, found) => {
  if (!name) return;
  name.classList.toggle("bc-out", !found);
  if (!found) return;
  const [left, top, right, bottom] = found.box;
  name.style.transform = `translate(-50%, -50%) translate(${(left + right) / 2 - spot.x}px, ${(top + bottom) / 2 - spot.y}px)`;
  name.style.textAlign = ["right", "center", "left"][(found.side ?? 0) + 1];
};
