/** Which symbols stand at a zoom, how large, and by how much they step aside: computed once for each zoom, without a browser. */
import { gather, gatherCrowds, PART } from "./gather.js";
import { spreadSymbols } from "./spread.js";

/** @import { Ring, Spot } from "./gather.js" */

/** `aside`: pixels from the true point to where the symbol stands. @template [S=unknown] @typedef {Ring & Spot<S> & { aside: { x: number, y: number } }} Stand */

/** What lines around a symbol take of the screen: the ring of gathered places, that of the chosen one. @type {(ring: Ring) => number} */
const measureFrame = ({ rows, total, alone }) => (alone ? (total > 1 ? 6.5 : 9.5) : rows.length > 1 ? 3.5 : 1.5);

/**
 * The symbols of a zoom, in the order of their size; positions in pixels.
 * @template S
 * @param {Spot<S>[]} spots
 * @param {{ zoom: number, reach: number, gathers: boolean }} look `reach`: by how many pixels a symbol may be missed
 * @returns {Stand<S>[]}
 */
export const arrangeSymbols = (spots, { zoom, reach, gathers }) => {
  const rings = (gathers && zoom < PART ? gather : gatherCrowds)(spots, zoom, reach);
  rings.sort((a, b) => b.total - a.total);
  const points = spreadSymbols(rings.map((ring) => ({ x: ring.x, y: ring.y, r: Math.max(ring.r + measureFrame(ring), ring.half) })));
  return rings.map((ring, i) => ({ ...ring, aside: { x: points[i].x - ring.x, y: points[i].y - ring.y } }));
};

/** Whether a symbol stands so far from its true point that a line has to lead there. @type {(stand: { r: number, aside: { x: number, y: number } }) => boolean} */
export const needsLeader = ({ r, aside: { x, y } }) => Math.hypot(x, y) > r + 2;
