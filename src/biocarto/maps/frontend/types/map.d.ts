/** What a map of ours holds while its layers come and go. */
import type { Layer, LatLng, LatLngBounds, Point } from "leaflet";
import type { Guide } from "../core/guide.js";
import type { ScreenBox } from "../geometry/boxes.js";
import type { Trace } from "../symbols/motion.js";
import type { Tools } from "../tools/tools.js";
import type { ViewRunner } from "../view/runner.js";
import type { BaseConfig, Interface } from "./payloads";

/** What can be drawn of one feature of a boundary file. */
export interface Shape {
  code: string;
  name: string;
  /** A region overseas, drawn in a frame beside the country. */
  inset?: boolean;
  frame: boolean;
  /** The outline as SVG path data, in pixels of the map's own world. */
  d: string;
  /** South, west, north, east. */
  box: readonly [number, number, number, number];
  /** Where a name has most room: how wide (degrees), the point there, and the head of a frame. */
  label: { width: number; at: readonly [number, number] | null; head?: readonly [number, number] };
}

export interface SyncState {
  /** Its own territory, and those of the maps beside it. */
  boxes: [LatLngBounds, ...LatLngBounds[]];
  /** Where it looks at home, and how closely. */
  centre: LatLng;
  zoom: number;
}

export interface MapContext {
  config: BaseConfig;
  bounds: LatLngBounds;
  view: ViewRunner;
  ui: Partial<Interface>;
  lang?: string;
  /** What stands at the foot: scale, legend, credit. */
  foot: HTMLElement;
  /** The buttons; a compact map has none. */
  bar?: HTMLElement;
  legend?: HTMLDetailsElement;
  /** Parts of the legend, by their kind, with the layer that each belongs to. */
  sections: Map<string, { owner: Layer; node: HTMLElement }>;
  /** Controls that every layer may give other words. */
  named: Record<string, HTMLElement>;
  tip?: HTMLElement;
  guide?: Guide;
  tools?: Tools;
  sync?: SyncState;
  /** An area is being drawn: taps are corners. */
  drawing?: boolean;
  /** Id of the symbol that the keyboard was on when its layer went. */
  focus?: string;
  /** Whom the ring holds whose list is open: their ids. */
  unfolded?: string;
  /** Where the symbols stood that have just gone, for those that come in their place. */
  traces?: { at: number, traces: (Trace & { latlng: LatLng; aside: Point })[] };
  /** Shapes that were worked out, by boundary file. */
  keep: Record<string, Shape[]>;
  /** Boundary files that could not be read. */
  lacking: Set<string>;
  /** Names of countries in the visitor's language. */
  names?: Record<string, string>;
  /** What labels keep clear of. */
  boxes?: ScreenBox[];
  /** Names that symbols bear themselves: the ground says none of them again. */
  said?: Set<string>;
  /** Classes of what the name of a territory stands on, where territories are coloured. */
  upon?: (code: string) => string;
  /** What the page last asked to be looked at, as text: the same again moves nothing. */
  looked: Record<string, string>;
  /** The legend has had something to say. */
  settled?: boolean;
  /** Draw what of the ground is not drawn yet; and whether some of it failed. */
  drawGround?: () => Promise<void>;
  failed?: boolean;
}
