/** A part of the map larger, and back to where one was: one button of the bar. */
import { make } from "../core/dom.js";
import { footHeight } from "./fit.js";

/** @import { Viewpoint } from "./machine.js" */

/** A view that differs by less still shows the part large (zoom levels). */
const NEAR = 0.6;
/** Pixels around it. */
const EDGE = 12;

export class Closeup {
  /**
   * @param {L.Map} map
   * @param {string} name
   * @param {L.LatLngBounds} bounds
   */
  constructor(map, name, bounds) {
    this.map = map;
    this.bounds = bounds;
    /** Where its visitor was before, and whether that was home. @type {{ view: Viewpoint, home: boolean } | null} */
    this.before = null;
    this.node = make("button", "bc-button bc-closeup", name);
    this.node.type = "button";
    this.node.setAttribute("aria-pressed", "false");
    this.node.addEventListener("click", () => (this.isShown() ? this.leave() : this.enter()));
    map.on("moveend zoomend resize", () => this.node.setAttribute("aria-pressed", String(this.isShown())));
  }

  /** The zoom at which all of it is shown above the legend. */
  findZoom() {
    return this.map.getBoundsZoom(this.bounds, false, L.point(2 * EDGE, 2 * EDGE + footHeight(this.map, 3)));
  }

  isShown() {
    const { map, bounds } = this;
    return Boolean(map._loaded) && bounds.contains(map.getCenter()) && Math.abs(map.getZoom() - this.findZoom()) < NEAR;
  }

  enter() {
    const { map } = this;
    const { lat, lng } = map.getCenter();
    const { free, aim, home } = map.biocarto.view.state;
    this.before = { view: [lat, lng, map.getZoom()], home: !free && JSON.stringify(aim) === JSON.stringify(home) };
    map.fitBounds(this.bounds, { paddingTopLeft: [EDGE, EDGE], paddingBottomRight: [EDGE, EDGE + footHeight(map, 3)] });
  }

  /* A visitor who had not moved the map is home again, with an address that says no view. */
  leave() {
    const { map, before } = this;
    const reset = () => map.biocarto.view.send({ type: "resetPressed" });
    this.before = null;
    if (!before) return reset();
    if (before.home) map.once("moveend", reset);
    const [lat, lng, zoom] = before.view;
    map.setView([lat, lng], zoom);
  }
}
