/* The attract loop: one slide after the other over a map that stays, built with textContent only. Where motion is not wanted, one stands
   longer and the next simply stands there: a computer whose animations are switched off for speed still has a loop. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/**
 * A share of a whole.
 * @typedef {object} Part
 * @property {string} label
 * @property {string} group key of its colour
 * @property {number} size
 * @property {string} value in words
 */

/**
 * What one slide says; what is missing leaves no room. With a name, the title says what that one does.
 * @typedef {object} Slide
 * @property {string} kicker
 * @property {string} title
 * @property {string} [group] key of the colour of the kicker
 * @property {string} [big] a number
 * @property {string} [name]
 * @property {Part[]} [parts]
 * @property {string} [text]
 * @property {[now: number, all: number]} [dots] which one of how many
 * @property {string} [note]
 * @property {Sight} map
 */

/** @typedef {[x: number, y: number]} Point */

/**
 * A name on a map: in its area, or beside it with a line that begins in the area.
 * @typedef {object} AreaName
 * @property {string} code
 * @property {string} text
 * @property {Point} at
 * @property {Point} [from]
 * @property {string} [end] which end of the name is at its point, as SVG names it
 */

/**
 * A map of the loop: outlines by code as path data, and their names.
 * @typedef {object} Ground
 * @property {string} box
 * @property {Record<string, string>} areas
 * @property {AreaName[]} names
 */

/**
 * A mark in the shape and colour of its group; one that stands for itself has a name.
 * @typedef {object} Mark
 * @property {string} group
 * @property {Point} at
 * @property {string} d
 * @property {string} [text]
 */

/**
 * What a slide shows on its map: areas that it is about, those that came before, numbers by area, marks.
 * @typedef {object} Sight
 * @property {string} name of the map
 * @property {string[]} [on]
 * @property {string[]} [passed]
 * @property {Record<string, number>} [numbers]
 * @property {Mark[]} [marks]
 */

/**
 * @typedef {object} LoopData
 * @property {Slide[]} slides
 * @property {Record<string, Ground>} maps
 * @property {string} touch
 * @property {string} event name of the event, "" where none is given
 * @property {string} logo address of a picture, "" where none is given
 */

/** @typedef {HTMLElement & {stop?: () => void}} Loop the element of the component, and how to stop what runs in it */

const SECONDS = 6;
const CALM = 15;
/* Letters of a name that fills its lines: a longer one is written smaller, so that what follows keeps its place. */
const LONG = 28;
const SVG = "http://www.w3.org/2000/svg";
/* Letters of a line of a name on a map. */
const SHORT = 11;
/* Units of a map: between the lines of a name, and around the number above it. */
const LINE = 31;
const DISC = 24;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [name] class
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
const make = (tag, name = "", text = "") => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.textContent = text;
  return node;
};

/**
 * The same, in a list that is empty where there is no text.
 * @param {keyof HTMLElementTagNameMap} tag
 * @param {string} name
 * @param {string | undefined} text
 * @returns {HTMLElement[]}
 */
const makeIfAny = (tag, name, text) => (text ? [make(tag, name, text)] : []);

/** @param {Part[]} parts */
const makeBar = (parts) => {
  const box = make("div", "parts");
  const track = box.appendChild(make("div", "track"));
  for (const { label, group, size, value } of parts) {
    const piece = track.appendChild(make("span"));
    piece.style.flex = String(size);
    piece.style.background = `var(--bc-${group})`;
    const line = box.appendChild(make("p", "part"));
    const mark = line.appendChild(make("i"));
    mark.style.background = `var(--bc-${group})`;
    line.append(make("strong", "", value), make("span", "", label));
  }
  return box;
};

/** @param {[now: number, all: number]} dots */
const makeDots = ([now, all]) => {
  const row = make("div", "dots");
  for (let n = 1; n <= all; n++) row.append(make("i", n === now ? "now" : n < now ? "past" : ""));
  return row;
};

/** @param {Slide} slide */
const makeWords = (slide) => {
  const { name = "" } = slide;
  const words = make("div", "words");
  const kicker = words.appendChild(make("p", "kicker", slide.kicker));
  if (slide.group) kicker.style.color = `var(--bc-${slide.group})`;
  words.append(
    ...makeIfAny("p", "big", slide.big),
    ...makeIfAny("h2", name.length > LONG ? "long" : "", name),
    make("p", name ? "what" : "title", slide.title),
    ...(slide.parts ? [makeBar(slide.parts)] : []),
    ...makeIfAny("p", "text", slide.text),
    ...(slide.dots ? [makeDots(slide.dots)] : []),
    ...makeIfAny("p", "note", slide.note),
  );
  return words;
};

/**
 * @param {Element} parent
 * @param {string} tag
 * @param {Record<string, string | number>} looks attributes
 * @param {string} [text]
 */
