/* The guard of the booth: forgets a visitor who has gone, keeps the screen while the server is away, swallows the second tap of two,
   keeps menus, page zoom and history away.
   performance.now() only, so that a clock that jumps changes nothing. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/**
 * How a server that was away comes back: it is lost; it was asked to run once for this page; it runs.
 * @typedef {"" | "lost" | "asked" | "runs"} Return
 */

/**
 * What stays in the window when the component is made anew. Times are those of `performance.now()`, in milliseconds.
 * @typedef {object} GuardStore
 * @property {number} last when a visitor last touched the screen
 * @property {number} sent when the server was last told that a visitor has gone
 * @property {number} visits since the page was loaded
 * @property {Return} back
 * @property {number} asked when the server was asked to run
 * @property {number} tapped when a tap last acted, by the clock of events
 * @property {[x: number, y: number]} at where it was
 * @property {WeakSet<EventTarget>} seen documents that are listened to
 * @property {boolean} [installed]
 * @property {boolean} [active] whether the component is on the page
 * @property {boolean} [running] whether there is a visit
 * @property {boolean} [counting] whether its end is announced
 * @property {boolean} [swallow] whether the click that comes was not meant
 * @property {number} [timer]
 * @property {() => void} [calm] ends the countdown
 */

/**
 * @typedef {object} GuardWords
 * @property {string} gone
 * @property {string} left with `{n}` seconds
 * @property {string} stay
 * @property {string} away
 */

/**
 * Seconds without a touch after which a visit ends, seconds during which its end is announced, and whether there is one.
 * @typedef {{limit: number, warn: number, running: boolean, words: GuardWords}} GuardData
 */

const NAME = "biocartoBooth";
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];
const TWICE = 350;
const AGAIN = 5000;
const LOOK = 100;
const NEAR = 24;
/* Visits after which the page is loaded anew: browsers keep some memory of every map that they have drawn. */
const RENEW = 10;

/** @returns {GuardStore} */
const makeStore = () => ({ last: performance.now(), sent: 0, visits: 0, back: "", asked: 0, tapped: -1e9, at: [0, 0], seen: new WeakSet() });

/** @type {GuardStore} */
const store = Reflect.get(window, NAME) ?? makeStore();
Reflect.set(window, NAME, store);

/**
 * A touch ends the countdown and does nothing else: what lies beneath was not meant.
 * @param {Event} event
 */
const noteTouch = (event) => {
  store.last = performance.now();
  if (event.type === "pointerdown") store.swallow = store.counting;
  store.calm?.();
};

/** @param {Event} event */
const stopEvent = (event) => {
  event.stopImmediatePropagation();
  event.preventDefault();
};

/** @param {Event} event */
const isOnKeyboard = (event) => event.composedPath().some((node) => node instanceof Element && node.classList.contains("st-key-booth-keys"));

/**
 * Whether a tap comes right after another one on the same spot.
 * @param {MouseEvent} event
 */
const isSecondTap = ({ clientX, clientY, timeStamp }) => {
  const [x, y] = store.at;
  return Math.hypot(clientX - x, clientY - y) < NEAR && timeStamp - store.tapped < TWICE;
};

/**
 * The first of two fast taps on one spot acts; keys that are typed on are left alone.
 * @param {MouseEvent} event
 */
const acceptTap = (event) => {
  if (!store.active || !event.detail) return;
  if (store.swallow) {
    store.swallow = false;
    stopEvent(event);
    return;
  }
  if (isOnKeyboard(event)) return;
  if (isSecondTap(event)) {
    stopEvent(event);
    return;
  }
  store.tapped = event.timeStamp;
  store.at = [event.clientX, event.clientY];
};

/** @param {Event} event */
const refuseMenu = (event) => {
  if (store.active) event.preventDefault();
};

/** @param {TouchEvent} event */
const refusePinch = (event) => {
  if (store.active && event.touches.length > 1 && event.cancelable) event.preventDefault();
};

/** @param {Document} target */
const listen = (target) => {
  if (store.seen.has(target)) return;
  store.seen.add(target);
  for (const sign of SIGNS) target.addEventListener(sign, noteTouch, { capture: true, passive: true });
  target.addEventListener("contextmenu", refuseMenu);
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
  addEventListener("click", acceptTap, true);
  addEventListener("touchmove", refusePinch, { passive: false });
  forgetSteps();
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} text
 * @param {string} style
 * @returns {HTMLElementTagNameMap[Tag]}
 */
