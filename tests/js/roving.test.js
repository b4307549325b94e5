/** The keyboard inside a map: where an arrow leads from a symbol, and from a button of a row. */
import assert from "node:assert/strict";
import test from "node:test";
import { findInRow, findNext } from "../../src/biocarto/maps/frontend/core/roving.js";

/** @type {import("../../src/biocarto/maps/frontend/core/roving.js").Spot[]} */
const CROSS = [[0, 0], [10, 1], [40, 0], [0, 30], [-20, 5], [1, -15]];

test("an arrow leads to the nearest symbol in its direction", () => {
  const led = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].map((key) => findNext(CROSS, [0, 0], key));
  assert.deepEqual(led, [1, 3, 4, 5]);
});

test("what lies straight ahead comes before what is nearer but aside, and that before nothing", () => {
  assert.equal(findNext([[0, 0], [5, 20], [60, 10]], [0, 0], "ArrowRight"), 2);
  assert.equal(findNext([[0, 0], [5, 20]], [0, 0], "ArrowRight"), 1);
  assert.equal(findNext(CROSS, [40, 0], "ArrowRight"), -1);
});

test("arrows reach every symbol from every other, so that none needs a mouse", () => {
  const spots = /** @type {typeof CROSS} */ (Array.from({ length: 60 }, (_, i) => [(i * 37) % 101, (i * 53) % 97]));
  const reached = new Set([0]);
  for (const at of reached) {
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
      const next = findNext(spots, spots[at], key);
      if (next >= 0) reached.add(next);
    }
  }
  assert.equal(reached.size, spots.length);
});

test("a row of buttons has no end", () => {
  assert.deepEqual([findInRow(4, 3, "ArrowDown"), findInRow(4, 0, "ArrowUp"), findInRow(4, 1, "ArrowRight")], [0, 3, 2]);
});
