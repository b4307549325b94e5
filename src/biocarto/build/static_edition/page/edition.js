/* Static edition: what every page works with, made once of the document's data; and what the state asks of that data. */

import { FacetQuery } from "./facets.js";
import { MapFrames } from "./map_frames.js";
import { NumberWriter } from "./numbers.js";
import { readPayload } from "./payload.js";
import { ActorSearch } from "./search.js";
import { PageState } from "./state.js";

/**
 * @import { Payload, Place, Rows } from "./payload.js"
 * @import { Filters } from "./facets.js"
 */

/**
 * What every page works with.
 * @typedef {object} Edition
 * @property {Payload} payload
 * @property {PageState} state
 * @property {ActorSearch} search
 * @property {FacetQuery} facets
 * @property {NumberWriter} numbers
 * @property {MapFrames} maps
 */

/** Name of a page in the address, as `document.PAGES` has them. */
export const PAGES = { overview: "", region: "ile-de-france", directory: "annuaire", tour: "bioproduction-tour" };

/** What the app is asked in addresses and this edition cannot answer: a place, a drawing, a year of the past. */
const ABSENT = ["near", "area", "etat"];

/**
 * The edition of this document.
 * @returns {Edition}
 */
export function createEdition() {
  const payload = readPayload(document);
  const search = new ActorSearch(payload.search, payload.rows);
  return {
    payload,
    search,
    state: new PageState(payload.lang, payload.files, window),
    facets: new FacetQuery(payload, search),
    numbers: new NumberWriter(payload.lang),
    maps: new MapFrames(payload.maps),
  };
}

/**
 * The row of the actor in the address, under its present or a former id; -1 for none.
 * @param {Rows} rows
 * @param {PageState} state
 * @returns {number}
 */
export function findActorRow({ ids, redirects }, state) {
  const id = state.readValue("actor");
  return ids.indexOf(Object.hasOwn(redirects, id) ? redirects[id] : id);
}

/**
 * The number of the place in the address, -1 for none.
 * @param {Place[]} places
 * @param {PageState} state
 * @returns {number}
 */
export function findPlaceNumber(places, state) {
  return places.findIndex(([id]) => id === state.readValue("place"));
}

/**
 * What the address asks: only values that exist.
 * @param {Pick<Edition, "state" | "facets" | "search">} edition
 * @returns {Filters}
 */
export function readFilters({ state, facets, search }) {
  const codes = facets.names.map((name) => [name, state.readValues(name).filter((code) => facets.hasValue(name, code))]);
  return { codes: Object.fromEntries(codes), q: search.cleanText(state.readValue("q")) };
}

/**
 * Values of the address that mean nothing (any more), by name.
 * @param {Pick<Edition, "payload" | "state" | "facets">} edition
 * @param {ReadonlySet<string>} pages
 * @returns {string[]}
 */
export function listUnknown({ payload, state, facets }, pages) {
  const values = [...facets.names, ...ABSENT].flatMap((name) => state.readValues(name).map((code) => ({ name, code })));
  const unknown = values.filter(({ name, code }) => !facets.hasValue(name, code)).map(({ name, code }) => `${name} = ${code}`);
  const actor = state.readValue("actor");
  if (actor && findActorRow(payload.rows, state) < 0) unknown.push(`actor = ${actor}`);
  if (!pages.has(state.page)) unknown.push(state.page);
  return unknown;
}
