/** An origin as a point, with its circle. */

/** @import { Circle } from "../types/payloads" */

const SHAPE = { pane: "bc-route", interactive: false, className: "bc-drawn" };
const POINT = { pane: "markerPane", interactive: false, radius: 6, className: "bc-origin" };

/**
 * @param {Circle} circle
 * @returns {L.Path[]}
 */
export const drawCircle = ([lat, lng, radius]) => [L.circle([lat, lng], { ...SHAPE, radius }), L.circleMarker([lat, lng], POINT)];
