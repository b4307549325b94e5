/** Networks: members gathered by city, lines to who coordinates, the territory of what is open. */
import { keepFocus, make, restoreFocus, svg } from "../core/dom.js";
import { emit, reportDrawn, wasDragged } from "../core/emit.js";
import { setContent } from "../core/guide.js";
import { applyInterface } from "../core/interface.js";
import { makeEntry, makeSection, setLegend } from "../core/legend.js";
import { setColours } from "../core/theme.js";
import { addHint, hideTip } from "../core/tooltip.js";
import { localToLayer, toLocal } from "../geometry/world.js";
import { loadShapes } from "../ground/boundaries.js";
import { Vector } from "../ground/vector.js";
import { Marks } from "./marks.js";

/** @import { GlobeBox } from "../geometry/boxes.js" */
/** @import { Shape } from "../types/map" */
/** @import { City, NetworkPayload } from "../types/payloads" */

const DASHES = ["", "9 5", "2 5", "12 4 2 4"];
const RADIUS = 9;
const HUB = 15;
const NAMES = 8;

/** One symbol, divided by network. @type {(networks: number[], isHub: boolean, many: number) => SVGSVGElement} */
const drawRing = (networks, isHub, many) => {
  const icon = svg("svg", { viewBox: "-17 -17 34 34", width: 34, height: 34, "aria-hidden": "true" });
  if (isHub) icon.append(svg("circle", { r: 14.5, class: "bc-hub" }));
  icon.append(svg("circle", { r: RADIUS + 3, class: "bc-disc" }));
  const share = 100 / networks.length;
  const arcs = networks.map((number, i) => svg("circle", {
    r: RADIUS, pathLength: 100, class: `bc-arc bc-n${number}`, "stroke-width": 5, "stroke-dasharray": `${share} ${100 - share}`,
    transform: `rotate(${i * 3.6 * share - 90})`,
  }));
  icon.append(...arcs);
  if (many > 1) {
    const count = svg("text", { y: 4, class: "bc-number", "font-size": 11 });
    count.textContent = String(many);
    icon.append(count);
  }
  return icon;
};

/** @type {(number: number, d: string) => SVGPathElement} */
const drawTie = (number, d) => svg("path", { d, class: `bc-tie bc-n${number}`, "stroke-dasharray": DASHES[number % DASHES.length] });

/** @param {number} number */
const makeLine = (number) => {
  const swatch = svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, "aria-hidden": "true" });
  swatch.append(drawTie(number, "M0 7h26"));
  return swatch;
};

/**
 * A line that bends a little more for each network, so that two of them between the same cities lie apart: its ends and what it bends to.
 * @type {(from: readonly [number, number], to: readonly [number, number], number: number) => Tie}
 */
const bendTie = ([x1, y1], [x2, y2], number) => {
  const by = 0.1 + 0.05 * (number % 5);
  return [[x1, y1], [(x1 + x2) / 2 - (y2 - y1) * by, (y1 + y2) / 2 + (x2 - x1) * by], [x2, y2]];
};

/** @typedef {[from: [number, number], by: [number, number], to: [number, number]]} Tie */

/** @type {(tie: Tie) => string} */
const writeTie = ([from, by, to]) => `M${from.join(" ")}Q${by.join(" ")} ${to.join(" ")}`;

/** Points along a line. @type {(tie: Tie) => [number, number][]} */
const sampleTie = ([from, by, to]) =>
  Array.from({ length: 41 }, (_, i) => i / 40).map((t) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * from[0] + b * by[0] + c * to[0], a * from[1] + b * by[1] + c * to[1]];
  });

/** @param {NetworkPayload} payload */
const makeLegend = ({ networks, words, places, ground, rings }) => {
  const entries = networks.map((name, number) => makeEntry(rings ? drawRing([number], false, 1) : makeLine(number), name));
  const single = rings && places.every(({ names }) => names.length < 2);
  if (places.length && !single) entries.push(makeEntry(drawRing([0], false, 3), words.member));
  if (places.some(({ hub }) => hub)) entries.push(makeEntry(drawRing([0], true, 1), words.coordinates));
  if (ground?.codes.length) entries.push(makeEntry(make("span", "bc-covered-key"), words.ground));
  return makeSection("network", words.title, entries);
};

