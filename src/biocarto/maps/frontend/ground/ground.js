/** The ground of a map: its boundaries, lowest first; a missing file is said in the map. */
import { svg } from "../core/dom.js";
import { reportDrawn } from "../core/emit.js";
import { loadShapes } from "./boundaries.js";
import { drawDetail } from "./detail.js";
import { Labels } from "./labels.js";
import { Vector } from "./vector.js";

/** One boundary file of the ground: where its land and its lines go. @typedef {{ key: string, fill: SVGGElement, line: SVGGElement }} Part */

/** @type {(map: L.Map, part: Part, isLowest: boolean) => Promise<void>} */
const drawPart = async (map, { key, fill, line }, isLowest) => {
  const shapes = await loadShapes(map, key);
  const d = shapes.filter((shape) => !shape.frame).map((shape) => shape.d).join("");
  if (isLowest) fill.append(svg("path", { d, class: "bc-land" }));
  line.append(svg("path", { d, class: `bc-line bc-line-${key}` }));
  const frames = shapes.filter((shape) => shape.frame).map((shape) => shape.d).join("");
  if (frames) line.append(svg("path", { d: frames, class: "bc-frame" }));
  if (key !== "region" && !map.biocarto.config.compact) new Labels(shapes, key).addTo(map);
};

/**
 * Draw the boundaries of a map.
 * @param {L.Map} map
 */
export const drawGround = (map) => {
  const { ground } = map.biocarto.config;
  const fills = new Vector("bc-ground").addTo(map);
  const lines = new Vector("bc-lines").addTo(map);
  const parts = ground.map((key) => ({ key, fill: svg("g"), line: svg("g") }));
  fills.root.append(...parts.map(({ fill }) => fill));
  lines.root.append(...parts.map(({ line }) => line));
  map.biocarto.drawGround = async () => {
    const waiting = parts.filter(({ line }) => !line.childNodes.length);
    await Promise.allSettled(waiting.map((part) => drawPart(map, part, part === parts[0])));
    if (parts.every(({ line }) => line.childNodes.length)) reportDrawn(map, "ground", ground.length);
    else map.biocarto.failed = true;
  };
  return map.biocarto.drawGround().then(() => drawDetail(map, lines));
};

/**
 * Ask again for what of the ground could not be read.
 * @param {L.Map} map
 */
export const retryGround = (map) => {
  if (!map.biocarto.failed) return;
  map.biocarto.failed = false;
  map.biocarto.drawGround?.();
};
