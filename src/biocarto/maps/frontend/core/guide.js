/** Where nothing that a map shows is in sight, a button at its edge says which way it is and leads there. */
import { clamp, isInSight, measureGap } from "../geometry/boxes.js";
import { make, svg } from "./dom.js";

/** @import { GlobeBox } from "../geometry/boxes.js" */

const ARROW = "M3 8h9M8.5 4 12.5 8l-4 4";
const MARGIN = 14;

export class Guide {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** What layers show: points (of actors, of members) or areas. @type {Map<L.Layer, { kind: "points" | "areas", boxes: () => GlobeBox[] }>} */
    this.contents = new Map();
    this.node = make("button", "bc-guide");
    this.node.type = "button";
    this.arrow = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
    this.arrow.append(svg("path", { d: ARROW }));
    this.text = make("span");
    this.node.append(this.arrow, this.text);
    this.node.hidden = true;
    this.target = L.latLng(0, 0);
    L.DomEvent.disableClickPropagation(this.node);
    this.node.addEventListener("click", () => this.go());
    map.getContainer().append(this.node);
    map.on("moveend zoomend resize biocarto:content", () => this.look());
  }

  /* Points come before areas: a coloured territory fills every view, and is not what is looked for. */
  listBoxes() {
    const some = [...this.contents.values()].map(({ kind, boxes }) => ({ kind, boxes: boxes() })).filter(({ boxes }) => boxes.length);
    const points = some.filter(({ kind }) => kind === "points");
    return (points.length ? points : some).flatMap(({ boxes }) => boxes);
  }

  /* What a visitor sees: the map less what its legend covers. */
  readView() {
    const { x, y } = this.map.getSize();
    const below = Math.min(this.map.biocarto.foot.offsetHeight, y / 2);
    return L.latLngBounds(this.map.containerPointToLatLng([0, y - below]), this.map.containerPointToLatLng([x, 0]));
  }

  look() {
    if (!this.map._loaded || !this.map.getContainer().clientWidth) return;
    const view = this.readView();
    const boxes = this.listBoxes();
    const edges = /** @type {const} */ ([view.getSouth(), view.getWest(), view.getNorth(), view.getEast()]);
    const lost = boxes.length > 0 && !boxes.some((box) => isInSight(box, edges));
    this.node.hidden = !lost;
    if (lost) this.point(boxes, view.getCenter());
  }

  /** @type {(boxes: GlobeBox[], centre: L.LatLng) => void} */
  point(boxes, centre) {
    const nearest = boxes.reduce((best, box) => (measureGap(box, centre) < measureGap(best, centre) ? box : best));
    const [south, west, north, east] = nearest;
    this.target = L.latLng(clamp(centre.lat, south, north), clamp(centre.lng, west, east));
    const km = this.map.distance(centre, this.target) / 1000;
    const far = new Intl.NumberFormat(this.map.biocarto.lang, { maximumFractionDigits: km < 10 ? 1 : 0 }).format(km);
    this.text.textContent = `${this.map.biocarto.ui.back} · ${far} km`;
    this.place(this.map.latLngToContainerPoint(this.target));
  }

  /* On the line from the middle to the target, as far out as the button has room. */
  /** @param {L.Point} target */
  place({ x, y }) {
    const { x: wide, y: high } = this.map.getSize();
    const foot = Math.min(this.map.biocarto.foot.offsetHeight, high / 2);
    const [middle, centre] = [wide / 2, (high - foot) / 2];
    const turn = Math.atan2(y - centre, x - middle);
    const across = middle - this.node.offsetWidth / 2 - MARGIN - 40;
    const down = centre - this.node.offsetHeight / 2 - MARGIN;
    const reach = Math.min(across / Math.abs(Math.cos(turn) || 1e-9), down / Math.abs(Math.sin(turn) || 1e-9));
    this.node.style.left = `${Math.round(middle + reach * Math.cos(turn))}px`;
    this.node.style.top = `${Math.round(centre + reach * Math.sin(turn))}px`;
    this.arrow.style.transform = `rotate(${turn}rad)`;
  }

  /* Near enough, both the present view's middle and what was lost are shown; else the map goes over there. */
  go() {
    const { map, target } = this;
    const size = map.getSize();
    const away = map.latLngToContainerPoint(target).distanceTo(size.divideBy(2));
    if (away < 2 * Math.max(size.x, size.y)) map.fitBounds(L.latLngBounds(map.getCenter(), target).pad(0.35), { maxZoom: map.getZoom() });
    else map.setView(target, map.getZoom());
    map.getContainer().focus({ preventScroll: true });
  }
}

/**
 * What a layer shows; null where the layer goes.
 * @param {L.Map} map
 * @param {L.Layer} owner
 * @param {"points" | "areas"} kind
 * @param {(() => GlobeBox[]) | null} boxes
 */
export const setContent = (map, owner, kind, boxes) => {
  const guide = map.biocarto.guide ?? new Guide(map);
  map.biocarto.guide = guide;
  if (boxes) guide.contents.set(owner, { kind, boxes });
  else guide.contents.delete(owner);
  /* A layer that replaces another comes right after it goes. */
  queueMicrotask(() => guide.look());
};
