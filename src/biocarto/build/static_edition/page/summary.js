/* Static edition: what some rows hold, in words. */

/**
 * @import { Payload } from "./payload.js"
 * @import { NumberWriter } from "./numbers.js"
 */

/**
 * `a, b et c`.
 * @param {string[]} parts
 * @param {string} and
 * @returns {string}
 */
function joinParts(parts, and) {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}` : parts.join("");
}

/**
 * How many organisations of each kind there are among some rows, in words.
 * @param {Payload} payload
 * @param {NumberWriter} numbers
 * @param {number[]} selected
 * @returns {string[]}
 */
function countKinds({ texts, rows }, numbers, selected) {
  return Object.entries(texts.kinds).flatMap(([kind, forms]) => {
    const organisations = new Set(selected.filter((row) => rows.kind[row] === kind).map((row) => rows.organisation[row]));
    return organisations.size ? [numbers.writeCount(organisations.size, forms)] : [];
  });
}

/**
 * What some rows hold, in words: sites by row out of a total, and every kind by organisation.
 * @param {Payload} payload
 * @param {NumberWriter} numbers
 * @param {number[]} selected
 * @param {number} total
 * @returns {string}
 */
export function writeSummary(payload, numbers, selected, total) {
  const { texts, lang } = payload;
  const sites = `${numbers.writeCount(selected.length, texts.sites)} ${texts.of} ${numbers.writeNumber(total)}`;
  const kinds = joinParts(countKinds(payload, numbers, selected), texts.and);
  return kinds ? `${sites}${lang === "fr" ? "\u00a0: " : ": "}${kinds}` : sites;
}
