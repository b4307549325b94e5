/* The watch of the stand: forgets a visitor who has gone, keeps the screen while the server is away, swallows the second tap of two,
   keeps menus, page zoom and history away.
   performance.now() only, so that a clock that jumps changes nothing. */
const store = (window.biocartoBooth ??= { last: performance.now(), sent: 0, visits: 0, back: "", tapped: -1e9, at: [0, 0], seen: new WeakSet() });
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];
const TWICE = 350;
const AGAIN = 5000;
const LOOK = 100;
const NEAR = 24;
/* Visits after which the page is loaded anew: browsers keep some memory of every map that they have drawn. */
const RENEW = 10;

/* A touch ends the countdown and does nothing else: what lies beneath was not meant. */
const touched = (event) => {
  store.last = performance.now();
  if (event.type === "pointerdown") store.swallow = store.counting;
  store.calm?.();
};

const stop = (event) => {
  event.stopImmediatePropagation();
  event.preventDefault();
};

/* The first of two fast taps on one spot acts; keys that are typed on are left alone. */
const once = (event) => {
  if (!store.active || !event.detail) return;
  if (store.swallow) {
    store.swallow = false;
    return stop(event);
  }
  if (event.composedPath().some((node) => node.classList?.contains("st-key-booth-keys"))) return;
  const [x, y] = store.at;
  const same = Math.hypot(event.clientX - x, event.clientY - y) < NEAR;
  if (same && event.timeStamp - store.tapped < TWICE) return stop(event);
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

const make = (tag, text, style) => Object.assign(document.createElement(tag), { textContent: text, style });
const LARGE = "margin:0;font-size:7vmin;font-weight:650";

/* Over all of the screen, the attract loop too; what is returned is hidden until it is wanted. */
const panel = (root, label, ...nodes) => {
  const box = make("div", "", "position:fixed;inset:0;z-index:1000002;display:grid;place-content:center;justify-items:center;gap:3vmin;text-align:center;"
    + "background:color-mix(in srgb,var(--st-background-color) 92%,transparent);color:var(--st-text-color);font-family:var(--st-font)");
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", label);
  box.append(...nodes);
  const shown = root.appendChild(make("div", "", ""));
  shown.hidden = true;
  shown.append(box);
  return shown;
};
const countdown = (root, words) => {
  const left = make("p", "", "margin:0;font-size:3.4vmin;font-variant-numeric:tabular-nums");
  const stay = make("button", words.stay, "font:inherit;font-size:3.4vmin;font-weight:600;padding:2.4vmin 6vmin;min-height:96px;border:0;"
    + "border-radius:12px;background:var(--st-primary-color);color:var(--st-background-color)");
  return [panel(root, words.gone, make("p", words.gone, LARGE), left, stay), left];
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

/* A server that has started anew knows nothing of this page until it has run once for it, and would lose every touch before: ask it to
   run at once, and keep the screen until it has. Returns whether the screen is to be kept. */
const away = (ask) => {
  const { testConnectionState: connection, testScriptState: script } = document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  if (connection !== "CONNECTED") {
    store.back = "lost";
    return true;
  }
  if (store.back === "lost") {
    store.back = "asked";
    store.asked = performance.now();
    ask(store.asked);
  } else if (store.back === "asked" && (script === "running" || performance.now() - store.asked > AGAIN)) store.back = "runs";
  else if (store.back === "runs" && script === "notRunning") store.back = "";
  return Boolean(store.back);
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".idle");
  root.replaceChildren();
  const [end, left] = countdown(root, data.words);
  const veil = panel(root, data.words.away, make("p", data.words.away, LARGE));
  clearInterval(store.timer);
  store.active = true;
  store.calm = () => {
    end.hidden = true;
    store.counting = false;
  };
  store.calm();
  if (!data.running) store.last = performance.now();
  if (store.running && !data.running) store.visits += 1;
  store.running = data.running;
  if (!data.running && store.visits >= RENEW) renew();
  const look = () => {
    listenEverywhere();
    veil.hidden = !away((now) => setTriggerValue("back", now));
    const idle = (performance.now() - store.last) / 1000;
    const rest = data.limit - idle;
    store.counting = data.running && rest <= data.warn;
    end.hidden = !store.counting;
    if (store.counting) left.textContent = data.words.left.replace("{n}", Math.max(0, Math.ceil(rest)));
    if (data.running && rest <= 0 && performance.now() - store.sent > AGAIN) {
      store.sent = performance.now();
      setTriggerValue("gone", store.sent);
    }
  };
  store.timer = setInterval(look, LOOK);
  look();
  return () => {
    clearInterval(store.timer);
    store.active = false;
  };
}
