/* Static edition: what the document holds for its scripts, as `payload.py` wrote it. A row is the number of an actor in the columns of `Rows`. */

/** @import { ActorsPayload, BaseConfig, ChoroplethPayload, TourPayload } from "../../../maps/frontend/types/payloads" */

/**
 * Id, name, latitude and longitude in 1e-5 degree (null where only an area is known), precision.
 * @typedef {[id: string, name: string, latitude: number | null, longitude: number | null, precision: string]} Place
 */

/**
 * The actors, as columns.
 * @typedef {object} Rows
 * @property {string[]} ids
 * @property {string[]} names
 * @property {number[]} place number of the place in `places`
 * @property {number[]} group number of the group in `groups`
 * @property {string[]} kind
 * @property {(0 | 1)[]} apart 1 where the actor is not present
 * @property {number[]} organisation a number per distinct organisation
 * @property {number[]} order rank by name
 * @property {Record<string, string>} redirects former id -> present id
 */

/**
 * A facet: its values, and which of them each row has.
 * @typedef {object} Facet
 * @property {string} label
 * @property {string[]} codes of its values, sorted
 * @property {string[]} labels of its values
 * @property {number[]} ranks values of a lower rank stand first
 * @property {number[][]} held numbers of the values of each row
 */

/**
 * The index that `search.py` built. Word number n stands in the rows `rows[starts[n]]` to `rows[starts[n + 1] - 1]`.
 * @typedef {object} SearchIndex
 * @property {string} words sorted, folded, with a space between them
 * @property {number[]} starts one more than there are words
 * @property {number[]} rows
 * @property {number[]} weights beside `rows`: that of the best field in which the word stands
 * @property {Record<string, number[]>} names a whole name, folded -> its rows
 * @property {Record<string, string[]>} also stem of a word -> stems of words that answer it too
 * @property {string[]} silent words that say nothing
 * @property {number} longest characters that are read
 * @property {number} mostWords words that are read
 * @property {number} nameWeight weight of a name
 */

/**
 * What stands after one, and after several.
 * @typedef {[one: string, many: string]} Forms
 */

/**
 * Words of the pages, in the language of the document.
 * @typedef {object} Texts
 * @property {Forms} sites
 * @property {Record<string, Forms>} kinds
 * @property {Forms} actorSites
 * @property {string} of
 * @property {string} and
 * @property {Record<string, string>} placeNotes precision of a place -> what to say of it
 * @property {string} unknownDistrict with `{place}`
 * @property {string} remove
 * @property {string} wholeList
 * @property {string} outside
 * @property {string} unknown with `{values}`
 */

/**
 * Everything for one language.
 * @typedef {object} Payload
 * @property {string} lang
 * @property {Record<string, string>} files language -> the document in that language
 * @property {Texts} texts
 * @property {Record<string, BaseConfig>} maps
 * @property {TourPayload} tour
 * @property {Record<string, string>} clusterStages id of a cluster -> id of its first stage
 * @property {ActorsPayload} actors
 * @property {Record<string, ChoroplethPayload>} choropleths `<level>-<measure>` -> layer
 * @property {Record<string, Record<string, string>>} territories level -> code -> name
 * @property {string[]} groups keys of the groups of actors
 * @property {Place[]} places
 * @property {Rows} rows
 * @property {Record<string, Facet>} facets
 * @property {string} counted the status that is counted, and shown before anything is chosen
 * @property {string} old the value of `source_year` for pages that are too old to say who is present
 * @property {SearchIndex} search
 */

/**
 * The data of a document.
 * @param {Document} page
 * @returns {Payload}
 */
export function readPayload(page) {
  return JSON.parse(page.getElementById("data")?.textContent ?? "");
}
