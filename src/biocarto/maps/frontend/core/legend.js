/** The legend: one line of keys that opens as the whole; each layer puts its part into it, in one order. */
import { make, svg } from "./dom.js";

/* What comes first; a part of another kind comes after these. */
const ORDER = ["tour", "network", "choropleth", "actors"];
/* Between the bounds of a class. */
const RANGE = " – ";
/* A longer text has no place in one line, unless it comes with a short one. */
const LONGEST = 32;

/* Longer than its room, it scrolls by keyboard too. */
/** @param {HTMLElement} sections */
const makeReachable = (sections) => {
  if (sections.scrollHeight > sections.clientHeight + 1) sections.tabIndex = 0;
  else sections.removeAttribute("tabindex");
};

/** @param {L.Map} map */
const refit = (map) => map.biocarto.view.send({ type: "roomChanged" });

/* Closed, the box is one line: its keys are for the eye, the name is what is spoken. Open, it lies over the map, which stays as it is. */
/** @param {L.Map} map */
export const makeLegendBox = (map) => {
  const box = make("details", "bc-legend");
  const line = make("summary");
  const keys = make("span", "bc-keys");
  const name = make("span", "bc-legend-name");
  const sections = make("div", "bc-sections");
  box.hidden = true;
  keys.setAttribute("aria-hidden", "true");
  line.append(keys, name);
  box.append(line, sections);
  L.DomEvent.disableScrollPropagation(box);
  map.biocarto.named.legend = name;
  map.biocarto.legend = box;
  box.addEventListener("toggle", () => makeReachable(sections));
  box.addEventListener("keydown", (event) => event.key === "Escape" && box.open && closeBox(box, line, event));
  return box;
};

/* The key has done its work: it leads to the map only from what is closed. */
/** @type {(box: HTMLDetailsElement, line: HTMLElement, event: KeyboardEvent) => void} */
const closeBox = (box, line, event) => {
  event.preventDefault();
  box.open = false;
  line.focus({ preventScroll: true });
};

/** @type {(map: L.Map, box: HTMLDetailsElement) => void} */
const fillLegend = (map, box) => {
  const { sections } = map.biocarto;
  const list = /** @type {HTMLElement} */ (box.querySelector(".bc-sections"));
  const parts = [...new Set([...ORDER, ...sections.keys()])].flatMap((name) => sections.get(name)?.node ?? []);
  list.replaceChildren(...parts);
  box.querySelector(".bc-keys")?.replaceChildren(...parts.flatMap(listKeys));
  box.hidden = parts.length === 0;
  makeReachable(list);
  if (!map.biocarto.settled) refit(map);
  map.biocarto.settled = parts.length > 0;
};

/* What the closed line shows of a part: the two ends of its ramp, and each entry that has a short name. */
/** @param {HTMLElement} part */
const listKeys = (part) => {
  const ramp = part.querySelector(".bc-ramp");
  const entries = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(".bc-entry")]).filter(({ dataset }) => dataset.short !== undefined);
  const keys = entries.map((entry) => makeEntry(/** @type {Element} */ (entry.firstElementChild?.cloneNode(true)), entry.dataset.short ?? ""));
  return ramp ? [makeEnds(part.querySelector("h2")?.textContent ?? "", ramp), ...keys] : keys;
};

/** @type {(title: string, ramp: Element) => HTMLElement} */
const makeEnds = (title, ramp) => {
  const steps = [...ramp.children];
  const texts = steps.map((step) => step.lastElementChild?.textContent ?? "");
  const boxes = steps.map((step) => /** @type {Element} */ (step.firstElementChild?.cloneNode(true)));
  const node = make("span", "bc-entry bc-ends");
  const [low, high] = [texts[0]?.split(RANGE)[0] ?? "", texts.at(-1)?.split(RANGE).at(-1) ?? ""];
  const swatches = make("span", "bc-boxes");
  swatches.append(...boxes);
  node.append(make("b", "", title), make("span", "", low), swatches, make("span", "", high));
  return node;
};

/**
 * Put a layer's part into the legend, or take it out (null).
 * @param {L.Map} map
 * @param {L.Layer} owner
 * @param {string} kind
 * @param {HTMLElement | null} node
 */
export const setLegend = (map, owner, kind, node) => {
  const { sections, legend } = map.biocarto;
  if (!legend) return;
  if (node) sections.set(kind, { owner, node });
  else if (sections.get(kind)?.owner === owner) sections.delete(kind);
  /* A layer that replaces another comes right after it goes: draw once, when both have spoken. */
  queueMicrotask(() => fillLegend(map, legend));
};

/**
 * One part of the legend: a title, entries in columns, and what stands beneath them.
 * @param {string} kind
 * @param {string} title
 * @param {Element[]} entries
 * @param {Element[]} more
 */
export const makeSection = (kind, title, entries, ...more) => {
  const node = make("section", `bc-section-${kind}`);
  const list = make("div", "bc-entries");
  list.append(...entries);
  node.append(make("h2", "", title), list, ...more);
  return node;
};

/** @param {string} text */
export const makeNote = (text) => make("p", "bc-note", text);

/**
 * @param {Element} swatch
 * @param {string} text
 * @param {string | null} [short] what the closed line says of it; "" shows the swatch alone there, null leaves it out
 */
export const makeEntry = (swatch, text, short = text.length > LONGEST ? null : text) => {
  const row = make("div", text ? "bc-entry" : "bc-entry bc-mute");
  if (short !== null) row.dataset.short = short;
  row.append(swatch, ...(text ? [make("span", "", text)] : []));
  return row;
};

/**
 * A territory of a class, small.
 * @param {string} className
 */
export const makeSwatch = (className) => {
  const node = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, class: "bc-swatch", "aria-hidden": "true" });
  node.append(svg("rect", { x: 0.5, y: 0.5, width: 19, height: 13, rx: 2, class: className }));
  return node;
};

/**
 * The same, hatched.
 * @param {string} className
 */
export const makeHatchedSwatch = (className) => {
  const node = makeSwatch(className);
  const d = "M2 13 14 1M8 13 19 2M0 8 7 1M14 13l5-5";
  node.append(svg("path", { d, class: "bc-strokes bc-halo" }), svg("path", { d, class: "bc-strokes" }));
  return node;
};

/**
 * The same, dotted.
 * @param {string} className
 */
export const makeDottedSwatch = (className) => {
  const node = makeSwatch(className);
  const spots = [[4, 4], [10, 4], [16, 4], [7, 8], [13, 8], [4, 11.5], [10, 11.5], [16, 11.5]];
  node.append(...spots.map(([cx, cy]) => svg("circle", { cx, cy, r: 0.9, class: "bc-dots" })));
  return node;
};
