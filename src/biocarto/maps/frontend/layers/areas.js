/** Territories as paths in one SVG. What extends it gives each shape a class; hover, tooltip and click work the same. */
import { svg } from "../core/dom.js";
import { reportDrawn, wasDragged } from "../core/emit.js";
import { setContent } from "../core/guide.js";
import { applyInterface } from "../core/interface.js";
import { setLegend } from "../core/legend.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { loadShapes } from "../ground/boundaries.js";
import { Vector } from "../ground/vector.js";

/** @import { Shape } from "../types/map" */
/** @import { Payload } from "../types/payloads" */

/** The code of the territory under a pointer. @param {Event} event */
const readCode = ({ target }) => (target instanceof SVGElement ? (target.dataset.code ?? "") : "");

/**
 * What each kind of territories says of itself.
 * @typedef {object} Kind
 * @property {string} kind its part of the legend
 * @property {string} key its boundary file
 * @property {(code: string) => string} classOf
 * @property {(code: string) => boolean} isHatched
 * @property {string[]} chosen codes that are outlined
 * @property {(shape: Shape) => HTMLElement[]} tip
 * @property {(code: string, latlng: L.LatLng) => void} choose
 * @property {() => HTMLElement | null} legend null where the territories say nothing by colour
 */

export class AreaLayer extends Vector {
  /** @param {Payload} payload */
  constructor(payload) {
    super("bc-areas");
    this.base = payload;
    /** @type {Map<string, Shape>} */
    this.byCode = new Map();
    this.outlines = this.drawOutline("bc-hover", "");
  }

  /** A line of the accent within one of the ground, which stand out from every class. @type {(className: string, d: string) => SVGPathElement[]} */
  drawOutline(className, d) {
    return [svg("path", { d, class: `${className} bc-halo` }), svg("path", { d, class: className })];
  }

  /** @returns {Kind} */
  describe() {
    throw new Error("each kind of territories describes itself");
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    this.kind = this.describe();
    applyInterface(map, this.base);
    super.onAdd(map);
    setLegend(map, this, this.kind.kind, this.kind.legend());
    /* Shapes that are here already are drawn at once, so that a change of measure never shows an empty map. */
    const known = map.biocarto.keep[this.kind.key];
    if (known) this.fill(known, this.kind);
    else this.load(map, this.kind);
    return this;
  }

  /** @type {(map: L.Map, kind: Kind) => void} */
  load(map, kind) {
    loadShapes(map, kind.key).then(
      (shapes) => this._map && this.fill(shapes, kind),
      () => {},
    );
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    setContent(map, this, "areas", null);
    setLegend(map, this, this.kind?.kind ?? "", null);
    hideTip(map);
    super.onRemove(map);
    return this;
  }

  /** @type {(shapes: Shape[], kind: Kind) => void} */
  fill(shapes, kind) {
    this.byCode = new Map(shapes.filter((shape) => !shape.frame).map((shape) => [shape.code, shape]));
    const over = svg("g", { class: "bc-over" });
    /** @type {string[]} */
    const fragile = [];
    /** @type {string[]} */
    const unknown = [];
    for (const { code, d } of this.byCode.values()) {
      const className = kind.classOf(code);
      this.root.append(svg("path", { d, class: `bc-area ${className}`, "data-code": code }));
      if (kind.isHatched(code)) fragile.push(d);
      if (className.includes("bc-nodata")) unknown.push(d);
    }
    if (fragile.length) over.append(svg("path", { d: fragile.join(""), fill: this.hatch("bc-strokes") }));
    if (unknown.length) over.append(svg("path", { d: unknown.join(""), fill: this.dot("bc-dots") }));
    over.append(...kind.chosen.flatMap((code) => this.drawOutline("bc-picked", this.byCode.get(code)?.d ?? "")), ...this.outlines);
    this.root.append(over);
    this.listen(kind);
    const boxes = [...this.byCode.values()].filter(({ code }) => !kind.classOf(code).includes("bc-nodata")).map(({ box }) => box);
    setContent(this._map, this, "areas", () => boxes);
    reportDrawn(this._map, "areas", this.byCode.size);
  }

  /** @param {Kind} kind */
  listen(kind) {
    this.root.addEventListener("click", (event) => {
      const code = readCode(event);
      if (code && !wasDragged(this._map)) kind.choose(code, this._map.mouseEventToLatLng(event));
    });
    this.root.addEventListener("pointermove", (event) => {
      const shape = this.byCode.get(readCode(event));
      if (event.pointerType !== "mouse" || !shape) return;
      for (const line of this.outlines) line.setAttribute("d", shape.d);
      showTip(this._map, kind.tip(shape), this._map.mouseEventToContainerPoint(event));
    });
    this.root.addEventListener("pointerleave", () => {
      for (const line of this.outlines) line.setAttribute("d", "");
      if (this._map) hideTip(this._map);
    });
  }
}
