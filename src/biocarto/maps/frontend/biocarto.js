/** The map's script as Python calls it: `BioCarto.base` makes a map, and `BioCarto.<kind>(payload)` a layer of it. */
import { createMap } from "./core/base.js";
import { emit, readDrawn } from "./core/emit.js";
import { followTheme } from "./core/theme.js";
import { setReader } from "./ground/boundaries.js";
import { ActorLayer } from "./layers/actors.js";
import { ChoroplethLayer } from "./layers/choropleth.js";
import { FocusLayer } from "./layers/focus.js";
import { NetworkLayer } from "./layers/network.js";
import { SyncLayer } from "./layers/sync.js";
import { ToolLayer } from "./layers/tools.js";
import { TourLayer } from "./layers/tour.js";

/** @import * as Payloads from "./types/payloads" */

followTheme();

window.BioCarto = {
  base: createMap,
  emit,
  setReader,
  readDrawn,
  actors: (/** @type {Payloads.ActorsPayload} */ payload) => new ActorLayer(payload),
  choropleth: (/** @type {Payloads.ChoroplethPayload} */ payload) => new ChoroplethLayer(payload),
  focus: (/** @type {Payloads.FocusPayload} */ payload) => new FocusLayer(payload),
  network: (/** @type {Payloads.NetworkPayload} */ payload) => new NetworkLayer(payload),
  sync: (/** @type {Payloads.SyncPayload} */ payload) => new SyncLayer(payload),
  tools: (/** @type {Payloads.ToolsPayload} */ payload) => new ToolLayer(payload),
  tour: (/** @type {Payloads.TourPayload} */ payload) => new TourLayer(payload),
};
