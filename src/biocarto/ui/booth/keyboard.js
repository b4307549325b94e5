/* Keys on the screen. What is typed lives in a field of the browser until it is told to the server: letters a moment after the last one,
   digits when confirmed, a text of the page when the keys rest. */
const PAUSE = 250;
const REST = 700;
const MOST = 60;

const make = (tag, name, text = "") => {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
};

/* React holds the value of a field of the page: only the element's own setter tells it. */
const set = (field, value) => {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

/* As a keyboard would: at the caret, in place of what is marked; null takes the letter before the caret away. */
const type = (field, text, most) => {
  const { value, selectionStart, selectionEnd } = field;
  const from = text === null && selectionStart === selectionEnd ? Math.max(0, selectionStart - 1) : selectionStart;
  const typed = text ?? "";
  if (value.length - (selectionEnd - from) + typed.length > most) return;
  set(field, value.slice(0, from) + typed + value.slice(selectionEnd));
  field.setSelectionRange(from + typed.length, from + typed.length);
};

/* A field of the keys' own, for letters and digits. */
const ownField = (root, data) => {
  const field = make("input", "field");
  field.inputMode = "none";
  field.autocomplete = "off";
  field.type = data.secret ? "password" : "text";
  field.maxLength = MOST;
  field.setAttribute("aria-label", data.words.label);
  field.placeholder = data.words.label;
  let timer = 0;
  const write = (value) => {
    field.value = root.typed = value.slice(0, MOST);
    clearTimeout(timer);
    if (!data.secret) timer = setTimeout(() => root.tell(field.value), PAUSE);
  };
  const give = () => {
    const { value } = field;
    write("");
    if (value) root.tell(value);
  };
  field.value = root.typed ?? data.value ?? "";
  field.addEventListener("input", () => write(data.secret ? field.value.replace(/\D/g, "") : field.value));
  field.addEventListener("keydown", (event) => event.key === "Enter" && data.secret && give());
  return { node: field, add: (text) => write(field.value + text), erase: () => write(field.value.slice(0, -1)), clear: () => write(""), give };
};

const FIELD = ".st-key-booth-need-text textarea";

/* The system's own keys would lie over ours: told before the field is in use, by a finger or by us. */
const ours = (field) => {
  field.inputMode = "none";
};

/* What is written, by our keys or by real ones, is told to the server when they rest: until then, a page loaded anew would not have it. */
let rest = 0;
const tellLater = (field) => {
  clearTimeout(rest);
  rest = setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true })), REST);
};
if (!window.biocartoKeys) {
  window.biocartoKeys = true;
  addEventListener("pointerdown", ({ target }) => target.matches?.(FIELD) && ours(target), true);
  addEventListener("input", ({ target }) => target.matches?.(FIELD) && tellLater(target), true);
}

/* A field of the page, which stays in use while keys are touched. */
const pageField = (root, { into, most }) => {
  const used = (act) => () => {
    const field = document.querySelector(into);
    if (!field) return;
    ours(field);
    if (document.activeElement !== field) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(field.value.length, field.value.length);
    }
    act(field);
  };
  const begins = ({ value, selectionStart }) => /(^|[.!?]\s)$/.test(value.slice(0, selectionStart));
  root.onpointerdown = root.onmousedown = (event) => event.preventDefault();
  return {
    add: (text) => used((field) => type(field, begins(field) ? text.toUpperCase() : text, most))(),
    erase: used((field) => type(field, null, most)),
    clear: used((field) => (field.select(), type(field, "", most))),
  };
};

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".keys");
  const drawn = JSON.stringify([data.rows, data.words]);
  root.tell = (value) => (data.secret ? setTriggerValue("given", value) : setStateValue("typed", value));
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  const { words } = data;
  const field = data.into ? pageField(root, data) : ownField(root, data);
  const key = (label, act, name = "", spoken = "") => {
    const button = make("button", `key ${name}`, label);
    button.type = "button";
    if (spoken) button.setAttribute("aria-label", spoken);
    button.addEventListener("click", act);
    return button;
  };
  const row = (keys) => {
    const line = make("div", "row");
    line.append(...keys);
    return line;
  };
  const last = [key("⌫", field.erase, "wide", words.erase)];
  if (data.secret) last.push(key(words.done, field.give, "done"));
  else last.unshift(key(words.space, () => field.add(" "), "space"), key(words.clear, field.clear, "wide"));
  const shown = (letter) => (data.into ? letter : letter.toUpperCase());
  const rows = data.rows.map((letters) => row([...letters].map((letter) => key(shown(letter), () => field.add(letter), "", words.marks[letter]))));
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", words.keys);
  root.classList.toggle("pad", Boolean(data.secret));
  root.classList.toggle("into", Boolean(data.into));
  root.replaceChildren(...(field.node ? [field.node] : []), ...rows, row(last));
}
