/* Static edition, the map's own document: gets a base and layers from the page around it, draws them with the scripts of the app,
   says what was tapped. */

import { ShownMap } from "../../../maps/frontend/framed/shown_map.js";
import { isDrawMessage } from "./messages.js";

/** @import { ReadyMessage, TapMessage } from "./messages.js" */

/**
 * What the script of the maps puts into the window (`maps/frontend/biocarto.js`), and what a boundary file calls.
 * @typedef {object} FileScripts
 * @property {(read: (file: string) => Promise<unknown>) => void} setReader
 * @property {(file: string, collection: unknown) => void} handOver
 */

const scripts = /** @type {FileScripts} */ (/** @type {unknown} */ (window.BioCarto));

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

scripts.setReader(readBoundaries);
scripts.handOver = (file, collection) => waiting.get(file)?.(collection);
const shownMap = new ShownMap("map_div", (type, id) => tellPage({ say: "picked", type, id }));
addEventListener("message", ({ source, data }) => {
  if (source === parent && isDrawMessage(data)) shownMap.draw(data.base, data.layers);
});
tellPage({ say: "ready" });
