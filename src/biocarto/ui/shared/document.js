/* The document's language, title and colour scheme, and the language in its address; keys, fields and frames (Streamlit's issue 16607) as RGAA
   wants them. */

/** @import { ComponentArgs } from "./component.d.ts" */

const NAME = "bcDocument";
/** What takes letters. */
const WRITES = "input, textarea, select, [contenteditable=true], [role=grid], canvas";
/** The name of a field that Streamlit was told not to show. */
const UNSEEN = '[data-testid="stTextInput"], [data-testid="stSelectbox"], [data-testid="stMultiSelect"], [data-testid="stTextArea"]';

/**
 * Streamlit runs the page anew at the letter r, wherever one is: whoever speaks to their machine says it by chance (WCAG 2.1.4).
 * @param {KeyboardEvent} event
 */
const dropShortcut = (event) => {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (!/^[rc]$/i.test(key) || ctrlKey || metaKey || altKey) return;
  if (target instanceof Element && !target.closest(WRITES)) event.stopImmediatePropagation();
};

/** A field whose label is not shown says what it wants to whoever points at it. */
const nameFields = () => {
  for (const box of document.querySelectorAll(UNSEEN)) {
    const label = box.querySelector('[data-testid="stWidgetLabel"]');
    const field = /** @type {HTMLElement | null} */ (box.querySelector("input, textarea"));
    const name = field?.getAttribute("aria-label");
    if (field && name && label && !label.checkVisibility() && field.title !== name) field.title = name;
  }
};

/** The title of each frame: the words before it, or else those for any frame. @param {string} other */
const nameFrames = (other) => {
  const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-frame]")]);
  for (const frame of document.querySelectorAll("iframe")) {
    const mark = marks.findLast((node) => node.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING);
    const title = mark?.dataset.frame ?? other;
    if (title && frame.title !== title) frame.title = title;
  }
};

/** Panels stand outside of what has the scheme of the theme, and our colours ask for it; `look`: the classes that it was read of. */
const followScheme = (look = "") => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.className === look) return look;
  document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  return app.className;
};

class Tidier {
  constructor() {
    this.frame = "";
    this.look = "";
    document.addEventListener("keydown", dropShortcut, { capture: true });
    new MutationObserver(() => this.tidy()).observe(document.body, { subtree: true, childList: true });
  }

  tidy() {
    nameFields();
    nameFrames(this.frame);
    this.look = followScheme(this.look);
  }
}

/** @param {ComponentArgs<{ lang: string, title: string, frame: string, inAddress: boolean }>} args */
export default function ({ data }) {
  const { lang, title, frame, inAddress } = data;
  document.documentElement.lang = lang;
  document.title = title;
  const tidier = /** @type {Tidier} */ (Reflect.get(window, NAME) ?? new Tidier());
  Reflect.set(window, NAME, tidier);
  tidier.frame = frame;
  tidier.tidy();
  const address = new URL(window.location.href);
  if (inAddress && address.searchParams.get("lang") !== lang) {
    address.searchParams.set("lang", lang);
    window.history.replaceState(window.history.state, "", address);
  }
}
