/** Names of the ground, as the engine for names takes them: what is greater comes first, and from a farther zoom. */
import { unpackLine } from "./packed_lines.js";

/** @import { GroundFile } from "./detail.js" */
/** @import { MapName } from "./names.js" */

/** By the class of a river's width, the smallest first. */
const RIVERS = [{ rank: 28, from: 10.4 }, { rank: 19, from: 8 }, { rank: 11.5, from: 6.6 }];
/** Trains and RER, metro, tram: half of the mark, and the first zoom that names it. */
const STATIONS = [{ rank: 30, from: 11.4, beside: 5 }, { rank: 40, from: 13, beside: 4 }, { rank: 50, from: 14, beside: 4 }];
/** Towns that are named before this zoom are great ones. */
const GREAT = 10.4;
/** The zoom from which towns are what is in view. */
const NEAR = 10;

/** @param {GroundFile} file @returns {MapName[]} */
export const listRiverNames = ({ scale, rivers = [] }) =>
  rivers.filter(({ lines }) => lines.some((line) => line.length)).map(({ name, width, lines }) => {
    const unpacked = lines.filter((line) => line.length).map((line) => unpackLine(line, scale));
    return { text: name, at: unpacked[0][0], lines: unpacked, kind: "river", ...RIVERS[width - 1] };
  });

/** While whole departments are in view, towns come after them. @param {GroundFile} file @returns {MapName[]} */
export const listTownNames = ({ towns = [] }) =>
  towns.flatMap(([text, lat, lon, from], i) => {
    /** @type {MapName} */
    const name = { text, at: [lat, lon], from, rank: 20 + from / 10 + i / 1e5, kind: from < GREAT ? "city" : "town" };
    return from < NEAR ? [{ ...name, to: NEAR - 0.01, kind: "landmark" }, { ...name, from: NEAR }] : [name];
  });

/** @param {GroundFile} file @returns {MapName[]} */
export const listStationNames = ({ stations = [] }) =>
  stations.map(([text, lat, lon, kind], i) => ({ text, at: [lat, lon], kind: "station", ...STATIONS[kind], rank: STATIONS[kind].rank + i / 1e4 }));

/**
 * An arrondissement as a person names it: "13e", "1er" in French, "13th" in English.
 * @type {(number: number, lang: string | undefined) => string}
 */
export const nameDistrict = (number, lang) => {
  if (lang !== "en") return number === 1 ? "1er" : `${number}e`;
  const tens = number % 100 > 10 && number % 100 < 14;
  return `${number}${(!tens && ["th", "st", "nd", "rd"][number % 10]) || "th"}`;
};
