/* Static edition: words as the search compares them, the same as `names.fold` and `search.stem` of Python. */

const SPELLED = new Map([["st", "saint"], ["ste", "sainte"]]);
const LONGEST_LABEL = 160;

/**
 * The words of a text for comparing: no accents, case, ligatures, hyphens or apostrophes, "St" as saint.
 * @param {string} text
 * @returns {string[]}
 */
export function foldWords(text) {
  const letters = text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "");
  const plain = letters.replace(/ß/g, "ss").replace(/œ/g, "oe").replace(/æ/g, "ae");
  return (plain.match(/[a-z0-9]+/g) ?? []).map((word) => SPELLED.get(word) ?? word);
}

/**
 * A folded word of letters without the mark of a plural.
 * @param {string} word
 * @returns {string}
 */
function dropPlural(word) {
  const isPlural = /(?:eux|eaux)$/.test(word) || /[^isu]s$/.test(word);
  return isPlural ? word.slice(0, -1) : word;
}

/**
 * A folded word without the marks of plural, and French or English ending.
 * @param {string} word
 * @returns {string}
 */
export function stemWord(word) {
  const ordinal = /^(\d{1,2})(?:e|er|ere|eme|ieme)$/.exec(word);
  if (ordinal) return String(ordinal[1]);
  if (word.length < 4 || /\d/.test(word)) return word;
  if (word.endsWith("aux") && !word.endsWith("eaux")) return `${word.slice(0, -3)}al`;
  return dropPlural(word).replace(/y$/, "ie");
}

/**
 * How many letters to add, drop, change or swap (each letter once) lead from a word to another; more than `most` counts as most + 1.
 * @param {string} from
 * @param {string} to
 * @param {number} most
 * @returns {number}
 */
export function countEdits(from, to, most) {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const row = [line];
    for (let column = 1; column <= to.length; column++) {
      const changed = last[column - 1] + (from[line - 1] === to[column - 1] ? 0 : 1);
      row[column] = Math.min(last[column] + 1, row[column - 1] + 1, changed);
      if (areSwapped(from, to, line, column)) row[column] = Math.min(row[column], before[column - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[to.length], most + 1);
}

/**
 * Whether the two letters that end at a line and a column stand the other way round.
 * @param {string} from
 * @param {string} to
 * @param {number} line
 * @param {number} column
 */
function areSwapped(from, to, line, column) {
  return line > 1 && column > 1 && from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1];
}

/**
 * Characters that no one sees: controls, marks of direction, code points without a meaning.
 * @param {string} character
 */
export function isHidden(character) {
  return /\p{C}/u.test(character);
}

/**
 * One line of text without control or direction-changing characters, cut as `maps.escape.plain` cuts it.
 * @param {string} text
 * @param {number} [limit]
 * @returns {string}
 */
export function cleanLabel(text, limit = LONGEST_LABEL) {
  const spaced = [...text].slice(0, 4 * limit).map((c) => (/\s/.test(c) && !/[\u00a0\u202f]/.test(c) ? " " : c));
  const line = spaced.filter((c) => !isHidden(c)).join("").split(" ").filter(Boolean).join(" ");
  return [...line].length <= limit ? line : `${[...line].slice(0, limit - 1).join("").trimEnd()}…`;
}
