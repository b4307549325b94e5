/** Space as a filter: what of it is in force, and the tools to choose it; and the view for the address. */
import { reportDrawn } from "../core/emit.js";
import { applyInterface } from "../core/interface.js";
import { Tools } from "../tools/tools.js";
import { drawCircle } from "./circle.js";

/** @import { Position, ToolsPayload } from "../types/payloads" */

/** @type {(lobes: Position[][][]) => L.Polygon} */
const drawArea = (lobes) => {
  const rings = lobes.map((lobe) => lobe.map((ring) => ring.map(([lat, lng]) => L.latLng(lat, lng))));
  return L.polygon(rings, { pane: "bc-route", interactive: false, className: "bc-drawn" });
};

export class ToolLayer extends L.Layer {
  /** @param {ToolsPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
    const { area, near } = payload;
    /** @type {L.Path[]} */
    this.marks = [...(area.length ? [drawArea(area)] : []), ...(near ? drawCircle(near) : [])];
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { area, near, view, turn, question, found } = this.payload;
    applyInterface(map, this.payload);
    for (const mark of this.marks) mark.addTo(map);
    map.biocarto.tools ??= new Tools(map);
    map.biocarto.tools.use(this);
    map.biocarto.view.send({ type: "answered", view, turn, question, found });
    reportDrawn(map, "tools", area.length + (near ? 1 : 0));
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    for (const mark of this.marks) mark.remove();
    map.biocarto.tools?.leave(this);
    return this;
  }
}
