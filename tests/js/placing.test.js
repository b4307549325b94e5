/** Symbols that step aside, names that keep clear, and a line that goes around: no browser is needed for it. */
import assert from "node:assert/strict";
import test from "node:test";
import { overlap } from "../../src/biocarto/maps/frontend/geometry/boxes.js";
import { displace, measureFromLine } from "../../src/biocarto/maps/frontend/geometry/displace.js";
import { isInside, makeMask, measureInside } from "../../src/biocarto/maps/frontend/geometry/mask.js";
import { planRoute } from "../../src/biocarto/maps/frontend/geometry/route.js";
import { breakName, chooseSpots, listAround } from "../../src/biocarto/maps/frontend/geometry/spots.js";

/** @import { Disc } from "../../src/biocarto/maps/frontend/geometry/displace.js" */
/** @import { ScreenBox } from "../../src/biocarto/maps/frontend/geometry/boxes.js" */

/** @type {(x: number, y: number, r?: number) => Disc} */
const disc = (x, y, r = 10) => ({ x, y, r });

/** @type {(a: { x: number, y: number }, b: { x: number, y: number }) => number} */
const between = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

test("what has room stands at its own point", () => {
  assert.deepEqual(displace([disc(0, 0), disc(30, 0)]), [{ x: 0, y: 0 }, { x: 30, y: 0 }]);
});

test("twenty on one point all stand clear of each other and of what was there, and near", () => {
  const fixed = [disc(40, 0, 17)];
  const spots = displace(Array.from({ length: 20 }, () => disc(0, 0)), fixed);
  spots.forEach((spot, i) => {
    assert.ok(spots.every((other, j) => i === j || between(spot, other) >= 19.99));
    assert.ok(between(spot, { x: 40, y: 0 }) >= 26.99);
    assert.ok(between(spot, { x: 0, y: 0 }) < 90);
  });
});

test("the same input gives the same places, and the first one keeps its point", () => {
  const wishes = [disc(0, 0), disc(3, 1), disc(-2, 4)];
  assert.deepEqual(displace(wishes), displace(wishes));
  assert.deepEqual(displace(wishes)[0], { x: 0, y: 0 });
});

test("a symbol leaves the points of the others in sight, and stays where it may stand", () => {
  const [spot = disc(0, 0)] = displace([{ ...disc(0, 0), fits: (x) => x >= 0 }], [], () => [disc(5, 0, 4)]);
  assert.ok(between(spot, { x: 5, y: 0 }) >= 13.99);
  assert.ok(spot.x >= 0);
});

test("where nothing fits, being seen comes first", () => {
  const [, spot = disc(0, 0)] = displace([disc(0, 0), { ...disc(0, 0), fits: () => false }]);
  assert.ok(between(spot, { x: 0, y: 0 }) >= 19.99);
});

test("leaders go around what stands there", () => {
  const wishes = [disc(0, 0), disc(3, 0), disc(0, 3), disc(3, 3)];
  const spots = displace(wishes, [disc(26, 0, 12)], (wish) => wishes.filter((other) => other !== wish).map(({ x, y }) => disc(x, y, 4)));
  spots.forEach((spot, i) => assert.ok(measureFromLine({ x: 26, y: 0 }, [wishes[i] ?? spot, spot]) >= 12));
});

test("a name keeps clear of symbols and of the names before it, or is not written", () => {
  /** @type {ScreenBox[]} */
  const taken = [[-10, -10, 10, 10], [10, -20, 60, 20]];
  const spots = chooseSpots(Array.from({ length: 12 }, () => listAround({ x: 0, y: 0 }, 12, [40, 12])), taken);
  const boxes = spots.flatMap((spot) => (spot ? [spot.box] : []));
  assert.ok(boxes.length > 1 && boxes.length < 12);
  /** Letters are lower than their line. @type {(box: ScreenBox) => ScreenBox} */
  const letters = ([left, top, right, bottom]) => [left, top + 1.5, right, bottom - 1.5];
  boxes.forEach((box, i) => assert.ok(taken.slice(0, 2 + i).every((other) => !overlap(letters(box), other))));
});

test("of two free spots a name takes the one without a line beneath it", () => {
  const spots = listAround({ x: 0, y: 0 }, 12, [40, 12]);
  assert.equal(chooseSpots([spots], [])[0]?.side, 1);
  const line = Array.from({ length: 9 }, (_, i) => /** @type {const} */ ([15 + 4 * i, 0]));
  assert.equal(chooseSpots([spots], [], line)[0]?.side, -1);
});

test("a long name is broken where its two lines are of one length", () => {
  assert.equal(breakName("Bourgogne-Franche-Comté"), "Bourgogne-\nFranche-Comté");
  assert.equal(breakName("Centre-Val de Loire"), "Centre-Val\nde Loire");
  assert.equal(breakName("Corse"), "Corse");
});

test("a mask knows what lies inside of an outline with a hole", () => {
  const mask = makeMask("M0 0L96 0L96 96L0 96zM32 32L64 32L64 64L32 64z");
  assert.deepEqual([isInside(mask, 10, 48), isInside(mask, 48, 48), isInside(mask, 90, 48), isInside(mask, 48, 99), isInside(mask, -1, 48)], [true, false, true, false, false]);
  assert.equal(measureInside(mask, [2, 2, 30, 30]), 1);
  assert.equal(measureInside(mask, [100, 2, 130, 30]), 0);
});

test("the line of the Tour goes around every circle but those that it joins, and ends at their rims", () => {
  const stops = [disc(451, 175, 17), disc(403, 292, 17), disc(548, 193, 17), disc(573, 124, 17), disc(486, 71, 17), disc(475, 130, 17), disc(463, 346, 17)];
  const legs = planRoute(stops, [disc(537, 283, 11)]);
  assert.equal(legs.length, 6);
  legs.forEach((points, leg) => {
    stops.forEach((stop, i) => {
      const nearest = points.reduce((least, [x, y]) => Math.min(least, between({ x, y }, stop)), 1e9);
      assert.ok(nearest >= (i === leg || i === leg + 1 ? 17 : 23), `leg ${leg + 1} and stage ${i + 1}: ${nearest}`);
    });
  });
});

test("stops at one point make no line and no error", () => {
  assert.deepEqual(planRoute([disc(0, 0, 17), disc(0, 0, 17)]), [[]]);
  assert.deepEqual(planRoute([]), []);
});
