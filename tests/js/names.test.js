/** Names on a map: clear of symbols and of one another, the important ones first, upright along a river. */
import assert from "node:assert/strict";
import test from "node:test";
import { coverSpot, placeName, placeNames, Taken } from "../../src/biocarto/maps/frontend/ground/placing.js";
import { findStretches } from "../../src/biocarto/maps/frontend/ground/stretches.js";

/** @typedef {import("../../src/biocarto/maps/frontend/geometry/boxes.js").ScreenBox} ScreenBox */
/** @typedef {import("../../src/biocarto/maps/frontend/ground/placing.js").Candidate} Candidate */

/** @param {number} x @param {number} y @param {Partial<Candidate>} [more] @returns {Candidate} */
const name = (x, y, more = {}) => ({ wide: 60, high: 14, point: { x, y }, ...more });

/** @type {(a: ScreenBox, b: ScreenBox) => boolean} */
const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** @param {ReturnType<typeof placeNames>} placed */
const listBoxes = (placed) => placed.flatMap((one, i) => one.spots.flatMap((spot) => coverSpot(one.name, spot).map((box) => ({ box, i }))));

/** Numbers that are the same on every run. @param {number} seed */
const drawNumbers = (seed) => () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};

test("no name touches a symbol, a mark or another name, however many there are", () => {
  const draw = drawNumbers(7);
  const names = Array.from({ length: 400 }, () => name(draw() * 900, draw() * 600, { wide: 20 + draw() * 120, beside: draw() < 0.5 ? 4 : undefined }));
  const symbols = Array.from({ length: 60 }, () => [draw() * 900, draw() * 600]).map(([x, y]) => /** @type {ScreenBox} */ ([x, y, x + 30, y + 30]));
  const boxes = listBoxes(placeNames(names, symbols));
  assert.ok(boxes.length > 50);
  for (const [n, { box, i }] of boxes.entries()) {
    assert.ok(!symbols.some((other) => meet(box, other)));
    assert.ok(!boxes.some((other, m) => m > n && other.i !== i && meet(box, other.box)));
  }
});

test("the first name keeps its point, others step aside, and there is an end of it", () => {
  const spots = placeNames(Array.from({ length: 20 }, () => name(0, 0)), []).map((one) => one.spots.map(({ y }) => y));
  assert.deepEqual(spots.slice(0, 3), [[0], [16], [-16]]);
  assert.deepEqual(spots.at(-1), []);
});

test("beside a mark the right is tried first, then the left", () => {
  const alone = placeName(name(0, 0, { beside: 5 }), new Taken())[0];
  assert.ok(alone.x - 30 >= 5 && alone.y === 0);
  const taken = new Taken();
  taken.add([10, -5, 90, 5]);
  assert.ok(placeName(name(0, 0, { beside: 5 }), taken)[0].x < -30);
});

test("a name that its territory is too narrow for is left out, and one with room steps aside within it", () => {
  assert.deepEqual(placeName(name(0, 0, { room: 64 }), new Taken()), []);
  const taken = new Taken();
  taken.add([-10, -40, 10, 40]);
  const [spot] = placeName(name(0, 0, { room: 200 }), taken);
  assert.ok(Math.abs(spot.x) > 40 && Math.abs(spot.x) + 30 <= 100);
});

test("a river's name follows a straight stretch, upright whichever way the water runs", () => {
  const line = [{ x: 400, y: 300 }, { x: 0, y: 100 }];
  for (const way of [line, line.toReversed()]) {
    const [{ turn }] = findStretches([way], 60);
    assert.ok(Math.abs(turn - Math.atan2(200, 400)) < 1e-6);
  }
});

test("a river that bends everywhere or is too short bears no name, a long one bears it again", () => {
  const bends = Array.from({ length: 60 }, (_, i) => ({ x: i * 10, y: i % 2 ? 40 : 0 }));
  assert.deepEqual(findStretches([bends], 80), []);
  assert.deepEqual(findStretches([[{ x: 0, y: 0 }, { x: 40, y: 0 }]], 80), []);
  const line = [{ x: 0, y: 0 }, { x: 3000, y: 0 }];
  const spots = placeName(name(0, 0, { lines: [line] }), new Taken());
  assert.ok(spots.length >= 5 && spots.length <= 7);
});

test("the same name is said once where two layers say it, and again far away", () => {
  const same = { text: "Villejuif" };
  const placed = placeNames([name(0, 0, same), name(40, 60, same), name(900, 0, same)], []);
  assert.deepEqual(placed.map((one) => one.spots.length), [1, 0, 1]);
});

test("a name that has a reach is left out rather than written farther from its point", () => {
  const taken = new Taken();
  taken.add([-60, -30, 60, 30]);
  assert.deepEqual(placeName(name(0, 0, { reach: 30 }), taken), []);
  assert.equal(placeName(name(0, 0, { reach: 50 }), taken).length, 1);
});

test("a name of 200 letters, one without height and a line without length stop nothing", () => {
  const lines = [[{ x: 0, y: 0 }], [], [{ x: 5, y: 5 }, { x: 5, y: 5 }], [{ x: 0, y: 0 }, { x: 300, y: 80 }]];
  const placed = placeNames([name(0, 0, { wide: 1600, lines }), name(0, 0, { wide: 120, high: 0, lines }), name(400, 0, { wide: 1600 })], []);
  assert.deepEqual(placed.map(({ spots }) => spots.length), [0, 1, 1]);
});

test("a name without room stands outside of the crowd, and a line leads to it from the edge of what covers its point", () => {
  /** @type {import("../../src/biocarto/maps/frontend/geometry/boxes.js").ScreenBox[]} */
  const crowd = [[-30, -30, 30, 30], [-90, -30, -32, 30], [-30, 32, 30, 90], [-30, -90, 30, -32]];
  const led = { text: "Paris", wide: 40, high: 14, point: { x: 4, y: 0 }, room: 50, led: true };
  const [[name], [unled]] = [placeNames([led], crowd), placeNames([{ ...led, led: false }], crowd)];
  assert.deepEqual(unled?.spots, []);
  const [spot] = name?.spots ?? [];
  assert.ok(spot?.leader);
  const [from, to] = spot.leader;
  assert.ok(from.x > 28 && from.x < 40 && Math.abs(from.y) < 20, "to the right nothing is in the way");
  assert.ok(spot.x - 20 >= to.x);
  const [west] = placeNames([{ ...led, point: { x: -4, y: 0 } }], crowd)[0]?.spots ?? [];
  assert.ok(!west || west.x < -30, "what lies on the other side is not named on this one");
  assert.deepEqual(placeNames([{ ...led, room: 30 }], [])[0]?.spots, [], "where nothing covers it, its territory is too small for a name");
  const [whole] = placeNames([led], crowd, [-100, -100, spot.x + 19, 100])[0]?.spots ?? [];
  assert.ok(!whole || whole.x + 20 < spot.x + 19, "it is in view as a whole, or it is not written");
  assert.deepEqual(placeNames([led], crowd, [-100, -100, 60, 100])[0]?.spots, []);
});
