/** The pin of a visitor's place covers no symbol: it points at the place itself, or stands beside what lies there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { overlap } from "../../src/biocarto/maps/frontend/geometry/boxes.js";

Object.assign(globalThis, { L: { Layer: class {} } });
const { placePin } = await import("../../src/biocarto/maps/frontend/layers/here.js");

test("on free ground the tip is on the place", () => {
  const { x, y, turn } = placePin({ x: 50, y: 50 }, [[200, 200, 220, 220]]);
  assert.deepEqual([x, y, turn], [50, 48, 0]);
});

test("over a symbol it stands above, or on the first side that is free", () => {
  /** @type {import("../../src/biocarto/maps/frontend/geometry/boxes.js").ScreenBox[]} */
  const boxes = [[30, 30, 70, 70]];
  assert.ok(placePin({ x: 50, y: 50 }, boxes).y < 30);
  boxes.push([40, 0, 60, 25]);
  const beside = placePin({ x: 50, y: 50 }, boxes);
  assert.equal(beside.turn, 90);
  assert.ok(!boxes.some((box) => overlap(box, beside.box)));
});
