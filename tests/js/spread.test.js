/** Symbols step aside so that none hides another, and each has room for a finger; the same input gives the same answer. */
import assert from "node:assert/strict";
import test from "node:test";
import { arrangeSymbols, needsLeader } from "../../src/biocarto/maps/frontend/symbols/arrange.js";
import { PART } from "../../src/biocarto/maps/frontend/symbols/gather.js";
import { SLACK, spreadSymbols } from "../../src/biocarto/maps/frontend/symbols/spread.js";

/** @typedef {import("../../src/biocarto/maps/frontend/symbols/spread.js").Circle} Circle */

/** Numbers below n, the same ones on every run. @type {(seed: number) => (n: number) => number} */
const makeDraw = (seed) => (n) => {
  seed = (seed * 16807) % 2147483647;
  return seed % n;
};

/** By how many pixels two of some circles overlap at most. @type {(circles: Circle[]) => number} */
const findWorst = (circles) => {
  let worst = Number.NEGATIVE_INFINITY;
  circles.forEach((a, i) => {
    for (const b of circles.slice(i + 1)) worst = Math.max(worst, a.r + b.r - Math.hypot(a.x - b.x, a.y - b.y));
  });
  return worst;
};

/** @type {(spots: Circle[]) => Circle[]} */
const spread = (spots) => spreadSymbols(spots).map((at, i) => ({ ...at, r: spots[i].r }));

test("no two targets overlap by more than the slack, however crowded the place", () => {
  for (const [seed, side, count] of [[1, 900, 120], [2, 300, 120], [3, 40, 90], [4, 1, 60], [5, 2000, 300]]) {
    const draw = makeDraw(seed);
    const spots = Array.from({ length: count }, () => ({ x: draw(side), y: draw(side), r: draw(8) ? 12 : 12 + draw(40) }));
    assert.ok(findWorst(spread(spots)) <= SLACK, `${count} in ${side} pixels`);
    assert.deepEqual(spread(spots), spread(spots));
  }
});

test("what has room stays where it is, and of two the smaller one goes further", () => {
  assert.deepEqual(spread([{ x: 0, y: 0, r: 12 }, { x: 30, y: 0, r: 12 }]), [{ x: 0, y: 0, r: 12 }, { x: 30, y: 0, r: 12 }]);
  const [large, small] = spread([{ x: 0, y: 0, r: 40 }, { x: 30, y: 0, r: 12 }]);
  assert.ok(Math.abs(large?.x ?? 9) < Math.abs((small?.x ?? 0) - 30) / 3);
});

test("a fixed one stays, whoever stands on it; nobody is moved where there is nobody", () => {
  const [fixed, other] = spreadSymbols([{ x: 5, y: 5, r: 12, fixed: true }, { x: 5, y: 5, r: 20 }]);
  assert.deepEqual(fixed, { x: 5, y: 5 });
  assert.ok(Math.hypot((other?.x ?? 0) - 5, (other?.y ?? 0) - 5) >= 32 - SLACK);
  assert.deepEqual(spreadSymbols([]), []);
});

/** @type {(seed: number, count: number, side: number) => import("../../src/biocarto/maps/frontend/symbols/gather.js").Spot[]} */
const drawSpots = (seed, count, side) => {
  const draw = makeDraw(seed);
  return Array.from({ length: count }, (_, row) => ({ rows: [row], x: draw(side), y: draw(side), total: draw(3) ? 1 : 1 + draw(30), alone: row === 7 }));
};

test("at every zoom each symbol has its room for a mouse or a finger, and no row is lost", () => {
  for (const reach of [14, 22]) {
    for (const zoom of [8, 10, PART - 0.1, PART, 16]) {
      const stands = arrangeSymbols(drawSpots(11, 200, 700), { zoom, reach, gathers: true });
      const targets = stands.map(({ x, y, aside, half }) => ({ x: x + aside.x, y: y + aside.y, r: half }));
      assert.ok(findWorst(targets) <= SLACK, `${reach} at ${zoom}`);
      assert.ok(stands.every(({ half }) => 2 * half >= (reach > 14 ? 36 : 24)));
      assert.deepEqual(stands.flatMap(({ rows }) => rows).sort((a, b) => a - b), [...Array(200).keys()]);
      assert.ok(stands.some(({ rows, alone }) => alone && rows.length === 1 && rows[0] === 7));
    }
  }
});

test("from a close zoom on places stand alone, but a crowd in the room of one symbol stays one ring", () => {
  const near = drawSpots(5, 9, 1);
  assert.equal(arrangeSymbols(near, { zoom: PART, reach: 14, gathers: true }).length, 9);
  const crowd = drawSpots(5, 60, 1);
  const stands = arrangeSymbols(crowd, { zoom: PART, reach: 14, gathers: true });
  assert.deepEqual(stands.map(({ rows }) => rows.length), [59, 1]);
});

test("a line leads to the true point where that is outside the symbol", () => {
  assert.equal(needsLeader({ r: 7, aside: { x: 6, y: 0 } }), false);
  assert.equal(needsLeader({ r: 7, aside: { x: 8, y: 8 } }), true);
});
