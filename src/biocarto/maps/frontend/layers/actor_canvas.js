/** Up to 200,000 places as pixels of one picture, drawn when the map rests and moved as a whole meanwhile. */
import { isCoarse, make } from "../core/dom.js";
import { emit, reportDrawn, writeCount } from "../core/emit.js";
import { readTheme } from "../core/theme.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { REF, worldX, worldY } from "../geometry/world.js";
import { buildCells, listNear } from "../symbols/cells.js";
import { makeStamps, putStamp, stampSize } from "../symbols/pixels.js";
import { SCALE } from "../symbols/places.js";
import { divideRing, ringWidth } from "../symbols/rings.js";
import { radius } from "../symbols/shapes.js";

/** @import { Cells } from "../symbols/cells.js" */
/** @import { Places } from "../symbols/places.js" */
/** @import { ActorLayer } from "./actors.js" */

export class ActorCanvas extends L.Renderer {
  /**
   * @param {ActorLayer} layer
   * @param {Places} places
   */
  constructor(layer, places) {
    super({ padding: 0.15, pane: "bc-symbols" });
    this.layer = layer;
    this.places = places;
    /** Pixels of the whole world at zoom REF. */
    this.x = Float64Array.from(places.lon, (lon) => worldX(lon / SCALE));
    this.y = Float64Array.from(places.lat, (lat) => worldY(lat / SCALE));
    this.selected = places.payload.selected === "" ? -1 : this.findSelected();
    this.canvas = make("canvas", "bc-canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.ratio = 1;
    /** Pixels of the screen per pixel of the world, and where the picture begins. */
    this.scale = 1;
    this.corner = L.point(0, 0);
    this.hovering = 0;
    /** Built at the first hover. @type {Cells | null} */
    this.cells = null;
    this.paintAgain = () => this._map && this.paint();
    /** @type {HTMLCanvasElement | undefined} */
    this._container = undefined;
  }

  findSelected() {
    for (let row = 0; row < this.places.size; row++) if (this.places.isSelected(row)) return row;
    return -1;
  }

  /** @override */
  _initContainer() {
    this._container = this.canvas;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", `${writeCount(this._map, this.places.size)} ${this.places.payload.words.many}`);
    document.addEventListener("biocarto:theme", this.paintAgain);
    this._map.on("mousemove", this.hover, this);
    this._map.on("click", this.choose, this);
  }

  /** @override */
  _destroyContainer() {
    document.removeEventListener("biocarto:theme", this.paintAgain);
    this._map.off("mousemove", this.hover, this);
    this._map.off("click", this.choose, this);
    this._map.getContainer().style.cursor = "";
    hideTip(this._map);
    this.canvas.remove();
    delete this._container;
  }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    const size = this._bounds.getSize();
    const { canvas } = this;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(canvas, /** @type {L.Point} */ (this._bounds.min));
    [canvas.width, canvas.height] = [size.x * this.ratio, size.y * this.ratio];
    [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
    this.paint();
  }

  /** The radius of one actor. */
  dot() {
    return Math.max(2.2, Math.min(7, 2.4 * 1.28 ** (this._zoom - 9)));
  }

  /** @param {string} name */
  readColour(name) {
    return getComputedStyle(this._map.getContainer()).getPropertyValue(name);
  }

  /** Where a row is in the picture. @param {number} row */
  spot(row) {
    return { x: this.x[row] * this.scale - this.corner.x, y: this.y[row] * this.scale - this.corner.y };
  }

  paint() {
    this.scale = 2 ** (this._zoom - REF);
    this.corner = this._map.getPixelOrigin().add(/** @type {L.Point} */ (this._bounds.min));
    this.paintSingles(this.scale * this.ratio, this.corner.multiplyBy(this.ratio));
    this.paintRings(this._bounds.getSize());
    if (this.selected >= 0) this.paintChosen();
    reportDrawn(this._map, "drawn", this.places.size);
  }

  /** @type {(scale: number, corner: L.Point) => void} */
  paintSingles(scale, { x: left, y: top }) {
    const { context, places } = this;
    const size = stampSize(this.dot(), this.ratio);
    const [wide, high] = [this.canvas.width + 2 * size, this.canvas.height + 2 * size];
    const look = { r: this.dot(), ratio: this.ratio, wide, land: this.readColour("--bc-land"), ink: this.readColour("--bc-ink"), theme: readTheme() };
    const stamps = makeStamps(places.payload.groups, look);
    const image = new ImageData(wide, high);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < places.size; i++) {
      if (places.ringOf.size && places.ringOf.has(i)) continue;
      const x = Math.round(this.x[i] * scale - left + size / 2);
      const y = Math.round(this.y[i] * scale - top + size / 2);
      if (x >= 0 && y >= 0 && x + size <= wide && y + size <= high) putStamp(pixels, y * wide + x, stamps[places.group[i]]);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(image, -size, -size);
  }

  /** @param {L.Point} size */
  paintRings(size) {
    const { places } = this;
    const theme = readTheme();
    const look = { colours: places.payload.groups.map((group) => group[theme]), land: this.readColour("--bc-land"), ink: this.readColour("--bc-ink") };
    const order = Array.from(places.rows).sort((a, b) => places.total(b) - places.total(a));
    for (const row of order) {
      const { x, y } = this.spot(row);
      if (x > -60 && y > -60 && x < size.x + 60 && y < size.y + 60) this.paintRing(row, x, y, look);
    }
  }

  /** @type {(row: number, x: number, y: number, look: { colours: string[], land: string, ink: string }) => void} */
  paintRing(row, x, y, { colours, land, ink }) {
    const { context, places, ratio } = this;
    const total = places.total(row);
    const r = radius(total, this._zoom);
    const width = ringWidth(r);
    context.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
    context.fillStyle = land;
    context.beginPath();
    context.arc(0, 0, r + 1.5, 0, 7);
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = ink;
    context.stroke();
    context.lineWidth = width;
    for (const [group, start, share] of divideRing(places.counts(row) ?? [], total)) {
      context.strokeStyle = colours[group];
      context.beginPath();
      context.arc(0, 0, r - width / 2, (start - 0.25) * 2 * Math.PI, (start + share - 0.25) * 2 * Math.PI);
      context.stroke();
    }
    context.fillStyle = ink;
    context.font = `600 ${Math.max(10, r - width)}px sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(total), 0, 0.5);
  }

  paintChosen() {
    const { context, ratio, selected } = this;
    const { x, y } = this.spot(selected);
    context.setTransform(ratio, 0, 0, ratio, x * ratio, y * ratio);
    context.strokeStyle = this.readColour("--bc-accent");
    context.lineWidth = 3;
    context.beginPath();
    context.arc(0, 0, this.reachOf(selected) + 5, 0, 7);
    context.stroke();
  }

  /** @param {number} row */
  reachOf(row) {
    return this.places.counts(row) ? radius(this.places.total(row), this._zoom) : this.dot();
  }

  /** The row under a point of the layer, or -1. Rings first, for they lie on top. @param {L.Point} point */
  findRow(point) {
    const min = /** @type {L.Point} */ (this._bounds.min);
    const [x, y] = [(point.x - min.x + this.corner.x) / this.scale, (point.y - min.y + this.corner.y) / this.scale];
    /** @param {number} row */
    const far = (row) => Math.hypot(this.x[row] - x, this.y[row] - y) * this.scale;
    const rings = Array.from(this.places.rows).filter((row) => far(row) <= this.reachOf(row));
    if (rings.length) return rings.reduce((a, b) => (this.reachOf(b) < this.reachOf(a) ? b : a));
    this.cells ??= buildCells(this.x, this.y);
    let [best, least] = [-1, Math.max(this.dot(), isCoarse() ? 22 : 8)];
    for (const row of listNear(this.cells, x, y, least / this.scale)) {
      if (far(row) <= least) [best, least] = [row, far(row)];
    }
    return best;
  }

  /** @param {L.LeafletMouseEvent} event */
  hover({ layerPoint, originalEvent }) {
    if (this.hovering || /** @type {PointerEvent} */ (originalEvent).pointerType === "touch") return;
    this.hovering = requestAnimationFrame(() => {
      this.hovering = 0;
      if (this._container && !this._map._animatingZoom) this.showRow(this.findRow(layerPoint));
    });
  }

  /** @param {number} row */
  showRow(row) {
    this._map.getContainer().style.cursor = row < 0 ? "" : "pointer";
    if (row < 0) return hideTip(this._map);
    showTip(this._map, this.places.tip([row], this._map), this._map.latLngToContainerPoint(this.places.latlng(row)), this.reachOf(row) + 8);
  }

  /** @param {L.LeafletMouseEvent} event */
  choose({ layerPoint }) {
    const row = this.findRow(layerPoint);
    if (row < 0) return;
    const { type, id } = this.places.target(row);
    emit(this.layer, type, id, this.places.latlng(row));
  }
}
