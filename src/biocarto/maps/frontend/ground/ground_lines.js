/** Rivers, rail and the marks of stations: drawn once, their widths and what is shown follow the zoom. */
import { svg } from "../core/dom.js";
import { findOrigin, worldX, worldY } from "../geometry/world.js";
import { unpackLine } from "./packed_lines.js";

/** @import { GroundFile, PackedLine } from "./detail.js" */
/** @import { Vector } from "./vector.js" */

/** One path, its width in pixels at zooms, and the zoom from which it is shown. @typedef {{ path: SVGElement, widths: Stop[], from: number }} Drawn */
/** Zoom and pixels. @typedef {readonly [number, number]} Stop */

/** Widths of rivers by their class, the smallest first. @type {Stop[][]} */
const RIVERS = [
  [[6, 0.6], [8, 0.7], [10, 1], [12, 1.6], [14, 4]],
  [[5, 0.8], [8, 1.2], [10, 2], [12, 3.5], [14, 9]],
  [[5, 1.1], [8, 2], [10, 3.2], [12, 6], [14, 16]],
];
/** Trains and RER, metro, tram: class, widths, first zoom. @type {{ name: string, widths: Stop[], from: number }[]} */
const RAIL = [
  { name: "rail", widths: [[10, 0.8], [12, 1.4], [15, 2.4]], from: 10 },
  { name: "metro", widths: [[12, 0.9], [15, 2]], from: 11.8 },
  { name: "tram", widths: [[13, 0.8], [15, 1.6]], from: 12.8 },
];
/** Marks of stations by the same kinds. @type {{ widths: Stop[], from: number }[]} */
const STATIONS = [{ widths: [[11, 4], [13, 7], [15, 9]], from: 11 }, { widths: [[12, 3.4], [14, 6]], from: 12.2 }, { widths: [[13, 4]], from: 13 }];
/** Pixels of the ring around a mark, and of the casing that keeps a line apart from a colour beneath it. */
/** @type {Stop[]} */
const RING = [[11, 2.4]];
/** @type {Stop[]} */
const CASING = [[8, 0.7], [11, 1.8]];

/**
 * A value between stops, and that of the nearest beyond them.
 * @type {(stops: readonly Stop[], zoom: number) => number}
 */
export const interpolate = (stops, zoom) => {
  const next = stops.findIndex(([at]) => at >= zoom);
  if (next < 0) return stops[stops.length - 1][1];
  if (next === 0) return stops[0][1];
  const [[a, low], [b, high]] = [stops[next - 1], stops[next]];
  return low + ((high - low) * (zoom - a)) / (b - a);
};

/** @type {(stops: readonly Stop[], more: readonly Stop[]) => Stop[]} */
const widen = (stops, more) => stops.map(([zoom, width]) => [zoom, width + interpolate(more, zoom)]);

export class GroundLines {
  /**
   * @param {L.Map} map
   * @param {Vector} vector
   */
  constructor(map, vector) {
    this.map = map;
    this.origin = findOrigin(map);
    this.water = svg("g", { class: "bc-water" });
    this.rail = svg("g", { class: "bc-rails" });
    this.stations = svg("g", { class: "bc-stations" });
    vector.root.prepend(this.water);
    vector.root.append(this.rail, this.stations);
    /** @type {Drawn[]} */
    this.drawn = [];
    map.on("zoomend viewreset", () => this.settle());
  }

  /** @param {GroundFile} file */
  add({ scale, rivers = [], rail = [], stations = [] }) {
    for (const [i, widths] of RIVERS.entries()) {
      const lines = rivers.filter(({ width }) => width === i + 1).flatMap((river) => river.lines);
      this.drawCased(this.water, this.writeLines(lines, scale), "bc-river", widths, 0);
    }
    for (const { kind, lines } of rail) {
      const { name, widths, from } = RAIL[kind];
      this.drawCased(this.rail, this.writeLines(lines, scale), `bc-${name}`, widths, from);
    }
    for (const [kind, { widths, from }] of STATIONS.entries()) {
      const points = stations.filter((station) => station[3] === kind).map(([, lat, lon]) => `M${this.write(lon, lat)}h.01`).join("");
      this.draw(this.stations, points, "bc-station-ring", widen(widths, RING), from);
      this.draw(this.stations, points, "bc-station", widths, from);
    }
    this.settle();
  }

  /** @type {(lon: number, lat: number) => string} */
  write(lon, lat) {
    return `${(worldX(lon) - this.origin[0]).toFixed(2)} ${(worldY(lat) - this.origin[1]).toFixed(2)}`;
  }

  /** @type {(lines: PackedLine[], scale: number) => string} */
  writeLines(lines, scale) {
    return lines.map((line) => `M${unpackLine(line, scale).map(([lat, lon]) => this.write(lon, lat)).join("L")}`).join("");
  }

  /** @type {(group: SVGElement, d: string, name: string, widths: Stop[], from: number) => void} */
  draw(group, d, name, widths, from) {
    if (!d) return;
    const path = svg("path", { d, class: name });
    group.append(path);
    this.drawn.push({ path, widths, from });
  }

  /** @type {(group: SVGElement, d: string, name: string, widths: Stop[], from: number) => void} */
  drawCased(group, d, name, widths, from) {
    if (!d) return;
    const casing = svg("path", { d, class: "bc-casing" });
    group.prepend(casing);
    this.drawn.push({ path: casing, widths: widen(widths, CASING), from });
    this.draw(group, d, name, widths, from);
  }

  settle() {
    const zoom = this.map.getZoom();
    this.map.getContainer().classList.toggle("bc-close", zoom >= RAIL[0].from);
    for (const { path, widths, from } of this.drawn) {
      path.style.display = zoom < from ? "none" : "";
      path.style.strokeWidth = interpolate(widths, zoom).toFixed(2);
    }
  }
}
