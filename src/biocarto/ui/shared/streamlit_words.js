/* Streamlit's own words are English on every page (its issue 1353): each is written in the language of the page where it is drawn,
   when it is drawn and never else. What is ours is left alone. */

/** @import { ComponentArgs } from "./component.d.ts" */

/**
 * What the server tells of a page.
 * @typedef {object} Told
 * @property {string} lang
 * @property {Record<string, string>} words Streamlit's English -> our words, `{}` for what stands in between
 */

const NAME = "bcWords";
/** Where words are ours, or none; of its Markdown, Streamlit writes that of tooltips of its own buttons and of its uploader itself. */
const FOREIGN = [
  '[data-testid="stMarkdownContainer"]:not([data-testid="stTooltipContent"] *, [data-testid="stFileUploaderDropzone"] *)',
  '.stHtml, [data-testid="stIconMaterial"], canvas, script, style',
].join();
const ATTRIBUTES = ["aria-label", "placeholder", "title", "aria-description"];
/** Letters of the longest text that may be Streamlit's. */
const LONGEST = 200;

/** Streamlit's words in the language of the page. */
class Words {
  constructor() {
    const options = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };
    this.lang = "";
    /** @type {Map<string, string>} */
    this.exact = new Map();
    /** @type {[start: string, end: string, written: string][]} */
    this.open = [];
    new MutationObserver((records) => records.forEach((record) => this.follow(record))).observe(document.body, options);
  }

  /** @param {Told} told */
  use({ lang, words }) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.exact.clear();
    this.open = [];
    /* On an English page, what a page before it has turned into French is turned back. */
    for (const [english, french] of Object.entries(words)) {
      if (lang === "en") this.learn(french, english);
      else this.learn(english, french);
    }
    this.write(document.body);
  }

  /** @type {(from: string, to: string) => void} */
  learn(from, to) {
    const [start, end] = from.split("{}");
    if (end === undefined) this.exact.set(from, to);
    else this.open.push([start, end, to]);
  }

  /** The words for a text; "" where it is none of Streamlit's. @param {string} text */
  find(text) {
    const bare = text.trim();
    if (!bare || bare.length > LONGEST) return "";
    const found = this.exact.get(bare);
    if (found) return text.replace(bare, () => found);
    for (const [start, end, to] of this.open) {
      if (bare.length > start.length + end.length && bare.startsWith(start) && bare.endsWith(end)) {
        return to.replace("{}", () => bare.slice(start.length, bare.length - end.length));
      }
    }
    return "";
  }

  /** @param {Node} node */
  write(node) {
    if (node instanceof Text) this.writeText(node);
    else if (node instanceof Element && !node.closest(FOREIGN)) this.writeTree(node);
  }

  /** @param {Element} root */
  writeTree(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(FOREIGN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = walker.currentNode; node; node = /** @type {Node} */ (walker.nextNode())) {
      if (node instanceof Text) this.writeText(node);
      else this.writeAttributes(/** @type {Element} */ (node));
    }
  }

  /** @param {Text} node */
  writeText(node) {
    const found = node.parentElement?.closest(FOREIGN) ? "" : this.find(node.data);
    if (found && found !== node.data) node.data = found;
  }

  /** @param {Element} node */
  writeAttributes(node) {
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      const found = value && this.find(value);
      if (found && found !== value) node.setAttribute(name, found);
    }
  }

  /** @param {MutationRecord} record */
  follow({ type, target, addedNodes }) {
    if (type === "attributes") this.writeAttributes(/** @type {Element} */ (target));
    else if (type === "characterData") this.write(target);
    else for (const node of addedNodes) this.write(node);
  }
}

/** @param {ComponentArgs<Told>} args */
export default function ({ data }) {
  const words = /** @type {Words} */ (Reflect.get(window, NAME) ?? new Words());
  Reflect.set(window, NAME, words);
  words.use(data);
}
