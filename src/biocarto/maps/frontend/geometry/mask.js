/** What lies inside of an outline, asked many times: rows of a fine grid, each with where the outline begins and ends. */

/** @typedef {{ left: number, top: number, right: number, bottom: number, rows: number[][] }} Mask */

const ROWS = 48;

/** The rings of path data of the kind `M1 2L3 4…z`. @param {string} d */
const readRings = (d) =>
  d.split("M").filter(Boolean).map((ring) => ring.replace(/z/i, "").split("L").map((point) => point.trim().split(/[ ,]+/).map(Number)));

/** Where a line from west to east crosses the rings. @type {(rings: number[][][], y: number) => number[]} */
const cutRings = (rings, y) => {
  const cuts = [];
  for (const ring of rings) {
    let [x1, y1] = /** @type {number[]} */ (ring.at(-1));
    for (const [x2, y2] of ring) {
      if (y1 > y !== y2 > y) cuts.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
      [x1, y1] = [x2, y2];
    }
  }
  return cuts.sort((a, b) => a - b);
};

/**
 * The mask of an outline, in its own units.
 * @param {string} d
 * @returns {Mask}
 */
export const makeMask = (d) => {
  const rings = readRings(d);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const step = (bottom - top) / ROWS;
  return { left, top, right, bottom, rows: Array.from({ length: ROWS }, (_, i) => cutRings(rings, top + (i + 0.5) * step)) };
};

/**
 * Whether a point lies inside.
 * @type {(mask: Mask, x: number, y: number) => boolean}
 */
export const isInside = ({ top, bottom, rows }, x, y) => {
  const row = rows[Math.floor(((y - top) / (bottom - top)) * ROWS)];
  if (!row) return false;
  let inside = false;
  for (let i = 0; i < row.length && row[i] < x; i++) inside = !inside;
  return inside;
};

/**
 * Which share of a box lies inside.
 * @type {(mask: Mask, box: readonly [number, number, number, number]) => number}
 */
export const measureInside = (mask, [left, top, right, bottom]) => {
  let inside = 0;
  for (const down of [0.1, 0.5, 0.9]) {
    for (const across of [0, 0.25, 0.5, 0.75, 1]) {
      if (isInside(mask, left + across * (right - left), top + down * (bottom - top))) inside++;
    }
  }
  return inside / 15;
};
