/** What every layer brings: words, language, theme. Called before the layer draws. */
import { retryGround } from "../ground/ground.js";
import { label } from "./dom.js";
import { applyTheme } from "./theme.js";

/** @import { Interface, Payload } from "../types/payloads" */

/** @type {(map: L.Map, ui: Interface) => void} */
const nameControls = (map, ui) => {
  const { named, config } = map.biocarto;
  for (const [name, node] of Object.entries(named)) {
    if (name === "credit") node.textContent = [ui.credit, ...(config.tiles ? [ui.tiles] : [])].join(" · ");
    else if (name === "legend") node.textContent = ui.legend;
    else label(node, ui[/** @type {keyof Interface} */ (name)]);
  }
};

/**
 * Words, language and theme of a layer, for the whole map.
 * @param {L.Map} map
 * @param {Payload} payload
 */
export const applyInterface = (map, payload) => {
  applyTheme(payload.theme);
  /* streamlit-folium keeps every layer that it ever added (its issue 247): let the old ones go. */
  window.feature_group = (window.feature_group ?? []).filter((layer) => map.hasLayer(layer));
  map.biocarto.ui = payload.ui;
  map.biocarto.lang = payload.lang;
  document.documentElement.lang = payload.lang;
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", payload.ui.map);
  map.getPane("bc-symbols")?.setAttribute("aria-label", payload.ui.symbols);
  map.biocarto.bar?.setAttribute("aria-label", payload.ui.bar);
  nameControls(map, payload.ui);
  map.fire("biocarto:words");
  retryGround(map);
};
