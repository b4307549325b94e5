/** Rings: several actors at one place, divided by group, with their number. */
import { svg } from "../core/dom.js";
import { writeShape } from "./shapes.js";
import { addTextures } from "./textures.js";

/** @import { Group } from "../types/payloads" */

/** How thick a ring of a radius is. @param {number} r */
export const ringWidth = (r) => Math.max(2.8, Math.min(12, r * 0.34));

/**
 * Parts of a ring: group, start and share, in shares of 1.
 * @param {Iterable<number>} counts
 * @param {number} total
 */
export const divideRing = (counts, total) => {
  let start = 0;
  /** @type {[group: number, start: number, share: number][]} */
  const parts = [];
  for (const [group, n] of [...counts].entries()) {
    if (n > 0) parts.push([group, start, n / total]);
    start += n / total;
  }
  return parts;
};

/** The radius of the shape that a part carries; none where it would not be recognised: its place in the order and the tooltip tell. */
/** @type {(width: number, length: number) => number} */
const glyphRadius = (width, length) => (width >= 6 && length >= width * 0.9 ? width * 0.29 : 0);

/**
 * The shape of a group on its part of the ring: colour alone never tells.
 * @type {(groups: Group[], group: number, middle: number, r: number, turn: number) => SVGPathElement}
 */
const drawGlyph = (groups, group, middle, r, turn) => {
  const [x, y] = [middle * Math.cos(turn), middle * Math.sin(turn)];
  return svg("path", { d: writeShape(groups[group].shape, r), class: "bc-glyph", transform: `translate(${x} ${y})` });
};

/** @type {(text: string, room: number) => SVGTextElement} */
const drawNumber = (text, room) => {
  const size = Math.max(9, Math.min(22, room * (text.length > 2 ? 0.8 : 1.05)));
  const label = svg("text", { "font-size": size.toFixed(1), dy: "0.35em", class: "bc-number" });
  label.textContent = text;
  return label;
};

/**
 * The nodes of a ring around a middle.
 * @type {(groups: Group[], counts: Iterable<number>, total: number, r: number, text: string) => SVGElement[]}
 */
export const drawRing = (groups, counts, total, r, text) => {
  const width = ringWidth(r);
  const middle = r - width / 2;
  const around = 2 * Math.PI * middle;
  const divided = divideRing(counts, total);
  const gap = divided.length > 1 ? Math.min(1.8, around / 32) : 0;
  addTextures();
  /** @type {SVGElement[]} */
  const nodes = [svg("circle", { r: r + 1.5, class: "bc-disc" })];
  for (const [group, start, share] of divided) {
    const length = Math.max(0.8, share * around - gap);
    nodes.push(svg("circle", {
      r: middle, class: `bc-arc bc-g${group}`, "stroke-width": width,
      "stroke-dasharray": `${length} ${around - length}`, transform: `rotate(${start * 360 - 90})`,
    }));
    const glyph = glyphRadius(width, length);
    if (glyph) nodes.push(drawGlyph(groups, group, middle, glyph, (start + share / 2 - 0.25) * 2 * Math.PI));
  }
  nodes.push(drawNumber(text, r - width));
  return nodes;
};
