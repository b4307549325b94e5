/* Where a list goes on below the edge of its box: a round button says so and brings the next part, because a finger sees no scroll bar.
   What a visitor opens is shown from its top. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/**
 * What stays in the window when the component is made anew.
 * @typedef {object} MoreStore
 * @property {number} timer
 * @property {string} screen what the boxes showed last
 * @property {() => void} [look]
 */

const BOXES = ".st-key-booth-side, .st-key-booth-kept, .st-key-booth-heard";
const LOOK = 150;
const SLACK = 2;
const STEP = 0.8;
/* Of a visit's address, what changes nothing in a box, or only lines of it. */
const ELSEWHERE = ["keep", "lang", "code"];
const NAME = "biocartoMore";

/** @type {MoreStore} */
const store = Reflect.get(window, NAME) ?? { timer: 0, screen: "" };
Reflect.set(window, NAME, store);

const readScreen = () => {
  const params = new URLSearchParams(location.search);
  for (const name of ELSEWHERE) params.delete(name);
  return params.toString();
};

/** @param {Element} box */
const goesOn = (box) => getComputedStyle(box).overflowY !== "visible" && box.scrollTop + box.clientHeight < box.scrollHeight - SLACK;

/**
 * @param {HTMLElement} button
 * @param {Element} box
 */
const placeButton = (button, box) => {
  const { left, width, bottom } = box.getBoundingClientRect();
  button.style.left = `${left + width / 2}px`;
  button.style.bottom = `${innerHeight - bottom}px`;
};

/**
 * Show what a visitor has opened from its top; returns the first box that goes on.
 * @returns {Element | null}
 */
const lookAtBoxes = () => {
  const boxes = [...document.querySelectorAll(BOXES)];
  const screen = readScreen();
  if (screen !== store.screen) for (const box of boxes) box.scrollTo(0, 0);
  store.screen = screen;
  for (const box of boxes) box.toggleAttribute("data-more", goesOn(box));
  return boxes.find(goesOn) ?? null;
};

/** @param {Element | null} box */
const scrollOn = (box) => {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  box?.scrollBy({ top: box.clientHeight * STEP, behavior: isCalm ? "instant" : "smooth" });
};

const stopLooking = () => {
  clearInterval(store.timer);
  if (store.look) document.removeEventListener("scroll", store.look, { capture: true });
};

/** @param {ComponentArgs<{label: string}>} args */
export default function ({ data, parentElement }) {
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector(".more"));
  /** @type {Element | null} */
  let longer = null;
  button.setAttribute("aria-label", data.label);
  button.onclick = () => scrollOn(longer);
  const look = () => {
    longer = lookAtBoxes();
    button.hidden = !longer;
    if (longer) placeButton(button, longer);
  };
  stopLooking();
  store.look = look;
  document.addEventListener("scroll", look, { capture: true, passive: true });
  store.timer = window.setInterval(look, LOOK);
  look();
  return () => {
    clearInterval(store.timer);
    document.removeEventListener("scroll", look, { capture: true });
  };
}
