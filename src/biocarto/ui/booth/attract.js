/* The attract loop: one slide after the other, built with textContent only. Where motion is not wanted, one stands longer and the next
   simply stands there: a computer whose animations are switched off for speed still has a loop. */
const SECONDS = 6;
const CALM = 15;
/* Letters of a name that fills its lines: a longer one is written smaller, so that what follows keeps its place. */
const LONG = 28;

const make = (tag, name, text = "") => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.textContent = text;
  return node;
};

const bar = (parts) => {
  const box = make("div", "parts");
  const track = box.appendChild(make("div", "track"));
  for (const { label, group, size, value } of parts) {
    const piece = track.appendChild(make("span"));
    piece.style.flex = size;
    piece.style.background = `var(--bc-${group})`;
    const line = box.appendChild(make("p", "part"));
    const mark = line.appendChild(make("i"));
    mark.style.background = `var(--bc-${group})`;
    line.append(make("strong", "", value), make("span", "", label));
  }
  return box;
};

const dots = ([now, all]) => {
  const row = make("div", "dots");
  for (let n = 1; n <= all; n++) row.append(make("i", n === now ? "now" : n < now ? "past" : ""));
  return row;
};

const drawn = (slide) => {
  const node = make("section", slide.image ? "slide" : "slide alone");
  const words = make("div", "words");
  words.append(make("p", "kicker", slide.kicker));
  if (slide.group) words.firstChild.style.color = `var(--bc-${slide.group})`;
  if (slide.big) words.append(make("p", "big", slide.big));
  if (slide.name) words.append(make("h2", slide.name.length > LONG ? "long" : "", slide.name));
  words.append(make("p", slide.name ? "what" : "title", slide.title));
  if (slide.parts) words.append(bar(slide.parts));
  if (slide.text) words.append(make("p", "text", slide.text));
  if (slide.dots) words.append(dots(slide.dots));
  if (slide.note) words.append(make("p", "note", slide.note));
  node.append(words);
  if (slide.image) {
    const image = make("img");
    image.src = slide.image;
    image.alt = "";
    node.append(image);
  }
  return node;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".loop");
  if (root.stop) root.stop();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const stage = make("div", "stage");
  const touch = make("button", "touch", data.touch);
  const foot = make("div", "foot");
  const french = make("button", "lang", "Français");
  const english = make("button", "lang", "English");
  foot.append(french, touch, english);
  root.replaceChildren(make("p", "brand", "BioCarto"), stage, foot);
  let n = 0;
  const next = () => {
    stage.replaceChildren(drawn(data.slides[n % data.slides.length]));
    n += 1;
  };
  next();
  const timer = setInterval(next, 1000 * (still.matches ? CALM : SECONDS));
  /* When the finger leaves, so that its click does not fall on what comes. */
  const begin = (event) => {
    const path = event.composedPath();
    setTriggerValue("touched", path.includes(french) ? "fr" : path.includes(english) ? "en" : "any");
  };
  const typed = (event) => ["Enter", " "].includes(event.key) && begin(event);
  root.addEventListener("pointerup", begin);
  root.addEventListener("keydown", typed);
  root.stop = () => {
    clearInterval(timer);
    root.removeEventListener("pointerup", begin);
    root.removeEventListener("keydown", typed);
  };
  touch.focus({ preventScroll: true });
  return root.stop;
}