export class NetworkLayer extends L.Layer {
  /** @param {NetworkPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
    /** @type {Marks | null} */
    this.marks = null;
    /** Points along the lines, in the map's own pixels. @type {[number, number][]} */
    this.tied = [];
    this.areas = new Vector("bc-areas");
    this.route = new Vector("bc-route");
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { colours, places, countries } = this.payload;
    applyInterface(map, this.payload);
    map.biocarto.names = countries;
    map.fire("biocarto:words");
    setColours("bc-n", 0, colours);
    this.look(map);
    this.areas.addTo(map);
    this.route.addTo(map);
    this.drawTerritory(map);
    this.drawLinks(map);
    const marks = new Marks(map);
    this.marks = marks;
    for (const place of places) this.addPlace(map, marks, place);
    setLegend(map, this, "network", makeLegend(this.payload));
    this.settle();
    restoreFocus(map, marks.all.map(({ node }) => node));
    delete map.biocarto.focus;
    setContent(map, this, "points", () => places.map(({ at: [lat, lng] }) => /** @type {GlobeBox} */ ([lat, lng, lat, lng])));
    reportDrawn(map, "drawn", places.length);
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    delete map.biocarto.said;
    setContent(map, this, "points", null);
    keepFocus(map, this.marks?.all.map(({ node }) => node) ?? []);
    this.areas.remove();
    this.route.remove();
    this.marks?.remove();
    map.fire("biocarto:symbols", { boxes: [] });
    setLegend(map, this, "network", null);
    hideTip(map);
    return this;
  }

  /** @override @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { zoomend: this.settle, moveend: this.write, viewreset: this.settle, zoomanim: this.follow };
  }

  /* Look at what was asked for, once: the next drawing of the same networks leaves the visitor's own view alone. */
  /** @param {L.Map} map */
  look(map) {
    const { look } = this.payload;
    const asked = JSON.stringify(look);
    if (map.biocarto.looked.network === asked) return;
    map.biocarto.looked.network = asked;
    map.biocarto.view.send({ type: "aimed", aim: look ? { kind: "bounds", bounds: look, wide: true } : { kind: "page" } });
  }

  /** @param {L.Map} map */
  async drawTerritory(map) {
    const { ground } = this.payload;
    if (!ground?.codes.length) return;
    const shapes = await loadShapes(map, ground.file).catch(() => /** @type {Shape[]} */ ([]));
    const own = shapes.filter(({ code, inset, frame }) => ground.codes.includes(code) && !inset && !frame);
    this.areas.root.append(svg("path", { d: own.map(({ d }) => d).join(""), class: "bc-covered" }));
  }

  /** @param {L.Map} map */
  drawLinks(map) {
    const bent = this.payload.links.map(({ from, to, network }) => ({ network, tie: bendTie(toLocal(map, from), toLocal(map, to), network) }));
    const ties = bent.map(({ network, tie }) => ({ network, d: writeTie(tie) }));
    this.tied = bent.flatMap(({ tie }) => sampleTie(tie));
    this.route.root.append(...ties.map(({ d }) => svg("path", { d, class: "bc-route-halo" })));
    this.route.root.append(...ties.map(({ d, network }) => drawTie(network, d)));
  }

  /** @type {(map: L.Map, marks: Marks, place: City) => void} */
  addPlace(map, marks, place) {
    const { networks, words, selected } = this.payload;
    const { id, city, names, hub } = place;
    const node = make("button", "bc-member");
    const name = make("span", "bc-member-name", names.length > 1 ? city : names[0]);
    node.type = "button";
    Object.assign(node.dataset, { id, type: "city" });
    const known = place.networks.map((number) => networks[number]).join(", ");
    node.setAttribute("aria-label", `${city} – ${names.join(", ")} (${known})${hub ? `, ${words.hub}` : ""}`);
    if (id === selected) node.setAttribute("aria-current", "true");
    node.append(drawRing(place.networks, hub, names.length), name);
    const at = L.latLng(place.at[0], place.at[1]);
    node.addEventListener("click", (event) => wasDragged(map, event) || emit(this, "city", id, at));
    node.addEventListener("dblclick", (event) => event.stopPropagation());
    const more = names.length > NAMES ? [`+ ${names.length - NAMES}`] : [];
    const mark = marks.add(node, at, { drawn: hub ? HUB : RADIUS + 3, name });
    addHint(map, node, () => map.layerPointToLatLng(mark.spot), [city, ...names.slice(0, NAMES), ...more], 20);
  }

  settle() {
    this.marks?.part();
    this.write();
  }

  write() {
    const { marks, _map: map } = this;
    if (!marks) return;
    const taken = marks.listBoxes();
    const ties = this.tied.map((local) => localToLayer(map, local)).map(({ x, y }) => /** @type {[number, number]} */ ([x, y]));
    marks.writeNames(taken, [...marks.listLeaderPoints(), ...ties]);
    map.biocarto.said = new Set([...(map.getPane("bc-symbols")?.querySelectorAll(".bc-member-name:not(.bc-out)") ?? [])].map(({ textContent }) => textContent ?? ""));
    map.fire("biocarto:symbols", { boxes: taken });
  }

  /** @param {L.ZoomAnimEvent} event */
  follow(event) {
    this.marks?.follow(event);
  }
}
