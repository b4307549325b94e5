/** The stages of the Tour: regions by stage, the order as a route, and where the organisers sit. */
import { keepFocus, make, restoreFocus } from "../core/dom.js";
import { emit, reportDrawn, wasDragged } from "../core/emit.js";
import { setColours } from "../core/theme.js";
import { addHint } from "../core/tooltip.js";
import { isInside } from "../geometry/mask.js";
import { planRoute } from "../geometry/route.js";
import { layerToLocal, toLocal } from "../geometry/world.js";
import { AreaLayer } from "./areas.js";
import { Marks } from "./marks.js";
import { makeLegend } from "./tour_legend.js";
import { makeCaption, makeMasks, planCaptions, writeNames } from "./tour_names.js";
import { TourRoute } from "./tour_route.js";

/** @import { Shape } from "../types/map" */
/** @import { Mask } from "../geometry/mask.js" */
/** @import { Position, Seat, Stage, TourPayload } from "../types/payloads" */
/** @import { Kind } from "./areas.js" */
/** @import { Mark } from "./marks.js" */
/** @import { Caption } from "./tour_names.js" */

/** Radius of an organiser's diamond, pixels. */
const SEAT = 9;

export class TourLayer extends AreaLayer {
  /** @param {TourPayload} payload */
  constructor(payload) {
    super(payload);
    this.payload = payload;
    /** Code of a region -> number of its stage. @type {Map<string, number>} */
    this.stageOf = new Map(payload.stages.flatMap((stage, i) => stage.regions.map((code) => /** @type {const} */ ([code, i]))));
    /** @type {Marks | null} */
    this.marks = null;
    this.route = new TourRoute();
    /** The badges of the stages, in their order. @type {Mark[]} */
    this.badges = [];
    /** @type {Caption[]} */
    this.captions = [];
    /** Points of the route and of leaders. @type {[number, number][]} */
    this.lines = [];
    /** What lies in each region. @type {Map<string, Mask>} */
    this.masks = new Map();
    /** The chosen stage was chosen just now. */
    this.isNew = false;
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
      legend: () => makeLegend(this.payload),
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
    keepFocus(map, this.listNodes());
    this.marks?.remove();
    for (const { forms } of this.captions) for (const node of forms) node.remove();
    this.route.remove();
    map.fire("biocarto:symbols", { boxes: [] });
    return super.onRemove(map);
  }

