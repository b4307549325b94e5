/** The order of the Tour's stages as a line with heads; it is no route on a road. */
import { svg } from "../core/dom.js";
import { toLocal } from "../geometry/world.js";
import { Vector } from "../ground/vector.js";

/** @import { Position } from "../types/payloads" */

/**
 * A leg: a gentle curve, its middle and its direction there (degrees).
 * @type {(from: readonly [number, number], to: readonly [number, number]) => { d: string, middle: [number, number], turn: number }}
 */
const bendLeg = ([x1, y1], [x2, y2]) => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const bend = 0.14;
  const [cx, cy] = [(x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend];
  return {
    d: `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`,
    middle: [(x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4],
    turn: (Math.atan2(dy, dx) * 180) / Math.PI,
  };
};

/**
 * Draw the line through some positions, in their order.
 * @type {(map: L.Map, stops: Position[]) => Vector}
 */
export const drawRoute = (map, stops) => {
  const route = new Vector("bc-route").addTo(map);
  const points = stops.map((at) => toLocal(map, at));
  /** @type {[SVGPathElement, string][]} */
  const heads = [];
  for (let i = 1; i < points.length; i++) {
    const { d, middle, turn } = bendLeg(points[i - 1], points[i]);
    const head = svg("path", { d: "M-4-5 5 0-4 5-2 0z", class: "bc-head" });
    route.root.append(svg("path", { d, class: "bc-route-halo" }), svg("path", { d, class: "bc-route" }), head);
    heads.push([head, `translate(${middle[0]} ${middle[1]}) rotate(${turn})`]);
  }
  const scale = () => {
    for (const [head, where] of heads) head.setAttribute("transform", `${where} scale(${route.unit})`);
  };
  route.on("unit", scale);
  scale();
  return route;
};
