/** Names of territories, each shown while it fits between the borders and no symbol stands on it. */
import { make } from "../core/dom.js";
import { boxAround, overlap } from "../geometry/boxes.js";
import { degreeWidth } from "../geometry/world.js";

/** @import { Shape } from "../types/map" */
/** @import { ScreenBox } from "../geometry/boxes.js" */

/** @typedef {{ node: HTMLElement, text: HTMLElement, shape: Shape, latlng: L.LatLng }} Label */

export class Labels extends L.Layer {
  /**
   * @param {Shape[]} shapes
   * @param {string} key
   * @param {(code: string) => string} [upon] the class of what a name stands on, where that is more than the ground
   */
  constructor(shapes, key, upon = () => "") {
    super();
    /* An overseas region has its name at the head of its frame. */
    this.shapes = shapes.filter((shape) => shape.label.at && !shape.inset);
    this.key = key;
    this.upon = upon;
    /** @type {Label[]} */
    this.labels = [];
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    this.labels = this.shapes.map((shape) => this.makeLabel(map, shape));
    this.settle();
    return this;
  }

  /** @type {(map: L.Map, shape: Shape) => Label} */
  makeLabel(map, shape) {
    const node = make("div", `bc-label bc-label-${shape.frame ? "frame" : this.key} ${this.upon(shape.code)} leaflet-zoom-animated`);
    const text = make("span", "", this.key === "paris" ? String(Number(shape.code.slice(-2))) : shape.name);
    node.append(text);
    map.getPane("bc-labels")?.append(node);
    const [lat, lng] = /** @type {[number, number]} */ (shape.frame ? shape.label.head : shape.label.at);
    return { node, text, shape, latlng: L.latLng(lat, lng) };
  }

  /** @override */
  onRemove() {
    for (const { node } of this.labels) node.remove();
    return this;
  }

  /** @override @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { viewreset: this.settle, zoomend: this.settle, zoomanim: this.follow, "biocarto:symbols": this.avoid };
  }

  /** @param {{ boxes: ScreenBox[] }} symbols */
  avoid({ boxes }) {
    this._map.biocarto.boxes = boxes;
    this.settle();
  }

  settle() {
    const pixels = degreeWidth(this._map);
    const { boxes = [] } = this._map.biocarto;
    for (const label of this.labels) {
      this.translate(label);
      const { node, text, shape, latlng } = label;
      const point = this._map.latLngToLayerPoint(latlng).round();
      L.DomUtil.setPosition(node, point);
      const own = boxAround(point, [text.offsetWidth, text.offsetHeight]);
      const narrow = shape.label.width * pixels < text.offsetWidth + (shape.frame ? 2 : 8);
      node.classList.toggle("bc-out", narrow || boxes.some((other) => overlap(own, other)));
    }
  }

  /* Countries have their names in the visitor's language, which comes with a layer. */
  /** @param {Label} label */
  translate({ text, shape }) {
    const name = this._map.biocarto.names?.[shape.code] || shape.name;
    if (this.key === "europe" && text.textContent !== name) text.textContent = name;
  }

  /** @param {L.ZoomAnimEvent} event */
  follow({ zoom, center }) {
    for (const { node, latlng } of this.labels) L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latlng, zoom, center).round());
  }
}
