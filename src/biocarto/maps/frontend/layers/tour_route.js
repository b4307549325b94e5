/** The order of the Tour's stages as a line with heads, which goes around every other stage; it is no route on a road. */
import { svg } from "../core/dom.js";
import { layerToLocal } from "../geometry/world.js";
import { Vector } from "../ground/vector.js";

/** @import { Disc } from "../geometry/displace.js" */

/** @typedef {[number, number]} XY */

const BENDS = [0.12, -0.12, 0.2, -0.2, 0.3, -0.3, 0.42, -0.42, 0.56, -0.56];
const POINTS = 48;
const CLEAR = 7;
const HEAD = 8;

/** Points of a gentle curve between two others. @type {(from: Disc, to: Disc, bend: number) => XY[]} */
const bendLeg = (from, to, bend) => {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const [cx, cy] = [(from.x + to.x) / 2 - dy * bend, (from.y + to.y) / 2 + dx * bend];
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const [a, b, c] = [(1 - i / POINTS) ** 2, (2 * i * (POINTS - i)) / POINTS ** 2, (i / POINTS) ** 2];
    return [a * from.x + b * cx + c * to.x, a * from.y + b * cy + c * to.y];
  });
};

/** Between the rims of two circles. @type {(points: XY[], from: Disc, to: Disc) => XY[]} */
const trimLeg = (points, from, to) =>
  points.filter(([x, y]) => Math.hypot(x - from.x, y - from.y) > from.r + 1 && Math.hypot(x - to.x, y - to.y) > to.r + 2);

/** How deep a curve runs into circles, in points. @type {(points: XY[], others: Disc[]) => number} */
const countHits = (points, others) => points.filter(([x, y]) => others.some((disc) => Math.hypot(disc.x - x, disc.y - y) < disc.r + CLEAR)).length;

/** How often a curve comes near an earlier one. @type {(points: XY[], lines: XY[]) => number} */
const countMeetings = (points, lines) => points.filter(([x, y]) => lines.some((other) => Math.hypot(other[0] - x, other[1] - y) < CLEAR)).length;

/**
 * The legs through some stops, in their order: each bends as little as the other circles let it.
 * @param {Disc[]} stops
 * @param {Disc[]} others circles that are no stop
 * @returns {XY[][]}
 */
export const planRoute = (stops, others = []) => {
  /** @type {XY[][]} */
  const legs = [];
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1], stops[i]];
    const circles = [...stops.filter((stop) => stop !== from && stop !== to), ...others];
    const drawn = legs.flat();
    const found = BENDS.map((bend) => trimLeg(bendLeg(from, to, bend), from, to)).map((points, rank) => (
      { points, cost: rank + 20 * countHits(points, circles) + countMeetings(points, drawn) }
    ));
    legs.push(found.reduce((best, one) => (one.cost < best.cost ? one : best)).points);
  }
  return legs;
};

export class TourRoute extends Vector {
  constructor() {
    super("bc-route");
  }

  /**
   * Draw the legs, points in pixels of the map's layers; the one that leads to the chosen stage stands out.
   * @param {XY[][]} legs
   * @param {number} chosen which leg, or -1
   * @param {boolean} isNew it was chosen just now, and is drawn before one's eyes
   */
  draw(legs, chosen, isNew) {
    const lines = legs.map((points) => points.map(([x, y]) => layerToLocal(this._map, { x, y })));
    const paths = lines.map((points) => (points.length > 1 ? `M${points.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}` : ""));
    const nodes = [...paths.map((d) => svg("path", { d, class: "bc-route-halo" })), ...paths.map((d, i) => this.makeLine(d, i === chosen))];
    if (isNew && paths[chosen]) nodes.push(this.makeStroke(paths[chosen], legs[chosen]));
    this.root.replaceChildren(...nodes, ...lines.flatMap((points, i) => this.makeHead(points, i === chosen)));
  }

  /** @type {(d: string, isChosen: boolean) => SVGElement} */
  makeLine(d, isChosen) {
    return svg("path", { d, class: `bc-route${isChosen ? " bc-route-chosen" : ""}` });
  }

  /** @type {(d: string, points: XY[]) => SVGElement} */
  makeStroke(d, points) {
    const length = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);
    return svg("path", { d, class: "bc-route-stroke", style: `--length:${length.toFixed(0)}` });
  }

  /** @type {(points: XY[], isChosen: boolean) => SVGElement[]} */
  makeHead(points, isChosen) {
    const [end, before] = [points.at(-1), points.at(-4)];
    if (!end || !before) return [];
    const turn = (Math.atan2(end[1] - before[1], end[0] - before[0]) * 180) / Math.PI;
    const where = `translate(${end[0]} ${end[1]}) rotate(${turn}) scale(${this.unit})`;
    return [svg("path", { d: `M-${HEAD}-5 2 0-${HEAD} 5-${HEAD - 2} 0z`, class: `bc-head${isChosen ? " bc-route-chosen" : ""}`, transform: where })];
  }
}
