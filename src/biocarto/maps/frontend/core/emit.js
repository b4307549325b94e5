/** What a map tells: a choice to the server, and to tests and benches that something is on screen. */

let clicks = 0;

/**
 * A layer's choice, as a click that streamlit-folium takes to the server. It sends a value only when it differs, so each click carries a
 * number that only grows. While an area is drawn, a tap is a corner.
 * @param {L.Layer} layer
 * @param {string} type
 * @param {string} id
 * @param {L.LatLng} latlng
 */
export const emit = (layer, type, id, latlng) => {
  const map = /** @type {{ _map?: L.Map }} */ (/** @type {unknown} */ (layer))._map;
  if (map?.biocarto.drawing && type !== "view") return;
  clicks = Math.max(clicks + 1, Date.now());
  const feature = {
    type: "Feature",
    properties: { type, id, n: clicks },
    geometry: { type: "Point", coordinates: [latlng.lng, latlng.lat] },
  };
  layer.fire("click", { latlng, layer: { toGeoJSON: () => feature } });
  if (type !== "view") map?.biocarto.view.send({ type: "tapped" });
};

/**
 * Whether a click is the end of a move of the map, and not meant for what lies beneath it. The keyboard's clicks have no detail.
 * @param {L.Map} map
 * @param {MouseEvent} [click]
 */
export const wasDragged = (map, click) => Boolean((!click || click.detail) && map.dragging?.moved?.());

/** What was drawn last, for the bench. @type {{ n: number, at: number } | null} */
let drawn = null;
export const readDrawn = () => drawn;

/**
 * Everything asked for is on screen.
 * @param {L.Map} map
 * @param {string} what
 * @param {number} n
 */
export const reportDrawn = (map, what, n) => {
  map.getContainer().dataset[what] = String(n);
  if (what === "drawn") drawn = { n, at: performance.now() };
  map.getContainer().dispatchEvent(new CustomEvent("biocarto:drawn", { bubbles: true, detail: { what, n } }));
};

/**
 * A number in the language of the map.
 * @param {L.Map} map
 * @param {number} n
 */
export const writeCount = (map, n) => new Intl.NumberFormat(map.biocarto.lang).format(n);
