/** The shapes of the groups, each with the area of the circle of radius 1, and how large a symbol is. */
import { svg } from "../core/dom.js";

/** @import { Group } from "../types/payloads" */

/** @typedef {[number, number]} XY */

/** @type {(n: number, radius: number, turn?: number) => XY[]} */
const listCorners = (n, radius, turn = -90) =>
  Array.from({ length: n }, (_, i) => ((i * 360) / n + turn) * (Math.PI / 180)).map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);

const makeStar = () => {
  const inner = listCorners(5, 0.69, -54);
  return listCorners(5, 1.54).flatMap((point, i) => [point, inner[i]]);
};

/** @type {Record<string, XY[]>} */
const SHAPES = {
  square: listCorners(4, 1.2533, -45),
  triangle: listCorners(3, 1.555),
  diamond: listCorners(4, 1.2533),
  pentagon: listCorners(5, 1.15),
  star: makeStar(),
};

/** The outline of a shape as SVG path data; without a name of ours, a circle. @type {(shape: string, r: number) => string} */
export const writeShape = (shape, r) => {
  const points = SHAPES[shape];
  if (!points) return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return `M${points.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}z`;
};

/**
 * The shape of a group, in its colour, in an outline of two lines: ground within, ink without. One of them stands out from any class.
 * @type {(groups: Group[], index: number, r: number) => SVGGElement}
 */
export const drawShape = (groups, index, r) => {
  const d = writeShape(groups[index].shape, r);
  const node = svg("g");
  node.append(svg("path", { d, class: "bc-rim" }), svg("path", { d, class: `bc-shape bc-g${index}` }));
  return node;
};

/** Pixels of radius per root of an actor: area follows the count. @param {number} zoom */
export const growth = (zoom) => Math.min(8.5, Math.max(2.5, 3.3 * 1.36 ** (zoom - 9)));

/* The smallest symbols keep a size that shows their shape or number. */
/** @type {(total: number, zoom: number) => number} */
const leastRadius = (total, zoom) => Math.min(1, Math.max(0.72, 0.85 + (zoom - 9) * 0.06)) * (total > 1 ? 10 : 7);

/** The radius of a symbol of so many actors. @type {(total: number, zoom: number) => number} */
export const radius = (total, zoom) => Math.max(leastRadius(total, zoom), growth(zoom) * Math.sqrt(total));

/** Nodes around a middle as a picture; `reach` is half its side. @type {(nodes: Element[], reach: number) => SVGSVGElement} */
export const drawing = (nodes, reach) => {
  const size = { width: 2 * reach, height: 2 * reach };
  const node = svg("svg", { viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}`, ...size, class: "bc-symbol", "aria-hidden": "true" });
  node.append(...nodes);
  return node;
};
