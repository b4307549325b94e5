/** The layer of actors that a page of the static edition sends to a map. */
import assert from "node:assert/strict";
import test from "node:test";
import { buildActorLayer } from "../../src/biocarto/build/static_edition/page/actor_layer.js";
import { PAYLOAD } from "./static_payload.js";

/** @param {string} text */
const readNumbers = (text) => [...new Int32Array(new Uint8Array(Buffer.from(text, "base64")).buffer)];

test("places of one actor are named by it, places of several by themselves and with the counts of their groups", () => {
  const layer = buildActorLayer(PAYLOAD, [2, 1, 0]);
  assert.deepEqual(layer.ids, ["site-genopole", "commune-94028"]);
  assert.deepEqual(layer.labels.split("\n"), ["Genopole", "DNA Script"]);
  assert.deepEqual(layer.actors, { 1: "dna-script" });
  assert.deepEqual([layer.lat, layer.lon, layer.rows, layer.rings].map(readNumbers), [[4862000, 4879000], [244000, 245500], [0], [1, 1]]);
  assert.deepEqual(layer.held, [[[PAYLOAD.rows.ids[0], PAYLOAD.rows.names[0], 0, 0], [PAYLOAD.rows.ids[1], PAYLOAD.rows.names[1], 1, 0]]]);
  assert.deepEqual([...Buffer.from(layer.group, "base64")], [0, 0]);
});

test("actors of whom only an area is known stand beside the map, whatever its name holds", () => {
  const layer = buildActorLayer(PAYLOAD, [3, 4, 5]);
  assert.deepEqual([layer.size, layer.ids, layer.lat], [0, [], ""]);
  const name = "Paris $& {place}, arrondissement inconnu";
  assert.deepEqual(layer.areas, [{ id: "commune-75056", name, counts: [2, 1], department: "75" }]);
  assert.equal(layer.apartTotal, 1);
});

test("the legend knows how many actors stand at a point of a street", () => {
  const places = PAYLOAD.places.map((place, i) => /** @type {typeof place} */ ([...place.slice(0, 4), ["street", "in_street", "area"][i]]));
  assert.deepEqual(buildActorLayer({ ...PAYLOAD, places }, [0, 1, 2, 3]).points, { in_street: 1, street: 2 });
  assert.deepEqual(buildActorLayer(PAYLOAD, [0, 1, 2, 3]).points, { in_street: 0, street: 0 });
});

test("a place stands hollow where none of its actors is present", () => {
  const rows = { ...PAYLOAD.rows, apart: /** @type {(0 | 1)[]} */ ([1, 0, 1, 0, 0, 0]) };
  assert.deepEqual(buildActorLayer({ ...PAYLOAD, rows }, [0, 1, 2]).apart, [1]);
});

test("what stands out and the legend are as asked for", () => {
  const { selected, legend } = buildActorLayer(PAYLOAD, [], { selected: "site-genopole", legend: false });
  assert.deepEqual([selected, legend], ["site-genopole", false]);
});
