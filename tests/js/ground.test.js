/** The ground: lines that are unpacked, widths between zooms, and names as people say them. */
import assert from "node:assert/strict";
import test from "node:test";
import { interpolate } from "../../src/biocarto/maps/frontend/ground/ground_lines.js";
import { listRiverNames, listStationNames, listTownNames, nameDistrict } from "../../src/biocarto/maps/frontend/ground/ground_names.js";
import { unpackLine } from "../../src/biocarto/maps/frontend/ground/packed_lines.js";

test("a packed line is a position and steps, latitude first when it is out", () => {
  assert.deepEqual(unpackLine([23500, 488500, -10, 20, 5, 0], 10_000), [[48.85, 2.35], [48.852, 2.349], [48.852, 2.3495]]);
  assert.deepEqual(unpackLine([], 10_000), []);
});

test("a width lies between those of the zooms around, and ends with the last", () => {
  const stops = /** @type {[number, number][]} */ ([[8, 1], [10, 3]]);
  assert.deepEqual([7, 8, 9, 10, 14].map((zoom) => interpolate(stops, zoom)), [1, 1, 2, 3, 3]);
});

test("an arrondissement has the ordinal of its visitor's language", () => {
  assert.deepEqual([1, 2, 13, 20].map((number) => nameDistrict(number, "fr")), ["1er", "2e", "13e", "20e"]);
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 20].map((number) => nameDistrict(number, "en")), ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "20th"]);
});

test("great towns and rivers come before small ones, and trains before the metro", () => {
  const towns = listTownNames({ scale: 1, towns: [["Nanterre", 48.89, 2.2, 9.2], ["Rungis", 48.75, 2.35, 11.8]] });
  assert.deepEqual(towns.map(({ kind, from }) => [kind, from]), [["landmark", 9.2], ["city", 10], ["town", 11.8]]);
  assert.ok(towns[0].to !== undefined && towns[0].to < 10, "from afar it comes after departments, close it comes before");
  assert.ok(towns[1].rank < towns[2].rank);
  const stations = listStationNames({ scale: 1, stations: [["Gare du Nord", 48.88, 2.35, 0], ["Pernety", 48.83, 2.32, 1]] });
  assert.ok(towns[2].rank < stations[0].rank && stations[0].rank < stations[1].rank);
  const [seine, epte] = listRiverNames({ scale: 10, rivers: [{ name: "la Seine", width: 3, lines: [[20, 480, 1, 1]] }, { name: "l'Epte", width: 1, lines: [[17, 490, 1, 1]] }] });
  assert.ok(seine.rank < towns[1].rank && towns[1].rank < epte.rank);
});

test("a file without rivers, rail or stations has no names of them", () => {
  assert.deepEqual([listRiverNames({ scale: 1 }), listStationNames({ scale: 1 }), listTownNames({ scale: 1 })], [[], [], []]);
});

test("a river that has lost its lines has no name, and one that has lost some keeps it", () => {
  const found = listRiverNames({ scale: 10, rivers: [{ name: "la Marne", width: 3, lines: [] }, { name: "l'Orge", width: 1, lines: [[], [20, 480]] }] });
  assert.deepEqual(found.map(({ text, at }) => [text, at]), [["l'Orge", [48, 2]]]);
});
