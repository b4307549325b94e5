/* The watch of the stand: forgets a visitor who has gone, swallows the second tap of two, keeps menus, page zoom and history away.
   performance.now() only, so that a clock that jumps changes nothing. */
const store = (window.biocartoBooth ??= { last: performance.now(), sent: 0, visits: 0, state: "CONNECTED", tapped: -1e9, at: [0, 0], seen: new WeakSet() });
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];
const TWICE = 350;
const AGAIN = 5000;
const NEAR = 24;
/* Visits after which the page is loaded anew: browsers keep some memory of every map that they have drawn. */
const RENEW = 10;

const touched = () => {
  store.last = performance.now();
  store.calm?.();
};

/* The first of two fast taps on one spot acts; keys that are typed on are left alone. */
const once = (event) => {
  if (!store.active || !event.detail) return;
  if (event.composedPath().some((node) => node.classList?.contains("st-key-booth-keys"))) return;
  const [x, y] = store.at;
  const same = Math.hypot(event.clientX - x, event.clientY - y) < NEAR;
  if (same && event.timeStamp - store.tapped < TWICE) {
    event.stopImmediatePropagation();
    event.preventDefault();
    return;
  }
  store.tapped = event.timeStamp;
  store.at = [event.clientX, event.clientY];
};
const refuse = (event) => store.active && event.preventDefault();
const pinched = (event) => store.active && event.touches.length > 1 && event.cancelable && event.preventDefault();

const listen = (target) => {
  if (store.seen.has(target)) return;
  store.seen.add(target);
  for (const sign of SIGNS) target.addEventListener(sign, touched, { capture: true, passive: true });
  target.addEventListener("contextmenu", refuse);
};
const listenEverywhere = () => {
  listen(document);
  for (const frame of document.querySelectorAll("iframe")) {
    const inner = frame.contentDocument;
    if (!inner?.documentElement) continue;
    inner.documentElement.classList.add("bc-stand");
    listen(inner);
  }
};
/* No step is left behind: the way back of the browser would bring back what an earlier visitor did. */
const forgetSteps = () => {
  const push = history.pushState.bind(history);
  history.pushState = (...step) => (store.active ? history.replaceState(...step) : push(...step));
};
if (!store.installed) {
  store.installed = true;
  addEventListener("click", once, true);
  addEventListener("touchmove", pinched, { passive: false });
  forgetSteps();
}

const box = (root, words) => {
  const make = (tag, text, style) => Object.assign(document.createElement(tag), { textContent: text, style });
  const panel = make("div", "", "position:fixed;inset:0;z-index:1000002;display:grid;place-content:center;justify-items:center;gap:3vmin;"
    + "background:color-mix(in srgb,var(--st-background-color) 92%,transparent);color:var(--st-text-color);font-family:var(--st-font)");
  panel.setAttribute("role", "alertdialog");
  panel.setAttribute("aria-label", words.gone);
  const left = make("p", "", "margin:0;font-size:3.4vmin;font-variant-numeric:tabular-nums");
  const stay = make("button", words.stay, "font:inherit;font-size:3.4vmin;font-weight:600;padding:2.4vmin 6vmin;min-height:96px;border:0;"
    + "border-radius:12px;background:var(--st-primary-color);color:var(--st-background-color)");
  panel.append(make("p", words.gone, "margin:0;font-size:7vmin;font-weight:650"), left, stay);
  root.replaceChildren(panel);
  return left;
};

const renew = async () => {
  const asked = performance.now();
  try {
    const answer = await fetch("_stcore/health", { cache: "no-store" });
    if (answer.ok && !store.running && store.last <= asked) location.replace(location.pathname);
  } catch {
    /* The server is away: a page loaded now would not come back, so it stays until the next visitor has gone. */
  }
};

/* A server that has started anew knows nothing of this page until somebody asks: ask at once, so that the first tap counts. */
const reconnected = () => {
  const before = store.state;
  store.state = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState ?? before;
  return before !== "CONNECTED" && store.state === "CONNECTED";
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".idle");
  const left = box(root, data.words);
  clearInterval(store.timer);
  store.active = true;
  store.calm = () => {
    root.hidden = true;
  };
  store.calm();
  if (!data.running) store.last = performance.now();
  if (store.running && !data.running) store.visits += 1;
  store.running = data.running;
  if (!data.running && store.visits >= RENEW) renew();
  const look = () => {
    listenEverywhere();
    if (reconnected()) setTriggerValue("back", performance.now());
    const idle = (performance.now() - store.last) / 1000;
    const rest = data.limit - idle;
    root.hidden = !data.running || rest > data.warn;
    if (!root.hidden) left.textContent = data.words.left.replace("{n}", Math.max(0, Math.ceil(rest)));
    if (data.running && rest <= 0 && performance.now() - store.sent > AGAIN) {
      store.sent = performance.now();
      setTriggerValue("gone", store.sent);
    }
  };
  store.timer = setInterval(look, 250);
  look();
  return () => {
    clearInterval(store.timer);
    store.active = false;
  };
}
