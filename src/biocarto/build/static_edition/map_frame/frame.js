/* Static edition, the map's own document: gets a base and layers from the page around it, draws them with the scripts of the app,
   says what was tapped. */

import { isDrawMessage } from "./messages.js";

/**
 * @import { BaseConfig, LayerPayload } from "../page/payload.js"
 * @import { DrawMessage, MapLayer, ReadyMessage, TapMessage } from "./messages.js"
 */

/**
 * What a tap carries: the layer of the map says what stands there.
 * @typedef {object} TapEvent
 * @property {{toGeoJSON: () => {properties: {type: string, id: string}}}} layer
 */

/**
 * A layer that a maker of the scripts returns.
 * @typedef {object} DrawnLayer
 * @property {(type: "click", listener: (event: TapEvent) => void) => void} on
 */

/**
 * A map that `base` returns.
 * @typedef {object} DrawnMap
 * @property {(layer: DrawnLayer) => void} addLayer
 * @property {(layer: DrawnLayer) => void} removeLayer
 */

/**
 * The scripts of the maps, as `maps/frontend` puts them into the window; `read` and `handOver` are how boundary files come.
 * @typedef {object} MapScripts
 * @property {(id: string, config: BaseConfig) => DrawnMap} base
 * @property {(payload: LayerPayload) => DrawnLayer} actors
 * @property {(payload: LayerPayload) => DrawnLayer} choropleth
 * @property {(payload: LayerPayload) => DrawnLayer} tour
 * @property {(file: string) => Promise<unknown>} read
 * @property {(file: string, collection: unknown) => void} handOver
 */

/** @type {MapScripts} */
const scripts = Reflect.get(window, "BioCarto");

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
 * @returns {DrawnLayer}
 */
function makeLayer({ kind, payload }) {
  const layer = scripts[kind](payload);
  layer.on("click", (event) => {
    const { type, id } = event.layer.toGeoJSON().properties;
    tellPage({ say: "picked", type, id });
  });
  return layer;
}

/** The map of this document, made with the first layers that it gets. */
class ShownMap {
  /** @type {DrawnMap | null} */
  #map = null;
  /** @type {DrawnLayer[]} */
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
    Reflect.set(window, "map", this.#map);
    return this.#map;
  }
}

scripts.read = readBoundaries;
scripts.handOver = (file, collection) => waiting.get(file)?.(collection);
const shownMap = new ShownMap();
addEventListener("message", ({ source, data }) => {
  if (source === parent && isDrawMessage(data)) shownMap.draw(data);
});
tellPage({ say: "ready" });
