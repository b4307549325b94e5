/** The legend of the Tour: its stages, regions without one, seats, and what the line means. */
import { make, svg } from "../core/dom.js";
import { makeEntry, makeHatchedSwatch, makeSection } from "../core/legend.js";

/** @import { TourPayload } from "../types/payloads" */

/** @param {TourPayload} payload */
export const makeLegend = ({ words, stages, seats }) => {
  const entries = stages.map((stage, i) => makeEntry(make("span", `bc-echo bc-s${i} bc-key`, String(stage.order)), stage.title, ""));
  entries.push(makeEntry(makeHatchedSwatch("bc-area bc-unvisited"), words.unvisited));
  if (seats.length) entries.push(makeEntry(make("span", "bc-seat bc-key"), words.seat));
  const line = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, "aria-hidden": "true" });
  line.append(svg("path", { d: "M0 7h20", class: "bc-route" }));
  entries.push(makeEntry(line, words.route));
  return makeSection("tour", words.title, entries);
};
