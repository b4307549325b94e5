/** Boundary files: asked for once per page, and what can be drawn of them worked out once per map. */
import { reportMissing } from "../core/tooltip.js";
import { findOrigin, worldX, worldY } from "../geometry/world.js";

/** @import { Shape } from "../types/map" */

/**
 * @typedef {readonly [number, number]} LonLat
 * @typedef {{ type: "Polygon", coordinates: LonLat[][] } | { type: "MultiPolygon", coordinates: LonLat[][][] }} Geometry
 * @typedef {{ properties: { code: string, name: string, kind?: string, inset?: boolean }, geometry: Geometry }} Feature
 * @typedef {{ features: Feature[], frames?: Feature[] }} Collection
 */

/** How a boundary file is read. @type {{ read: (url: string) => Promise<unknown> }} */
const reader = {
  read: async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.json();
  },
};

/**
 * The static edition has no server to ask, and puts its own way here.
 * @param {(url: string) => Promise<unknown>} read
 */
export const setReader = (read) => {
  reader.read = read;
};

/** Files by their address; one that failed is asked for again by the next layer. @type {Map<string, Promise<unknown>>} */
const files = new Map();

/**
 * One file that was made of the layers, asked for once.
 * @type {(map: L.Map, key: string) => Promise<unknown>}
 */
export const readLayerFile = (map, key) => {
  const url = map.biocarto.config.boundaries[key];
  if (!url) return Promise.reject(new Error(`no boundary file: ${key}`));
  const asked = files.get(url) ?? reader.read(url);
  files.set(url, asked);
  asked.catch(() => files.delete(url));
  return asked;
};

/** @param {Geometry} geometry */
const listPolygons = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : []);

/** The outline of a feature as SVG path data, in the map's own pixels. @type {(feature: Feature, x0: number, y0: number) => string} */
const writeOutline = (feature, x0, y0) => {
  let text = "";
  for (const polygon of listPolygons(feature.geometry)) {
    for (const ring of polygon) {
      const points = ring.slice(0, -1).map(([lon, lat]) => `${(worldX(lon) - x0).toFixed(2)} ${(worldY(lat) - y0).toFixed(2)}`);
      text += `M${points.join("L")}z`;
    }
  }
  return text;
};

/** South, west, north and east of a feature. @type {(feature: Feature) => Shape["box"]} */
const measureBox = (feature) => {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of listPolygons(feature.geometry).flatMap(([ring = []]) => ring)) {
    [south, west] = [Math.min(south, lat), Math.min(west, lon)];
    [north, east] = [Math.max(north, lat), Math.max(east, lon)];
  }
  return [south, west, north, east];
};

/** Where a parallel cuts a ring: longitudes from west to east. @type {(ring: LonLat[], lat: number) => number[]} */
const cutRing = (ring, lat) => {
  const cuts = [];
  for (let i = 1; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
    if (y1 > lat !== y2 > lat) cuts.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
  }
  return cuts.sort((a, b) => a - b);
};

/**
 * A point inside the largest part of a feature: the middle of its widest line among a few parallels.
 * @type {(feature: Feature) => Shape["label"]}
 */
const findLabelPoint = (feature) => {
  /** @type {Shape["label"]} */
  let best = { width: 0, at: null };
  for (const [ring = []] of listPolygons(feature.geometry)) {
    const lats = ring.map((point) => point[1]);
    const [low, high] = [Math.min(...lats), Math.max(...lats)];
    for (const lat of [0.4, 0.5, 0.6].map((part) => low + (high - low) * part)) {
      const cuts = cutRing(ring, lat);
      for (let i = 1; i < cuts.length; i += 2) {
        const [width, lon] = [cuts[i] - cuts[i - 1], (cuts[i] + cuts[i - 1]) / 2];
        if (width > best.width) best = { width, at: [lat, lon], head: [high, lon] };
      }
    }
  }
  return best;
};

/**
 * What can be drawn of one boundary file.
 * @param {L.Map} map
 * @param {string} key
 * @returns {Promise<Shape[]>}
 */
export const loadShapes = async (map, key) => {
  const { keep } = map.biocarto;
  const known = keep[key];
  if (known) return known;
  const [x0, y0] = findOrigin(map);
  const { features, frames = [] } = /** @type {Collection} */ (await readLayerFile(map, key).catch((error) => {
    reportMissing(map, key, true);
    throw error;
  }));
  reportMissing(map, key, false);
  keep[key] ??= [...features, ...frames].map((feature) => ({
    ...feature.properties,
    frame: feature.properties.kind === "frame",
    d: writeOutline(feature, x0, y0),
    box: measureBox(feature),
    label: findLabelPoint(feature),
  }));
  return keep[key];
};
