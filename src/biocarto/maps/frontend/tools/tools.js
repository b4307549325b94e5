/** Tools of the directory's map: an area drawn by hand, the map's view and one's own position, as filters. */
import { makeButton } from "../core/controls.js";
import { label } from "../core/dom.js";
import { emit } from "../core/emit.js";
import { hideTip } from "../core/tooltip.js";
import { Panel } from "./panel.js";
import { askPosition, findDevice } from "./position.js";
import { Sketch } from "./sketch.js";

/** @import { ToolLayer } from "../layers/tools.js" */

/** How long a drawn area stays without an answer: where none comes, nothing is in force (milliseconds). */
const STAY = 5000;

/** @type {(point: { lat: number, lng: number }, digits: number) => string} */
const writePoint = ({ lat, lng }, digits) => `${lat.toFixed(digits)},${lng.toFixed(digits)}`;

/** @param {L.LatLng[]} corners */
const writeArea = (corners) => corners.map((corner) => writePoint(corner, 5)).join(";");

/** What one map keeps while its layers come and go. */
export class Tools {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {ToolLayer | null} */
    this.layer = null;
    this.sketch = new Sketch(map);
    this.buttons = {
      draw: makeButton("draw", () => (this.isDrawing() ? this.cancel() : this.start())),
      view: makeButton("view", () => this.takeView()),
      locate: makeButton("locate", () => this.locate()),
    };
    map.biocarto.bar?.append(...Object.values(this.buttons));
    this.panel = new Panel(map, { finish: () => this.finish(), undo: () => this.undo(), cancel: () => this.cancel() });
    map.biocarto.view.tellServer = (text) => this.emit("view", text);
    document.addEventListener("keydown", (event) => this.isDrawing() && this.press(event));
    map.on("click", ({ latlng, containerPoint }) => (this.isDrawing() ? this.add(latlng, containerPoint) : this.announce("")));
    map.on("dblclick", () => this.isDrawing() && this.sketch.isDouble && this.finish());
    map.on("mousemove", ({ latlng }) => this.isDrawing() && this.sketch.stretch(latlng, this.most()));
  }

  isDrawing() {
    return this.sketch.corners !== null;
  }

  most() {
    return this.layer?.payload.most ?? 0;
  }

  /** A layer has come with its words and its state. @param {ToolLayer} layer */
  use(layer) {
    const { words } = layer.payload;
    this.layer = layer;
    for (const name of /** @type {const} */ (["draw", "view", "locate"])) {
      this.buttons[name].hidden = false;
      label(this.buttons[name], words[name]);
    }
    this.panel.translate(words);
    if (!this.isDrawing()) this.sketch.wipe();
  }

  /* A layer that replaces another comes right after it goes; one that does not come leaves a map without tools. */
  /** @param {ToolLayer} layer */
  leave(layer) {
    queueMicrotask(() => {
      if (this.layer !== layer) return;
      this.cancel();
      this.layer = null;
      for (const node of Object.values(this.buttons)) node.hidden = true;
      this.map.biocarto.view.send({ type: "left" });
    });
  }

  /** @type {(type: string, id: string) => void} */
  emit(type, id) {
    if (this.layer) emit(this.layer, type, id, this.map.getCenter());
  }

  /** @param {string} text */
  announce(text) {
    this.panel.announce(text, this.isDrawing());
  }

  start() {
    this.sketch.corners = [];
    this.setDrawing(true);
    this.map.getContainer().focus({ preventScroll: true });
    this.redraw();
  }

  end() {
    this.sketch.corners = null;
    this.setDrawing(false);
    this.announce("");
  }

  /* While corners are set, symbols step back: taps go through to the map. */
  /** @param {boolean} isDrawing */
  setDrawing(isDrawing) {
    const { map } = this;
    const { draw } = this.buttons;
    map.biocarto.drawing = isDrawing;
    hideTip(map);
    const container = map.getContainer();
    container.classList.toggle("bc-drawing", isDrawing);
    for (const name of ["symbols", "areas"]) /** @type {HTMLElement} */ (map.getPane(`bc-${name}`)).inert = isDrawing;
    map.doubleClickZoom[isDrawing ? "disable" : "enable"]();
    draw.setAttribute("aria-pressed", String(isDrawing));
    if (!isDrawing && container.contains(document.activeElement)) draw.focus({ preventScroll: true });
  }

  /** @type {(latlng: L.LatLng, point: L.Point) => void} */
  add(latlng, point) {
    if (this.sketch.add(latlng, point, this.most()) === "closed") this.finish();
    else this.advise();
  }

  undo() {
    this.sketch.undo();
    this.advise();
  }

  finish() {
    const { corners } = this.sketch;
    if (!corners || !this.sketch.isArea()) return;
    this.sketch.close();
    this.end();
    this.emit("area", writeArea(corners));
    setTimeout(() => this.isDrawing() || this.sketch.wipe(), STAY);
  }

  cancel() {
    if (!this.isDrawing()) return;
    this.sketch.wipe();
    this.end();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { key, target } = event;
    if (key === "Enter" && target instanceof Element && target.closest("button, summary")) return;
    const act = { Escape: () => this.cancel(), Enter: () => this.finish(), Backspace: () => this.undo() }[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  redraw() {
    this.sketch.draw();
    this.advise();
  }

  /* What to do next. */
  advise() {
    const words = this.layer?.payload.words;
    if (!words) return;
    const { finish, undo } = this.panel.steps;
    const { length } = this.sketch.corners ?? [];
    const isReady = this.sketch.isArea();
    finish.disabled = !isReady;
    undo.disabled = !length;
    if (length >= this.most()) this.announce(words.full);
    else this.announce(isReady ? words.closing : words.corners);
  }

  takeView() {
    this.cancel();
    const box = this.map.getBounds();
    this.emit("area", writeArea([box.getSouthWest(), box.getNorthWest(), box.getNorthEast(), box.getSouthEast()]));
  }

  locate() {
    this.cancel();
    const words = this.layer?.payload.words;
    if (!words) return;
    const device = findDevice();
    if (!device) return this.announce(words.unavailable);
    this.announce(words.waiting);
    askPosition(device, (lat, lng) => this.goNear(lat, lng), (why) => this.announce(words[why]));
  }

  /* The register knows communes: a position at three decimals (100 m) is enough, and a shared link tells no more. */
  /** @type {(lat: number, lng: number) => void} */
  goNear(lat, lng) {
    if (!this.layer) return;
    const { france, words } = this.layer.payload;
    const [south, west, north, east] = france;
    const isInside = lat >= south && lat <= north && lng >= west && lng <= east;
    this.announce(isInside ? "" : words.outside);
    if (isInside) this.emit("near", writePoint({ lat, lng }, 3));
  }
}
