/** Symbols that would hide each other stand as one ring, at the middle of their actors, until a closer zoom parts them. */
import { radius } from "./shapes.js";

/** From this zoom on every place stands alone, but for crowds. */
export const PART = 14;
/** How many places within one symbol's room can stand around it, and that room where nobody says (pixels). */
const CROWD = 12;
const ROOM = 16;
/** Of the pixels that a finger or a mouse may miss a symbol by, so many are its own. */
const OWN = 0.86;

/**
 * Some rows at a point of the screen; `alone` is never gathered.
 * @template [S=unknown]
 * @typedef {{ rows: number[], x: number, y: number, total: number, alone?: boolean, symbol?: S }} Spot
 */

/** `r` as it is drawn, `half` of what it needs. @typedef {Spot & { r: number, half: number }} Ring */

/** What a symbol of a radius needs on each side. @type {(r: number, reach: number) => number} */
const measureHalf = (r, reach) => Math.max(r, reach * OWN);

/** @type {(a: Ring, b: Ring) => boolean} */
const hideEachOther = (a, b) => {
  if (a.alone || b.alone || Math.abs(a.x - b.x) > a.half + b.half) return false;
  const near = Math.max(0.68 * (a.r + b.r), 0.5 * (a.half + b.half));
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return dx * dx + dy * dy < near * near;
};

/** @type {(a: Ring, b: Ring, zoom: number, reach: number) => Ring} */
const join = (a, b, zoom, reach) => {
  const total = a.total + b.total;
  /** @param {"x" | "y"} axis */
  const middle = (axis) => (a[axis] * a.total + b[axis] * b.total) / total;
  const r = radius(total, zoom);
  const rows = [...a.rows, ...b.rows];
  return { rows, x: middle("x"), y: middle("y"), total, alone: false, symbol: undefined, r, half: measureHalf(r, reach) };
};

/** One pass: every symbol takes those that it hides, and those that it hides then. @type {(left: Ring[], zoom: number, reach: number) => void} */
const gatherOnce = (left, zoom, reach) => {
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      if (!hideEachOther(left[i], left[j])) continue;
      left[i] = join(left[i], left.splice(j, 1)[0], zoom, reach);
      j = i;
    }
  }
};

/** @type {<S>(spots: Spot<S>[], zoom: number, reach: number) => (Ring & Spot<S>)[]} */
const toRings = (spots, zoom, reach) =>
  spots.map(({ rows, x, y, total, alone = false, symbol }) => {
    const r = radius(total, zoom);
    return { rows, x, y, total, alone, symbol, r, half: measureHalf(r, reach) };
  });

/**
 * The symbols that stand at a zoom; positions in pixels.
 * @template S
 * @param {Spot<S>[]} spots
 * @param {number} zoom
 * @param {number} [reach] by how many pixels a symbol may be missed
 * @returns {(Ring & Spot<S>)[]}
 */
export const gather = (spots, zoom, reach = 0) => {
  const left = toRings(spots, zoom, reach);
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    gatherOnce(left, zoom, reach);
  }
  return left;
};

/** @type {(rings: Ring[], zoom: number, reach: number) => Ring} */
const joinAll = ([first, ...others], zoom, reach) => others.reduce((a, b) => join(a, b, zoom, reach), first);

/**
 * The symbols of a zoom that parts all places: only a crowd in the room of one symbol stands as one ring.
 * @template S
 * @param {Spot<S>[]} spots
 * @param {number} zoom
 * @param {number} [reach]
 * @returns {(Ring & Spot<S>)[]}
 */
export const gatherCrowds = (spots, zoom, reach = 0) => {
  const rings = toRings(spots, zoom, reach);
  /** @type {Map<string, typeof rings>} */
  const points = new Map();
  const room = Math.max(ROOM, 2 * reach * OWN);
  rings.forEach((ring, i) => {
    const key = ring.alone ? `alone ${i}` : `${Math.round(ring.x / room)} ${Math.round(ring.y / room)}`;
    const here = points.get(key);
    if (here) here.push(ring);
    else points.set(key, [ring]);
  });
  return [...points.values()].flatMap((here) => (here.length > CROWD ? [/** @type {Ring & Spot<S>} */ (joinAll(here, zoom, reach))] : here));
};
