/* What Streamlit leaves out for those who use a keyboard or a screen reader, mended in one place, on every page:
   - a popover takes the focus and gives it back (its issue 9243 took the focus away for everyone, 10371 asks for it back);
   - a change is said once in one live region (of its own messages all are alerts, which speak again when they are drawn again);
   - lists and headings have their roles (none of its containers can have one).
   One observer of the page does all of it, when the page changes and never else. A pointer finds everything as it was. */

/** @import { ComponentArgs } from "./component.d.ts" */

/**
 * What the server tells of a page.
 * @typedef {object} Told
 * @property {string} lang
 * @property {[selector: string, role: string, level?: number][]} roles
 * @property {{ sheet: string, list: string, closed: string }} says of what opens and closes beside a map, `{name}` for what it is
 */

/** @typedef {{ page: string, lang: string, text: string }} Said */

const NAME = "bcAccessibility";
const PANEL = '[data-testid="stPopoverBody"], [data-testid="stDataFrameColumnVisibilityMenu"], [data-testid="stDataFrameColumnMenu"]';
const OPENER = '[data-testid="stPopoverButton"][aria-expanded="true"]';
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, iframe, canvas[tabindex], [tabindex]:not([tabindex="-1"])';
const KEYED = '[class*="st-key-"]';
/** The name on a sheet that opens and closes. */
const SHEET = ".stMain .bc-sheet:not(.bc-always) h2";
const ALERT = '[data-testid="stAlertContainer"]';
/** How long what takes the place of something lost is waited for (milliseconds). */
const PATIENCE = 250;
/** How long changes that belong together are waited for, before they are said (milliseconds). */
const TOGETHER = 350;
/** How long what was said stays (milliseconds). */
const STALE = 5000;

/** @type {(root: ParentNode) => HTMLElement[]} */
const listFocusable = (root) =>
  /** @type {HTMLElement[]} */ ([...root.querySelectorAll(FOCUSABLE)]).filter(
    (node) => node.tabIndex >= 0 && !node.matches(":disabled") && node.checkVisibility({ visibilityProperty: true }),
  );

/** Where the focus is; null where it is nowhere. */
const findFocus = () => {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
};

/** The keys that our code gave to the parts of the page around something, the nearest first. @type {(node: Element) => string[]} */
const listKeys = (node) => {
  const keys = [];
  for (let part = node.closest(KEYED); part; part = part.parentElement?.closest(KEYED) ?? null) {
    keys.push(...[...part.classList].filter((name) => name.startsWith("st-key-")));
  }
  return keys;
};

/** What something is called. @type {(node: HTMLElement) => string} */
const readName = (node) => node.getAttribute("aria-label") ?? node.textContent ?? "";

/** @type {(key: string) => Element | null} */
const findPart = (key) => document.querySelector(`.${CSS.escape(key)}`);

/** Whether the page is still being made. */
const isRunning = () => document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state") === "running";

const readSheet = () => /** @type {HTMLElement | null} */ (document.querySelector(SHEET));

