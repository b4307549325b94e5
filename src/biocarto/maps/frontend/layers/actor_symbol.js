/** What the symbol of some actors looks like: a shape or a ring, the lines around it, and one to its true point where it stands aside. */
import { svg } from "../core/dom.js";
import { writeCount } from "../core/emit.js";
import { needsLeader } from "../symbols/arrange.js";
import { drawRing } from "../symbols/rings.js";
import { drawShape } from "../symbols/shapes.js";

/** @import { Places } from "../symbols/places.js" */
/** @import { ActorSymbol } from "./actor_buttons.js" */

/** @type {(aside: L.Point) => SVGElement[]} */
const drawLeader = ({ x, y }) => {
  const d = `M0 0L${-x} ${-y}`;
  const point = svg("circle", { cx: -x, cy: -y, r: 2.2, class: "bc-leader" });
  return [svg("path", { d, class: "bc-leader bc-halo" }), svg("path", { d, class: "bc-leader" }), point];
};

/** @type {(map: L.Map, places: Places, symbol: ActorSymbol) => SVGElement[]} */
export const drawSymbol = (map, places, symbol) => {
  const { rows, counts, total, selected, aside, r } = symbol;
  const { groups } = places.payload;
  const ring = total > 1;
  const nodes = ring ? drawRing(groups, counts, total, r, writeCount(map, total)) : [drawShape(groups, places.group[rows[0]], r)];
  if (rows.length > 1) nodes.unshift(svg("circle", { r: r + 3, class: "bc-gathered" }));
  if (selected) nodes.unshift(svg("circle", { r: r + (ring ? 5 : 8), class: "bc-chosen" }));
  return needsLeader(symbol) ? [...drawLeader(aside), ...nodes] : nodes;
};
