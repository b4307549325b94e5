/** What goes, comes, parts or joins moves for a moment, so that one sees where to. Taps and tests need not wait for it. */
import { isStill, make } from "../core/dom.js";

/** Milliseconds. */
export const DURATION = 200;
/** More symbols than these just stand where they stand. */
const MOST = 300;

/** Where a symbol stood: whom it held, its middle in pixels of the layer, and what it looked like. @typedef {{ ids: string[], point: L.Point, r: number, picture: Element | null }} Trace */
/** @typedef {Omit<Trace, "picture"> & { node: HTMLElement }} Arrival */

/** How long symbols that have gone may be the origin of others (milliseconds). */
const FRESH = 1000;

/** @typedef {{ ids: string[], latlng: L.LatLng, aside: L.Point, r: number, node: HTMLElement }} Standing */

/** Where symbols stand on the map as it is now; none where nothing will move. @type {(map: L.Map, symbols: Standing[]) => (Trace & Omit<Standing, "node">)[]} */
export const listTraces = (map, symbols) =>
  (isStill() || symbols.length > MOST ? [] : symbols).map(({ ids, latlng, aside, r, node }) => {
    const picture = /** @type {Element | null} */ (node.firstElementChild?.cloneNode(true) ?? null);
    return { ids, latlng, aside, r, point: map.latLngToLayerPoint(latlng).add(aside), picture };
  });

/** Symbols go: the layer that comes in their place may begin where they stood. @type {(map: L.Map, symbols: Standing[]) => void} */
export const leaveTraces = (map, symbols) => {
  map.biocarto.traces = { at: performance.now(), traces: listTraces(map, symbols) };
};

/** What the layer before has left, if it has just gone. @type {(map: L.Map) => Trace[]} */
export const takeTraces = (map) => {
  const { traces: left } = map.biocarto;
  delete map.biocarto.traces;
  if (!left || performance.now() - left.at > FRESH) return [];
  return left.traces.map((trace) => ({ ...trace, point: map.latLngToLayerPoint(trace.latlng).add(trace.aside) }));
};

/** @type {(point: L.Point, scale: number) => string} */
const writeTransform = ({ x, y }, scale) => `translate3d(${x}px, ${y}px, 0) scale(${scale})`;

/** @type {(ids: string[]) => string} */
const writeKey = (ids) => ids.join(" ");

export class Motion {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {Set<Animation>} */
    this.running = new Set();
  }

  /** Everything stands where it belongs, at once. */
  stop() {
    for (const animation of this.running) animation.finish();
    this.running.clear();
  }

  /**
   * Symbols have changed: each comes from where its actors stood, and those that are gone go where theirs stand now.
   * @param {Trace[]} before
   * @param {Arrival[]} after
   */
  show(before, after) {
    this.stop();
    if (isStill() || !before.length || before.length + after.length > MOST) return;
    const holders = new Map(before.flatMap((trace) => trace.ids.map((id) => [id, trace])));
    const heirs = new Map(after.flatMap((symbol) => symbol.ids.map((id) => [id, symbol])));
    for (const symbol of after) this.arrive(symbol, holders.get(symbol.ids[0]));
    const kept = new Set(after.map(({ ids }) => writeKey(ids)));
    for (const trace of before) if (!kept.has(writeKey(trace.ids))) this.leave(trace, heirs.get(trace.ids[0]));
  }

  /** @type {(symbol: Arrival, from: Trace | undefined) => void} */
  arrive({ node, point, r }, from) {
    if (!this.isInSight(point)) return;
    if (!from) return this.run(node, [{ transform: writeTransform(point, 0.3), opacity: 0 }, { transform: writeTransform(point, 1), opacity: 1 }]);
    const scale = Math.min(3, from.r / r);
    if (from.point.distanceTo(point) < 1.5 && Math.abs(scale - 1) < 0.02) return;
    this.run(node, [{ transform: writeTransform(from.point, scale) }, { transform: writeTransform(point, 1) }]);
  }

  /** @type {(trace: Trace, heir: Arrival | undefined) => void} */
  leave({ point, picture }, heir) {
    if (!picture || !this.isInSight(point)) return;
    const ghost = make("span", "bc-ghost");
    ghost.append(picture);
    ghost.setAttribute("aria-hidden", "true");
    this.map.getPane("bc-symbols")?.prepend(ghost);
    const end = writeTransform(heir?.point ?? point, heir ? 0.8 : 0.3);
    this.run(ghost, [{ transform: writeTransform(point, 1), opacity: 1 }, { transform: end, opacity: 0 }], () => ghost.remove());
  }

  /** @type {(node: HTMLElement, frames: Keyframe[], done?: () => void) => void} */
  run(node, frames, done = () => {}) {
    const animation = node.animate(frames, { duration: DURATION, easing: "ease-out" });
    this.running.add(animation);
    animation.onfinish = () => {
      this.running.delete(animation);
      done();
    };
  }

  /** @param {L.Point} point */
  isInSight(point) {
    const { x, y } = this.map.layerPointToContainerPoint(point);
    const size = this.map.getSize();
    return x > -40 && y > -40 && x < size.x + 40 && y < size.y + 40;
  }
}
