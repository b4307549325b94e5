/** The stages of the Tour: regions by stage, the order as a route, and where the organisers sit. */
import { keepFocus, make, restoreFocus, svg } from "../core/dom.js";
import { emit, reportDrawn, wasDragged } from "../core/emit.js";
import { makeEntry, makeHatchedSwatch, makeSection } from "../core/legend.js";
import { setColours } from "../core/theme.js";
import { addHint } from "../core/tooltip.js";
import { toLocal } from "../geometry/world.js";
import { AreaLayer } from "./areas.js";
import { drawRoute } from "./tour_route.js";
import { placeNames } from "./tour_names.js";

/** @import { Shape } from "../types/map" */
/** @import { Position, Seat, Stage, TourPayload } from "../types/payloads" */
/** @import { Vector } from "../ground/vector.js" */
/** @import { Kind } from "./areas.js" */
/** @import { Mark } from "./tour_names.js" */

export class TourLayer extends AreaLayer {
  /** @param {TourPayload} payload */
  constructor(payload) {
    super(payload);
    this.payload = payload;
    /** Code of a region -> number of its stage. @type {Map<string, number>} */
    this.stageOf = new Map(payload.stages.flatMap((stage, i) => stage.regions.map((code) => /** @type {const} */ ([code, i]))));
    /** @type {Mark[]} */
    this.marks = [];
    /** @type {Vector | null} */
    this.route = null;
  }

  /** @override @returns {Kind} */
  describe() {
    const { stages, selected } = this.payload;
    return {
      kind: "tour",
      key: "france",
      classOf: (code) => this.classOf(code),
      isHatched: (code) => !this.stageOf.has(code),
      chosen: stages.find(({ id }) => id === selected)?.regions ?? [],
      tip: (shape) => this.describeShape(shape),
      choose: (code, latlng) => this.choose(code, latlng),
      legend: () => this.makeLegend(),
    };
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { stages } = this.payload;
    setColours("bc-s", 0, { light: stages.map((stage) => stage.light), dark: stages.map((stage) => stage.dark) });
    map.getContainer().classList.add("bc-touring");
    return super.onAdd(map);
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    map.getContainer().classList.remove("bc-touring");
    keepFocus(map, this.marks.map(({ node }) => node));
    for (const { node } of this.marks) node.remove();
    this.route?.remove();
    return super.onRemove(map);
  }

  /** @override @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { ...super.getEvents(), zoomend: this.settle, moveend: this.settleMoved, viewreset: this.settleAll, zoomanim: this.follow };
  }

  /** @param {string} code */
  classOf(code) {
    const i = this.stageOf.get(code);
    return i === undefined ? "bc-unvisited" : `bc-s${i} bc-visited${this.isDim(i) ? " bc-dim" : ""}`;
  }

  /** Whether another stage than this one is chosen. @param {number} i */
  isDim(i) {
    return this.payload.selected !== "" && this.payload.stages[i].id !== this.payload.selected;
  }

  /** @param {Shape} shape */
  describeShape({ code, name }) {
    const i = this.stageOf.get(code);
    const { words, stages } = this.payload;
    return [make("strong", "", name), make("span", "", i === undefined ? words.unvisited : `${words.stage} ${stages[i].order}`)];
  }

  /** @type {(code: string, latlng: L.LatLng) => void} */
  choose(code, latlng) {
    const i = this.stageOf.get(code);
    if (i !== undefined) emit(this, "stage", this.payload.stages[i].id, latlng);
  }

  /** @override @type {AreaLayer["fill"]} */
  fill(shapes, kind) {
    super.fill(shapes, kind);
    const { stages, seats } = this.payload;
    this.route = drawRoute(this._map, stages.map(({ at }) => at));
    for (const seat of seats) this.addSeat(seat);
    for (const shape of this.byCode.values()) {
      if (!this.stageOf.has(shape.code) && !shape.inset && shape.label.at) this.addCaption(shape, shape.label.at, 0, false);
    }
    stages.forEach((stage, i) => this.addStage(stage, i));
    this.settle();
    restoreFocus(this._map, this.marks.map(({ node }) => node).filter(({ tabIndex }) => tabIndex === 0));
    delete this._map.biocarto.focus;
    reportDrawn(this._map, "drawn", stages.length);
  }

  /** @type {(node: HTMLElement, at: Position, name?: { down: number, wide: number }) => void} */
  addMark(node, [lat, lng], name) {
    node.classList.add("leaflet-zoom-animated");
    this._map.getPane("bc-symbols")?.append(node);
    this.marks.push({ node, latlng: L.latLng(lat, lng), name, shift: 0 });
  }

