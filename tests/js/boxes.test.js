/** Boxes of the globe: what the button that leads back to the content rests on. */
import assert from "node:assert/strict";
import test from "node:test";
import { clamp, isInSight, measureGap } from "../../src/biocarto/maps/frontend/geometry/boxes.js";

const PARIS = /** @type {const} */ ([48.8, 2.2, 48.9, 2.5]);

test("a point inside of a box has no gap, and one beside it has", () => {
  assert.equal(measureGap(PARIS, { lat: 48.85, lng: 2.3 }), 0);
  assert.ok(Math.abs(measureGap(PARIS, { lat: 47.8, lng: 2.3 }) - 1) < 1e-9);
});

test("a degree of longitude is narrower than one of latitude", () => {
  const east = measureGap(PARIS, { lat: 48.85, lng: 3.5 });
  assert.ok(east > 0.65 && east < 0.66);
});

test("a view holds what touches it", () => {
  assert.ok(isInSight(PARIS, [48.85, 2.3, 49, 2.4]));
  assert.ok(isInSight(PARIS, [48.9, 2.5, 49, 3]));
  assert.ok(!isInSight(PARIS, [48.91, 2.2, 49, 3]));
});

test("a number stays in its range", () => {
  assert.deepEqual([clamp(-1, 0, 5), clamp(3, 0, 5), clamp(9, 0, 5)], [0, 3, 5]);
});
