/** The key to sizes: rings in the sizes of the map at this moment, one within the other, each with its number beside its top. */
import { svg } from "../core/dom.js";
import { growth, radius } from "./shapes.js";

/** @import { Places } from "./places.js" */

/** Which numbers to show: the largest that the legend has room for, a quarter of it, and two. @type {(most: number, zoom: number) => number[]} */
const chooseSteps = (most, zoom) => {
  const tallest = Math.max(2, Math.floor((26 / growth(zoom)) ** 2));
  const first = Math.min(most, tallest < 10 ? tallest : Math.floor(tallest / 5) * 5);
  /** @param {number} n */
  const height = (n) => 2 * (radius(first, zoom) - radius(n, zoom));
  return [first, Math.round(first / 4), 2].filter((n, i, all) => n > 1 && (i === 0 || height(n) - height(all[i - 1]) > 10));
};

/** @type {(node: HTMLElement, places: Places, zoom: number) => void} */
export const drawSizes = (node, places, zoom) => {
  const most = Array.from(places.rows, (row) => places.total(row)).reduce((a, b) => Math.max(a, b), 0);
  if (most < 2) return node.replaceChildren();
  const steps = chooseSteps(most, zoom);
  const top = radius(steps[0], zoom);
  const size = { width: 2 * top + 34, height: 2 * top + 12 };
  const drawn = svg("svg", { ...size, viewBox: `${-top - 1} -6 ${size.width} ${size.height}`, "aria-hidden": "true" });
  for (const n of steps) {
    const r = radius(n, zoom);
    const y = 2 * (top - r);
    const text = svg("text", { x: top + 8, y, dy: "0.35em", "font-size": 11, class: "bc-number bc-start" });
    text.textContent = String(n);
    drawn.append(svg("circle", { cx: 0, cy: 2 * top - r, r, class: "bc-size" }), svg("path", { d: `M0 ${y}H${top + 5}`, class: "bc-lead" }), text);
  }
  node.replaceChildren(drawn);
};
