/** Boxes on the screen and on the globe: whether two of them meet, and how far a point is from one. */

/**
 * Left, top, right and bottom in pixels.
 * @typedef {[number, number, number, number]} ScreenBox
 * South, west, north, east in degrees.
 * @typedef {readonly [number, number, number, number]} GlobeBox
 */

/**
 * A box around a point, what labels need to keep clear.
 * @param {{ x: number, y: number }} point
 * @param {readonly [number, number]} size
 * @returns {ScreenBox}
 */
export const boxAround = ({ x, y }, [width, height]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/**
 * Whether two boxes of the screen meet.
 * @param {ScreenBox} a
 * @param {ScreenBox} b
 */
export const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * Degrees from a point to a box, a degree of longitude counted as wide as it is there.
 * @param {GlobeBox} box
 * @param {{ lat: number, lng: number }} point
 */
export const measureGap = ([south, west, north, east], { lat, lng }) => {
  const up = Math.max(south - lat, 0, lat - north);
  const across = Math.max(west - lng, 0, lng - east) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(up, across);
};

/**
 * Whether any of a box is in a view.
 * @param {GlobeBox} box
 * @param {GlobeBox} view
 */
export const isInSight = ([south, west, north, east], view) => south <= view[2] && north >= view[0] && west <= view[3] && east >= view[1];

/**
 * A number, or the nearer end of its range.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.max(low, Math.min(value, high));
