/** One tooltip per map, and what the map itself has to say. */
import { make } from "./dom.js";

/**
 * Show nodes at a point of the map's container.
 * @param {L.Map} map
 * @param {Node[]} nodes
 * @param {L.Point} point
 * @param {number} [gap] pixels between the point and the tooltip
 */
export const showTip = (map, nodes, point, gap = 14) => {
  const tip = map.biocarto.tip ?? addTip(map);
  tip.replaceChildren(...nodes);
  tip.hidden = false;
  const size = map.getSize();
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = Math.max(6, Math.min(point.x - width / 2, size.x - width - 6));
  const above = point.y - height - gap;
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above > 6 ? above : point.y + gap)}px)`;
};

/** @param {L.Map} map */
const addTip = (map) => {
  const tip = make("div", "bc-tip");
  map.biocarto.tip = tip;
  tip.setAttribute("aria-hidden", "true");
  map.getContainer().append(tip);
  map.on("zoomstart movestart", () => hideTip(map));
  return tip;
};

/** @param {L.Map} map */
export const hideTip = (map) => {
  if (map.biocarto.tip) map.biocarto.tip.hidden = true;
};

/**
 * Lines at a symbol while a mouse or the keyboard is on it, the first one strong.
 * @param {L.Map} map
 * @param {HTMLElement} node
 * @param {L.LatLng | (() => L.LatLng)} at where it stands, or who knows
 * @param {string[]} lines
 * @param {number} gap
 */
export const addHint = (map, node, at, [first = "", ...others], gap) => {
  const nodes = [make("strong", "", first), ...others.map((text) => make("span", "", text))];
  const show = () => showTip(map, nodes, map.latLngToContainerPoint(typeof at === "function" ? at() : at), gap);
  node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
  node.addEventListener("focus", () => node.matches(":focus-visible") && show());
  for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => hideTip(map));
};

/**
 * Say inside the map that boundaries are missing, as long as one of the files asked for is.
 * @param {L.Map} map
 * @param {string} key
 * @param {boolean} isMissing
 */
export const reportMissing = (map, key, isMissing) => {
  const { lacking, ui } = map.biocarto;
  lacking[isMissing ? "add" : "delete"](key);
  const box = map.getContainer().querySelector(".bc-notice");
  if (!lacking.size) return void box?.remove();
  (box ?? addNotice(map)).textContent = ui.failed ?? "";
};

/** @param {L.Map} map */
const addNotice = (map) => {
  const box = make("p", "bc-notice");
  box.setAttribute("role", "status");
  map.getContainer().append(box);
  return box;
};
