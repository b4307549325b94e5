/* The document's language and title, and the language in its address; keys and fields as RGAA wants them. */

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

/** @param {ComponentArgs<{ lang: string, title: string, inAddress: boolean }>} args */
export default function ({ data }) {
  const { lang, title, inAddress } = data;
  document.documentElement.lang = lang;
  document.title = title;
  if (!Reflect.get(window, NAME)) {
    Reflect.set(window, NAME, true);
    document.addEventListener("keydown", dropShortcut, { capture: true });
    new MutationObserver(nameFields).observe(document.body, { subtree: true, childList: true });
  }
  nameFields();
  const address = new URL(window.location.href);
  if (inAddress && address.searchParams.get("lang") !== lang) {
    address.searchParams.set("lang", lang);
    window.history.replaceState(window.history.state, "", address);
  }
}
