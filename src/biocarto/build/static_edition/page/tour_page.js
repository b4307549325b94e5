/* Static edition, the Tour: the stage in the address, on the map and beside it. */

import { findElement, findElements, markCurrent } from "./dom.js";
import { PAGES } from "./edition.js";

/**
 * @import { Edition } from "./edition.js"
 * @import { Payload } from "./payload.js"
 */

/**
 * The stage that a tap on a map of the Tour means, "" for none.
 * @param {Payload} payload
 * @param {string} type of what was tapped
 * @param {string} id
 * @returns {string}
 */
export function findStage({ clusterStages }, type, id) {
  if (type === "stage") return id;
  return type === "cluster" && Object.hasOwn(clusterStages, id) ? clusterStages[id] : "";
}

/** The page of the Tour. */
export class TourPage {
  #edition;
  #page = findElement(document, `[data-page="${PAGES.tour}"]`, HTMLElement);
  #steps = findElements(this.#page, "[data-step]", HTMLButtonElement);
  /** @type {string[]} */
  #stages;

  /** @param {Edition} edition */
  constructor(edition) {
    this.#edition = edition;
    this.#stages = edition.payload.tour.stages.map(({ id }) => id);
    for (const button of this.#steps) button.addEventListener("click", () => edition.state.change({ stage: this.#findNext(button) }));
  }

  /** Everything of the page, as the address says. */
  show() {
    const { payload, state, maps } = this.#edition;
    const selected = this.#readStage();
    for (const sheet of findElements(this.#page, "[data-sheet]", HTMLElement)) sheet.hidden = sheet.dataset.sheet !== selected;
    findElement(this.#page, "[data-invitation]", HTMLElement).hidden = Boolean(selected);
    for (const link of findElements(this.#page, "[data-stage]", HTMLElement)) markCurrent(link, link.dataset.stage === selected);
    for (const button of this.#steps) button.disabled = !this.#findNext(button);
    maps.drawMap("tour", "tour", [{ kind: "tour", payload: { ...payload.tour, selected } }], (type, id) => {
      state.change({ stage: findStage(payload, type, id) });
    });
  }

  /** Id of the stage in the address, "" without one. */
  #readStage() {
    const stage = this.#edition.state.readValue("stage");
    return this.#stages.includes(stage) ? stage : "";
  }

  /**
   * The stage to which a button leads, "" for none. "Next" opens the first stage where none is open; there is nothing before it.
   * @param {HTMLButtonElement} button
   * @returns {string}
   */
  #findNext(button) {
    return this.#stages[this.#stages.indexOf(this.#readStage()) + Number(button.dataset.step)] ?? "";
  }
}
