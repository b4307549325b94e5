/** An SVG whose content never changes while the map moves: only its view box does. */
import { svg } from "../core/dom.js";
import { findOrigin, REF } from "../geometry/world.js";

export class Vector extends L.Renderer {
  /** @param {string} pane */
  constructor(pane) {
    super({ padding: 0.35, pane });
    this.defs = svg("defs");
    this.root = svg("g");
    /** How many pixels of the drawing one of the screen has. */
    this.unit = 0;
    /** @type {SVGSVGElement | undefined} */
    this._container = undefined;
  }

  /** @override */
  _initContainer() {
    this._container = svg("svg", { preserveAspectRatio: "none", class: "bc-vector", "aria-hidden": "true" });
    this._container.append(this.defs, this.root);
  }

  /** @override */
  _destroyContainer() {
    this._container?.remove();
    delete this._container;
  }

  /** @override */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    this.place(/** @type {SVGSVGElement} */ (this._container));
  }

  /** @param {SVGSVGElement} container */
  place(container) {
    const size = this._bounds.getSize();
    const min = /** @type {L.Point} */ (this._bounds.min);
    const unit = 2 ** (REF - this._zoom);
    const [x0, y0] = findOrigin(this._map);
    const corner = this._map.getPixelOrigin().add(min).multiplyBy(unit);
    container.setAttribute("width", String(size.x));
    container.setAttribute("height", String(size.y));
    container.setAttribute("viewBox", `${corner.x - x0} ${corner.y - y0} ${size.x * unit} ${size.y * unit}`);
    L.DomUtil.setPosition(/** @type {HTMLElement} */ (/** @type {unknown} */ (container)), min);
    if (this.unit === unit) return;
    this.unit = unit;
    this.fire("unit", { unit });
  }

  /** Lines at a constant distance on screen, whatever the zoom, each on one of the ground; returns the value of a `fill`. @type {(className: string, distance?: number) => string} */
  hatch(className, distance = 6) {
    const d = `M0 ${distance / 2}h${distance}`;
    return this.weave(className, distance, [svg("path", { d, class: `${className} bc-halo` }), svg("path", { d, class: className })]);
  }

  /** Dots, likewise. @param {string} className */
  dot(className) {
    return this.weave(className, 7, [svg("circle", { cx: 3.5, cy: 3.5, r: 0.9, class: className })]);
  }

  /** @type {(className: string, size: number, nodes: SVGElement[]) => string} */
  weave(className, size, nodes) {
    const id = `bc-hatch-${L.stamp(this)}-${className}`;
    const pattern = svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" });
    pattern.append(...nodes);
    this.defs.append(pattern);
    const scale = () => pattern.setAttribute("patternTransform", `scale(${this.unit}) rotate(45)`);
    this.on("unit", scale);
    scale();
    return `url(#${id})`;
  }
}
