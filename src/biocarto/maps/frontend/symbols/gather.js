/** Symbols that would hide each other stand as one ring, at the middle of their actors, until a closer zoom parts them. */
import { radius } from "./shapes.js";

/** From this zoom on every place stands alone. */
export const PART = 14;

/**
 * Some rows at a point of the screen; `alone` is never gathered.
 * @template [S=unknown]
 * @typedef {{ rows: number[], x: number, y: number, total: number, alone?: boolean, symbol?: S }} Spot
 */

/** @typedef {Spot & { r: number }} Ring */

/** @type {(a: Ring, b: Ring) => boolean} */
const hideEachOther = (a, b) => !a.alone && !b.alone && (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (0.68 * (a.r + b.r)) ** 2;

/** @type {(a: Ring, b: Ring, zoom: number) => Ring} */
const join = (a, b, zoom) => {
  const total = a.total + b.total;
  /** @param {"x" | "y"} axis */
  const middle = (axis) => (a[axis] * a.total + b[axis] * b.total) / total;
  return { rows: [...a.rows, ...b.rows], x: middle("x"), y: middle("y"), total, r: radius(total, zoom) };
};

/** One pass: every symbol takes those that it hides, and those that it hides then. @type {(left: Ring[], zoom: number) => void} */
const gatherOnce = (left, zoom) => {
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      if (!hideEachOther(left[i], left[j])) continue;
      left[i] = join(left[i], left.splice(j, 1)[0], zoom);
      j = i;
    }
  }
};

/**
 * The symbols that stand at a zoom; positions in pixels.
 * @template S
 * @param {Spot<S>[]} spots
 * @param {number} zoom
 * @returns {Spot<S>[]}
 */
export const gather = (spots, zoom) => {
  const left = spots.map((spot) => ({ ...spot, r: radius(spot.total, zoom) }));
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    gatherOnce(left, zoom);
  }
  return left;
};
