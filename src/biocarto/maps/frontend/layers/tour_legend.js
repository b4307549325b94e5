/** The legend of the Tour: its stages, regions without one, seats, and what the line means. */
import { make, svg } from "../core/dom.js";
import { makeEntry, makeHatchedSwatch, makeSection } from "../core/legend.js";

/** @import { TourPayload } from "../types/payloads" */

/** @param {TourPayload} payload */
export const makeLegend = ({ words, stages, seats }) => {
  const last = stages.length - 1;
  /* The closed line has no room for seven titles, and some of them would say that the others are no stages. */
  const entries = stages.map((stage, i) =>
    makeEntry(make("span", `bc-echo bc-s${i} bc-key`, String(stage.order)), stage.title, i === last ? words.title : ""));
  entries.push(makeEntry(makeHatchedSwatch("bc-area bc-unvisited"), words.unvisited));
  if (seats.length) entries.push(makeEntry(make("span", "bc-seat bc-key"), words.seat));
  const line = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, "aria-hidden": "true" });
  line.append(svg("path", { d: "M0 7h20", class: "bc-route" }));
  entries.push(makeEntry(line, words.route));
  return makeSection("tour", words.title, entries);
};
