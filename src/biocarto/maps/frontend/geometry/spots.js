/** Where names are written: each at the best of its spots that hides no symbol and no name before it. */
import { boxAround, overlap } from "./boxes.js";

/** @import { ScreenBox } from "./boxes.js" */

/**
 * A spot for a name: its box, how little it is liked (0 is best), and what stands there of several forms.
 * @typedef {{ box: ScreenBox, cost: number, form?: number, side?: number }} Spot
 */

/** What a point of a line beneath a name costs, and at most. */
const LINE = 0.8;
const CROSSED = 5;

/** Lines of text are higher than their letters: so many pixels of a name may meet what is above or below. */
const LEADING = 1.5;

/** @type {(box: ScreenBox) => ScreenBox} */
const lower = ([left, top, right, bottom]) => [left, top + LEADING, right, bottom - LEADING];

/** @type {(box: ScreenBox, points: readonly (readonly [number, number])[]) => number} */
const countInside = ([left, top, right, bottom], points) => points.filter(([x, y]) => x > left && x < right && y > top && y < bottom).length;

/** The best of the spots that are free. @type {(spots: Spot[], taken: ScreenBox[], lines: readonly (readonly [number, number])[]) => Spot | null} */
const findBest = (spots, taken, lines) => {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of [...spots].sort((a, b) => a.cost - b.cost)) {
    if (spot.cost >= least) return best;
    const isFree = !taken.some((other) => overlap(lower(spot.box), other));
    const cost = isFree ? spot.cost + Math.min(CROSSED, LINE * countInside(spot.box, lines)) : least;
    if (cost < least) [best, least] = [spot, cost];
  }
  return best;
};

/**
 * The spot of each name, in the order of their rank; null where none is free.
 * @param {Spot[][]} names
 * @param {ScreenBox[]} taken boxes that stay clear; those of the names are added
 * @param {readonly (readonly [number, number])[]} [lines] points of lines, better left clear
 * @returns {(Spot | null)[]}
 */
export const chooseSpots = (names, taken, lines = []) =>
  names.map((spots) => {
    const best = findBest(spots, taken, lines);
    if (best) taken.push(best.box);
    return best;
  });

/** How much each side of a symbol is liked: across, down, cost. */
const SIDES = /** @type {const} */ ([
  [1, 0, 0], [-1, 0, 1], [0, 1, 2], [0, -1, 2.5], [1, 0.4, 1.5], [1, -0.4, 1.6], [-1, 0.4, 2.1], [-1, -0.4, 2.2],
  [0.7, 0.9, 3], [-0.7, 0.9, 3.2], [0.7, -0.9, 3.4], [-0.7, -0.9, 3.6],
]);

/**
 * The spots around a symbol: right, left, below, above and between them. `side` is 1 right of it, -1 left, 0 in the middle.
 * @type {(at: { x: number, y: number }, r: number, size: readonly [number, number]) => Spot[]}
 */
export const listAround = ({ x, y }, r, [width, height]) =>
  SIDES.map(([across, down, cost]) => {
    const isBeside = Math.abs(across) === 1;
    const dy = isBeside ? down * (r + height / 2) : down * r + (Math.sign(down) * height) / 2;
    const middle = { x: x + across * r + (Math.sign(across) * width) / 2, y: y + dy };
    return { box: boxAround(middle, [width, height]), cost, side: Math.sign(across) };
  });

/**
 * A name in two lines of about the same length, broken after a hyphen or at a space; one line where it has neither.
 * @param {string} name
 */
export const breakName = (name) => {
  let [best, least] = [name, name.length];
  for (const { index = 0, 0: found } of name.matchAll(/[ -]/g)) {
    const [first, second] = [name.slice(0, index + (found === "-" ? 1 : 0)), name.slice(index + 1)];
    const longest = Math.max(first.length, second.length);
    if (longest < least) [best, least] = [`${first}\n${second}`, longest];
  }
  return best;
};
