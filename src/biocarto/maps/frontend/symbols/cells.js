/** Points by where they are: the cells of a grid over all of them, so that the nearest to a pointer is found among a few. */

/** Rows of cell c are order[start[c]] .. order[start[c + 1] - 1]. @typedef {{ west: number, north: number, step: number, wide: number, start: Int32Array, order: Int32Array }} Cells */

/** @param {Float64Array} values */
const findRange = (values) => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
};

/**
 * A grid of about four points a cell.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @returns {Cells}
 */
export const buildCells = (x, y) => {
  const [west, east] = findRange(x);
  const [north, south] = findRange(y);
  const side = Math.max(1, Math.ceil(Math.sqrt(x.length / 4)));
  const step = Math.max((east - west) / side, (south - north) / side, 1e-6);
  const wide = Math.floor((east - west) / step) + 1;
  /** @param {number} i */
  const cellOf = (i) => Math.floor((y[i] - north) / step) * wide + Math.floor((x[i] - west) / step);
  const start = new Int32Array(wide * (Math.floor((south - north) / step) + 1) + 1);
  for (let i = 0; i < x.length; i++) start[cellOf(i) + 1]++;
  for (let c = 1; c < start.length; c++) start[c] += start[c - 1];
  const [following, order] = [start.slice(), new Int32Array(x.length)];
  for (let i = 0; i < x.length; i++) order[following[cellOf(i)]++] = i;
  return { west, north, step, wide, start, order };
};

/**
 * Rows of the cells within reach of a point; some lie further away.
 * @param {Cells} cells
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
export const listNear = ({ west, north, step, wide, start, order }, x, y, reach) => {
  const high = (start.length - 1) / wide;
  /** @type {(value: number, count: number) => number} */
  const cell = (value, count) => Math.max(0, Math.min(count - 1, Math.floor(value / step)));
  /** @type {number[]} */
  const found = [];
  const [left, right] = [cell(x - reach - west, wide), cell(x + reach - west, wide)];
  for (let row = cell(y - reach - north, high); row <= cell(y + reach - north, high); row++) {
    for (const i of order.subarray(start[row * wide + left], start[row * wide + right + 1])) found.push(i);
  }
  return found;
};
