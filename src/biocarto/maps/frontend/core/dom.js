/** Elements, made one way: texts never become HTML. */

/**
 * An element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, className = "", text = "") => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== "") node.textContent = text;
  return node;
};

/**
 * An SVG element with attributes.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export const svg = (tag, attributes = {}) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
};

/**
 * Give a control its name, for eyes and for ears.
 * @param {Element} node
 * @param {string} label
 */
export const label = (node, label) => {
  node.setAttribute("title", label);
  node.setAttribute("aria-label", label);
};

/** Whether its visitor points with a finger. */
export const isCoarse = () => matchMedia("(pointer: coarse)").matches;

/** Whether its visitor wants nothing to move. */
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * The keyboard is on one of these symbols: remember which, for the layer that comes in place of theirs.
 * @param {L.Map} map
 * @param {Iterable<HTMLElement>} nodes
 */
export const keepFocus = (map, nodes) => {
  for (const node of nodes) if (node === document.activeElement) map.biocarto.focus = node.dataset.id;
};

/**
 * A layer is replaced on every run of the page: the keyboard stays where it was.
 * @param {L.Map} map
 * @param {Iterable<HTMLElement>} nodes
 */
export const restoreFocus = (map, nodes) => {
  const { focus } = map.biocarto;
  const found = focus && [...nodes].find(({ dataset }) => dataset.id === focus);
  if (!found) return;
  delete map.biocarto.focus;
  found.focus({ preventScroll: true });
};
