/** Facets of the static edition: what a question leaves, and what every value would leave. */
import assert from "node:assert/strict";
import test from "node:test";
import { FacetQuery } from "../../src/biocarto/build/static_edition/page/facets.js";
import { NumberWriter } from "../../src/biocarto/build/static_edition/page/numbers.js";
import { writeSummary } from "../../src/biocarto/build/static_edition/page/summary.js";
import { PAYLOAD, ROWS, SEARCH } from "./static_payload.js";

const facets = new FacetQuery(PAYLOAD, SEARCH);

/**
 * @param {Record<string, string[]>} codes
 * @param {string} [q]
 */
const ask = (codes, q = "") => ({ codes: { ...facets.emptyFilters().codes, ...codes }, q });

/**
 * @param {Record<string, string[]>} codes
 * @param {string} [q]
 */
const select = (codes, q = "") => facets.selectRows(ask(codes, q));

test("nothing chosen shows the present, by name", () => {
  assert.deepEqual(select({}).rows.map((row) => ROWS.ids[row]), ["nippon", "dna-script", "genethon", "saint-antoine", "yposkesi"]);
});

test("values of one facet add up, facets narrow each other", () => {
  assert.deepEqual(select({ kind: ["hospital"] }).rows, [4]);
  assert.equal(select({ kind: ["hospital", "company"] }).rows.length, 5);
  assert.deepEqual(select({ kind: ["company"], source_year: ["2024"] }).rows, [2]);
});

test("a count is what is left when its value is chosen instead of those of its facet", () => {
  /** @type {Record<string, string[]>[]} */
  const states = [{}, { kind: ["company"] }, { source_year: ["2025"] }, { status: ["dated", "present"] }];
  for (const codes of states) {
    const { counts } = select(codes);
    for (const name of facets.names) {
      const left = PAYLOAD.facets[name].codes.map((code) => select({ ...codes, [name]: [code] }).rows.length);
      assert.deepEqual(counts[name], left, name);
    }
  }
});

test("sites that are not counted come with their status, or with pages that are too old", () => {
  assert.deepEqual(select({ status: ["dated"] }).rows, [3]);
  assert.deepEqual(select({ source_year: ["-2014"] }).rows, [3]);
  assert.deepEqual(select({ source_year: ["2024"] }).rows, [2, 4]);
  assert.deepEqual(["dated", "present"].map((code) => facets.countShowable(ask({ status: [code] }))), [6, 6]);
  assert.equal(facets.countShowable(ask({})), 5);
});

test("a search narrows every count and puts the best first", () => {
  const { rows, counts } = select({}, "vecteurs viraux");
  assert.deepEqual(rows, [0, 1]);
  assert.deepEqual(counts, { kind: [2, 0], status: [0, 2], source_year: [0, 0, 2] });
});

test("a value that no facet has lets nothing through", () => {
  for (const code of ["constructor", "toString", ""]) {
    assert.deepEqual(select({ kind: [code] }).rows, []);
    assert.equal(facets.hasValue("kind", code), false);
  }
  assert.equal(facets.hasValue("constructor", "company"), false);
  assert.equal(facets.hasValue("kind", "company"), true);
});

test("a selection in words counts sites by row and kinds by organisation", () => {
  const french = new NumberWriter("fr");
  assert.equal(writeSummary(PAYLOAD, french, [0, 1, 2, 4], 1234), "4 sites affichés sur 1\u202f234\u00a0: 2 entreprises et 1 hôpital");
  assert.equal(writeSummary(PAYLOAD, french, [], 5), "0 site affiché sur 5");
  assert.equal(writeSummary({ ...PAYLOAD, lang: "en" }, new NumberWriter("en"), [4], 1234), "1 site affiché sur 1,234: 1 hôpital");
});

test("French takes the singular below two, English for one alone", () => {
  const [french, english] = ["fr", "en"].map((lang) => new NumberWriter(lang));
  assert.deepEqual([0, 1, 2].map((n) => french.writeCount(n, ["site", "sites"])), ["0 site", "1 site", "2 sites"]);
  assert.deepEqual([0, 1, 2].map((n) => english.writeCount(n, ["site", "sites"])), ["0 sites", "1 site", "2 sites"]);
});
