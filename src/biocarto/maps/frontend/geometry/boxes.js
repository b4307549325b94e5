/** Boxes on the screen and on the globe: whether two of them meet, and how far a point is from one. */

/**
 * A box of the globe: south, west, north, east in degrees.
 * @typedef {readonly [number, number, number, number]} GlobeBox
 */

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
