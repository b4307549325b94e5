/**
 * The keyboard inside a map: its symbols are one stop of the Tab key, and so are its buttons. Arrows go from one to the next, Home and End
 * to the first and the last, Escape goes back to the map itself, where Leaflet's own arrows move it, and from there out of its frame.
 */
import { isStill } from "./dom.js";

/** @typedef {readonly [number, number]} Spot x to the right and y downwards, in pixels */
/** @typedef {(nodes: HTMLElement[], at: number, key: string) => number} Next where an arrow leads from one of them; -1 for nowhere */

/** What a map is about, where it has other symbols too: the first stop. */
const FIRST = ".bc-stage";

/** @type {Record<string, Spot>} */
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * The nearest spot in the direction of an arrow: inside of a right angle around it where there is one, else on that side; -1 for none.
 * @param {Spot[]} spots
 * @param {Spot} from
 * @param {string} key name of an arrow key
 */
export const findNext = (spots, [x, y], key) => {
  const [right, down] = WAYS[key];
  const seen = spots.map(([sx, sy], i) => {
    const along = (sx - x) * right + (sy - y) * down;
    const aside = Math.abs((sx - x) * down) + Math.abs((sy - y) * right);
    return { i, isAhead: along > 0.5, isStraight: aside <= along, far: Math.hypot(along, 2 * aside) };
  });
  const ahead = seen.filter(({ isAhead }) => isAhead);
  const straight = ahead.filter(({ isStraight }) => isStraight);
  const [next] = (straight.length ? straight : ahead).sort((a, b) => a.far - b.far);
  return next ? next.i : -1;
};

/** Which of a row of buttons comes after one of them, around its ends. @type {(n: number, at: number, key: string) => number} */
export const findInRow = (n, at, key) => (at + (["ArrowRight", "ArrowDown"].includes(key) ? 1 : n - 1)) % n;

/** Where a key leads from one of some nodes; -1 for nowhere. @type {(nodes: HTMLElement[], at: number, key: string, next: Next) => number} */
const findTarget = (nodes, at, key, next) => {
  if (key === "Home") return 0;
  return key === "End" ? nodes.length - 1 : next(nodes, at, key);
};

/** Whether a key is one of those that lead from one node to another. @param {KeyboardEvent} event */
const leads = ({ key, altKey, ctrlKey, metaKey }) => !(altKey || ctrlKey || metaKey) && (key in WAYS || key === "Home" || key === "End");

/** @type {(node: HTMLElement) => Spot} */
const findMiddle = (node) => {
  const { left, top, width, height } = node.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};

/**
 * One stop of the Tab key for all buttons that stand in a box, now and later: the one that had the focus last, else the first.
 * @param {HTMLElement} box
 * @param {Next} next
 * @param {(node: HTMLElement) => void} go
 */
const rove = (box, next, go) => {
  /** @type {HTMLElement | undefined} */
  let last;
  const list = () => /** @type {HTMLElement[]} */ ([...box.children]).filter((node) => node.matches("button:not([hidden], :disabled)"));
  const settle = () => {
    const nodes = list();
    const kept = last?.dataset.id && nodes.find(({ dataset }) => dataset.id === last?.dataset.id);
    const stop = nodes.find((node) => node === document.activeElement) ?? nodes.find((node) => node === last) ?? (kept || (nodes.find((node) => node.matches(FIRST)) ?? nodes[0]));
    for (const node of nodes) node.tabIndex = node === stop ? 0 : -1;
  };
  new MutationObserver(settle).observe(box, { childList: true });
  box.addEventListener("focusin", ({ target }) => {
    last = /** @type {HTMLElement} */ (target);
    settle();
  });
  box.addEventListener("keydown", (event) => {
    /* The stand hides a button of its bar: the focus would go no further. */
    const nodes = list().filter((node) => node.checkVisibility());
    const at = nodes.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 || !leads(event)) return;
    /* The page would scroll, and Leaflet move the map. */
    event.preventDefault();
    event.stopPropagation();
    const found = findTarget(nodes, at, event.key, next);
    if (found >= 0) go(nodes[found]);
  });
  settle();
};

/** The keyboard is on a symbol: bring it into sight. @type {(map: L.Map, node: HTMLElement) => void} */
const goToSymbol = (map, node) => {
  node.focus({ preventScroll: true });
  const at = map.layerPointToLatLng(L.DomUtil.getPosition(node));
  map.panInside(at, { padding: [30, 30], animate: !isStill() });
};

/** Out of the frame, to what the page has after the map. */
const leaveFrame = () => {
  const frame = /** @type {HTMLElement | null} */ (window.frameElement);
  if (!frame) return;
  const after = [...frame.ownerDocument.querySelectorAll(".bc-past")].find(
    (mark) => frame.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  /** @type {HTMLElement} */ (after ?? frame).focus();
};

/** @type {(map: L.Map, event: KeyboardEvent) => void} */
const leave = (map, event) => {
  if (event.key !== "Escape" || event.defaultPrevented || map.biocarto.drawing) return;
  const container = map.getContainer();
  if (event.target !== container && container.tabIndex >= 0) container.focus({ preventScroll: true });
  else leaveFrame();
};

/** @param {L.Map} map */
export const addKeys = (map) => {
  const symbols = /** @type {HTMLElement} */ (map.getPane("bc-symbols"));
  symbols.setAttribute("role", "group");
  rove(symbols, (nodes, at, key) => findNext(nodes.map(findMiddle), findMiddle(nodes[at]), key), (node) => goToSymbol(map, node));
  const { bar } = map.biocarto;
  if (bar) {
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-orientation", "vertical");
    rove(bar, (nodes, at, key) => findInRow(nodes.length, at, key), (node) => node.focus());
  }
  map.getContainer().addEventListener("keydown", (event) => leave(map, event));
};
