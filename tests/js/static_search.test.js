/** The search of the static edition answers as Python does, from the same index. */
import assert from "node:assert/strict";
import test from "node:test";
import { ActorSearch } from "../../src/biocarto/build/static_edition/page/search.js";
import { readSearchCases } from "./read_cases.js";
import { ROWS, SEARCH } from "./static_payload.js";

const { answers, index } = readSearchCases();

test("the same actors in the same order", () => {
  for (const { typed, ids } of answers) assert.deepEqual(SEARCH.findRows(typed).map((row) => ROWS.ids[row]), ids, typed);
});

test("the best score is the same", () => {
  for (const { typed, best } of answers) assert.ok(Math.abs(Math.max(...SEARCH.scoreRows(typed)) - best) < 1e-6, typed);
});

test("a whole name is worth 100, an error less than a word", () => {
  const [name, error, word] = ["DNA Script", "cellectsi", "cellectis"].map((typed) => Math.max(...SEARCH.scoreRows(typed)));
  assert.deepEqual([name, error < word], [100, true]);
});

test("words that are names of JavaScript's own find nothing", () => {
  for (const typed of ["constructor", "__proto__", "hasOwnProperty", "toString"]) assert.deepEqual(SEARCH.findRows(typed), []);
});

test("a name without a letter of ours is no answer to an empty search", () => {
  const named = new ActorSearch({ ...index, names: { ...index.names, "": [0] } }, ROWS);
  assert.deepEqual(named.findRows("!!!"), []);
});

test("no more than the first characters and words are read", () => {
  const long = `genethon ${"x ".repeat(200)}`;
  assert.deepEqual(SEARCH.findRows(long), SEARCH.findRows(long.slice(0, index.longest)));
  assert.deepEqual(SEARCH.findRows(`${"genethon ".repeat(index.mostWords)}xylophone`), [0]);
});

test("an empty register can be searched", () => {
  const none = { ...ROWS, ids: [], order: [] };
  const empty = new ActorSearch({ ...index, words: "", starts: [0], rows: [], weights: [], names: {} }, none);
  for (const typed of ["genethon", "a", ""]) assert.deepEqual(empty.findRows(typed), []);
});
