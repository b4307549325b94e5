/** A map in a document of its own (the static edition's, an embed's): a base and layers drawn by the scripts of the app, taps told. */

/**
 * @import { Layer, LeafletEvent, Map as LeafletMap } from "leaflet"
 * @import { ActorsPayload, BaseConfig, ChoroplethPayload, FocusPayload, TourPayload } from "../types/payloads"
 */

/**
 * A layer to draw: the name of its maker in the scripts of the maps, and what that gets.
 * @typedef {{kind: "actors", payload: ActorsPayload}
 *   | {kind: "choropleth", payload: ChoroplethPayload}
 *   | {kind: "focus", payload: FocusPayload}
 *   | {kind: "tour", payload: TourPayload}} MapLayer
 */

/**
 * What the script of the maps puts into the window (`biocarto.js`).
 * @typedef {object} MapScripts
 * @property {(id: string, config: BaseConfig) => LeafletMap} base
 * @property {(payload: MapLayer["payload"]) => Layer} actors
 * @property {(payload: MapLayer["payload"]) => Layer} choropleth
 * @property {(payload: MapLayer["payload"]) => Layer} focus
 * @property {(payload: MapLayer["payload"]) => Layer} tour
 */

/**
 * A tap: the layer says what stands there.
 * @typedef {LeafletEvent & {layer: {toGeoJSON: () => {properties: {type: string, id: string}}}}} TapEvent
 */

const scripts = /** @type {MapScripts} */ (/** @type {unknown} */ (window.BioCarto));

/** The map of a document, made with the first layers that it gets. */
export class ShownMap {
  #id;
  #onTap;
  /** @type {LeafletMap | null} */
  #map = null;
  /** @type {Layer[]} */
  #shown = [];

  /**
   * @param {string} id of its element
   * @param {(type: string, id: string) => void} onTap
   */
  constructor(id, onTap) {
    this.#id = id;
    this.#onTap = onTap;
  }

  /**
   * Show layers in place of those before. The new ones first stand aside: what replaces another comes right after it goes.
   * @param {BaseConfig} base
   * @param {MapLayer[]} layers
   * @returns {LeafletMap}
   */
  draw(base, layers) {
    const map = this.#map ?? this.#makeMap(base);
    const next = layers.map((layer) => this.#makeLayer(layer));
    for (const layer of this.#shown) map.removeLayer(layer);
    for (const layer of next) map.addLayer(layer);
    this.#shown = next;
    return map;
  }

  /**
   * @param {MapLayer} layer
   * @returns {Layer}
   */
  #makeLayer({ kind, payload }) {
    const layer = scripts[kind](payload);
    layer.on("click", (event) => {
      const { type, id } = /** @type {TapEvent} */ (event).layer.toGeoJSON().properties;
      this.#onTap(type, id);
    });
    return layer;
  }

  /**
   * The scripts look for the map of a frame where streamlit-folium puts it, in `window.map`.
   * @param {BaseConfig} base
   */
  #makeMap(base) {
    this.#map = scripts.base(this.#id, base);
    window.map = this.#map;
    return this.#map;
  }
}
