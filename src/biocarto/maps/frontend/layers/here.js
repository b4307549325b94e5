/** Where a visitor is: the circle around it, named, and a pin that stands beside what lies there and not on it. */
import { make, svg } from "../core/dom.js";
import { overlap } from "../geometry/boxes.js";
import { putNames, takeNames } from "../ground/names.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */
/** @import { Circle } from "../types/payloads" */

const SHAPE = { pane: "bc-route", interactive: false, className: "bc-drawn" };
/** Width and height of the pin, and how far it stands off what it points at. */
const [WIDE, HIGH, GAP] = [26, 34, 2];
/** Metres of a degree of latitude. */
const DEGREE = 111_200;
/** Where in the upper half of the circle its name stands. */
const INSIDE = 0.8;
/** The pin with its tip at the origin, pointing down; it is turned for the other sides. */
const PIN = "M0 0C-3-9-13-12-13-21A13 13 0 0 1 13-21C13-12 3-9 0 0Z";

/**
 * Where the tip of a pin is, the box of the pin, and how it is turned.
 * @typedef {{ x: number, y: number, box: ScreenBox, turn: number }} PinSpot
 */

/**
 * The four sides of what lies at a point, above it first.
 * @param {ScreenBox} around
 * @returns {PinSpot[]}
 */
const listSides = ([left, top, right, bottom]) => {
  const [x, y, half] = [(left + right) / 2, (top + bottom) / 2, WIDE / 2];
  return [
    { x, y: top - GAP, box: [x - half, top - GAP - HIGH, x + half, top - GAP], turn: 0 },
    { x: right + GAP, y, box: [right + GAP, y - half, right + GAP + HIGH, y + half], turn: 90 },
    { x: left - GAP, y, box: [left - GAP - HIGH, y - half, left - GAP, y + half], turn: -90 },
    { x, y: bottom + GAP, box: [x - half, bottom + GAP, x + half, bottom + GAP + HIGH], turn: 180 },
  ];
};

/**
 * A spot for the pin of a point that is clear of all boxes: the point itself, or a side of the symbol that lies on it.
 * @param {{ x: number, y: number }} point
 * @param {readonly ScreenBox[]} boxes
 * @returns {PinSpot}
 */
export const placePin = ({ x, y }, boxes) => {
  const under = boxes.filter(([left, top, right, bottom]) => left < x && x < right && top < y && y < bottom);
  /** @type {ScreenBox} */
  const around = under.length
    ? [
        Math.min(...under.map((box) => box[0])), Math.min(...under.map((box) => box[1])),
        Math.max(...under.map((box) => box[2])), Math.max(...under.map((box) => box[3])),
      ]
    : [x, y, x, y];
  const sides = listSides(around);
  return sides.find(({ box }) => !boxes.some((other) => overlap(box, other))) ?? sides[0];
};

export class HereMark {
  /**
   * @param {Circle} circle
   * @param {string} name what the circle holds, in words
   */
  constructor([lat, lng, radius], name) {
    this.at = L.latLng(lat, lng);
    this.name = { text: name, at: /** @type {[number, number]} */ ([lat + (INSIDE * radius) / DEGREE, lng]), rank: 1, kind: "circle" };
    this.circle = L.circle(this.at, { ...SHAPE, radius });
    this.node = make("div", "bc-here leaflet-zoom-animated");
    const drawing = svg("svg", { viewBox: "-36 -36 72 72", width: 72, height: 72, "aria-hidden": "true" });
    this.pin = drawing.appendChild(svg("g"));
    this.pin.append(svg("path", { d: PIN }), svg("circle", { cy: -21, r: 5 }));
    this.node.append(drawing);
    /** @type {L.Map | null} */
    this.map = null;
    this.place = () => this.#place();
    this.follow = (/** @type {L.LeafletEvent} */ event) => this.#follow(/** @type {L.ZoomAnimEvent} */ (event));
  }

  /** @param {L.Map} map */
  addTo(map) {
    this.map = map;
    this.circle.addTo(map);
    map.getPane("markerPane")?.append(this.node);
    putNames(map, this, [this.name]);
    map.on("biocarto:symbols zoomend viewreset", this.place);
    map.on("zoomanim", this.follow);
    this.#place();
    return this;
  }

  #place() {
    if (!this.map) return;
    const { x, y, turn } = placePin(this.map.latLngToLayerPoint(this.at), this.map.biocarto.boxes ?? []);
    this.shown = this.map.layerPointToLatLng([x, y]);
    this.pin.setAttribute("transform", `rotate(${turn})`);
    L.DomUtil.setPosition(this.node, L.point(x, y).round());
  }

  /** @param {L.ZoomAnimEvent} event */
  #follow({ zoom, center }) {
    if (this.map && this.shown) L.DomUtil.setPosition(this.node, this.map._latLngToNewLayerPoint(this.shown, zoom, center).round());
  }

  remove() {
    if (!this.map) return this;
    this.circle.remove();
    this.node.remove();
    takeNames(this.map, this);
    this.map.off("biocarto:symbols zoomend viewreset", this.place);
    this.map.off("zoomanim", this.follow);
    this.map = null;
    return this;
  }
}
