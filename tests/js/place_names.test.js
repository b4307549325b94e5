/** What symbols are called on the map: campuses that stand alone, actors when one is close; communes are named by the ground. */
import assert from "node:assert/strict";
import test from "node:test";
import { listPlaceNames } from "../../src/biocarto/maps/frontend/symbols/place_names.js";

/** @import { Places } from "../../src/biocarto/maps/frontend/symbols/places.js" */

const IDS = ["site-genopole", "commune-94076", "site-espci", "commune-92049"];
const LABELS = ["Genopole Évry", "Villejuif", "ESPCI Paris", "DBV Technologies"];
const places = /** @type {Places} */ (/** @type {unknown} */ ({
  payload: { ids: IDS },
  label: (/** @type {number} */ row) => LABELS[row] ?? "",
  target: (/** @type {number} */ row) => ({ type: row === 3 ? "actor" : "place", id: IDS[row] }),
}));

/** @param {boolean} compact */
const makeMap = (compact) =>
  /** @type {L.Map} */ (/** @type {unknown} */ ({
    biocarto: { config: { compact } }, layerPointToLatLng: (/** @type {{ x: number, y: number }} */ { x, y }) => ({ lat: y, lng: x }),
  }));

/** @type {(rows: number[], total: number) => { rows: number[], point: L.Point, r: number, total: number }} */
const stand = (rows, total) => ({ rows, total, r: 10, point: /** @type {L.Point} */ ({ x: 2, y: 48 }) });

const SYMBOLS = [stand([0], 22), stand([1], 5), stand([2], 2), stand([3], 1), stand([0, 2], 24)];

test("campuses and actors have names, communes and gathered rings have none", () => {
  const names = listPlaceNames(makeMap(false), places, SYMBOLS);
  assert.deepEqual(names.map(({ text, kind }) => [text, kind]), [["Genopole Évry", "campus"], ["ESPCI Paris", "campus"], ["DBV Technologies", "actor"]]);
  assert.deepEqual(names[0].at, [48, 2]);
  assert.ok(names.every(({ beside }) => beside !== undefined && beside > 10));
});

test("a great campus is named from farther away and before the others, an actor last", () => {
  const [great, small, actor] = listPlaceNames(makeMap(false), places, SYMBOLS);
  assert.ok(great.rank < small.rank && small.rank < actor.rank);
  assert.ok(Number(great.from) < Number(small.from) && Number(small.from) < Number(actor.from));
});

test("a small map has no names of places", () => {
  assert.deepEqual(listPlaceNames(makeMap(true), places, SYMBOLS), []);
});
