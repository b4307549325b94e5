/* Keys on the screen. What is typed lives in a field of the browser until it is told to the server: letters a moment after the last one,
   digits when confirmed, a text of the page when the keys rest. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/**
 * What keys are called, for eyes and for screen readers.
 * @typedef {object} KeyWords
 * @property {string} label of the field
 * @property {string} keys of all the keys
 * @property {string} erase
 * @property {string} clear
 * @property {string} space
 * @property {string} done
 * @property {Record<string, string>} marks a mark -> its name
 */

/**
 * Rows of keys, and where they type: `into` a text area of the page (a selector; `most` characters), else into a field of their own,
 * which starts with `value` and is hidden where it is `secret`.
 * @typedef {object} KeyboardData
 * @property {string[]} rows
 * @property {KeyWords} words
 * @property {string} [value]
 * @property {boolean} [secret]
 * @property {string} [into]
 * @property {number} [most]
 */

/**
 * The element of the component: what was typed stays with it, and so does what it shows.
 * @typedef {HTMLElement & {typed?: string, drawn?: string, tell: (value: string) => void}} KeyboardRoot
 */

/**
 * What keys do to a field; `node` is the field where it is their own.
 * @typedef {object} Field
 * @property {HTMLElement} [node]
 * @property {(text: string) => void} add
 * @property {() => void} erase
 * @property {() => void} clear
 * @property {() => void} give tell what was typed, and forget it
 */

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

const PAUSE = 250;
const REST = 700;
const MOST = 60;
const FIELD = ".st-key-booth-need-text textarea";
const NAME = "biocartoKeys";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name class
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
const make = (tag, name, text = "") => {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
};

/**
 * React holds the value of a field of the page: only the element's own setter tells it.
 * @param {TextField} field
 * @param {string} value
 */
const setValue = (field, value) => {
  Reflect.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/**
 * As a keyboard would: at the caret, in place of what is marked; null takes the letter before the caret away.
 * @param {TextField} field
 * @param {string | null} text
 * @param {number} most
 */
const typeText = (field, text, most) => {
  const { value } = field;
  const [start, end] = [field.selectionStart ?? value.length, field.selectionEnd ?? value.length];
  const from = text === null && start === end ? Math.max(0, start - 1) : start;
  const typed = text ?? "";
  if (value.length - (end - from) + typed.length > most) return;
  setValue(field, value.slice(0, from) + typed + value.slice(end));
  field.setSelectionRange(from + typed.length, from + typed.length);
};

/** @param {KeyboardData} data */
const makeInput = ({ words, secret }) => {
  const input = make("input", "field");
  input.inputMode = "none";
  input.autocomplete = "off";
  input.type = secret ? "password" : "text";
  input.maxLength = MOST;
  input.setAttribute("aria-label", words.label);
  input.placeholder = words.label;
  return input;
};

/**
 * A field of the keys' own, for letters and digits.
 * @param {KeyboardRoot} root
 * @param {KeyboardData} data
 * @returns {Field}
 */
const makeOwnField = (root, data) => {
  const input = makeInput(data);
  let timer = 0;
  const write = (/** @type {string} */ value) => {
    input.value = root.typed = value.slice(0, MOST);
    clearTimeout(timer);
    if (!data.secret) timer = window.setTimeout(() => root.tell(input.value), PAUSE);
  };
  const give = () => {
    const { value } = input;
    write("");
    if (value) root.tell(value);
  };
  input.value = root.typed ?? data.value ?? "";
  input.addEventListener("input", () => write(data.secret ? input.value.replace(/\D/g, "") : input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && data.secret) give();
  });
  const add = (/** @type {string} */ text) => write(input.value + text);
  return { node: input, add, erase: () => write(input.value.slice(0, -1)), clear: () => write(""), give };
};

/**
 * The system's own keys would lie over ours: told before the field is in use, by a finger or by us.
 * @param {HTMLElement} field
 */
const keepSystemKeysAway = (field) => {
  field.inputMode = "none";
};

/**
 * Let something be done with the field of the page of which an event tells.
 * @param {(field: HTMLTextAreaElement) => void} act
 */
