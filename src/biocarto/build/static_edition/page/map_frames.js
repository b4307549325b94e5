/* Static edition: the maps of the pages, each in a document of its own as in the app. It gets layers, and says what was tapped. */

import { isReadyMessage, isTapMessage } from "../map_frame/messages.js";
import { findElement, makeElement } from "./dom.js";

/**
 * @import { BaseConfig } from "../../../maps/frontend/types/payloads"
 * @import { MapLayer } from "../../../maps/frontend/framed/shown_map.js"
 * @import { DrawMessage, ThemeMessage } from "../map_frame/messages.js"
 */

/**
 * Hears what was tapped on a map.
 * @typedef {(type: string, id: string) => void} TapListener
 */

const DOCUMENT = "files/map.html";

/** One map: its document, and what that shows. */
class MapFrame {
  #base;
  #theme;
  #frame;
  #isReady = false;
  #drawn = "";
  /** @type {MapLayer[]} */
  #layers = [];
  /** @type {TapListener} */
  #onTap = () => {};

  /**
   * @param {HTMLElement} holder
   * @param {BaseConfig} base
   * @param {() => "light" | "dark"} theme
   */
  constructor(holder, base, theme) {
    this.#base = base;
    this.#theme = theme;
    this.#frame = makeElement("iframe");
    this.#frame.title = holder.dataset.title ?? "";
    this.#frame.allowFullscreen = true;
    this.#frame.src = DOCUMENT;
    holder.append(this.#frame);
  }

  /**
   * Show layers, unless they are shown already.
   * @param {MapLayer[]} layers
   * @param {TapListener} onTap
   */
  show(layers, onTap) {
    this.#layers = layers;
    this.#onTap = onTap;
    const wanted = JSON.stringify(layers);
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    this.draw();
  }

  /** Send the layers to the document, once it is there. */
  draw() {
    if (!this.#isReady) return;
    const theme = this.#theme();
    const layers = this.#layers.map((layer) => /** @type {MapLayer} */ ({ ...layer, payload: { ...layer.payload, theme } }));
    this.#send({ type: "streamlit:render", theme: { base: theme } });
    this.#send({ say: "draw", base: this.#base, layers });
  }

  /**
   * Whether a message comes from this map.
   * @param {MessageEventSource | null} source
   */
  isSource(source) {
    return this.#frame.contentWindow === source;
  }

  /** @param {unknown} message */
  hear(message) {
    if (isReadyMessage(message)) {
      this.#isReady = true;
      this.draw();
    }
    if (isTapMessage(message)) this.#onTap(message.type, message.id);
  }

  /** @param {ThemeMessage | DrawMessage} message */
  #send(message) {
    this.#frame.contentWindow?.postMessage(message, "*");
  }
}

/** The maps of a document, each made when it is first asked for. */
export class MapFrames {
  #maps;
  #dark = matchMedia("(prefers-color-scheme: dark)");
  /** @type {Map<string, MapFrame>} */
  #frames = new Map();

  /** @param {Record<string, BaseConfig>} maps */
  constructor(maps) {
    this.#maps = maps;
    addEventListener("message", ({ source, data }) => {
      [...this.#frames.values()].find((frame) => frame.isSource(source))?.hear(data);
    });
    this.#dark.addEventListener("change", () => {
      for (const frame of this.#frames.values()) frame.draw();
    });
  }

  /**
   * Show layers on the map of a name.
   * @param {string} name
   * @param {string} base name of the view
   * @param {MapLayer[]} layers
   * @param {TapListener} onTap
   */
  drawMap(name, base, layers, onTap) {
    const frame = this.#frames.get(name) ?? this.#makeFrame(name, base);
    frame.show(layers, onTap);
  }

  /**
   * @param {string} name
   * @param {string} base
   */
  #makeFrame(name, base) {
    const holder = findElement(document, `[data-map="${name}"]`, HTMLElement);
    const frame = new MapFrame(holder, this.#maps[base], () => (this.#dark.matches ? "dark" : "light"));
    this.#frames.set(name, frame);
    return frame;
  }
}
