/* The card of a symbol that was tapped: beside the map where there is room, else over its lower part. */

/** @typedef {{cards: string, failed: string}} CardWords */

export class Card {
  #box = /** @type {HTMLElement} */ (document.getElementById("card"));
  #words;
  /** What was asked for last: a slow answer to an earlier tap is not shown. */
  #asked = "";
  /** @type {Element | null} */
  #before = null;

  /** @param {CardWords} words */
  constructor(words) {
    this.#words = words;
    this.#box.querySelector("button")?.addEventListener("click", () => this.close());
    this.#box.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  /**
   * Show an actor or a place; the keyboard goes there, and back from there.
   * @param {string} type
   * @param {string} id
   */
  async open(type, id) {
    const asked = `${type}=${encodeURIComponent(id)}`;
    this.#asked = asked;
    if (this.#box.hidden) this.#before = document.activeElement;
    const told = await this.#fetch(asked);
    if (this.#asked !== asked) return;
    this.#content.replaceChildren(...told);
    this.#box.hidden = false;
    this.#box.scrollTop = 0;
    this.#content.querySelector("h2")?.focus({ preventScroll: true });
  }

  close() {
    this.#asked = "";
    this.#box.hidden = true;
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  get #content() {
    return /** @type {HTMLElement} */ (this.#box.querySelector("div"));
  }

  /**
   * A piece of our own server's HTML, where every name is escaped; no policy lets a script of it run.
   * @param {string} asked
   * @returns {Promise<Node[]>}
   */
  async #fetch(asked) {
    try {
      const query = new URLSearchParams(location.search);
      for (const name of ["actor", "place"]) query.delete(name);
      const answer = await fetch(`${this.#words.cards}?${asked}&${query}&lang=${document.documentElement.lang}`);
      if (!answer.ok) throw new Error(String(answer.status));
      return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes];
    } catch {
      const line = document.createElement("p");
      line.textContent = this.#words.failed;
      return [line];
    }
  }
}
