/** A line through circles, in their order, that goes around all others. */

/** @import { Disc } from "./displace.js" */

/** @typedef {[number, number]} XY */

const BENDS = [0.12, -0.12, 0.2, -0.2, 0.3, -0.3, 0.42, -0.42, 0.56, -0.56];
const POINTS = 48;
const CLEAR = 7;

/** @type {(x1: number, y1: number, x2: number, y2: number, far: number) => boolean} */
const isWithin = (x1, y1, x2, y2, far) => (x1 - x2) ** 2 + (y1 - y2) ** 2 < far * far;

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
  points.filter(([x, y]) => !isWithin(x, y, from.x, from.y, from.r + 1) && !isWithin(x, y, to.x, to.y, to.r + 2));

/** How deep a curve runs into circles, in points. @type {(points: XY[], others: Disc[]) => number} */
const countHits = (points, others) => points.filter(([x, y]) => others.some((disc) => isWithin(x, y, disc.x, disc.y, disc.r + CLEAR))).length;

/** How often a curve comes near an earlier one. @type {(points: XY[], lines: XY[]) => number} */
const countMeetings = (points, lines) => points.filter(([x, y]) => lines.some((other) => isWithin(x, y, other[0], other[1], CLEAR))).length;

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
