/** The map looks where its page does, and draws the circle around an origin. */
import { reportDrawn } from "../core/emit.js";
import { applyInterface } from "../core/interface.js";
import { drawCircle } from "./circle.js";

/** @import { Aim } from "../view/machine.js" */
/** @import { FocusPayload } from "../types/payloads" */

/** @type {(payload: FocusPayload) => Aim} */
const aimAt = ({ bounds, near }) => {
  if (!near) return bounds ? { kind: "bounds", bounds } : { kind: "page" };
  const square = L.latLng(near[0], near[1]).toBounds(2 * near[2]);
  return { kind: "bounds", bounds: [[square.getSouth(), square.getWest()], [square.getNorth(), square.getEast()]] };
};

export class FocusLayer extends L.Layer {
  /** @param {FocusPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
    this.marks = payload.near ? drawCircle(payload.near) : [];
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
    reportDrawn(map, "focus", near ? 1 : 0);
    return this;
  }

  /** @override */
  onRemove() {
    for (const mark of this.marks) mark.remove();
    return this;
  }
}
