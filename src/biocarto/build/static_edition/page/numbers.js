/* Static edition: numbers as the language of the document writes them. */

/** @import { Forms } from "./payload.js" */

const LOCALES = new Map([["fr", "fr-FR"], ["en", "en-GB"]]);

/** Writes whole numbers in one language. */
export class NumberWriter {
  #format;
  #isFrench;

  /** @param {string} lang */
  constructor(lang) {
    this.#isFrench = lang === "fr";
    this.#format = new Intl.NumberFormat(LOCALES.get(lang) ?? lang);
  }

  /**
   * `3 000`, with the space of the language.
   * @param {number} value
   */
  writeNumber(value) {
    return this.#format.format(value);
  }

  /**
   * `1 site`, `3 000 sites`: French takes the singular below two, English for one alone.
   * @param {number} count
   * @param {Forms} forms
   */
  writeCount(count, [one, many]) {
    const single = this.#isFrench ? count < 2 : count === 1;
    return `${this.writeNumber(count)} ${single ? one : many}`;
  }
}
