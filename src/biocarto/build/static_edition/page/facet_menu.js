/* Static edition: the buttons of the facets. The values of each open beneath it, with the number of rows that each would leave. */

import { findElements, makeElement, seekElement } from "./dom.js";

/**
 * @import { Facet } from "./payload.js"
 * @import { NumberWriter } from "./numbers.js"
 */

/**
 * A value to tick.
 * @typedef {object} FacetValue
 * @property {string} code
 * @property {number} rank
 * @property {HTMLLabelElement} label
 * @property {HTMLInputElement} input
 * @property {HTMLOutputElement} output
 */

const EDGE = 4;

/**
 * @param {string} code
 * @param {string} text
 * @param {number} rank
 * @param {() => void} onTick
 * @returns {FacetValue}
 */
function makeValue(code, text, rank, onTick) {
  const label = makeElement("label");
  const input = makeElement("input");
  const output = makeElement("output");
  input.type = "checkbox";
  input.value = code;
  input.addEventListener("change", onTick);
  label.append(input, makeElement("span", "", text), output);
  return { code, rank, label, input, output };
}

/** One facet: its button and its values. */
export class FacetMenu {
  #facet;
  #numbers;
  #summary = makeElement("summary");
  #values = makeElement("fieldset");
  /** @type {FacetValue[]} */
  #list;

  /** The element of the facet; its values stand in it once they have been shown. */
  holder = makeElement("details", "facet");

  /**
   * @param {string} name
   * @param {Facet} facet
   * @param {NumberWriter} numbers
   * @param {(code: string) => void} onTick
   */
  constructor(name, facet, numbers, onTick) {
    this.#facet = facet;
    this.#numbers = numbers;
    this.holder.dataset.facet = name;
    this.#list = facet.codes.map((code, i) => makeValue(code, facet.labels[i], facet.ranks[i], () => onTick(code)));
    this.#values.append(makeElement("legend", "unseen", facet.label));
    this.holder.append(this.#summary, this.#values);
    this.holder.addEventListener("toggle", () => this.#keepOnScreen());
  }

  /**
   * Which values are chosen, and how many rows each would leave.
   * @param {string[]} chosen codes
   * @param {number[]} counts
   */
  show(chosen, counts) {
    const { label } = this.#facet;
    this.#summary.textContent = chosen.length ? `${label} · ${chosen.length}` : label;
    this.holder.classList.toggle("on", chosen.length > 0);
    this.#list.forEach(({ code, label: line, input, output }, i) => {
      input.checked = chosen.includes(code);
      output.textContent = this.#numbers.writeNumber(counts[i]);
      line.classList.toggle("none", counts[i] === 0);
    });
    this.#sort(counts);
  }

  /**
   * Values stand in their own order, else the most frequent first; while one of them has the focus, all stay where they are.
   * @param {number[]} counts
   */
  #sort(counts) {
    if (this.#values.contains(document.activeElement)) return;
    const sorted = this.#list.map((value, i) => ({ ...value, count: counts[i] }));
    sorted.sort((a, b) => a.rank - b.rank || b.count - a.count || (a.code < b.code ? -1 : 1));
    this.#values.append(...sorted.map(({ label }) => label));
  }

  #keepOnScreen() {
    if (!this.holder.open) return;
    this.holder.classList.remove("back");
    const { right } = this.#values.getBoundingClientRect();
    this.holder.classList.toggle("back", right > document.documentElement.clientWidth - EDGE);
  }
}

/**
 * Close every facet but one.
 * @param {HTMLElement} bar
 * @param {Element | null} open
 */
function closeOthers(bar, open) {
  for (const menu of findElements(bar, "[open]", HTMLDetailsElement)) menu.open = menu === open;
}

/**
 * Let one facet of a bar be open at a time: Escape closes it, and so does a tap elsewhere.
 * @param {HTMLElement} bar
 */
export function keepOneOpen(bar) {
  bar.addEventListener("toggle", ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.open) closeOthers(bar, target);
  }, true);
  bar.addEventListener("keydown", ({ key }) => {
    const menu = seekElement(bar, "[open]");
    if (key !== "Escape" || !menu) return;
    closeOthers(bar, null);
    seekElement(menu, "summary")?.focus();
  });
  /* A tap on the map, whose document is its own, only takes the focus away. */
  addEventListener("blur", () => closeOthers(bar, null));
  addEventListener("pointerdown", ({ target }) => {
    if (!(target instanceof Element && target.closest(".facet"))) closeOthers(bar, null);
  });
}