/** Popovers, and the focus that would be lost when what had it goes. */
class Focus {
  constructor() {
    /** What was pressed by the keyboard and may open something. @type {HTMLElement | null} */
    this.pressed = null;
    /** What opened the panel that is open. @type {HTMLElement | null} */
    this.opener = null;
    /** @type {HTMLElement | null} */
    this.panel = null;
    /** Whether it is to have the focus as soon as there is something to take it. */
    this.isEntering = false;
    /** What had the focus last, its name, in which parts, and where among others. @type {{ node: HTMLElement, name: string, keys: string[], at: number } | null} */
    this.last = null;
    /** Keys of what had it before. @type {string[]} */
    this.trail = [];
    /** The sheet that was open when something was pressed. */
    this.sheet = "";
    /** Whether the last thing that was done was done by keys. */
    this.isByKeys = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {Event} event */
  notePress(event) {
    const { target } = event;
    const isByKeys = event instanceof PointerEvent && event.pointerType === "" && event.detail === 0;
    this.isByKeys = isByKeys;
    this.sheet = readSheet()?.textContent ?? "";
    const button = target instanceof Element && isByKeys ? target.closest("button, [role='menuitem']") : null;
    if (button instanceof HTMLElement) this.pressed = button;
  }

  /** @param {Event} event */
  noteFocus({ target }) {
    if (!(target instanceof HTMLElement)) return;
    const keys = listKeys(target);
    const part = this.panel?.contains(target) ? this.panel : keys.length ? findPart(keys[0]) : null;
    this.last = { node: target, name: readName(target), keys, at: part ? listFocusable(part).indexOf(target) : 0 };
    if (keys.length) this.trail = [...this.trail.filter((key) => key !== keys[0]), keys[0]].slice(-12);
  }

  /** The page has changed. */
  follow() {
    const panel = /** @type {HTMLElement | null} */ (document.querySelector(PANEL));
    if (panel !== this.panel) this.change(panel);
    /* Its button is drawn anew when it counts what was chosen. */
    if (panel) this.opener = document.querySelector(OPENER) ?? this.opener;
    if (this.isEntering) this.enter();
    this.rescue();
  }

  /** @param {HTMLElement | null} panel */
  change(panel) {
    const isOpening = panel && this.pressed;
    this.panel = panel;
    if (isOpening) {
      this.opener = this.pressed;
      this.isEntering = true;
    }
    this.pressed = null;
    if (!panel) this.giveBack();
  }

  /* What stands in it may come later than the panel itself. */
  enter() {
    const { panel, opener } = this;
    const focused = findFocus();
    const isElsewhere = focused && focused !== opener && !panel?.contains(focused);
    const [first] = panel && !isElsewhere ? listFocusable(panel) : [];
    if (first && !panel?.contains(focused)) requestAnimationFrame(() => first.focus());
    this.isEntering = Boolean(panel && !isElsewhere && !first);
  }

  giveBack() {
    const { opener } = this;
    this.opener = null;
    if (opener?.isConnected && !findFocus()) opener.focus();
  }

  /* What had the focus has gone: what took its place has it, else the sheet that was opened, else where one came from. */
  rescue() {
    clearTimeout(this.timer);
    if (!this.isLost()) return;
    const same = this.findSame();
    if (same) same.focus();
    else this.timer = setTimeout(() => this.isLost() && (this.findSame() ?? this.findNewSheet() ?? this.findNeighbour())?.focus(), PATIENCE);
  }

  isLost() {
    return this.isByKeys && this.last !== null && !this.last.node.isConnected && !findFocus();
  }

  findSame() {
    const { keys, at } = /** @type {NonNullable<Focus["last"]>} */ (this.last);
    const part = this.panel?.isConnected ? this.panel : keys.length ? findPart(keys[0]) : null;
    return part ? (listFocusable(part)[at] ?? null) : null;
  }

  findNewSheet() {
    const heading = readSheet();
    if (!heading || heading.textContent === this.sheet) return null;
    heading.tabIndex = -1;
    return heading;
  }

  /** In the nearest part that is still there: what has the same name, or had the focus before, or stands first; else what follows it. */
  findNeighbour() {
    const part = this.last?.keys.map(findPart).find(Boolean);
    if (!part) return null;
    const nodes = listFocusable(part);
    const twin = nodes.find((node) => readName(node) === this.last?.name);
    if (twin) return twin;
    const before = this.trail.toReversed().map((name) => nodes.find((node) => listKeys(node)[0] === name)).find(Boolean);
    return before ?? nodes[0] ?? listFocusable(document).find((node) => part.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  /** The last thing of a panel leads to what follows its button, the first one back to the button. @param {KeyboardEvent} event */
  leave(event) {
    const { panel, opener } = this;
    const focused = findFocus();
    if (this.leaveTable(event, focused)) return;
    if (event.key !== "Tab" || !panel?.isConnected || !opener?.isConnected || !focused) return;
    if (focused === opener && !event.shiftKey) this.turn(event, listFocusable(panel)[0]);
    else if (panel.contains(focused) && this.isAtEnd(panel, focused, event.shiftKey)) this.close(event, opener);
  }

  /** A table is one stop: arrows go from cell to cell, and so would the Tab key. @type {(event: KeyboardEvent, focused: HTMLElement | null) => boolean} */
  leaveTable(event, focused) {
    const table = event.key === "Tab" && focused?.matches("canvas") ? focused.closest(".stDataFrame") : null;
    if (!table || !focused) return false;
    const nodes = listFocusable(document).filter((node) => node === focused || !table.contains(node));
    const next = nodes[nodes.indexOf(focused) + (event.shiftKey ? -1 : 1)];
    this.turn(event, next);
    return Boolean(next);
  }

  /** @type {(event: KeyboardEvent, target: HTMLElement | undefined) => void} */
  turn(event, target) {
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  }

  /** A bar of buttons is one stop of the Tab key. @type {(panel: HTMLElement, focused: HTMLElement, isBack: boolean) => boolean} */
  isAtEnd(panel, focused, isBack) {
    const nodes = listFocusable(panel);
    const end = isBack ? nodes[0] : nodes.at(-1);
    const bar = focused.closest("[role='toolbar'], [role='radiogroup']");
    return focused === end || Boolean(end && bar && panel.contains(bar) && bar.contains(end));
  }

  /** @type {(event: KeyboardEvent, opener: HTMLElement) => void} */
  close(event, opener) {
    const nodes = listFocusable(document).filter((node) => !this.panel?.contains(node));
    const next = event.shiftKey ? opener : (nodes[nodes.indexOf(opener) + 1] ?? opener);
    this.turn(event, next);
    if (opener.getAttribute("aria-expanded") === "true") opener.click();
    this.pressed = null;
    /* Streamlit gives the focus to the button when its panel has gone. */
    requestAnimationFrame(() => requestAnimationFrame(() => next.isConnected && next.focus()));
  }
}

/** One voice for whoever listens: what is new of a topic, once, together with what changes with it. */
class Voice {
  constructor() {
    /** @type {Map<string, Said>} */
    this.known = new Map();
    /** @type {Set<string>} */
    this.alerts = new Set();
    this.polite = this.makeRegion("bc-live", "status", "polite");
    this.urgent = this.makeRegion("bc-live-errors", "alert", "assertive");
    /** @type {Map<string, string>} */
    this.waiting = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.stale = undefined;
    /** The page of which all that stood there at first is known. */
    this.page = "";
  }

  /** It stands there before anything is said: a region that comes with its text is not read. @type {(id: string, role: string, live: string) => HTMLElement} */
  makeRegion(id, role, live) {
    const found = document.getElementById(id);
    if (found) return found;
    const node = document.createElement("div");
    for (const [name, value] of Object.entries({ id, role, class: "bc-unseen", "aria-live": live, "aria-atomic": "true" })) node.setAttribute(name, value);
    /* A dialog of Streamlit hides the rest of the page from ears, but for what has this mark. */
    node.setAttribute("data-react-aria-top-layer", "true");
    document.body.append(node);
    return node;
  }

  /** @param {Told} told */
  follow(told) {
    this.followAlerts();
    this.followSheet(told);
    for (const [topic, said] of this.readTopics()) {
      this.followTopic(topic, said);
      if (topic === "page") this.page = said.page;
    }
  }

  /** What stands on the page of each topic; of what is said twice, the last. */
  readTopics() {
    /** @type {Map<string, Said>} */
    const topics = new Map();
    for (const node of document.querySelectorAll(".bc-said")) {
      const { dataset: { topic = "", page = "" }, lang, textContent } = /** @type {HTMLElement} */ (node);
      topics.set(topic, { page, lang, text: textContent ?? "" });
    }
    return topics;
  }

  /** What stands beside a map. @param {Told} told */
  followSheet({ lang, says }) {
    const heading = readSheet();
    const words = heading?.closest("article") ? says.sheet : says.list;
    const text = heading ? words.replace("{name}", () => heading.textContent ?? "") : says.closed;
    this.followTopic("sheet", { page: this.page, lang, text });
  }

  /** A topic is new when the page, its language and all that stands there at first are known. @type {(topic: string, said: Said) => void} */
  followTopic(topic, { page, lang, text }) {
    const before = this.known.get(topic);
    this.known.set(topic, { page, lang, text });
    const isNew = before && before.text !== text && before.lang === lang;
    if (isNew && text && (topic === "page" || (before.page === page && page === this.page))) this.say(topic, text, lang);
  }

  /** Errors at once, other messages like all else; none that was there before, be it drawn again. */
  followAlerts() {
    const now = new Set();
    for (const node of document.querySelectorAll(ALERT)) {
      node.setAttribute("role", "note");
      const text = (node.querySelector('[data-testid="stMarkdownContainer"]')?.textContent ?? "").trim();
      const isError = Boolean(node.querySelector('[data-testid="stAlertContentError"]'));
      now.add(text);
      if (!text || this.alerts.has(text) || !this.page) continue;
      if (isError) {
        this.urgent.textContent = text;
        this.forget();
      } else this.say(`alert ${text}`, text, document.documentElement.lang);
    }
    if (![...now].some((text) => text === this.urgent.textContent)) this.urgent.textContent = "";
    this.alerts = now;
  }

  /** @type {(topic: string, text: string, lang: string) => void} */
  say(topic, text, lang) {
    this.waiting.set(topic, text);
    this.plan(lang);
  }

  /* Not before all of a run is on the page. */
  /** @param {string} lang */
  plan(lang) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (isRunning()) {
        this.plan(lang);
        return;
      }
      this.polite.lang = lang;
      this.polite.textContent = [...this.waiting.values()].map((part) => part.replace(/[.\s]+$/, "")).join(". ");
      this.waiting.clear();
      this.forget();
    }, TOGETHER);
  }

