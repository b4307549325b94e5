/** Where an aim leads, in what the legend and the credit leave free of the map. */

/** @import { Aim, Corners, Offset } from "./machine.js" */

/** Below this width (as in biocarto.css) the buttons lie in a row. */
const NARROW = 480;

/** Room above bounds for their name, which steps over symbols in its way. */
const ABOVE = 36;

/** @param {Corners} corners */
const toBounds = ([[south, west], [north, east]]) => L.latLngBounds([south, west], [north, east]);

/** What the legend and the credit cover at the foot, at most this part of the map's height. @type {(map: L.Map, part: number) => number} */
export const footHeight = (map, part) => Math.min(map.biocarto.foot.offsetHeight, map.getSize().y / part);

/** What the row of buttons covers at the top, with a hand's breadth for a symbol that stands aside. @type {(map: L.Map) => number} */
const barHeight = (map) => (map.getSize().x < NARROW ? 64 : 0);

/**
 * Look where an aim says, at once.
 * @param {L.Map} map
 * @param {Aim} aim
 */
export const fitTo = (map, aim) => {
  if (aim.kind === "peers") return fitPeers(map);
  if (aim.kind === "point") return void map.setView([aim.at[0], aim.at[1]], aim.at[2], { reset: true });
  const bounds = aim.kind === "page" ? map.biocarto.bounds : toBounds(aim.bounds);
  if (aim.kind === "bounds" && aim.wide) return fitWide(map, bounds);
  fitWhole(map, bounds, aim.kind === "bounds" && aim.named ? ABOVE : 0);
};

/** Between the buttons of a narrow map and its foot; `above` is what the bounds need over them. @type {(map: L.Map, bounds: L.LatLngBounds, above: number) => void} */
const fitWhole = (map, bounds, above) => {
  const { compact } = map.biocarto.config;
  const edge = compact ? 2 : 8;
  const buttons = compact ? 0 : barHeight(map);
  const below = compact ? 12 : footHeight(map, 3);
  map.fitBounds(bounds, { paddingTopLeft: [edge, edge + Math.max(buttons, above)], paddingBottomRight: [edge, edge + below], animate: false });
};

/** With room for the names of what stands at the edges. @type {(map: L.Map, bounds: L.LatLngBounds) => void} */
const fitWide = (map, bounds) => {
  const above = Math.max(40, barHeight(map) + 14);
  map.fitBounds(bounds, { paddingTopLeft: [40, above], paddingBottomRight: [60, 34 + footHeight(map, 3)], maxZoom: 7, animate: false });
};

/**
 * The closest zoom at which the largest of the compared territories is whole above the legend: every map finds the same.
 * @param {L.Map} map
 */
const fitPeers = (map) => {
  const { sync } = map.biocarto;
  if (!sync) return;
  const below = footHeight(map, 2);
  sync.zoom = Math.min(...sync.boxes.map((box) => map.getBoundsZoom(box, false, L.point(32, 32 + below))));
  sync.centre = map.unproject(map.project(sync.boxes[0].getCenter(), sync.zoom).add([0, below / 2]), sync.zoom);
  map.setView(sync.centre, sync.zoom, { animate: false });
};

/**
 * How far a compared map is from its own territory.
 * @param {L.Map} map
 * @returns {Offset | null}
 */
export const measureOffset = (map) => {
  const { sync } = map.biocarto;
  if (!sync) return null;
  const { x, y } = map.project(map.getCenter(), 0).subtract(map.project(sync.centre, 0));
  return { x, y, zoom: map.getZoom() - sync.zoom };
};

/**
 * Look as far from one's own territory as another map does from its own.
 * @param {L.Map} map
 * @param {Offset} offset
 */
export const followOffset = (map, { x, y, zoom }) => {
  const { sync } = map.biocarto;
  if (!sync) return;
  map.stop();
  map.setView(map.unproject(map.project(sync.centre, 0).add([x, y]), 0), sync.zoom + zoom, { animate: false });
};
