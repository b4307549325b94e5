/** Actors of which only an area is known stand beside the map, by name and number; their area is hatched on it. */
import { keepFocus, make, restoreFocus, svg } from "../core/dom.js";
import { emit, writeCount } from "../core/emit.js";
import { loadShapes } from "../ground/boundaries.js";
import { Vector } from "../ground/vector.js";
import { addUp } from "../symbols/places.js";

/** @import { GlobeBox } from "../geometry/boxes.js" */
/** @import { Places } from "../symbols/places.js" */
/** @import { Shape } from "../types/map" */
/** @import { Area } from "../types/payloads" */
/** @import { ActorLayer } from "./actors.js" */

const makeVagueSwatch = () => {
  const node = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, class: "bc-swatch", "aria-hidden": "true" });
  node.append(svg("rect", { x: 1, y: 1, width: 18, height: 12, rx: 2, class: "bc-vague" }), svg("path", { d: "M3 13 14 1M9 13 19 3M1 8 8 1", class: "bc-strokes" }));
  return node;
};

/** One button per area, at the foot of the map. */
export class UnplacedActors {
  /**
   * @param {ActorLayer} layer
   * @param {Places} places
   * @param {L.Map} map
   */
  constructor(layer, places, map) {
    this.layer = layer;
    this.places = places;
    this.map = map;
    this.areas = layer.payload.areas ?? [];
    this.box = make("div", "bc-unplaced");
    this.root = svg("g", { class: `bc-vague-areas${this.areas.some((area) => this.isSelected(area)) ? " bc-strong" : ""}` });
    /** @type {GlobeBox[]} */
    this.boxes = [];
    this.gone = false;
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
    if (!this.areas.length) return;
    L.DomEvent.disableClickPropagation(this.box);
    this.buttons = this.areas.map((area) => this.makeButton(area));
    this.box.append(...this.buttons);
    map.biocarto.foot.prepend(this.box);
    this.draw();
    restoreFocus(map, this.buttons);
  }

  /** @param {Area} area */
  isSelected({ id }) {
    return id === this.layer.payload.selected;
  }

  /** @param {Area} area */
  makeButton(area) {
    const { words } = this.layer.payload;
    const total = writeCount(this.map, addUp(area.counts));
    const present = this.places.present(area.counts).map(({ label, n }) => `${label} ${n}`);
    const node = make("button", "bc-unplaced-button");
    node.type = "button";
    node.append(makeVagueSwatch(), make("span", "", area.name), " ", make("b", "", total));
    node.setAttribute("aria-label", `${area.name} ${total} ${words.many} (${present.join(", ")}). ${words.area}`);
    node.title = words.area;
    Object.assign(node.dataset, { id: area.id, type: "area" });
    if (this.isSelected(area)) node.setAttribute("aria-current", "true");
    node.addEventListener("click", () => emit(this.layer, "place", area.id, this.map.getCenter()));
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => this.root.classList.add("bc-strong"));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => this.root.classList.remove("bc-strong"));
    return node;
  }

  async draw() {
    const shapes = await loadShapes(this.map, "departments").catch(() => /** @type {Shape[]} */ ([]));
    if (this.gone) return;
    this.vector = new Vector("bc-lines").addTo(this.map);
    const hatch = this.vector.hatch("bc-vague-strokes", 9);
    for (const { department } of this.areas) {
      const found = shapes.find(({ code }) => code === department);
      if (!found) continue;
      this.root.append(svg("path", { d: found.d, fill: hatch }), svg("path", { d: found.d, class: "bc-vague" }));
      this.boxes.push(found.box);
    }
    this.vector.root.append(this.root);
    this.map.fire("biocarto:content");
  }

  remove() {
    this.gone = true;
    keepFocus(this.map, this.buttons);
    this.box.remove();
    this.vector?.remove();
  }
}
