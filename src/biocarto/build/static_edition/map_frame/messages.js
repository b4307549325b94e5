/* Static edition: what a page and the document of one of its maps say to each other. Under `file://` each is a stranger to the other. */

/**
 * @import { MapLayer } from "../../../maps/frontend/framed/shown_map.js"
 * @import { BaseConfig } from "../../../maps/frontend/types/payloads"
 */

/**
 * From the page: draw these layers, in place of those before.
 * @typedef {object} DrawMessage
 * @property {"draw"} say
 * @property {BaseConfig} base the map itself, made with the first message
 * @property {MapLayer[]} layers
 */

/**
 * From the page: the theme, as Streamlit says it to a map of the app.
 * @typedef {object} ThemeMessage
 * @property {"streamlit:render"} type
 * @property {{base: "light" | "dark"}} theme
 */

/**
 * From the map: it can draw.
 * @typedef {object} ReadyMessage
 * @property {"ready"} say
 */

/**
 * From the map: something was tapped, of a type (actor, place, territory, stage, cluster) and with an id.
 * @typedef {object} TapMessage
 * @property {"picked"} say
 * @property {string} type
 * @property {string} id
 */

/**
 * A field of a message, whatever was sent.
 * @param {unknown} message
 * @param {string} name
 * @returns {unknown}
 */
function readField(message, name) {
  return typeof message === "object" && message !== null ? Reflect.get(message, name) : undefined;
}

/**
 * @param {unknown} message
 * @returns {message is DrawMessage}
 */
export function isDrawMessage(message) {
  return readField(message, "say") === "draw" && Array.isArray(readField(message, "layers"));
}

/**
 * @param {unknown} message
 * @returns {message is ReadyMessage}
 */
export function isReadyMessage(message) {
  return readField(message, "say") === "ready";
}

/**
 * @param {unknown} message
 * @returns {message is TapMessage}
 */
export function isTapMessage(message) {
  return readField(message, "say") === "picked" && ["type", "id"].every((name) => typeof readField(message, name) === "string");
}
