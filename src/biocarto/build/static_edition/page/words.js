/* Static edition: texts as Python reads them: `foldWords` is `names.fold`, `stemWord` is `query.search.stem`, `cleanLabel` is `maps.escape.clean_text`. */

const SPELLED = new Map([["st", "saint"], ["ste", "sainte"]]);
const LONGEST_LABEL = 160;

/* Marks that normalisation would put before the last one, or behind the first one: of every combining class there is. */
const [FIRST_MARK, LAST_MARK] = ["\u0334", "\u0345"];

/**
 * Whether a mark stands on the letter before it (its combining class is not 0), so that normalisation may move it.
 * @param {string} mark
 * @returns {boolean}
 */
function isCombining(mark) {
  return [mark + FIRST_MARK, LAST_MARK + mark].some((pair) => pair.normalize("NFD") !== pair);
}

/**
 * The words of a text for comparing: no accents, case, ligatures, hyphens or apostrophes, "St" as saint.
 * @param {string} text
 * @returns {string[]}
 */
export function foldWords(text) {
  /* An iota beneath a letter is one beside it, where case does not count. */
  const letters = text.normalize("NFKD").toLowerCase().replace(/\u0345/g, "ι").replace(/\p{M}/gu, (mark) => (isCombining(mark) ? "" : mark));
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
 * Whether a character is a space for Python: separators of information are, the byte order mark is not.
 * @param {string} character
 */
function isSpace(character) {
  return /\p{White_Space}/u.test(character) || ("\u001c" <= character && character <= "\u001f");
}

/**
 * A text on one line, its words with single spaces between them, without controls, marks of direction and code points without a meaning.
 * @param {string[]} characters
 * @param {(character: string) => boolean} isGap
 * @returns {string}
 */
function joinReadable(characters, isGap) {
  const spaced = characters.map((c) => (isGap(c) ? " " : c));
  return spaced.filter((c) => !/\p{C}/u.test(c)).join("").split(" ").filter(Boolean).join(" ");
}

/**
 * A search on one line, as `query.filters` reads it from an address.
 * @param {string} text
 * @param {number} longest characters that are kept
 * @returns {string}
 */
export function cleanSearch(text, longest) {
  const line = joinReadable([...text].slice(0, 10 * longest), isSpace);
  return [...line].slice(0, longest).join("").trim();
}

/**
 * One line of text without control or direction-changing characters, cut as `maps.escape.clean_text` cuts it.
 * @param {string} text
 * @param {number} [limit]
 * @returns {string}
 */
export function cleanLabel(text, limit = LONGEST_LABEL) {
  const line = joinReadable([...text].slice(0, 4 * limit), (c) => isSpace(c) && !/[\u00a0\u202f]/.test(c));
  return [...line].length <= limit ? line : `${[...line].slice(0, limit - 1).join("").trimEnd()}…`;
}
