/* Keys on the screen. What is typed lives here until it is told to the server: letters a moment after the last one, digits when confirmed. */
const PAUSE = 250;
const MOST = 60;

const make = (tag, name, text = "") => {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
};

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".keys");
  const drawn = JSON.stringify([data.rows, data.words]);
  root.tell = (value) => (data.secret ? setTriggerValue("given", value) : setStateValue("typed", value));
  if (root.drawn === drawn) return;
  root.drawn = drawn;
  let typed = root.typed ?? data.value ?? "";
  let timer = 0;
  const field = make("input", "field");
  field.inputMode = "none";
  field.autocomplete = "off";
  field.type = data.secret ? "password" : "text";
  field.maxLength = MOST;
  field.setAttribute("aria-label", data.words.label);
  field.placeholder = data.words.label;
  const tellSoon = () => {
    clearTimeout(timer);
    if (!data.secret) timer = setTimeout(() => root.tell(typed), PAUSE);
  };
  const write = (value) => {
    typed = root.typed = value.slice(0, MOST);
    field.value = typed;
    tellSoon();
  };
  const give = () => {
    const value = typed;
    write("");
    if (value) root.tell(value);
  };
  const key = (label, act, name = "", spoken = "") => {
    const button = make("button", `key ${name}`, label);
    if (spoken) button.setAttribute("aria-label", spoken);
    button.addEventListener("click", act);
    return button;
  };
  const row = (keys) => {
    const line = make("div", "row");
    line.append(...keys);
    return line;
  };
  const { words } = data;
  const last = [key("⌫", () => write(typed.slice(0, -1)), "wide", words.erase)];
  if (data.secret) last.push(key(words.done, give, "done"));
  else last.unshift(key(words.space, () => write(`${typed} `), "space"), key(words.clear, () => write(""), "wide"));
  const rows = data.rows.map((letters) => row([...letters].map((letter) => key(letter.toUpperCase(), () => write(typed + letter)))));
  root.classList.toggle("pad", Boolean(data.secret));
  root.replaceChildren(field, ...rows, row(last));
  field.value = typed;
  field.addEventListener("input", () => write(data.secret ? field.value.replace(/\D/g, "") : field.value));
  field.addEventListener("keydown", (event) => event.key === "Enter" && data.secret && give());
}
