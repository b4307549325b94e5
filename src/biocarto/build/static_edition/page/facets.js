/* Static edition: which rows a question leaves, and what every value would leave (`query/facets.py` says how). */

/**
 * @import { Payload } from "./payload.js"
 * @import { ActorSearch } from "./search.js"
 */

/**
 * What is asked for: all facets, any value of each; a facet without values lets everything through.
 * @typedef {object} Filters
 * @property {Record<string, string[]>} codes facet -> codes of its values
 * @property {string} q words to search for
 */

/**
 * What is left of the rows, best or first by name; and facet -> how many rows each of its values would leave.
 * @typedef {object} Selection
 * @property {number[]} rows
 * @property {Record<string, number[]>} counts
 */

/**
 * Per row whether it is let through.
 * @typedef {boolean[]} Mask
 */

const STATUS = "status";
const YEAR = "source_year";

/** The facets of one document. */
export class FacetQuery {
  #payload;
  #search;
  /** @type {Map<string, Map<string, number>>} */
  #numbers;
  #present;

  /** Names of the facets, in the order of the page. */
  names;

  /**
   * @param {Payload} payload
   * @param {ActorSearch} search
   */
  constructor(payload, search) {
    this.#payload = payload;
    this.#search = search;
    this.names = Object.keys(payload.facets);
    this.#numbers = new Map(this.names.map((name) => [name, new Map(payload.facets[name].codes.map((code, i) => [code, i]))]));
    this.#present = this.#maskRows(STATUS, [payload.counted]);
  }

  /**
   * What is asked for where nothing is chosen.
   * @returns {Filters}
   */
  emptyFilters() {
    return { codes: Object.fromEntries(this.names.map((name) => [name, []])), q: "" };
  }

  /**
   * Whether a facet has a value.
   * @param {string} name
   * @param {string} code
   */
  hasValue(name, code) {
    return this.#numbers.get(name)?.has(code) ?? false;
  }

  /**
   * The answer to a question.
   * @param {Filters} filters
   * @returns {Selection}
   */
  selectRows(filters) {
    const scores = filters.q ? this.#search.scoreRows(filters.q) : null;
    const searched = this.#present.map((_, row) => !scores || scores[row] > 0);
    const masks = this.#maskFacets(filters);
    const counts = Object.fromEntries(this.names.map((name) => [name, this.#countValues(name, combineMasks(masks, searched, name))]));
    if (YEAR in counts) counts[YEAR] = this.#countYears(filters, searched);
    const { order } = this.#payload.rows;
    const rows = listTrue(combineMasks(masks, searched));
    rows.sort((a, b) => (scores ? scores[b] - scores[a] : 0) || order[a] - order[b]);
    return { rows, counts };
  }

  /**
   * Sites that a list may show: all where others than the present are asked for, else these.
   * @param {Filters} filters
   */
  countShowable(filters) {
    return this.#showsApart(filters) ? this.#present.length : listTrue(this.#present).length;
  }

  /**
   * Whether sites that are not counted may appear: their status is asked for, or the pages that they rest on.
   * @param {Filters} filters
   */
  #showsApart({ codes }) {
    return codes[STATUS].length > 0 || codes[YEAR].includes(this.#payload.old);
  }

  /**
   * The rows that have one of some values.
   * @param {string} name
   * @param {string[]} codes
   * @returns {Mask}
   */
  #maskRows(name, codes) {
    const wanted = new Set(codes.map((code) => this.#numbers.get(name)?.get(code)));
    return this.#payload.facets[name].held.map((held) => held.some((value) => wanted.has(value)));
  }

  /**
   * Facet -> the rows that it lets through, for the facets that hold something back.
   * @param {Filters} filters
   * @returns {Map<string, Mask>}
   */
  #maskFacets(filters) {
    const active = this.names.filter((name) => filters.codes[name].length);
    const masks = new Map(active.map((name) => [name, this.#maskRows(name, filters.codes[name])]));
    if (!this.#showsApart(filters)) masks.set(STATUS, this.#present);
    return masks;
  }

  /**
   * How many of some rows each value of a facet has.
   * @param {string} name
   * @param {Mask} mask
   * @returns {number[]}
   */
  #countValues(name, mask) {
    const { codes, held } = this.#payload.facets[name];
    /** @type {number[]} */
    const counts = new Array(codes.length).fill(0);
    for (const row of listTrue(mask)) for (const value of held[row]) counts[value]++;
    return counts;
  }

  /**
   * Pages that are too old would bring the sites that are not counted with them, the other years would not.
   * @param {Filters} filters
   * @param {Mask} searched
   * @returns {number[]}
   */
  #countYears(filters, searched) {
    const { old, facets } = this.#payload;
    const [recent, before] = [[], [old]].map((years) => {
      const masks = this.#maskFacets({ ...filters, codes: { ...filters.codes, [YEAR]: years } });
      return this.#countValues(YEAR, combineMasks(masks, searched, YEAR));
    });
    return recent.map((count, i) => (facets[YEAR].codes[i] === old ? before[i] : count));
  }
}

/**
 * The rows that every mask lets through, less that of one facet.
 * @param {Map<string, Mask>} masks
 * @param {Mask} first
 * @param {string} [without]
 * @returns {Mask}
 */
function combineMasks(masks, first, without = "") {
  const others = [...masks].filter(([name]) => name !== without).map(([, mask]) => mask);
  return first.map((isLeft, row) => isLeft && others.every((mask) => mask[row]));
}

/**
 * The rows that a mask lets through.
 * @param {Mask} mask
 * @returns {number[]}
 */
function listTrue(mask) {
  return [...mask.keys()].filter((row) => mask[row]);
}
