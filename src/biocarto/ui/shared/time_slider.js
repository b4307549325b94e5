/* A year on a line: what was there at its end. The words follow the hand at once, the page when the hand rests; the years pass by
   themselves only after a tap, and not for who has asked for calm. */

/** @import { ComponentArgs } from "./component.d.ts" */

/**
 * @typedef {object} SliderWords
 * @property {string} label
 * @property {string} play
 * @property {string} pause
 * @property {string} back
 * @property {string} on
 * @property {string} today what is said of the last year
 * @property {string} at what is said of another, with `{year}`
 * @property {[string, string]} now one site of today, several
 * @property {[string, string]} there one site of another year, several
 * @property {[string, string]} undated
 */

/**
 * @typedef {object} SliderData
 * @property {string} lang
 * @property {number} first
 * @property {number} last the year of the edition: today
 * @property {number} year
 * @property {[number, number][]} counts of each year: there, undated
 * @property {SliderWords} words
 */

/**
 * What stays in the window when the component is made anew.
 * @typedef {object} SliderStore
 * @property {number} timer of what is told to the server
 * @property {number} clock of the next year while years pass
 * @property {boolean} isPlaying
 * @property {number | null} wanted a year that the server has not answered yet
 */

const REST = 350;
const BEAT = 1100;
const PATIENCE = 6000;
const NAME = "biocartoTimeSlider";
const PARAM = "etat";

/** @type {SliderStore} */
const store = Reflect.get(window, NAME) ?? { timer: 0, clock: 0, isPlaying: false, wanted: null };
Reflect.set(window, NAME, store);

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {SliderData} data
 * @param {number} year
 */
const writeYear = ({ last, words }, year) => (year === last ? words.today : words.at.replace("{year}", String(year)));

/**
 * @param {SliderData} data
 * @param {number} count
 * @param {[string, string]} forms
 */
const writeCount = ({ lang }, count, [one, many]) => {
  const isOne = lang === "fr" ? count < 2 : count === 1;
  return `${count.toLocaleString(lang)} ${isOne ? one : many}`;
};

/**
 * @param {SliderData} data
 * @param {number} year
 */
const writeCounts = (data, year) => {
  const [there, undated] = data.counts[year - data.first] ?? [0, 0];
  if (year === data.last) return writeCount(data, there, data.words.now);
  const parts = [writeCount(data, there, data.words.there)];
  if (undated) parts.push(writeCount(data, undated, data.words.undated));
  return parts.join(" · ");
};

/** @param {string} year */
const replaceYear = (year) => {
  const address = new URL(location.href);
  if (year) address.searchParams.set(PARAM, year);
  else address.searchParams.delete(PARAM);
  history.replaceState(history.state, "", address);
};

/** The controls of one slider, and what a hand does to them. */
class TimeSlider {
  /** @param {ComponentArgs<SliderData>} args */
  constructor({ data, parentElement, setTriggerValue }) {
    /** @param {string} name */
    const find = (name) => /** @type {HTMLElement} */ (parentElement.querySelector(`.bc-time-${name}`));
    this.data = data;
    this.range = /** @type {HTMLInputElement} */ (find("range"));
    this.play = /** @type {HTMLButtonElement} */ (find("play"));
    this.back = /** @type {HTMLButtonElement} */ (find("back"));
    this.on = /** @type {HTMLButtonElement} */ (find("on"));
    this.day = find("day");
    this.told = find("told");
    this.send = setTriggerValue;
  }

  /** Words, bounds and what each control does. */
  show() {
    const { first, last, words } = this.data;
    Object.assign(this.range, { min: String(first), max: String(last), step: "1" });
    this.range.setAttribute("aria-label", words.label);
    this.back.setAttribute("aria-label", words.back);
    this.on.setAttribute("aria-label", words.on);
    this.range.oninput = () => this.take(this.range.valueAsNumber);
    this.range.onpointerdown = () => this.pause();
    this.back.onclick = () => this.step(-1);
    this.on.onclick = () => this.step(1);
    this.play.onclick = () => (store.isPlaying ? this.pause() : this.start());
    this.follow();
  }

  /** The year of the page, unless a later one is under way. */
  follow() {
    if (store.wanted === this.data.year) store.wanted = null;
    this.write(store.wanted ?? this.data.year);
    this.play.hidden = calm.matches;
    if (calm.matches) store.isPlaying = false;
    this.label();
    if (store.isPlaying && store.wanted === null) this.wait();
  }

  label() {
    const { words } = this.data;
    this.play.textContent = store.isPlaying ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", store.isPlaying ? words.pause : words.play);
  }

  /** @param {number} year */
  write(year) {
    this.range.value = String(year);
    this.range.setAttribute("aria-valuetext", writeYear(this.data, year));
    this.day.textContent = writeYear(this.data, year);
    this.told.textContent = writeCounts(this.data, year);
    this.back.disabled = year <= this.data.first;
    this.on.disabled = year >= this.data.last;
  }

  /**
   * A year is chosen: it is told once the hand rests.
   * @param {number} year
   * @param {number} rest
   */
  take(year, rest = REST) {
    store.wanted = year;
    this.write(year);
    clearTimeout(store.timer);
    store.timer = window.setTimeout(() => this.tell(year), rest);
  }

  /**
   * A hand's choice is a step of the browser's history; years that pass by themselves are none: Streamlit adds none for an address that
   * the browser has already.
   * @param {number} year
   */
  tell(year) {
    if (store.isPlaying) replaceYear(year === this.data.last ? "" : String(year));
    this.send("year", year);
    /* An answer that never comes must not hold the slider. */
    store.timer = window.setTimeout(() => {
      store.wanted = null;
    }, PATIENCE);
  }

  /** @param {number} by */
  step(by) {
    this.pause();
    this.take(this.range.valueAsNumber + by);
  }

  start() {
    store.isPlaying = true;
    this.label();
    const { first, last } = this.data;
    if (this.range.valueAsNumber >= last) this.take(first, 0);
    else this.wait();
  }

  pause() {
    store.isPlaying = false;
    clearTimeout(store.clock);
    this.label();
  }

  /** The next year, a beat after the page has shown this one. */
  wait() {
    clearTimeout(store.clock);
    const next = this.range.valueAsNumber + 1;
    if (next > this.data.last) {
      this.pause();
      return;
    }
    store.clock = window.setTimeout(() => {
      if (store.isPlaying) this.take(next, 0);
    }, BEAT);
  }
}

/** @param {ComponentArgs<SliderData>} args */
export default function (args) {
  const slider = new TimeSlider(args);
  slider.show();
  const change = () => slider.follow();
  calm.addEventListener("change", change);
  return () => {
    calm.removeEventListener("change", change);
    clearTimeout(store.clock);
    clearTimeout(store.timer);
    Object.assign(store, { isPlaying: false, wanted: null });
  };
}
