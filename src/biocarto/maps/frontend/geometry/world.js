/**
 * Pixels of the whole world at one zoom, in which shapes are drawn once. They keep their distance from the middle of the map's bounds,
 * because SVG counts in 32-bit floats.
 */

/** The zoom that shapes are drawn for. */
export const REF = 12;
const WORLD = 256 * 2 ** REF;

/** @param {number} lon degrees */
export const worldX = (lon) => ((lon + 180) / 360) * WORLD;
/** @param {number} lat degrees */
export const worldY = (lat) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * WORLD;

/**
 * Where the map's own pixels begin.
 * @param {L.Map} map
 * @returns {[number, number]}
 */
export const findOrigin = (map) => {
  const centre = map.biocarto.bounds.getCenter();
  return [worldX(centre.lng), worldY(centre.lat)];
};

/**
 * A position in the map's own pixels.
 * @param {L.Map} map
 * @param {readonly [number, number]} at
 * @returns {[number, number]}
 */
export const toLocal = (map, [lat, lng]) => {
  const [x0, y0] = findOrigin(map);
  return [worldX(lng) - x0, worldY(lat) - y0];
};

/**
 * How many pixels a degree of longitude has at the map's zoom.
 * @param {L.Map} map
 */
export const degreeWidth = (map) => (256 * 2 ** map.getZoom()) / 360;

/**
 * How many of the map's own pixels one of the screen has at its zoom.
 * @param {L.Map} map
 */
export const findUnit = (map) => 2 ** (REF - map.getZoom());

/**
 * A point of the map's layers in the map's own pixels.
 * @param {L.Map} map
 * @param {{ x: number, y: number }} point
 * @returns {[number, number]}
 */
export const layerToLocal = (map, { x, y }) => {
  const [x0, y0] = findOrigin(map);
  const { x: left, y: top } = map.getPixelOrigin();
  const unit = findUnit(map);
  return [(x + left) * unit - x0, (y + top) * unit - y0];
};

/**
 * The other way.
 * @param {L.Map} map
 * @param {readonly [number, number]} local
 * @returns {{ x: number, y: number }}
 */
export const localToLayer = (map, [x, y]) => {
  const [x0, y0] = findOrigin(map);
  const { x: left, y: top } = map.getPixelOrigin();
  const unit = findUnit(map);
  return { x: (x + x0) / unit - left, y: (y + y0) / unit - top };
};