  /** @type {(node: HTMLButtonElement, type: string, id: string, at: L.LatLng) => void} */
  makePressable(node, type, id, at) {
    node.type = "button";
    Object.assign(node.dataset, { id, type });
    node.addEventListener("click", (event) => wasDragged(this._map, event) || emit(this, type, id, at));
    node.addEventListener("dblclick", (event) => event.stopPropagation());
  }

  /** @type {(stage: Stage, i: number) => void} */
  addStage(stage, i) {
    const { words, selected } = this.payload;
    const dim = this.isDim(i) ? " bc-dim" : "";
    const at = L.latLng(stage.at[0], stage.at[1]);
    const node = make("button", `bc-stage bc-s${i}${dim}`, String(stage.order));
    node.setAttribute("aria-label", `${words.stage} ${stage.order}, ${stage.title}`);
    if (stage.id === selected) node.setAttribute("aria-current", "true");
    this.makePressable(node, "stage", stage.id, at);
    addHint(this._map, node, at, [stage.title], 20);
    this.addMark(node, stage.at);
    for (const code of stage.regions) {
      const shape = this.byCode.get(code);
      if (shape) this.addRegion(stage, shape, i);
    }
  }

  /* A region without the stage's own badge has an echo of it. */
  /** @type {(stage: Stage, shape: Shape, i: number) => void} */
  addRegion(stage, shape, i) {
    const own = this.holds(shape, stage.at);
    const at = own ? stage.at : shape.label.at;
    if (!at) return;
    this.addCaption(shape, at, own ? 28 : 20, this.isDim(i));
    if (own) return;
    const echo = make("span", `bc-echo${this.isDim(i) ? " bc-dim" : ""}`, String(stage.order));
    echo.setAttribute("aria-hidden", "true");
    this.addMark(echo, at);
  }

  /* The name of a region, beneath its badge. */
  /** @type {(shape: Shape, at: Position, down: number, isDim: boolean) => void} */
  addCaption(shape, at, down, isDim) {
    const node = make("span", `bc-caption${isDim ? " bc-dim" : ""}`, shape.name);
    node.setAttribute("aria-hidden", "true");
    this.addMark(node, at, { down, wide: shape.label.width });
  }

  /* Which region the stage's own badge stands on: the browser knows, it has drawn the regions. */
  /** @type {(shape: Shape, at: Position) => boolean} */
  holds(shape, at) {
    const probe = this.root.querySelector(`[data-code="${CSS.escape(shape.code)}"]`);
    const [x, y] = toLocal(this._map, at);
    return probe instanceof SVGGeometryElement && probe.isPointInFill(new DOMPoint(x, y));
  }

  /** @param {Seat} seat */
  addSeat(seat) {
    const at = L.latLng(seat.at[0], seat.at[1]);
    const node = make("button", "bc-seat");
    node.append(make("span", "bc-seat-name", seat.name));
    node.setAttribute("aria-label", `${this.payload.words.seat} : ${seat.name}, ${seat.commune}`);
    this.makePressable(node, "cluster", seat.id, at);
    addHint(this._map, node, at, [seat.name, seat.commune], 12);
    this.addMark(node, seat.at);
  }

  settleMoved() {
    this._update();
    placeNames(this._map, this.marks);
  }

  settleAll() {
    this._reset();
    this.settle();
  }

  settle() {
    for (const { node, latlng } of this.marks) L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(latlng).round());
    placeNames(this._map, this.marks);
  }

  /** @param {L.ZoomAnimEvent} event */
  follow(event) {
    this._onAnimZoom(event);
    for (const { node, latlng, shift } of this.marks) {
      L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latlng, event.zoom, event.center).add([0, shift]).round());
    }
  }

  makeLegend() {
    const { words, stages, seats } = this.payload;
    const entries = stages.map((stage, i) => makeEntry(make("span", `bc-echo bc-s${i} bc-key`, String(stage.order)), stage.title));
    entries.push(makeEntry(makeHatchedSwatch("bc-area bc-unvisited"), words.unvisited));
    if (seats.length) entries.push(makeEntry(make("span", "bc-seat bc-key"), words.seat));
    const line = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, "aria-hidden": "true" });
    line.append(svg("path", { d: "M0 7h20", class: "bc-route" }));
    entries.push(makeEntry(line, words.route));
    return makeSection("tour", words.title, entries);
  }
}
