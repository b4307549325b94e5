/** Lines as `territory/ground.py` packs them: a position, then steps, in parts of a degree, longitude first. */

/**
 * The positions of a packed line, latitude first.
 * @param {readonly number[]} line
 * @param {number} scale parts of a degree
 * @returns {[number, number][]}
 */
export const unpackLine = (line, scale) => {
  let [lon, lat] = [0, 0];
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i < line.length; i += 2) {
    lon += line[i];
    lat += line[i + 1];
    points.push([lat / scale, lon / scale]);
  }
  return points;
};
