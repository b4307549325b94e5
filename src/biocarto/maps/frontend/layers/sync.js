/** Maps of one page that move together, each around its own territory, at one scale. */
import { applyInterface } from "../core/interface.js";

/** @import { Corners, SyncPayload } from "../types/payloads" */
/** @import { Offset } from "../view/machine.js" */

const ACTS = ["pointerdown", "wheel", "keydown"];

/* Other tabs of this browser have maps too: a number for this one, kept by the page around the frames. */
const readTab = () => {
  parent.biocartoTab = parent.biocartoTab || Math.random().toString(36).slice(2);
  return parent.biocartoTab;
};

/** @param {Corners} corners */
const toBounds = ([[south, west], [north, east]]) => L.latLngBounds([south, west], [north, east]);

/** Connect a map to the others of its name. @type {(map: L.Map, name: string) => void} */
const connect = (map, name) => {
  const { view } = map.biocarto;
  const channel = new BroadcastChannel(`biocarto-${name}-${readTab()}`);
  channel.onmessage = ({ data }) => view.send({ type: "peerMoved", offset: /** @type {Offset | null} */ (data) });
  view.tellPeers = (offset) => channel.postMessage(offset);
  for (const act of ACTS) {
    map.getContainer().addEventListener(act, () => view.send({ type: "touched" }), { capture: true, passive: true });
  }
};

export class SyncLayer extends L.Layer {
  /** @param {SyncPayload} payload */
  constructor(payload) {
    super();
    this.payload = payload;
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const { name, own, others } = this.payload;
    const context = map.biocarto;
    applyInterface(map, this.payload);
    if (!context.sync) connect(map, name);
    const asked = JSON.stringify([own, others]);
    if (context.looked.sync === asked) return this;
    context.looked.sync = asked;
    context.sync = { boxes: [toBounds(own), ...others.map(toBounds)], centre: map.getCenter(), zoom: map.getZoom() };
    context.view.send({ type: "aimed", aim: { kind: "peers" }, home: { kind: "peers" } });
    return this;
  }

  /** @override */
  onRemove() {
    return this;
  }
}
