/** Asks the modules of the static edition: reads a document's data and questions from standard input, writes what they answer. */
import { readFileSync } from "node:fs";
import { buildActorLayer } from "../../src/biocarto/build/static_edition/page/actor_layer.js";
import { FacetQuery } from "../../src/biocarto/build/static_edition/page/facets.js";
import { NumberWriter } from "../../src/biocarto/build/static_edition/page/numbers.js";
import { ActorSearch } from "../../src/biocarto/build/static_edition/page/search.js";
import { writeSummary } from "../../src/biocarto/build/static_edition/page/summary.js";
import { cleanLabel, cleanSearch, foldWords } from "../../src/biocarto/build/static_edition/page/words.js";

/**
 * @import { Filters } from "../../src/biocarto/build/static_edition/page/facets.js"
 * @import { Payload } from "../../src/biocarto/build/static_edition/page/payload.js"
 */

/**
 * @typedef {object} Questions
 * @property {Payload} payload
 * @property {string[]} searches
 * @property {Filters[]} filters
 * @property {string[]} texts
 */

/** @type {Questions} */
const { payload, searches, filters, texts } = JSON.parse(readFileSync(0, "utf8"));
const { rows } = payload;
const search = new ActorSearch(payload.search, rows);
const facets = new FacetQuery(payload, search);

/** @param {Filters} asked */
const select = (asked) => {
  const selection = facets.selectRows(asked);
  return {
    ids: selection.rows.map((row) => rows.ids[row]),
    counts: selection.counts,
    summary: writeSummary(payload, new NumberWriter(payload.lang), selection.rows, facets.countShowable(asked)),
    layer: buildActorLayer(payload, selection.rows),
  };
};

process.stdout.write(JSON.stringify({
  found: searches.map((text) => search.findRows(text).map((row) => rows.ids[row])),
  selections: filters.map(select),
  texts: texts.map((text) => [foldWords(text).join(" "), cleanLabel(text), cleanSearch(text, payload.search.longest)]),
}));
