/** The map looks where its page does, draws the circle around an origin, and may ask for a point. */
import { emit, reportDrawn, wasDragged } from "../core/emit.js";
import { applyInterface } from "../core/interface.js";
import { drawCircle } from "./circle.js";
import { HereMark } from "./here.js";

/** @import { Aim } from "../view/machine.js" */
/** @import { FocusPayload } from "../types/payloads" */

/** @type {(payload: FocusPayload) => Aim} */
const aimAt = ({ bounds, near, name }) => {
  if (!near) return bounds ? { kind: "bounds", bounds } : { kind: "page" };
  const square = L.latLng(near[0], near[1]).toBounds(2 * near[2]);
  return { kind: "bounds", bounds: [[square.getSouth(), square.getWest()], [square.getNorth(), square.getEast()]], named: Boolean(name) };
};

export class FocusLayer extends L.Layer {
  /** @param {FocusPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
    const { near, name } = payload;
    /** @type {(L.Path | HereMark)[]} */
    this.marks = !near ? [] : name ? [new HereMark(near, name)] : drawCircle(near);
    this.choose = (/** @type {L.LeafletEvent} */ event) => this.#choose(/** @type {L.LeafletMouseEvent} */ (event));
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { bounds, near } = this.payload;
    applyInterface(map, this.payload);
    for (const mark of this.marks) mark.addTo(map);
    const asked = JSON.stringify([bounds, near]);
    if ((map.biocarto.looked.focus ?? "[null,null]") !== asked) {
      map.biocarto.looked.focus = asked;
      map.biocarto.view.send({ type: "aimed", aim: aimAt(this.payload) });
    }
    if (this.payload.asks) map.on("click", this.choose);
    map.getContainer().classList.toggle("bc-asks", this.payload.asks);
    reportDrawn(map, "focus", near ? 1 : 0);
    return this;
  }

  /* A tap on the ground is a place; one on a symbol, a button or an area means that. */
  /** @param {L.LeafletMouseEvent} event */
  #choose({ latlng, originalEvent }) {
    const target = originalEvent.target instanceof Element ? originalEvent.target : null;
    if (!this._map || wasDragged(this._map) || target?.closest("button, a, summary, details, .leaflet-interactive")) return;
    emit(this, "here", `${latlng.lat.toFixed(5)},${latlng.lng.toFixed(5)}`, latlng);
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    map.off("click", this.choose);
    map.getContainer().classList.remove("bc-asks");
    for (const mark of this.marks) mark.remove();
    return this;
  }
}
