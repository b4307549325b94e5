/* Static edition, the map's own document: gets a base and layers from the page around it, draws them with the scripts of the app,
   says what was tapped. */

import { isDrawMessage } from "./messages.js";

/**
 * @import { Layer, LeafletEvent, Map as LeafletMap } from "leaflet"
 * @import { BaseConfig } from "../../../maps/frontend/types/payloads"
 * @import { DrawMessage, MapLayer, ReadyMessage, TapMessage } from "./messages.js"
 */

/**
 * What the script of the maps puts into the window (`maps/frontend/biocarto.js`), and what a boundary file calls.
 * @typedef {object} MapScripts
 * @property {(id: string, config: BaseConfig) => LeafletMap} base
 * @property {(read: (file: string) => Promise<unknown>) => void} setReader
 * @property {(payload: MapLayer["payload"]) => Layer} actors
 * @property {(payload: MapLayer["payload"]) => Layer} choropleth
 * @property {(payload: MapLayer["payload"]) => Layer} tour
 * @property {(file: string, collection: unknown) => void} handOver
 */

/**
 * A tap: the layer says what stands there.
 * @typedef {LeafletEvent & {layer: {toGeoJSON: () => {properties: {type: string, id: string}}}}} TapEvent
 */

const scripts = /** @type {MapScripts} */ (/** @type {unknown} */ (window.BioCarto));

/**
 * Boundary file that was asked for -> who waits for it.
 * @type {Map<string, (collection: unknown) => void>}
 */
const waiting = new Map();

/** @param {ReadyMessage | TapMessage} message */
function tellPage(message) {
  parent.postMessage(message, "*");
}

/**
 * A boundary file. Under `file://` nothing can be fetched: it is a script that hands itself over.
 * @param {string} file
 * @returns {Promise<unknown>}
 */
function readBoundaries(file) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    waiting.set(file, resolve);
    script.addEventListener("error", () => reject(new Error(file)));
    script.src = file;
    document.head.append(script);
  });
}

/**
 * @param {MapLayer} layer
 * @returns {Layer}
 */
function makeLayer({ kind, payload }) {
  const layer = scripts[kind](payload);
  layer.on("click", (event) => {
    const { type, id } = /** @type {TapEvent} */ (event).layer.toGeoJSON().properties;
    tellPage({ say: "picked", type, id });
  });
  return layer;
}

/** The map of this document, made with the first layers that it gets. */
class ShownMap {
  /** @type {LeafletMap | null} */
  #map = null;
  /** @type {Layer[]} */
  #shown = [];

  /**
   * Show layers in place of those before. The new ones first stand aside: what replaces another comes right after it goes.
   * @param {DrawMessage} message
   */
  draw({ base, layers }) {
    const map = this.#map ?? this.#makeMap(base);
    const next = layers.map(makeLayer);
    for (const layer of this.#shown) map.removeLayer(layer);
    for (const layer of next) map.addLayer(layer);
    this.#shown = next;
  }

  /**
   * The scripts look for the map of a frame where streamlit-folium puts it, in `window.map`.
   * @param {BaseConfig} base
   */
  #makeMap(base) {
    this.#map = scripts.base("map_div", base);
    window.map = this.#map;
    return this.#map;
  }
}

scripts.setReader(readBoundaries);
scripts.handOver = (file, collection) => waiting.get(file)?.(collection);
const shownMap = new ShownMap();
addEventListener("message", ({ source, data }) => {
  if (source === parent && isDrawMessage(data)) shownMap.draw(data);
});
tellPage({ say: "ready" });
