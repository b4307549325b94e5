/** Symbols: which of them are gathered, how rings are divided, and which place a pointer is near to. */
import assert from "node:assert/strict";
import test from "node:test";
import { buildCells, listNear } from "../../src/biocarto/maps/frontend/symbols/cells.js";
import { gather } from "../../src/biocarto/maps/frontend/symbols/gather.js";
import { mixPixels } from "../../src/biocarto/maps/frontend/symbols/pixels.js";
import { divideRing } from "../../src/biocarto/maps/frontend/symbols/rings.js";
import { radius, writeShape } from "../../src/biocarto/maps/frontend/symbols/shapes.js";

/** @type {(row: number, x: number, more?: { total?: number, alone?: boolean }) => import("../../src/biocarto/maps/frontend/symbols/gather.js").Spot} */
const spot = (row, x, { total = 1, alone = false } = {}) => ({ rows: [row], x, y: 0, total, alone });

test("symbols that would hide each other stand as one ring, at the middle of their actors", () => {
  const [ring, far] = gather([spot(0, 0, { total: 3 }), spot(1, 4), spot(2, 500)], 9);
  assert.deepEqual([ring?.rows, ring?.x, ring?.total], [[0, 1], 1, 4]);
  assert.deepEqual(far?.rows, [2]);
});

test("a ring takes what it hides only once it is large", () => {
  const [a, b, c] = [spot(0, 0), spot(1, 1), spot(2, 10)];
  assert.equal(gather([b, c], 9).length, 2);
  assert.equal(gather([a, b, c], 9).length, 1);
});

test("the chosen place always stands alone", () => {
  assert.equal(gather([spot(0, 0, { alone: true }), spot(1, 1)], 9).length, 2);
});

test("no row is lost and none is told twice, wherever the symbols stand", () => {
  let seed = 3;
  const draw = () => {
    seed = (seed * 16807) % 2147483647;
    return seed % 300;
  };
  const spots = Array.from({ length: 120 }, (_, row) => ({ ...spot(row, draw()), y: draw() }));
  const rows = gather(spots, 8).flatMap((one) => one.rows);
  assert.deepEqual(rows.sort((a, b) => a - b), [...spots.keys()]);
});

test("a ring is divided by its groups, in their order, and groups without actors have no part", () => {
  assert.deepEqual(divideRing([1, 0, 3], 4), [[0, 0, 0.25], [2, 0.25, 0.75]]);
});

test("area follows the count, and no symbol is too small to be seen", () => {
  assert.ok(radius(400, 12) / radius(100, 12) > 1.99);
  assert.ok(radius(1, 5) >= 5);
  assert.ok(radius(2, 5) > radius(1, 5));
});

test("a shape that has no name of ours is a circle", () => {
  assert.match(writeShape("circle", 5), /^M-5 0a5 5/);
  assert.match(writeShape("square", 5), /^M[^a]*z$/);
});

test("every place near a pointer is in the cells around it", () => {
  const x = Float64Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
  const y = Float64Array.from({ length: 400 }, (_, i) => (i * 53) % 97);
  const cells = buildCells(x, y);
  for (const [px, py] of [[0, 0], [50, 50], [100, 96], [-5, 40], [300, 300]]) {
    const near = new Set(listNear(cells, px, py, 6));
    const wanted = [...x.keys()].filter((i) => Math.hypot(x[i] - px, y[i] - py) <= 6);
    assert.deepEqual(wanted.filter((i) => !near.has(i)), []);
    assert.ok(near.size < 60);
  }
});

test("one place alone has cells too", () => {
  assert.deepEqual(listNear(buildCells(Float64Array.of(3), Float64Array.of(4)), 3, 4, 1), [0]);
});

test("pixels are mixed by the alpha of the one in front", () => {
  assert.equal(mixPixels(0xff112233, 0xff445566), 0xff112233);
  assert.equal(mixPixels(0x80ffffff, 0), 0x80ffffff);
  assert.equal(mixPixels(0x80ffffff, 0xff000000), 0xff808080);
});
