/** What the state of the static edition asks of its data, and what a map may say. */
import assert from "node:assert/strict";
import test from "node:test";
import { isDrawMessage, isReadyMessage, isTapMessage } from "../../src/biocarto/build/static_edition/map_frame/messages.js";
import { findActorRow, findPlaceNumber, listUnknown, readFilters } from "../../src/biocarto/build/static_edition/page/edition.js";
import { FacetQuery } from "../../src/biocarto/build/static_edition/page/facets.js";
import { PageState } from "../../src/biocarto/build/static_edition/page/state.js";
import { findStage } from "../../src/biocarto/build/static_edition/page/tour_page.js";
import { PAYLOAD, SEARCH } from "./static_payload.js";

const FACETS = new FacetQuery(PAYLOAD, SEARCH);

/** @param {string} hash */
const readState = (hash) => {
  const ignore = () => {};
  const state = new PageState("fr", PAYLOAD.files, {
    location: { hash, replace: ignore }, history: { pushState: ignore, replaceState: ignore }, addEventListener: ignore,
  });
  state.start();
  return state;
};

test("an actor is found under its present and its former id", () => {
  const rows = ["genethon", "gencell", "nobody", "constructor", ""].map((id) => findActorRow(PAYLOAD.rows, readState(`#/annuaire?actor=${id}`)));
  assert.deepEqual(rows, [0, 0, -1, -1, -1]);
});

test("a place is found by its id", () => {
  const numbers = ["commune-94028", "commune-00000", ""].map((id) => findPlaceNumber(PAYLOAD.places, readState(`#/annuaire?place=${id}`)));
  assert.deepEqual(numbers, [1, -1, -1]);
});

test("filters have the values that exist, each once, and a search on one line", () => {
  const state = readState("#/annuaire?kind=company&kind=sorcery&kind=company&q=%20a%00%20%20b&status=toString");
  const filters = readFilters({ state, facets: FACETS, search: SEARCH });
  assert.deepEqual(filters, { codes: { kind: ["company"], status: [], source_year: [] }, q: "a b" });
});

test("what an address asks in vain is named: values, an actor, a page", () => {
  const pages = new Set(["", "annuaire"]);
  const ask = (/** @type {string} */ hash) => listUnknown({ payload: PAYLOAD, state: readState(hash), facets: FACETS }, pages);
  assert.deepEqual(ask("#/annuaire?kind=sorcery&kind=company&actor=nobody"), ["kind = sorcery", "actor = nobody"]);
  assert.deepEqual(ask("#/elsewhere?utm=x"), ["elsewhere"]);
  assert.deepEqual(ask("#/annuaire?etat=2010&near=91228&km=20&kind=company"), ["near = 91228", "etat = 2010"]);
  assert.deepEqual(ask("#/annuaire?kind=company&actor=gencell"), []);
});

test("a tap on the Tour means a stage, or the first one of a cluster", () => {
  const taps = [["stage", "stage-1"], ["cluster", "medicen"], ["cluster", "constructor"], ["region", "11"]];
  assert.deepEqual(taps.map(([type, id]) => findStage(PAYLOAD, type, id)), ["stage-1", "stage-2", "", ""]);
});

test("a message is one of ours or nothing", () => {
  const strangers = [null, undefined, 1, "ready", [], {}, { say: "drawn" }, { say: "picked", type: "actor", id: 7 }, { say: "draw" }];
  for (const is of [isDrawMessage, isReadyMessage, isTapMessage]) assert.deepEqual(strangers.filter(is), []);
  assert.ok(isReadyMessage({ say: "ready" }));
  assert.ok(isTapMessage({ say: "picked", type: "actor", id: "genethon" }));
  assert.ok(isDrawMessage({ say: "draw", base: {}, layers: [] }));
});