const make = (tag, text, style) => {
  const node = document.createElement(tag);
  node.textContent = text;
  node.style.cssText = style;
  return node;
};
const LARGE = "margin:0;font-size:7vmin;font-weight:650";
const SMALL = "margin:0;font-size:3.4vmin;font-variant-numeric:tabular-nums";
const COVER = "position:fixed;inset:0;z-index:1000002;display:grid;place-content:center;justify-items:center;gap:3vmin;text-align:center;"
  + "background:color-mix(in srgb,var(--st-background-color) 92%,transparent);color:var(--st-text-color);font-family:var(--st-font)";
const BUTTON = "font:inherit;font-size:3.4vmin;font-weight:600;padding:2.4vmin 6vmin;min-height:96px;border:0;"
  + "border-radius:12px;background:var(--st-primary-color);color:var(--st-background-color)";

/**
 * Over all of the screen, the attract loop too; what is returned is hidden until it is wanted.
 * @param {Element} root
 * @param {string} label
 * @param {HTMLElement[]} nodes
 */
const makePanel = (root, label, nodes) => {
  const box = make("div", "", COVER);
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", label);
  box.append(...nodes);
  const panel = root.appendChild(make("div", "", ""));
  panel.hidden = true;
  panel.append(box);
  return panel;
};

/**
 * The end of a visit, announced: its panel, and where the seconds that are left stand. Any touch ends it, so the button needs to do nothing.
 * @param {Element} root
 * @param {GuardWords} words
 */
const makeCountdown = (root, words) => {
  const left = make("p", "", SMALL);
  const panel = makePanel(root, words.gone, [make("p", words.gone, LARGE), left, make("button", words.stay, BUTTON)]);
  return { panel, left };
};

/* Only while nobody is there, and where the server answers. */
const renewPage = async () => {
  const asked = performance.now();
  try {
    const answer = await fetch("_stcore/health", { cache: "no-store" });
    if (answer.ok && !store.running && store.last <= asked) location.replace(location.pathname);
  } catch {
    /* The server is away: a page loaded now would not come back, so it stays until the next visitor has gone. */
  }
};

/**
 * How far a server that is connected again has come back.
 * @param {Return} back
 * @param {string | undefined} script what the script of the page does
 * @param {(now: number) => void} ask
 * @returns {Return}
 */
const follow = (back, script, ask) => {
  if (back === "lost") {
    store.asked = performance.now();
    ask(store.asked);
    return "asked";
  }
  if (back === "asked") return script === "running" || performance.now() - store.asked > AGAIN ? "runs" : "asked";
  return script === "notRunning" ? "" : back;
};

/**
 * A server that has started anew knows nothing of this page until it has run once for it, and would lose every touch before: ask it to
 * run at once, and keep the screen until it has.
 * @param {(now: number) => void} ask
 * @returns {boolean} whether the screen is to be kept
 */
const isAway = (ask) => {
  const app = document.querySelector("[data-testid=stApp]");
  const { testConnectionState: connection, testScriptState: script } = app instanceof HTMLElement ? app.dataset : {};
  store.back = connection === "CONNECTED" ? follow(store.back, script, ask) : "lost";
  return store.back !== "";
};

/**
 * A visit begins, goes on or has ended.
 * @param {boolean} isRunning
 */
const noteVisit = (isRunning) => {
  if (!isRunning) store.last = performance.now();
  if (store.running && !isRunning) store.visits += 1;
  store.running = isRunning;
  if (!isRunning && store.visits >= RENEW) renewPage();
};

/**
 * Seconds until the visit ends; below 0 it has.
 * @param {number} limit
 */
const countSeconds = (limit) => limit - (performance.now() - store.last) / 1000;

/** @param {ComponentArgs<GuardData>} args */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".idle"));
  root.replaceChildren();
  const { panel: end, left } = makeCountdown(root, data.words);
  const veil = makePanel(root, data.words.away, [make("p", data.words.away, LARGE)]);
  clearInterval(store.timer);
  store.active = true;
  store.calm = () => {
    end.hidden = true;
    store.counting = false;
  };
  store.calm();
  noteVisit(data.running);
  const tellGone = () => {
    if (performance.now() - store.sent <= AGAIN) return;
    store.sent = performance.now();
    setTriggerValue("gone", store.sent);
  };
  const look = () => {
    listenEverywhere();
    veil.hidden = !isAway((now) => setTriggerValue("back", now));
    const rest = countSeconds(data.limit);
    store.counting = data.running && rest <= data.warn;
    end.hidden = !store.counting;
    if (store.counting) left.textContent = data.words.left.replace("{n}", String(Math.max(0, Math.ceil(rest))));
    if (data.running && rest <= 0) tellGone();
  };
  store.timer = window.setInterval(look, LOOK);
  look();
  return () => {
    clearInterval(store.timer);
    store.active = false;
  };
}