const withPageField = (act) => (/** @type {Event} */ { target }) => {
  if (target instanceof HTMLTextAreaElement && target.matches(FIELD)) act(target);
};

/**
 * What is written, by our keys or by real ones, is told to the server when they rest: until then, a page loaded anew would not have it.
 */
const makeLateTeller = () => {
  let rest = 0;
  return (/** @type {HTMLElement} */ field) => {
    clearTimeout(rest);
    const confirm = () => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    rest = window.setTimeout(confirm, REST);
  };
};

if (!Reflect.get(window, NAME)) {
  Reflect.set(window, NAME, true);
  addEventListener("pointerdown", withPageField(keepSystemKeysAway), true);
  addEventListener("input", withPageField(makeLateTeller()), true);
}

/**
 * Whether a sentence begins at the caret.
 * @param {HTMLTextAreaElement} field
 */
const beginsSentence = ({ value, selectionStart }) => /(^|[.!?]\s)$/.test(value.slice(0, selectionStart));

/** @param {HTMLTextAreaElement} field */
const takeFocus = (field) => {
  keepSystemKeysAway(field);
  if (document.activeElement === field) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
};

/**
 * A field of the page, which stays in use while keys are touched.
 * @param {KeyboardRoot} root
 * @param {string} into
 * @param {number} most
 * @returns {Field}
 */
const makePageField = (root, into, most) => {
  const use = (/** @type {(field: HTMLTextAreaElement) => void} */ act) => {
    const field = document.querySelector(into);
    if (!(field instanceof HTMLTextAreaElement)) return;
    takeFocus(field);
    act(field);
  };
  const clear = (/** @type {HTMLTextAreaElement} */ field) => {
    field.select();
    typeText(field, "", most);
  };
  root.onpointerdown = root.onmousedown = (event) => event.preventDefault();
  return {
    add: (text) => use((field) => typeText(field, beginsSentence(field) ? text.toUpperCase() : text, most)),
    erase: () => use((field) => typeText(field, null, most)),
    clear: () => use(clear),
    give: () => {},
  };
};

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} [name] class
 * @param {string} [spoken] where the label says nothing to a screen reader
 */
const makeKey = (label, act, name = "", spoken = "") => {
  const button = make("button", `key ${name}`, label);
  button.type = "button";
  if (spoken) button.setAttribute("aria-label", spoken);
  button.addEventListener("click", act);
  return button;
};

/** @param {HTMLElement[]} keys */
const makeRow = (keys) => {
  const line = make("div", "row");
  line.append(...keys);
  return line;
};

/**
 * The keys that write nothing, and the space.
 * @param {KeyboardData} data
 * @param {Field} field
 */
const makeLastRow = ({ words, secret }, field) => {
  const erase = makeKey("⌫", field.erase, "wide", words.erase);
  if (secret) return makeRow([erase, makeKey(words.done, field.give, "done")]);
  return makeRow([makeKey(words.space, () => field.add(" "), "space"), makeKey(words.clear, field.clear, "wide"), erase]);
};

/**
 * @param {KeyboardData} data
 * @param {Field} field
 */
const makeRows = (data, field) => {
  const write = (/** @type {string} */ letter) => (data.into ? letter : letter.toUpperCase());
  return data.rows.map((letters) =>
    makeRow([...letters].map((letter) => makeKey(write(letter), () => field.add(letter), "", data.words.marks[letter]))),
  );
};

/** @param {ComponentArgs<KeyboardData>} args */
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = /** @type {KeyboardRoot} */ (parentElement.querySelector(".keys"));
  root.tell = (value) => (data.secret ? setTriggerValue("given", value) : setStateValue("typed", value));
  const wanted = JSON.stringify([data.rows, data.words]);
  if (root.drawn === wanted) return;
  root.drawn = wanted;
  const field = data.into ? makePageField(root, data.into, data.most ?? MOST) : makeOwnField(root, data);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.words.keys);
  root.classList.toggle("pad", Boolean(data.secret));
  root.classList.toggle("into", Boolean(data.into));
  root.replaceChildren(...(field.node ? [field.node] : []), ...makeRows(data, field), makeLastRow(data, field));
}
