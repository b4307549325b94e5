/* Static edition, facets: which rows a question leaves, and what every value would leave (src/biocarto/query/facets.py says how). */
(() => {
  "use strict";
  const Edition = window.Edition;
  const { facets, rows, counted: shown, old } = Edition.data;
  const names = Object.keys(facets);
  const size = rows.ids.length;
  Edition.facetNames = names;

  /* Facet -> code -> number of the value. */
  const numbers = Object.fromEntries(names.map((name) => [name, new Map(facets[name].codes.map((code, i) => [code, i]))]));
  Edition.known = (name, code) => numbers[name].has(code);

  const holds = (name, wanted) => {
    const meant = new Set(wanted.map((code) => numbers[name].get(code)));
    return facets[name].held.map((held) => held.some((value) => meant.has(value)));
  };
  const present = holds("status", [shown]);

  /* Sites that are not counted appear only where their status, or the pages that they rest on, are asked for. */
  const showsApart = (chosen) => chosen.status.length > 0 || chosen.source_year.includes(old);

  /* Facet -> which rows it lets through, for the facets that hold something back. */
  const filtersOf = (chosen) => {
    const kept = new Map(names.filter((name) => chosen[name].length).map((name) => [name, holds(name, chosen[name])]));
    if (!showsApart(chosen)) kept.set("status", present);
    return kept;
  };
  const left = (kept, free, without = "") => {
    const filters = [...kept].filter(([name]) => name !== without).map(([, mask]) => mask);
    return free.map((one, row) => one && filters.every((mask) => mask[row]));
  };
  const counted = (name, mask) => {
    const counts = new Array(facets[name].codes.length).fill(0);
    mask.forEach((one, row) => one && facets[name].held[row].forEach((value) => counts[value]++));
    return counts;
  };
  /* Pages before 2015 would bring the sites that are not counted with them, the other years would not. */
  const years = (chosen, free) => {
    const [recent, before] = [[], [old]].map((wanted) => {
      const asked = { ...chosen, source_year: wanted };
      return counted("source_year", left(filtersOf(asked), free, "source_year"));
    });
    return recent.map((count, i) => (facets.source_year.codes[i] === old ? before[i] : count));
  };

  /** The answer to {facet: codes, q}: which rows are left, the counts of every value, and the scores where something is searched. */
  Edition.select = (chosen) => {
    const scores = chosen.q ? Edition.scores(chosen.q) : null;
    const free = Array.from({ length: size }, (_, row) => !scores || scores[row] > 0);
    const kept = filtersOf(chosen);
    const counts = Object.fromEntries(names.map((name) => [name, counted(name, left(kept, free, name))]));
    counts.source_year = years(chosen, free);
    const mask = left(kept, free);
    const found = [...mask.keys()].filter((row) => mask[row]);
    const { order } = rows;
    found.sort((a, b) => (scores ? scores[b] - scores[a] : 0) || order[a] - order[b]);
    return { found, counts, scores };
  };
  /** Nothing chosen. */
  Edition.nothing = () => ({ ...Object.fromEntries(names.map((name) => [name, []])), q: "" });

  /** What some rows hold, in words: sites by row, and every kind by organisation. */
  Edition.summary = (found, total) => {
    const { texts, lang } = Edition.data;
    const parts = Object.entries(texts.kinds).map(([kind, forms]) => {
      const organisations = new Set(found.filter((row) => rows.kind[row] === kind).map((row) => rows.organisation[row]));
      return organisations.size ? Edition.counted(organisations.size, forms) : "";
    }).filter(Boolean);
    const whole = `${Edition.counted(found.length, texts.sites)} ${texts.of} ${Edition.number(total)}`;
    const listed = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} ${texts.and} ${parts.at(-1)}` : parts.join("");
    return listed ? `${whole}${lang === "fr" ? "\u00a0: " : ": "}${listed}` : whole;
  };
  /** Sites that a list may show: all where others than the present are asked for, else these. */
  Edition.total = (chosen) => (showsApart(chosen) ? size : present.filter(Boolean).length);
})();
