/** Texts of the static edition become what Python makes of them. */
import assert from "node:assert/strict";
import test from "node:test";
import { cleanLabel, cleanSearch, countEdits, foldWords, stemWord } from "../../src/biocarto/build/static_edition/page/words.js";
import { readTextCases } from "./read_cases.js";

const { folds, stems, edits, labels, searches } = readTextCases();
const LONGEST = 200;

test("words are compared without accents, case, ligatures and marks", () => {
  for (const [text, words] of folds) assert.equal(foldWords(text).join(" "), words, JSON.stringify(text));
});

test("plurals and endings are one word", () => {
  for (const [word, stem] of stems) assert.equal(stemWord(word), stem);
});

test("errors are counted up to the most that are allowed, in both directions", () => {
  for (const [from, to, most, count] of edits) {
    assert.equal(countEdits(from, to, most), count, `${from} ${to}`);
    assert.equal(countEdits(to, from, most), count, `${to} ${from}`);
  }
});

test("a label is one readable line", () => {
  for (const [text, label] of labels) assert.equal(cleanLabel(text), label);
});

test("a label that is too long ends with an ellipsis, and keeps whole characters", () => {
  assert.equal(cleanLabel("🧬".repeat(200)), `${"🧬".repeat(159)}…`);
  assert.equal(cleanLabel("abcde", 4), "abc…");
  assert.equal(cleanLabel("ab cde", 4), "ab…");
});

test("a search is one readable line of the first characters", () => {
  for (const [text, search] of searches) assert.equal(cleanSearch(text, LONGEST), search, JSON.stringify(text));
  assert.equal(cleanSearch("é ".repeat(300), 5), "é é é");
  assert.equal(cleanSearch("x".repeat(10_000), LONGEST), "x".repeat(LONGEST));
});
