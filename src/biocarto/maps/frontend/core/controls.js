/** Buttons at the top right; scale, legend and credit at the foot, one above the other. */
import { Closeup } from "../view/closeup.js";
import { label, make, svg } from "./dom.js";
import { makeLegendBox } from "./legend.js";
import { addKeys } from "./roving.js";

/** @import { Corners } from "../types/payloads" */

const ICONS = {
  zoomIn: "M8 3v10M3 8h10",
  zoomOut: "M3 8h10",
  reset: "M3 6.5 8 2.5l5 4V13H9.5V9.5h-3V13H3z",
  fullscreen: "M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10",
  draw: "M3.5 12.5 2.5 5 9 2.5 13.5 7.5 10.5 13z",
  view: "M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z",
  locate: "M8 1v3M8 12v3M1 8h3M12 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z",
};

/**
 * A button of the map, with its drawing.
 * @param {keyof typeof ICONS} name
 * @param {() => unknown} act
 */
export const makeButton = (name, act) => {
  const node = make("button", `bc-button bc-${name}`);
  node.type = "button";
  const icon = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  icon.append(svg("path", { d: ICONS[name] }));
  node.append(icon);
  node.addEventListener("click", act);
  return node;
};

/** @type {(node: HTMLElement, parent: HTMLElement) => void} */
const addPanel = (node, parent) => {
  L.DomEvent.disableClickPropagation(node);
  parent.append(node);
};

/** @param {L.Map} map */
export const addControls = (map) => {
  const { foot, named, config } = map.biocarto;
  named.credit = make("div", "bc-credit");
  map.getContainer().append(foot);
  if (!config.compact) {
    const scale = L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
    foot.append(/** @type {HTMLElement} */ (scale.getContainer()));
    addPanel(makeLegendBox(map), foot);
    map.biocarto.bar = makeBar(map);
    addPanel(map.biocarto.bar, map.getContainer());
  }
  addPanel(named.credit, foot);
  addKeys(map);
};

/** @param {L.Map} map */
const makeBar = (map) => {
  const { named } = map.biocarto;
  const bar = make("div", "bc-bar");
  /** @type {(name: keyof typeof ICONS, act: () => unknown) => void} */
  const add = (name, act) => {
    named[name] = makeButton(name, act);
    bar.append(named[name]);
  };
  add("zoomIn", () => map.zoomIn());
  add("zoomOut", () => map.zoomOut());
  add("reset", () => map.biocarto.view.send({ type: "resetPressed" }));
  if (map.biocarto.config.closeup) bar.append(addCloseup(map, map.biocarto.config.closeup));
  if (document.fullscreenEnabled) addFullscreen(map, add);
  return bar;
};

/** @type {(map: L.Map, part: { name: string, bounds: Corners }) => HTMLElement} */
const addCloseup = (map, { name, bounds: [[south, west], [north, east]] }) => {
  map.biocarto.named.closeup = new Closeup(map, name, L.latLngBounds([south, west], [north, east])).node;
  return map.biocarto.named.closeup;
};

/** @type {(map: L.Map, add: (name: "fullscreen", act: () => unknown) => void) => void} */
const addFullscreen = (map, add) => {
  const root = document.documentElement;
  add("fullscreen", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
  document.addEventListener("fullscreenchange", () => {
    const { ui, named } = map.biocarto;
    const text = ui[document.fullscreenElement ? "leaveFullscreen" : "fullscreen"];
    if (named.fullscreen && text) label(named.fullscreen, text);
  });
};
