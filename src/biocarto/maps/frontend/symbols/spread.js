/** Symbols that would lie on each other step aside, as little as they must, small ones before large ones; no browser is needed for it. */

/** A circle of the screen, in pixels; `fixed`: it stays where it is. @typedef {{ x: number, y: number, r: number, fixed?: boolean }} Circle */
/** @typedef {{ x: number, y: number }} Point */

/** How often all are pushed apart; for the first part of it they are also drawn home. */
const TURNS = 80;
const DRAWN = 50;
const PULL = 0.06;
/** Pixels by which two circles may overlap in the end. */
export const SLACK = 0.5;
/** Directions of those that stand on the same point: each its own, whatever their number. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/** Push a pair apart, the smaller one further. @type {(a: Circle, b: Circle, gap: number, number: number) => boolean} */
const pushApart = (a, b, gap, number) => {
  const apart = a.r + b.r + gap;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  if (Math.abs(dx) >= apart || Math.abs(dy) >= apart) return false;
  const far = Math.hypot(dx, dy);
  if (far >= apart - SLACK / 2 || (a.fixed && b.fixed)) return false;
  const [ux, uy] = far > 1e-6 ? [dx / far, dy / far] : [Math.cos(number * TURN), Math.sin(number * TURN)];
  const share = a.fixed ? 0 : b.fixed ? 1 : b.r ** 2 / (a.r ** 2 + b.r ** 2);
  const push = apart - far;
  a.x -= ux * push * share;
  a.y -= uy * push * share;
  b.x += ux * push * (1 - share);
  b.y += uy * push * (1 - share);
  return true;
};

/** One pass over all pairs that may touch, from west to east; whether any was pushed. @type {(own: Circle[], order: number[], gap: number) => boolean} */
const pushAll = (own, order, gap) => {
  order.sort((i, j) => own[i].x - own[j].x || i - j);
  const widest = own.reduce((most, { r }) => Math.max(most, r), 0);
  let pushed = false;
  for (let k = 0; k < order.length; k++) {
    const a = own[order[k]];
    for (let l = k + 1; l < order.length && own[order[l]].x - a.x < a.r + widest + gap; l++) {
      if (pushApart(a, own[order[l]], gap, order[k] + order[l])) pushed = true;
    }
  }
  return pushed;
};

/** Whether a circle comes nearer to a point than this. @type {(circle: Circle, near: number, x: number, y: number) => boolean} */
const isOver = (circle, near, x, y) => {
  const dx = circle.x - x;
  const dy = circle.y - y;
  const apart = circle.r + near;
  return apart > 0 && dx * dx + dy * dy < apart * apart;
};

/** Circles by the squares of a grid, so that those near a point are found among a few. */
class Grid {
  /**
   * @param {number} side of a square, in pixels
   * @param {number} gap
   */
  constructor(side, gap) {
    this.side = side;
    this.gap = gap;
    /** @type {Map<number, Circle[]>} */
    this.squares = new Map();
    /** How far the last one of a square had to go: whoever comes after it need not look much nearer. @type {Map<number, number>} */
    this.gone = new Map();
  }

  /** @param {number} value */
  squareOf(value) {
    return Math.floor(value / this.side);
  }

  /** @type {(column: number, row: number) => number} */
  keyOf(column, row) {
    return column * 1e6 + row;
  }

  /** @param {Circle} circle */
  add(circle) {
    const key = this.keyOf(this.squareOf(circle.x), this.squareOf(circle.y));
    const here = this.squares.get(key);
    if (here) here.push(circle);
    else this.squares.set(key, [circle]);
  }

  /** Whether a circle of a radius has room at a point. @type {(r: number, x: number, y: number) => boolean} */
  isFree(r, x, y) {
    const column = this.squareOf(x);
    const row = this.squareOf(y);
    for (let near = 0; near < 9; near++) {
      const here = this.squares.get(this.keyOf(column - 1 + (near % 3), row - 1 + Math.floor(near / 3)));
      if (here?.some((other) => isOver(other, r + this.gap - SLACK, x, y))) return false;
    }
    return true;
  }
}

/** The nearest free point around a circle, by rings of directions. @type {(circle: Circle, grid: Grid) => Point} */
const findFree = ({ x, y, r }, grid) => {
  const start = grid.keyOf(grid.squareOf(x), grid.squareOf(y));
  for (let far = 0.8 * (grid.gone.get(start) ?? 0); ; far += r / 3) {
    const directions = far ? Math.max(8, Math.round((6 * far) / r)) : 1;
    for (let k = 0; k < directions; k++) {
      const turn = (k / directions) * 2 * Math.PI;
      const at = { x: x + far * Math.cos(turn), y: y + far * Math.sin(turn) };
      if (!grid.isFree(r, at.x, at.y)) continue;
      grid.gone.set(start, far);
      return at;
    }
  }
};

/** What a crowd has left overlapping takes the nearest free point, large ones first. @type {(own: Circle[], gap: number) => void} */
const settleRest = (own, gap) => {
  const grid = new Grid(2 * own.reduce((most, { r }) => Math.max(most, r), 1) + Math.max(0, gap), gap);
  for (const circle of [...own].sort((a, b) => Number(b.fixed ?? false) - Number(a.fixed ?? false) || b.r - a.r)) {
    if (!circle.fixed) Object.assign(circle, findFree(circle, grid));
    grid.add(circle);
  }
};

/**
 * Where symbols stand so that none lies on another (but for SLACK): the same input gives the same answer, in the order of the spots.
 * @param {readonly Circle[]} spots where they would stand, and half of what each needs
 * @param {number} [gap] pixels between two of them
 * @returns {Point[]}
 */
export const spreadSymbols = (spots, gap = 0) => {
  const own = spots.map(({ x, y, r, fixed = false }) => ({ x, y, r, fixed }));
  const order = own.map((_, i) => i);
  let pushed = true;
  for (let turn = 0; turn < TURNS && pushed; turn++) {
    pushed = pushAll(own, order, gap);
    if (!pushed || turn >= DRAWN) continue;
    own.forEach((circle, i) => {
      if (circle.fixed) return;
      circle.x += (spots[i].x - circle.x) * PULL;
      circle.y += (spots[i].y - circle.y) * PULL;
    });
  }
  if (pushed) settleRest(own, gap);
  return own.map(({ x, y }) => ({ x, y }));
};
