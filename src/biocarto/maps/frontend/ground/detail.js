/** What lets people recognise a map: rivers, rail, stations and towns. It comes when the ground is drawn, and more of it as one goes closer. */
import { reportDrawn } from "../core/emit.js";
import { reportMissing } from "../core/tooltip.js";
import { readLayerFile } from "./boundaries.js";
import { GroundLines } from "./ground_lines.js";
import { listRiverNames, listStationNames, listTownNames } from "./ground_names.js";
import { putNames } from "./names.js";

/** @import { Vector } from "./vector.js" */

/** A line packed by `territory/ground.py`: longitude and latitude, then steps, in parts of a degree. @typedef {readonly number[]} PackedLine */
/**
 * One file of the ground; each part may be missing.
 * @typedef {object} GroundFile
 * @property {number} scale parts of a degree
 * @property {{ name: string, width: number, lines: PackedLine[] }[]} [rivers]
 * @property {{ kind: number, lines: PackedLine[] }[]} [rail]
 * @property {[name: string, lat: number, lon: number, kind: number][]} [stations]
 * @property {[name: string, lat: number, lon: number, zoom: number][]} [towns]
 */

/** @param {() => void} act */
const whenIdle = (act) => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 1500 }) : setTimeout(act, 200));

/** A small map has its rivers, and no names. @type {(map: L.Map, key: string, lines: GroundLines, file: GroundFile) => void} */
const drawFile = (map, key, lines, file) => {
  lines.add(file);
  if (map.biocarto.config.compact) return;
  putNames(map, `rivers ${key}`, listRiverNames(file));
  putNames(map, `towns ${key}`, listTownNames(file));
  putNames(map, `stations ${key}`, listStationNames(file));
};

/**
 * Draw what stands between the land and the data, each file from its zoom on; one that cannot be read is said in the map, and asked for at the next zoom.
 * @param {L.Map} map
 * @param {Vector} vector the lines of the ground
 */
export const drawDetail = (map, vector) => {
  const { detail } = map.biocarto.config;
  const lines = new GroundLines(map, vector);
  /** @type {Set<string>} */
  const asked = new Set();
  let drawn = 0;
  /** @param {string} key */
  const draw = async (key) => {
    const file = await readLayerFile(map, key).catch((error) => {
      asked.delete(key);
      throw error;
    });
    drawFile(map, key, lines, /** @type {GroundFile} */ (file));
    reportMissing(map, key, false);
    reportDrawn(map, "detail", ++drawn);
  };
  const look = () => {
    for (const [key, from] of detail) {
      if (asked.has(key) || map.getZoom() < from) continue;
      asked.add(key);
      draw(key).catch(() => reportMissing(map, key, true));
    }
  };
  map.on("zoomend", look);
  whenIdle(look);
};
