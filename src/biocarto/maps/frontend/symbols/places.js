/** Columns of the actors' payload, decoded, with one way to ask about a row. */
import { make } from "../core/dom.js";
import { writeCount } from "../core/emit.js";
import { makeEntry } from "../core/legend.js";
import { drawing, drawShape } from "./shapes.js";

/** @import { GlobeBox } from "../geometry/boxes.js" */
/** @import { ActorsPayload, Held } from "../types/payloads" */

/** Coordinates travel as whole numbers of so many parts of a degree. */
export const SCALE = 1e5;

/** @param {string} text */
const decodeBytes = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
};

/** @param {string} text */
const decodeNumbers = (text) => new Int32Array(decodeBytes(text).buffer);

/** @param {Iterable<number>} numbers */
export const addUp = (numbers) => {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
};

export class Places {
  /** @param {ActorsPayload} payload */
  constructor(payload) {
    this.payload = payload;
    this.size = payload.size;
    this.lat = decodeNumbers(payload.lat);
    this.lon = decodeNumbers(payload.lon);
    this.group = decodeBytes(payload.group);
    this.rows = decodeNumbers(payload.rows);
    this.apart = new Set(payload.apart ?? []);
    this.labels = payload.labels === undefined ? null : payload.labels.split("\n");
    this.width = payload.groups.length;
    const rings = decodeNumbers(payload.rings);
    /** Counts of the rows of several actors. @type {Map<number, Int32Array>} */
    this.ringOf = new Map();
    this.rows.forEach((row, i) => this.ringOf.set(row, rings.subarray(i * this.width, (i + 1) * this.width)));
    /** Who they are, where that is known. @type {Map<number, readonly Held[]>} */
    this.heldBy = new Map((payload.held ?? []).map((held, i) => [this.rows[i], held]));
  }

  /** @param {number} row */
  latlng(row) {
    return L.latLng(this.lat[row] / SCALE, this.lon[row] / SCALE);
  }

  /** @param {number} row */
  counts(row) {
    return this.ringOf.get(row);
  }

  /** @param {number} row */
  total(row) {
    const counts = this.counts(row);
    return counts ? addUp(counts) : 1;
  }

  /** What a tap on a row means. @param {number} row */
  target(row) {
    const { ids, actors = {} } = this.payload;
    if (actors[row]) return { type: "actor", id: actors[row] };
    return { type: "place", id: ids ? ids[row] : String(row) };
  }

  /** @param {number} row */
  isSelected(row) {
    const { selected, ids, actors = {} } = this.payload;
    return selected !== "" && (actors[row] === selected || (ids ? ids[row] === selected : String(row) === selected));
  }

  /** The groups that some counts hold. @param {Iterable<number>} counts */
  present(counts) {
    const { groups } = this.payload;
    return Array.from(counts, (n, group) => ({ group, n, label: groups[group].label })).filter(({ n }) => n > 0);
  }

  /** Every place as a box of no size. @returns {GlobeBox[]} */
  boxes() {
    return Array.from(this.lat, (lat, row) => [lat / SCALE, this.lon[row] / SCALE, lat / SCALE, this.lon[row] / SCALE]);
  }

  /** @param {number} row */
  label(row) {
    return this.labels ? this.labels[row] : "";
  }

  /** Whether the actors of some rows can be told by name. @param {number[]} rows */
  knowsNames(rows) {
    return rows.length > 1 ? this.labels !== null : this.heldBy.has(rows[0]);
  }

  /** The actors of some rows, by kind and name; a place of several whose names are not known stands for them. @type {(rows: number[]) => Entry[]} */
  listEntries(rows) {
    const found = rows.flatMap((row) => this.listAt(row));
    return found.sort((a, b) => a.group - b.group || a.name.localeCompare(b.name, this.payload.lang));
  }

  /** @type {(row: number) => Entry[]} */
  listAt(row) {
    const held = this.heldBy.get(row);
    if (held) return held.map(([id, name, group, apart]) => ({ type: "actor", id, name, group, apart: apart === 1 }));
    const total = this.total(row);
    const name = total > 1 ? `${this.label(row)} (${total})` : this.label(row);
    return [{ ...this.target(row), name, group: this.group[row], apart: this.apart.has(row) }];
  }

  /** Counts per group over some rows. @param {number[]} rows */
  sum(rows) {
    const counts = new Int32Array(this.width);
    for (const row of rows) {
      const own = this.counts(row);
      if (own) for (let group = 0; group < own.length; group++) counts[group] += own[group];
      else counts[this.group[row]] += 1;
    }
    return counts;
  }

  /** What some rows hold, in words: a name, a total, and the groups present with their counts. @type {(rows: number[], map: L.Map) => Description} */
  describe(rows, map) {
    const { words } = this.payload;
    const counts = this.sum(rows);
    const total = addUp(counts);
    const others = rows.length > 1 ? words.gathered.replace("{n}", writeCount(map, rows.length)) : "";
    return {
      name: this.label(rows[0]),
      others,
      hint: map.biocarto.config.compact ? "" : this.hint(rows),
      total: total > 1 ? `${writeCount(map, total)} ${words.many}` : "",
      present: this.present(counts),
    };
  }

  /** What a tap does. @param {number[]} rows */
  hint(rows) {
    const { words } = this.payload;
    if (rows.length > 1) return words.closer;
    return this.knowsNames(rows) ? words.unfold : "";
  }

  /** The name of some rows for ears. @type {(rows: number[], map: L.Map) => string} */
  spoken(rows, map) {
    const { name, others, total, present } = this.describe(rows, map);
    const groups = total ? `${total} (${present.map(({ label, n }) => `${label} ${n}`).join(", ")})` : present[0].label;
    return [name, others, groups].filter(Boolean).join(", ");
  }

  /** What the tooltip of some rows shows. @type {(rows: number[], map: L.Map) => HTMLElement[]} */
  tip(rows, map) {
    const { name, others, hint, total, present } = this.describe(rows, map);
    const lines = [make("strong", "", others ? `${name}…` : name), make("span", "", others), make("span", "", total)];
    const groups = present.map(({ group, n, label }) => {
      const entry = makeEntry(drawing([drawShape(this.payload.groups, group, 5)], 8), label);
      if (total) entry.append(make("b", "", writeCount(map, n)));
      return entry;
    });
    return [...lines, ...groups, make("em", "", hint)].filter(({ textContent }) => textContent);
  }
}

/** @typedef {{ name: string, others: string, hint: string, total: string, present: { group: number, n: number, label: string }[] }} Description */
/** One line of what a ring holds; `apart`: it is not present. @typedef {{ type: string, id: string, name: string, group: number, apart: boolean }} Entry */