  /** @override @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { ...super.getEvents(), zoomend: this.settle, moveend: this.settleMoved, viewreset: this.settleAll, zoomanim: this.follow };
  }

  /** @param {string} code */
  classOf(code) {
    const i = this.stageOf.get(code);
    return i === undefined ? "bc-unvisited" : `bc-s${i}${this.isDim(i) ? " bc-dim" : ""}`;
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

  listNodes() {
    return this.marks?.all.map(({ node }) => node) ?? [];
  }

  /** @override @type {AreaLayer["fill"]} */
  fill(shapes, kind) {
    super.fill(shapes, kind);
    const { stages, seats, selected } = this.payload;
    const { looked } = this._map.biocarto;
    this.isNew = selected !== "" && looked.stage !== undefined && looked.stage !== selected;
    looked.stage = selected;
    const own = [...this.byCode.values()].filter(({ inset }) => !inset);
    this.masks = makeMasks(own);
    this.marks = new Marks(this._map);
    this.route.addTo(this._map);
    for (const seat of seats) this.addSeat(this.marks, seat);
    for (const [i, stage] of stages.entries()) this.addStage(this.marks, stage, i);
    for (const shape of own) if (!this.stageOf.has(shape.code)) this.addCaption(shape, "bc-apart");
    this.settle();
    this.isNew = false;
    restoreFocus(this._map, this.listNodes().filter(({ tabIndex }) => tabIndex === 0));
    delete this._map.biocarto.focus;
    reportDrawn(this._map, "drawn", stages.length);
  }

  /** @type {(node: HTMLButtonElement, type: string, id: string, at: L.LatLng) => void} */
  makePressable(node, type, id, at) {
    node.type = "button";
    Object.assign(node.dataset, { id, type });
    node.addEventListener("click", (event) => wasDragged(this._map, event) || emit(this, type, id, at));
    node.addEventListener("dblclick", (event) => event.stopPropagation());
  }

  /** @type {(marks: Marks, stage: Stage, i: number) => void} */
  addStage(marks, stage, i) {
    const { words, selected } = this.payload;
    const dim = this.isDim(i) ? " bc-dim" : "";
    const at = L.latLng(stage.at[0], stage.at[1]);
    const node = make("button", `bc-stage bc-s${i}${dim}`, String(stage.order));
    node.setAttribute("aria-label", `${words.stage} ${stage.order}, ${stage.title}`);
    if (stage.id === selected) node.setAttribute("aria-current", "true");
    this.makePressable(node, "stage", stage.id, at);
    addHint(this._map, node, at, [stage.title], 20);
    const home = stage.regions.find((code) => this.holds(code, stage.at)) ?? "";
    const badge = marks.add(node, at, { isLoose: true, fits: this.fitsIn(home) });
    this.badges.push(badge);
    for (const shape of stage.regions.flatMap((code) => this.byCode.get(code) ?? [])) {
      if (!shape.inset) this.addCaption(shape, dim, shape.code === home ? badge : this.addEcho(marks, stage, shape, dim));
    }
  }

  /* A region without the stage's own badge has an echo of it. */
  /** @type {(marks: Marks, stage: Stage, shape: Shape, dim: string) => Mark | undefined} */
  addEcho(marks, stage, shape, dim) {
    if (!shape.label.at) return undefined;
    const echo = make("span", `bc-echo${dim}`, String(stage.order));
    echo.setAttribute("aria-hidden", "true");
    return marks.add(echo, L.latLng(shape.label.at[0], shape.label.at[1]), { isLoose: true, fits: this.fitsIn(shape.code) });
  }

  /** @type {(shape: Shape, className: string, badge?: Mark) => void} */
  addCaption(shape, className, badge) {
    const mask = this.masks.get(shape.code);
    if (mask) this.captions.push(makeCaption(this._map, shape, mask, { badge, className }));
  }

  /** Whether a point of the map's layers lies in a region. @type {(code: string) => (x: number, y: number) => boolean} */
  fitsIn(code) {
    const mask = this.masks.get(code);
    return (x, y) => !mask || isInside(mask, ...layerToLocal(this._map, { x, y }));
  }

  /* Which region the stage's own badge stands on. */
  /** @type {(code: string, at: Position) => boolean} */
  holds(code, at) {
    const mask = this.masks.get(code);
    return mask !== undefined && isInside(mask, ...toLocal(this._map, at));
  }

  /** @type {(marks: Marks, seat: Seat) => void} */
  addSeat(marks, seat) {
    const at = L.latLng(seat.at[0], seat.at[1]);
    const node = make("button", "bc-seat");
    const name = make("span", "bc-seat-name", seat.name);
    node.append(name);
    node.setAttribute("aria-label", `${this.payload.words.seat} : ${seat.name}, ${seat.commune}`);
    this.makePressable(node, "cluster", seat.id, at);
    const mark = marks.add(node, at, { drawn: SEAT, name });
    addHint(this._map, node, () => this._map.layerPointToLatLng(mark.spot), [seat.name, seat.commune], 12);
  }

  settleMoved() {
    this._update();
    this.write();
  }

  settleAll() {
    this._reset();
    this.settle();
  }

  settle() {
    if (!this.marks) return;
    this.marks.part();
    this.drawRoute(this.marks);
    planCaptions(this._map, this.captions);
    this.write();
  }

  /** @param {Marks} marks */
  drawRoute(marks) {
    const { stages, selected } = this.payload;
    /** @param {Mark} mark */
    const disc = (mark) => ({ ...mark.spot, r: marks.measure(mark).drawn });
    const legs = planRoute(this.badges.map(disc), marks.all.filter((mark) => mark.isLoose && !this.badges.includes(mark)).map(disc));
    this.route.draw(legs, stages.findIndex(({ id }) => id === selected) - 1, this.isNew);
    this.lines = [...legs.flat(), ...marks.listLeaderPoints()];
  }

  /* Names keep clear of all that stands and of each other. */
  write() {
    const { marks, _map: map } = this;
    if (!marks) return;
    map.fire("biocarto:symbols", { boxes: writeNames(map, marks, this.captions, this.lines) });
  }

  /** @param {L.ZoomAnimEvent} event */
  follow(event) {
    this._onAnimZoom(event);
    this.marks?.follow(event);
    for (const { forms, at } of this.captions) {
      if (at) for (const node of forms) L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(at, event.zoom, event.center).round());
    }
  }
}
