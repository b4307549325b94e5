/** Symbols as pixels, written by hand: 200,000 copies of a picture would take a browser without graphics card half a second. */
import { writeShape } from "./shapes.js";

/** @import { Group } from "../types/payloads" */

/** A shape as the pixels that differ from nothing: offsets in the picture, and colours with alpha. @typedef {{ offsets: Int32Array, colours: Uint32Array }} Stamp */

/**
 * One pixel (alpha, blue, green, red in 32 bits) over another.
 * @type {(front: number, back: number) => number}
 */
export const mixPixels = (front, back) => {
  const alpha = front >>> 24;
  if (alpha === 255 || back >>> 24 === 0) return front;
  const rest = 255 - alpha;
  /** @param {number} shift */
  const mix = (shift) => ((((front >>> shift) & 255) * alpha + ((back >>> shift) & 255) * rest) / 255) | 0;
  const top = Math.max(alpha, back >>> 24);
  return ((top << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
};

/** The radius up to which a shape has the inner line alone: outer ones would blacken a crowd of small shapes. */
const RIMMED = 3;

/** How wide a stamp of a radius is, in pixels of the screen. @type {(r: number, ratio: number) => number} */
export const stampSize = (r, ratio) => Math.ceil((r * 1.6 + (r > RIMMED ? 2.5 : 1.5)) * 2 * ratio);

/**
 * Each group's shape once, for a picture that is so wide; `land` and `ink` are the colours of its outline.
 * @param {Group[]} groups
 * @param {{ r: number, ratio: number, wide: number, land: string, ink: string, theme: "light" | "dark" }} look
 * @returns {Stamp[]}
 */
export const makeStamps = (groups, { r, ratio, wide, land, ink, theme }) => {
  const size = stampSize(r, ratio);
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.lineJoin = "round";
  const lines = r > RIMMED ? /** @type {const} */ ([[ink, 4], [land, 2.4]]) : /** @type {const} */ ([[land, 1]]);
  return groups.map((group) => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, size, size);
    context.setTransform(ratio, 0, 0, ratio, size / 2, size / 2);
    const path = new Path2D(writeShape(group.shape, r));
    for (const [colour, width] of lines) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke(path);
    }
    context.fillStyle = group[theme];
    context.fill(path);
    const pixels = new Uint32Array(context.getImageData(0, 0, size, size).data.buffer);
    const used = [...pixels.keys()].filter((k) => pixels[k] >>> 24 > 8);
    const offsets = Int32Array.from(used, (k) => Math.floor(k / size) * wide + (k % size));
    return { offsets, colours: Uint32Array.from(used, (k) => pixels[k]) };
  });
};

/** Put a stamp into a picture. @type {(pixels: Uint32Array, start: number, stamp: Stamp) => void} */
export const putStamp = (pixels, start, { offsets, colours }) => {
  for (let k = 0; k < offsets.length; k++) {
    const at = start + offsets[k];
    pixels[at] = mixPixels(colours[k], pixels[at]);
  }
};
