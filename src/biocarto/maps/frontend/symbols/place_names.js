/** Names of what the symbols are: campuses once their symbols stand alone, actors when one is close. */

/** @import { MapName } from "../ground/names.js" */
/** @import { Places } from "./places.js" */

/** Where a symbol stands, in pixels of the layer, and how large it is. @typedef {{ rows: number[], point: L.Point, r: number, total: number }} Standing */

/** What places that are campuses, parks and hospitals are called by; a commune is named by the ground. */
const CAMPUS = "site-";
/** Pixels between a symbol, its outline included, and its name. */
const MARGIN = 2;
/** A campus of at least so many is named from farther away. */
const GREAT = 6;
/** First zooms and ranks: great campuses come before towns, others after them, actors before stations. */
const NAMED = { great: { rank: 15, from: 10 }, campus: { rank: 25, from: 11.2 }, actor: { rank: 28, from: 12.9 } };

/** @type {(places: Places, row: number, total: number) => keyof typeof NAMED | null} */
const findKind = (places, row, total) => {
  if (places.target(row).type === "actor") return "actor";
  if (!places.payload.ids?.[row]?.startsWith(CAMPUS)) return null;
  return total >= GREAT ? "great" : "campus";
};

/**
 * The names of symbols of one place each, beside them where they stand now.
 * @type {(map: L.Map, places: Places, symbols: readonly Standing[]) => MapName[]}
 */
export const listPlaceNames = (map, places, symbols) =>
  symbols.flatMap(({ rows, point, r, total }, i) => {
    const kind = rows.length === 1 && !map.biocarto.config.compact ? findKind(places, rows[0], total) : null;
    const text = kind ? places.label(rows[0]) : "";
    if (!kind || !text) return [];
    const { lat, lng } = map.layerPointToLatLng(point);
    const { rank, from } = NAMED[kind];
    return [{ text, at: [lat, lng], kind: kind === "great" ? "campus" : kind, beside: r + MARGIN, rank: rank + i / 1e4, from }];
  });
