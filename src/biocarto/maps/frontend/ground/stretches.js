/** The straight stretches of a line, on which a name can be read. */

/** @typedef {{ x: number, y: number }} Point */

/** Farthest that a line may leave its name, in pixels, and how steep a name may stand, in radians. */
const AWAY = 7;
const STEEP = 1.4;

/** Points of a line at even distances. @type {(line: Point[], step: number) => Point[]} */
const walk = (line, step) => {
  const points = [line[0]];
  let left = step;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    let at = left;
    for (; at <= length; at += step) points.push({ x: a.x + ((b.x - a.x) * at) / length, y: a.y + ((b.y - a.y) * at) / length });
    left = at - length;
  }
  return points;
};

/** How far points leave the chord between the first and the last. @type {(points: Point[], a: Point, b: Point) => number} */
const measureBend = (points, a, b) => {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return Math.max(...points.map(({ x, y }) => Math.abs((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / length));
};

/** A turn between -90 and 90 degrees: nobody reads upside down. @param {number} turn */
const setUpright = (turn) => (turn > Math.PI / 2 ? turn - Math.PI : turn <= -Math.PI / 2 ? turn + Math.PI : turn);

/** @typedef {Point & { turn: number, cost: number }} Stretch */

/** @type {(line: Point[], wide: number) => Stretch[]} */
const findOnLine = (line, wide) => {
  const step = Math.max(6, wide / 8);
  const points = walk(line, step);
  const count = Math.ceil((wide + 8) / step);
  const found = [];
  for (let i = 0; i + count < points.length; i += 2) {
    const part = points.slice(i, i + count + 1);
    const [a, b] = [part[0], part[count]];
    const turn = setUpright(Math.atan2(b.y - a.y, b.x - a.x));
    const bend = measureBend(part, a, b);
    const middle = part[count >> 1];
    const at = { x: (a.x + b.x + 2 * middle.x) / 4, y: (a.y + b.y + 2 * middle.y) / 4 };
    if (bend <= AWAY && Math.abs(turn) <= STEEP) found.push({ ...at, turn, cost: bend + 3 * Math.abs(turn) });
  }
  return found;
};

/**
 * Where a name of this width may stand along lines, the best places first: middle and turn.
 * @param {Point[][]} lines pixels
 * @param {number} wide
 * @returns {Stretch[]}
 */
export const findStretches = (lines, wide) => lines.flatMap((line) => findOnLine(line, wide)).sort((one, other) => one.cost - other.cost);