const draw = (parent, tag, looks, text = "") => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(looks)) node.setAttribute(name, String(value));
  node.textContent = text;
  return parent.appendChild(node);
};

/**
 * A name in short lines, broken after hyphens and blanks.
 * @param {string} text
 */
const breakName = (text) => {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.match(/[^ -]+[ -]?/g) ?? []) {
    const longer = (lines.at(-1) ?? "") + word;
    if (lines.length && longer.trim().length <= SHORT) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => line.trim());
};

/**
 * A name around a point; where it has a number, that stands above it.
 * @param {Element} map
 * @param {AreaName} name
 * @param {Sight} sight
 */
const drawName = (map, { code, text, at: [x, y], from, end = "middle" }, { numbers = {}, on = [], passed = [] }) => {
  const tone = on.includes(code) ? "on" : passed.includes(code) ? "passed" : "";
  if (from) draw(map, "path", { class: "lead", d: `M${from}L${x} ${y}` });
  const lines = from ? [text] : breakName(text);
  const first = y - ((lines.length - 1) * LINE) / 2 + (code in numbers ? DISC : 0);
  if (code in numbers) {
    draw(map, "circle", { class: `disc ${tone}`, cx: x, cy: first - LINE / 2 - DISC, r: DISC });
    draw(map, "text", { class: `number ${tone}`, x, y: first - LINE / 2 - DISC }, String(numbers[code]));
  }
  for (const [n, line] of lines.entries()) {
    draw(map, "text", { class: `name ${tone}`, x, y: first + n * LINE, "text-anchor": end }, line);
  }
};

/**
 * @param {Element} map
 * @param {Mark} mark
 */
const drawMark = (map, { group, at: [x, y], d, text }) => {
  if (text) draw(map, "circle", { class: "halo", cx: x, cy: y, r: 44 });
  draw(map, "path", { class: "mark", d }).setAttribute("style", `fill:var(--bc-${group})`);
  if (text) draw(map, "text", { class: "here", x, y: y + 82 }, text);
};

/**
 * @param {Ground} ground
 * @param {Sight} sight
 */
const drawMap = (ground, sight) => {
  const map = document.createElementNS(SVG, "svg");
  map.setAttribute("viewBox", ground.box);
  map.setAttribute("aria-hidden", "true");
  const { on = [], passed = [], marks = [] } = sight;
  for (const [code, d] of Object.entries(ground.areas)) {
    draw(map, "path", { class: `area ${on.includes(code) ? "on" : passed.includes(code) ? "passed" : ""}`, d });
  }
  for (const name of ground.names) drawName(map, name, sight);
  for (const mark of marks) drawMark(map, mark);
  return map;
};

/**
 * Show one slide after the other. The map stays where it is; only what is said of it changes.
 * @param {Element} stage
 * @param {LoopData} data
 * @returns {number} the timer
 */
const playSlides = (stage, { slides, maps }) => {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let n = 0;
  let before = "";
  const showNext = () => {
    const slide = slides[n % slides.length];
    const figure = make("div", before === slide.map.name ? "figure" : "figure new");
    figure.append(drawMap(maps[slide.map.name], slide.map));
    stage.replaceChildren(makeWords(slide), figure);
    before = slide.map.name;
    n += 1;
  };
  showNext();
  return window.setInterval(showNext, 1000 * (isCalm ? CALM : SECONDS));
};

/** @param {LoopData} data */
const makeHead = ({ event, logo }) => {
  const head = make("div", "head");
  head.append(make("p", "brand", "BioCarto"), ...makeIfAny("p", "event", event));
  if (logo) {
    const image = head.appendChild(make("img", "logo"));
    image.src = logo;
    image.alt = "";
  }
  return head;
};

/** @param {ComponentArgs<LoopData>} args */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {Loop} */ (parentElement.querySelector(".loop"));
  root.stop?.();
  const stage = make("div", "stage");
  const foot = make("div", "foot");
  const touch = make("button", "touch", data.touch);
  const [french, english] = [make("button", "lang", "Français"), make("button", "lang", "English")];
  [french.lang, english.lang] = ["fr", "en"];
  foot.append(french, touch, english);
  root.replaceChildren(makeHead(data), stage, foot);
  const timer = playSlides(stage, data);
  /* When the finger leaves, so that its click does not fall on what comes. */
  const begin = (/** @type {Event} */ event) => {
    const path = event.composedPath();
    setTriggerValue("touched", path.includes(french) ? "fr" : path.includes(english) ? "en" : "any");
  };
  const beginByKey = (/** @type {KeyboardEvent} */ event) => {
    if (["Enter", " "].includes(event.key)) begin(event);
  };
  root.addEventListener("pointerup", begin);
  root.addEventListener("keydown", beginByKey);
  root.stop = () => {
    clearInterval(timer);
    root.removeEventListener("pointerup", begin);
    root.removeEventListener("keydown", beginByKey);
  };
  touch.focus({ preventScroll: true });
  return root.stop;
}
