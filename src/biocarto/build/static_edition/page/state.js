/* Static edition: the state of the pages, which is the address: read from it, written to it, told to whoever shows it. */

import { changeParams, parseAddress, translateAddress, writeAddress } from "./address.js";

/** @import { Address, Changes } from "./address.js" */

/**
 * Hears of another state; `hasMoved` where the page is another one.
 * @typedef {(hasMoved: boolean) => void} StateListener
 */

/**
 * What of a window holds the address.
 * @typedef {object} AddressBar
 * @property {Pick<Location, "hash" | "replace">} location
 * @property {Pick<History, "pushState" | "replaceState">} history
 * @property {(type: "popstate", listener: () => void) => void} addEventListener
 */

/** The state of the pages of one document. */
export class PageState {
  #lang;
  #files;
  #bar;
  #address = parseAddress("");
  /** @type {StateListener[]} */
  #listeners = [];

  /** Whether the first state has been shown: what comes later is a step of the visitor. */
  isShown = false;

  /**
   * @param {string} lang language of the document
   * @param {Record<string, string>} files language -> document
   * @param {AddressBar} bar
   */
  constructor(lang, files, bar) {
    this.#lang = lang;
    this.#files = files;
    this.#bar = bar;
  }

  /** Name of the page, which may be one that does not exist. */
  get page() {
    return this.#address.page;
  }

  /**
   * The value of a parameter, "" without one.
   * @param {string} name
   */
  readValue(name) {
    return this.#address.params.get(name) ?? "";
  }

  /**
   * Every value of a parameter, each once.
   * @param {string} name
   */
  readValues(name) {
    return [...new Set(this.#address.params.getAll(name))];
  }

  /** @param {StateListener} listener */
  addListener(listener) {
    this.#listeners.push(listener);
  }

  /**
   * Another view, of this page or of another.
   * @param {string} page
   * @param {URLSearchParams} params
   */
  openPage(page, params) {
    this.#move({ page, params }, "pushState");
  }

  /**
   * Change some parameters of this page; `quietly` leaves no step to go back to.
   * @param {Changes} changes
   * @param {{quietly?: boolean}} [options]
   */
  change(changes, { quietly = false } = {}) {
    const params = changeParams(this.#address.params, changes);
    this.#move({ page: this.page, params }, quietly ? "replaceState" : "pushState");
  }

  /**
   * The link to the same view in another language.
   * @param {string} lang
   */
  linkTranslation(lang) {
    return this.#files[lang] + translateAddress(this.#address, lang);
  }

  /** Read the address for the first time; one that asks for the other language opens the other document. */
  start() {
    const { location } = this.#bar;
    const lang = parseAddress(location.hash).params.get("lang");
    if (lang && lang !== this.#lang && Object.hasOwn(this.#files, lang)) {
      location.replace(this.#files[lang] + location.hash);
      return;
    }
    this.#bar.addEventListener("popstate", () => this.#follow());
    this.#follow();
    this.isShown = true;
  }

  /**
   * @param {Address} address
   * @param {"pushState" | "replaceState"} how
   */
  #move(address, how) {
    const hash = writeAddress(address, this.#lang);
    if (hash === this.#bar.location.hash) return;
    this.#bar.history[how](null, "", hash);
    this.#follow();
  }

  /* The first state is shown where it is; the page of every later one may be another. */
  #follow() {
    const before = this.page;
    this.#address = parseAddress(this.#bar.location.hash);
    const hasMoved = this.isShown && this.page !== before;
    for (const listener of this.#listeners) listener(hasMoved);
  }
}
