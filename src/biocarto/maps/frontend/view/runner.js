/** The one writer of the map's view: hands what happens to the machine, and does what it says. */
import { onStep, readAddress, writeAddress } from "./address.js";
import { fitTo, followOffset, measureOffset } from "./fit.js";
import { next, START, writeView } from "./machine.js";

/** @import { Effect, Facts, Offset, ViewEvent, ViewState, Viewpoint } from "./machine.js" */

export class ViewRunner {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {ViewState} */
    this.state = START;
    /** The map is moved by an effect: what Leaflet says of that is no act of its visitor. */
    this.quiet = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** Takes a view to the server. @type {(text: string) => void} */
    this.tellServer = () => {};
    /** Takes a move to the other maps that are compared; null for home. @type {(offset: Offset | null) => void} */
    this.tellPeers = () => {};
    this.listen();
  }

  listen() {
    const { map } = this;
    map.on("dragstart movestart zoomstart", () => this.byVisitor("moveStarted"));
    map.on("moveend", () => this.byVisitor("moveEnded"));
    map.on("move zoomend moveend", () => this.byVisitor("moved"));
    onStep(() => this.send({ type: "stepped" }));
  }

  /** @param {"moveStarted" | "moveEnded" | "moved"} type */
  byVisitor(type) {
    /* Leaflet itself leads a map back that was moved beyond its bounds. */
    const enforced = type === "moveStarted" && this.map._enforcingBounds;
    if (!this.quiet && !enforced) this.send({ type });
  }

  /**
   * Something has happened.
   * @param {ViewEvent} event
   */
  send(event) {
    const [state, effects] = next(this.state, event, this.facts());
    this.state = state;
    for (const effect of effects) this.run(effect);
  }

  /** @returns {Facts} */
  facts() {
    const { view, says, choices } = readAddress();
    return { now: performance.now(), seen: this.seen(), asked: view && this.canShow(view) ? view : null, says, choices };
  }

  seen() {
    if (!this.map._loaded) return "";
    const { lat, lng } = this.map.getCenter();
    return writeView([lat, lng, this.map.getZoom()]);
  }

  /** @param {Viewpoint} view */
  canShow([lat, lng, zoom]) {
    const reach = /** @type {L.LatLngBounds} */ (this.map.options.maxBounds);
    return zoom >= this.map.getMinZoom() && zoom <= this.map.getMaxZoom() && reach.contains([lat, lng]);
  }

  /** @param {Effect} effect */
  run(effect) {
    const { map } = this;
    if (effect.do === "fit") this.quietly(() => fitTo(map, effect.aim));
    else if (effect.do === "follow") this.quietly(() => followOffset(map, effect.offset));
    else if (effect.do === "lead") this.tellPeers(measureOffset(map));
    else if (effect.do === "lead home") this.tellPeers(null);
    else if (effect.do === "tell") this.tell(effect.text);
    else this.wait(effect);
  }

  /** @param {string} text */
  tell(text) {
    writeAddress(text);
    this.tellServer(text);
  }

  /** @param {Extract<Effect, { do: "wait" | "calm" }>} effect */
  wait(effect) {
    clearTimeout(this.timer);
    if (effect.do === "wait") this.timer = setTimeout(() => this.send({ type: "timedOut" }), effect.ms);
  }

  /* Leaflet ends what is under way with a move of its own, back into its bounds, which would go on after ours. */
  /** @param {() => void} move */
  quietly(move) {
    this.quiet = this.map._enforcingBounds = true;
    move();
    this.quiet = this.map._enforcingBounds = false;
  }

  /** The frame has another size. */
  resize() {
    this.quietly(() => this.map.invalidateSize({ animate: false }));
    this.send({ type: "roomChanged" });
  }
}
