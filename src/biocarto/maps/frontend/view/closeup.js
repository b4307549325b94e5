/** A part of the map larger, and back to where one was: one button of the bar. */
import { make } from "../core/dom.js";

/** @import { Viewpoint } from "./machine.js" */

/** A view this much further out still shows the part large (zoom levels). */
const NEAR = 0.4;

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

  /** The zoom at which all of it is shown. */
  findZoom() {
    return this.map.getBoundsZoom(this.bounds, false, L.point(24, 24));
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
    map.setView(this.bounds.getCenter(), Math.min(this.findZoom(), map.getMaxZoom()));
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
