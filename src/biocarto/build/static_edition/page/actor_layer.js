/* Static edition: the layer of actors for some rows, as `maps/actors.py` makes it of `analysis/places.py`. */

import { cleanLabel } from "./words.js";

/**
 * @import { Area, Held } from "../../../maps/frontend/types/payloads"
 * @import { Payload, Place } from "./payload.js"
 */

/**
 * A place with its actors: their rows, and how many there are of each group.
 * @typedef {object} HeldPlace
 * @property {Place} place
 * @property {number[]} rows
 * @property {number[]} counts
 */

/**
 * Whole numbers as base64 of a typed array, little-endian as every computer of today has them.
 * @param {number[]} values
 * @param {Int32ArrayConstructor | Uint8ArrayConstructor} Type
 * @returns {string}
 */
function encodeNumbers(values, Type) {
  const bytes = new Uint8Array(Type.from(values).buffer);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * A place without an actor yet.
 * @param {Place} place
 * @param {number} groups how many there are
 * @returns {HeldPlace}
 */
function makeHeldPlace(place, groups) {
  return { place, rows: [], counts: new Array(groups).fill(0) };
}

/**
 * The places of some rows, in their order.
 * @param {Payload} payload
 * @param {number[]} selected
 * @returns {HeldPlace[]}
 */
function groupByPlace({ rows, places, actors }, selected) {
  /** @type {Map<number, HeldPlace>} */
  const held = new Map();
  for (const row of [...selected].sort((a, b) => a - b)) {
    const number = rows.place[row];
    const here = held.get(number) ?? makeHeldPlace(places[number], actors.groups.length);
    held.set(number, here);
    here.rows.push(row);
    here.counts[rows.group[row]] += 1;
  }
  return [...held].sort(([a], [b]) => a - b).map(([, here]) => here);
}

/**
 * Actors of whom only an area is known: they stand beside the map.
 * @param {Payload} payload
 * @param {HeldPlace} area
 * @returns {Area}
 */
function describeArea({ texts }, { place: [id, name], counts }) {
  const label = cleanLabel(texts.unknownDistrict.replace("{place}", () => name));
  return { id, name: label, counts, department: id.replace("commune-", "").slice(0, 2) };
}

/**
 * What stands beside a symbol: the name of its actor, or that of the place of several.
 * @param {Payload} payload
 * @param {HeldPlace} here
 */
function labelPlace({ rows: { names } }, { place: [, name], rows: [first, ...others] }) {
  return cleanLabel(others.length ? name : names[first]);
}

/**
 * An actor of a place of several.
 * @param {Payload} payload
 * @param {number} row
 * @returns {Held}
 */
function describeHeld({ rows: { ids, names, group, apart } }, row) {
  return [ids[row], cleanLabel(names[row]), group[row], apart[row]];
}

/**
 * The columns of the symbols.
 * @param {Payload} payload
 * @param {HeldPlace[]} held
 */
function encodeSymbols(payload, held) {
  const { ids, apart } = payload.rows;
  const several = [...held.keys()].filter((i) => held[i].rows.length > 1);
  const single = held.flatMap(({ rows }, i) => (rows.length === 1 ? [[i, ids[rows[0]]]] : []));
  return {
    size: held.length,
    lat: encodeNumbers(held.map(({ place }) => Number(place[2])), Int32Array),
    lon: encodeNumbers(held.map(({ place }) => Number(place[3])), Int32Array),
    group: encodeNumbers(held.map(({ counts }) => counts.indexOf(Math.max(...counts))), Uint8Array),
    rows: encodeNumbers(several, Int32Array),
    rings: encodeNumbers(several.flatMap((i) => held[i].counts), Int32Array),
    ids: held.map(({ place }) => place[0]),
    actors: Object.fromEntries(single),
    held: several.map((i) => held[i].rows.map((row) => describeHeld(payload, row))),
    labels: held.map((here) => labelPlace(payload, here)).join("\n"),
    apart: [...held.keys()].filter((i) => held[i].rows.every((row) => apart[row])),
  };
}

/**
 * How many actors stand at a point of their own.
 * @param {HeldPlace[]} held
 */
function countPoints(held) {
  /** @type {(wanted: string) => number} */
  const count = (wanted) => held.reduce((sum, { place: [, , , , precision], rows }) => sum + (precision === wanted ? rows.length : 0), 0);
  return { in_street: count("in_street"), street: count("street") };
}

/**
 * The layer of actors for some rows.
 * @param {Payload} payload
 * @param {number[]} selected rows
 * @param {{selected?: string, legend?: boolean}} [options] the place that stands out; whether the legend has a part on them
 */
export function buildActorLayer(payload, selected, { selected: place = "", legend = true } = {}) {
  const held = groupByPlace(payload, selected);
  const areas = held.filter((here) => here.place[2] === null);
  const others = held.filter((here) => here.place[2] !== null);
  return {
    ...payload.actors,
    ...encodeSymbols(payload, others),
    areas: areas.map((area) => describeArea(payload, area)),
    points: countPoints(held),
    apartTotal: selected.filter((row) => payload.rows.apart[row]).length,
    selected: place,
    legend,
  };
}
