/** Actors: one symbol per place. Few symbols are buttons that a keyboard reaches; many go to the canvas. */
import { make } from "../core/dom.js";
import { writeCount } from "../core/emit.js";
import { setContent } from "../core/guide.js";
import { applyInterface } from "../core/interface.js";
import { makeEntry, makeNote, makeSection, setLegend } from "../core/legend.js";
import { setColours } from "../core/theme.js";
import { Places } from "../symbols/places.js";
import { drawing, drawShape } from "../symbols/shapes.js";
import { drawSizes } from "../symbols/sizes.js";
import { ActorButtons } from "./actor_buttons.js";
import { ActorCanvas } from "./actor_canvas.js";
import { UnplacedActors } from "./unplaced_actors.js";

/** @import { ActorsPayload } from "../types/payloads" */

const MOST_BUTTONS = 800;

/** @type {(text: string, points: Record<"street" | "in_street", number>, map: L.Map) => string} */
const writePoints = (text, points, map) =>
  text.replace("{street}", writeCount(map, points.street)).replace("{in_street}", writeCount(map, points.in_street));

/** @type {(places: Places, sizes: HTMLElement, map: L.Map) => HTMLElement} */
const makeLegend = (places, sizes, map) => {
  const { words, groups, apartTotal: apart, points } = places.payload;
  const entries = groups.map((group, i) => makeEntry(drawing([drawShape(groups, i, 5.5)], 9), group.label, group.short));
  const notes = places.rows.length ? [sizes, makeNote(words.ring)] : [];
  if (apart) notes.push(makeNote(words.apart.replace("{n}", writeCount(map, apart))));
  if (points?.street || points?.in_street) notes.push(makeNote(writePoints(words.points, points, map)));
  return makeSection("actors", words.title, entries, ...notes);
};

export class ActorLayer extends L.Layer {
  /** @param {ActorsPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
    this.places = new Places(payload);
    this.sizes = make("div", "bc-sizes");
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { payload, places } = this;
    applyInterface(map, payload);
    setColours("bc-g", 0, { light: payload.groups.map((group) => group.light), dark: payload.groups.map((group) => group.dark) });
    drawSizes(this.sizes, places, map.getZoom());
    if (payload.legend) setLegend(map, this, "actors", makeLegend(places, this.sizes, map));
    const unplaced = new UnplacedActors(this, places, map);
    const boxes = places.boxes();
    setContent(map, this, "points", () => (boxes.length ? boxes : unplaced.boxes));
    this.unplaced = unplaced;
    if (places.size > MOST_BUTTONS) this.canvas = new ActorCanvas(this, places).addTo(map);
    else this.buttons = new ActorButtons(this, places, map);
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    setLegend(map, this, "actors", null);
    setContent(map, this, "points", null);
    this.unplaced?.remove();
    this.canvas?.remove();
    this.buttons?.remove();
    delete this.canvas;
    delete this.buttons;
    return this;
  }

  /** @override @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return {
      zoomend: () => {
        drawSizes(this.sizes, this.places, this._map.getZoom());
        this.buttons?.settle();
      },
      viewreset: () => this.buttons?.settle(),
      zoomanim: (event) => this.buttons?.follow(event),
    };
  }
}
