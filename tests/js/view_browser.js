/** A map without a browser and without a clock, for the tests of its view. */
import { CLOSE, next, REST, START, writeView } from "../../src/biocarto/maps/frontend/view/machine.js";

/** @import { Aim, Corners, Effect, Facts, ViewEvent, ViewState, Viewpoint } from "../../src/biocarto/maps/frontend/view/machine.js" */

const HOME = "48.7000,2.5000,8.1";
export const FIRST = /** @type {Viewpoint} */ ([48.8, 2.3, 9.5]);

/** A map with its address and its server, as far as the view knows of them: it does what the effects say, and keeps a list of them. */
export class Browser {
  constructor() {
    /** @type {ViewState} */
    this.state = START;
    this.now = 10_000;
    this.seen = HOME;
    this.address = { view: "", choices: "" };
    /** @type {Aim[]} */
    this.fits = [];
    /** @type {string[]} */
    this.told = [];
    /** @type {Effect[]} */
    this.others = [];
    this.timer = Number.POSITIVE_INFINITY;
  }
  /** @returns {Facts} */
  facts() {
    const { view, choices } = this.address;
    const asked = view ? /** @type {Viewpoint} */ (/** @type {unknown} */ (view.split(",").map(Number))) : null;
    return { now: this.now, seen: this.seen, asked, says: view !== "", choices };
  }
  /** @param {ViewEvent} event */
  send(event) {
    const [state, effects] = next(this.state, event, this.facts());
    this.state = state;
    for (const effect of effects) this.run(effect);
    return this;
  }
  /** @param {Effect} effect */
  run(effect) {
    if (effect.do === "fit") {
      this.fits.push(effect.aim);
      this.seen = effect.aim.kind === "point" ? writeView(effect.aim.at) : JSON.stringify(effect.aim);
    } else if (effect.do === "tell") {
      this.told.push(effect.text);
      this.address.view = effect.text;
    } else if (effect.do === "wait") this.timer = this.now + effect.ms;
    else if (effect.do === "calm") this.timer = Number.POSITIVE_INFINITY;
    else this.others.push(effect);
  }
  /** Let time pass: the timer runs out, as often as it is set again. @param {number} ms */
  wait(ms) {
    const until = this.now + ms;
    while (this.timer <= until) {
      this.now = this.timer;
      this.timer = Number.POSITIVE_INFINITY;
      this.send({ type: "timedOut" });
    }
    this.now = until;
    return this;
  }
  /** The visitor moves the map. @param {string} view */
  move(view) {
    this.send({ type: "moveStarted" });
    this.seen = view;
    return this.send({ type: "moveEnded" });
  }
  /** The server has answered. @param {{ view?: Viewpoint | null, turn?: number, question?: string, found?: Corners | null }} [answer] */
  answer({ view = null, turn = this.state.turn ?? 0, question = this.state.question, found = null } = {}) {
    return this.send({ type: "answered", view, turn, question, found });
  }
  /** The visitor taps a symbol. */
  tap() {
    return this.send({ type: "tapped" });
  }
  /** The browser steps back to an address. @param {string} view @param {string} [choices] */
  back(view, choices = "") {
    this.address = { view, choices };
    return this.send({ type: "stepped" });
  }
}

export const opened = () => new Browser().answer();
/** A map that was moved to FIRST and has said so. */
export const moved = () => opened().move(writeView(FIRST)).wait(REST).wait(CLOSE + 1);
