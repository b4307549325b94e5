/** Tables of cases that tests of Python read too: both languages have to answer the same. */
import { readFileSync } from "node:fs";

/**
 * @import { SearchIndex } from "../../src/biocarto/build/static_edition/page/payload.js"
 */

/**
 * Texts, and what becomes of them.
 * @typedef {object} TextCases
 * @property {[text: string, words: string][]} folds
 * @property {[word: string, stem: string][]} stems
 * @property {[from: string, to: string, most: number, edits: number][]} edits
 * @property {[text: string, label: string][]} labels
 * @property {[text: string, search: string][]} searches
 */

/**
 * A small register, its index, and who answers.
 * @typedef {object} SearchCases
 * @property {{id: string, name: string}[]} actors
 * @property {number[]} order ranks by name
 * @property {SearchIndex} index
 * @property {{typed: string, ids: string[], best: number}[]} answers `best` is the score of the first one, 0 without any
 */

/** @param {string} name */
const readJson = (name) => JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));

/** @returns {TextCases} */
export const readTextCases = () => readJson("static_texts");

/** @returns {SearchCases} */
export const readSearchCases = () => readJson("static_search");
