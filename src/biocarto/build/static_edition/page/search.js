/* Static edition: the search, which asks the index that Python built as Python does (`query/search.py` says why). */

import { cleanSearch, countEdits, foldWords, stemWord } from "./words.js";

/** @import { Rows, SearchIndex } from "./payload.js" */

/**
 * A word of the index that answers: its number, its quality (0 to 100), and the smallest weight of a field in which it counts.
 * @typedef {[word: number, quality: number, floor: number]} Match
 */

const QUALITY = { exact: 100, joined: 95, also: 90, begins: 80, error: 70 };
const MOST_NEAR = 20;

/** The words of the index, in their order. */
class Vocabulary {
  /** @param {string[]} words */
  constructor(words) {
    this.words = words;
  }

  /**
   * Number of the first word that is not before another.
   * @param {string} word
   */
  #findPlace(word) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Number of a word, in a list that is empty where the index lacks it.
   * @param {string} word
   * @returns {number[]}
   */
  findWord(word) {
    const place = this.#findPlace(word);
    return this.words[place] === word ? [place] : [];
  }

  /**
   * Numbers of the words that begin with another: folded words end before `~`.
   * @param {string} start
   * @returns {number[]}
   */
  findBeginning(start) {
    const [first, end] = [this.#findPlace(start), this.#findPlace(`${start}~`)];
    return Array.from({ length: end - first }, (_, i) => first + i);
  }

  /**
   * Words at one error, or two from eight letters on, with the same first letter; short words and numbers have none.
   * @param {string} word
   * @returns {Match[]}
   */
  findMistyped(word) {
    if (word.length < 5 || /\d/.test(word)) return [];
    const most = word.length < 8 ? 1 : 2;
    return this.findBeginning(word.slice(0, 1))
      .map((n) => ({ n, errors: countEdits(word, this.words[n], most) }))
      .filter(({ errors }) => errors <= most)
      .sort((a, b) => a.errors - b.errors || a.n - b.n)
      .slice(0, MOST_NEAR)
      .map(({ n, errors }) => [n, QUALITY.error - 10 * (errors - 1), 0]);
  }
}

/** The search of one document. */
export class ActorSearch {
  #index;
  #rows;
  #vocabulary;
  #silent;

  /**
   * @param {SearchIndex} index
   * @param {Rows} rows
   */
  constructor(index, rows) {
    this.#index = index;
    this.#rows = rows;
    this.#vocabulary = new Vocabulary(index.words.split(" "));
    this.#silent = new Set(index.silent);
  }

  /**
   * One line of a search, without control characters, as the address holds it.
   * @param {string} text
   * @returns {string}
   */
  cleanText(text) {
    return cleanSearch(text, this.#index.longest);
  }

  /**
   * Per row the mean over the words, at most 100; 0 where one of them is missing.
   * @param {string} text
   * @returns {Float64Array}
   */
  scoreRows(text) {
    const folded = foldWords([...text].slice(0, this.#index.longest).join(""));
    const scores = this.#average(this.#scoreWords(this.#chooseWords(folded)));
    const name = folded.join(" ");
    if (name && Object.hasOwn(this.#index.names, name)) for (const row of this.#index.names[name]) scores[row] = 100;
    return scores;
  }

  /**
   * Rows that answer, best first, then by name.
   * @param {string} text
   * @returns {number[]}
   */
  findRows(text) {
    const scores = this.scoreRows(text);
    const { order } = this.#rows;
    return [...scores.keys()].filter((row) => scores[row] > 0).sort((a, b) => scores[b] - scores[a] || order[a] - order[b]);
  }

  /**
   * The words that are looked for: the first ones that say something, or the first ones.
   * @param {string[]} folded
   * @returns {string[]}
   */
  #chooseWords(folded) {
    const typed = folded.slice(0, this.#index.mostWords);
    const meant = typed.filter((word) => !this.#silent.has(word));
    return meant.length ? meant : typed;
  }

  /**
   * The scores of every word; neighbours are looked for as one word too.
   * @param {string[]} words
   * @returns {Float64Array[]}
   */
  #scoreWords(words) {
    const pairs = words.slice(1).map((word, i) => stemWord(words[i] + word));
    return words.map((word, i) => this.#scoreMatches(this.#findMatches(word, pairs.slice(Math.max(i - 1, 0), i + 1))));
  }

  /**
   * Per row the mean, 0 where one is 0 or where there is none.
   * @param {Float64Array[]} each
   * @returns {Float64Array}
   */
  #average(each) {
    const mean = new Float64Array(this.#rows.ids.length);
    if (!each.length) return mean;
    return mean.map((_, row) => (each.every((scores) => scores[row] > 0) ? each.reduce((sum, scores) => sum + scores[row], 0) / each.length : 0));
  }

  /**
   * Per row the best that a word reaches; 0 where it is not found.
   * @param {Match[]} matches
   * @returns {Float64Array}
   */
  #scoreMatches(matches) {
    const { starts, rows, weights } = this.#index;
    const scores = new Float64Array(this.#rows.ids.length);
    for (const [n, quality, floor] of matches) {
      for (let i = starts[n]; i < starts[n + 1]; i++) {
        if (weights[i] >= floor) scores[rows[i]] = Math.max(scores[rows[i]], quality * weights[i]);
      }
    }
    return scores;
  }

  /**
   * How a word is understood: errors are looked for only where nothing is found as typed.
   * @param {string} typed
   * @param {string[]} joined the word with its neighbours
   * @returns {Match[]}
   */
  #findMatches(typed, joined) {
    const exact = this.#findAsWritten(stemWord(typed), joined);
    const matches = [...exact, ...this.#findLonger(typed, exact.length > 0)];
    return matches.length ? matches : this.#vocabulary.findMistyped(stemWord(typed));
  }

  /**
   * The word itself, together with its neighbour, or another word for the same thing.
   * @param {string} word
   * @param {string[]} joined
   * @returns {Match[]}
   */
  #findAsWritten(word, joined) {
    const also = Object.hasOwn(this.#index.also, word) ? this.#index.also[word] : [];
    return [
      ...this.#matchWords([word], QUALITY.exact),
      ...this.#matchWords(joined, QUALITY.joined),
      ...this.#matchWords(also, QUALITY.also),
    ];
  }

  /**
   * @param {string[]} words
   * @param {number} quality
   * @returns {Match[]}
   */
  #matchWords(words, quality) {
    return words.flatMap((word) => this.#vocabulary.findWord(word)).map((n) => [n, quality, 0]);
  }

  /**
   * Words that begin as typed, from three letters on; beside the word itself from four on, and below six in names only.
   * @param {string} typed
   * @param {boolean} isBeside
   * @returns {Match[]}
   */
  #findLonger(typed, isBeside) {
    if (typed.length < (isBeside ? 4 : 3)) return [];
    const floor = isBeside && typed.length < 6 ? this.#index.nameWeight : 0;
    const starts = new Set(isBeside ? [typed] : [typed, stemWord(typed)]);
    return [...starts].flatMap((start) => this.#vocabulary.findBeginning(start)).map((n) => [n, QUALITY.begins, floor]);
  }
}