  /* Whoever walks through the page later finds what stands there, and not what was said of it. */
  forget() {
    clearTimeout(this.stale);
    this.stale = setTimeout(() => {
      for (const region of [this.polite, this.urgent]) region.textContent = "";
    }, STALE);
  }
}

/** Everything above, while the page is there. */
class Keeper {
  constructor() {
    this.focus = new Focus();
    this.voice = new Voice();
    /** @type {Told} */
    this.told = { lang: "", roles: [], says: { sheet: "", list: "", closed: "" } };
    document.addEventListener("click", (event) => this.press(event), { capture: true });
    document.addEventListener("pointerdown", () => { this.focus.isByKeys = false; }, { capture: true });
    document.addEventListener("focusin", (event) => this.focus.noteFocus(event));
    document.addEventListener("keydown", (event) => this.focus.leave(event), { capture: true });
    new MutationObserver(() => this.tidy()).observe(document.body, { subtree: true, childList: true, characterData: true });
  }

  /** @param {Told} told */
  use(told) {
    this.told = told;
    this.tidy();
  }

  /** @param {Event} event */
  press(event) {
    const skip = event.target instanceof Element && event.target.closest("a.bc-skip");
    if (!skip) return this.focus.notePress(event);
    event.preventDefault();
    const marks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`.${/** @type {HTMLElement} */ (skip).dataset.to}`)]);
    return marks.find((mark) => skip.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING)?.focus();
  }

  tidy() {
    this.focus.follow();
    this.voice.follow(this.told);
    for (const [selector, role, level] of this.told.roles) {
      for (const node of document.querySelectorAll(`${selector}:not([role="${role}"])`)) {
        node.setAttribute("role", role);
        if (level) node.setAttribute("aria-level", String(level));
      }
    }
  }
}

/** @param {ComponentArgs<Told>} args */
export default function ({ data }) {
  const keeper = /** @type {Keeper} */ (Reflect.get(window, NAME) ?? new Keeper());
  Reflect.set(window, NAME, keeper);
  keeper.use(data);
}
