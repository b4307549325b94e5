/* The attract loop: one slide after the other, built with textContent only. Where motion is not wanted, one stands longer and the next
   simply stands there: a computer whose animations are switched off for speed still has a loop. */

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
 * @property {string} [image] address of a drawing
 */

/** @typedef {HTMLElement & {stop?: () => void}} Loop the element of the component, and how to stop what runs in it */

const SECONDS = 6;
const CALM = 15;
/* Letters of a name that fills its lines: a longer one is written smaller, so that what follows keeps its place. */
const LONG = 28;

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

/** @param {Slide} slide */
const makeSlide = (slide) => {
  const node = make("section", slide.image ? "slide" : "slide alone");
  node.append(makeWords(slide));
  if (!slide.image) return node;
  const image = make("img");
  image.src = slide.image;
  image.alt = "";
  node.append(image);
  return node;
};

/**
 * Show one slide after the other.
 * @param {Element} stage
 * @param {Slide[]} slides
 * @returns {number} the timer
 */
const playSlides = (stage, slides) => {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let n = 0;
  const showNext = () => {
    stage.replaceChildren(makeSlide(slides[n % slides.length]));
    n += 1;
  };
  showNext();
  return window.setInterval(showNext, 1000 * (isCalm ? CALM : SECONDS));
};

/** @param {ComponentArgs<{slides: Slide[], touch: string}>} args */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {Loop} */ (parentElement.querySelector(".loop"));
  root.stop?.();
  const stage = make("div", "stage");
  const foot = make("div", "foot");
  const touch = make("button", "touch", data.touch);
  const [french, english] = [make("button", "lang", "Français"), make("button", "lang", "English")];
  foot.append(french, touch, english);
  root.replaceChildren(make("p", "brand", "BioCarto"), stage, foot);
  const timer = playSlides(stage, data.slides);
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
