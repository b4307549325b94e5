/** What Python sends: each module of `src/biocarto/maps/` makes one of these, and `tests/maps/` holds what it makes. */

/** Latitude and longitude in degrees (EPSG:4326). */
export type Position = readonly [number, number];
/** South-west and north-east corner. */
export type Corners = readonly [Position, Position];
/** Colours per theme; `forced`: where the visitor's system sets all colours. */
export type Colours = { readonly light: readonly string[]; readonly dark: readonly string[]; readonly forced?: readonly string[] };
/** Centre in degrees, radius in metres. */
export type Circle = readonly [number, number, number];

/** base.py: what one page's map shows before any data. */
export interface BaseConfig {
  name: string;
  bounds: Corners;
  /** Keys of boundary files drawn beneath everything, lowest first. */
  ground: string[];
  /** Key of a boundary file -> its address. */
  boundaries: Record<string, string>;
  /** Keys of files of rivers, rail and towns, each with its first zoom. */
  detail: [string, number][];
  minZoom: number;
  maxZoom: number;
  compact: boolean;
  /** What a button of the bar shows larger; null for a map that has none. */
  closeup: { name: string; bounds: Corners } | null;
  tiles: string;
}

/** texts.py: labels of the controls and messages of a map. */
export type Interface = Record<
  "zoomIn" | "zoomOut" | "reset" | "closeup" | "fullscreen" | "leaveFullscreen" | "legend" | "back" | "map" | "credit" | "tiles" | "failed"
  | "symbols" | "bar",
  string
>;

/** layer.py: what every layer brings. */
export interface Payload {
  lang: string;
  theme: "light" | "dark";
  ui: Interface;
}

/** model.py: one kind of actor, with its shape and colours. */
export interface Group {
  label: string;
  /** For the one line of the closed legend. */
  short: string;
  shape: string;
  light: string;
  dark: string;
}

/** Actors of which only an area is known. */
export interface Area {
  id: string;
  name: string;
  /** One count per group. */
  counts: number[];
  department: string;
}

/** actors.py: an actor of a place of several: id, name, number of its group, and 1 where it is not present. */
export type Held = readonly [id: string, name: string, group: number, apart: 0 | 1];

/** actors.py. Columns are base64 of little-endian numbers: 32-bit whole ones, but for `group`, which are bytes. */
export interface ActorsPayload extends Payload {
  size: number;
  /** Degrees in 1e-5. */
  lat: string;
  lon: string;
  group: string;
  /** Rows of several actors, and their counts, one per group and row. */
  rows: string;
  rings: string;
  /** Absent: a row is its own id. */
  ids?: string[];
  /** Row -> id, where the row is one actor. */
  actors?: Record<number, string>;
  /** One line per row. */
  labels?: string;
  /** Who the actors of `rows` are, in their order; absent where nobody says. */
  held?: (readonly Held[])[];
  /** Rows none of whose actors is present. */
  apart?: number[];
  apartTotal: number;
  /** How many actors stand at a point of their own; absent where nobody says. */
  points?: Record<"street" | "in_street", number>;
  areas?: Area[];
  groups: Group[];
  words: Record<"title" | "many" | "gathered" | "closer" | "unfold" | "fold" | "apart" | "area" | "points" | "ring", string>;
  legend: boolean;
  selected: string;
  gather?: boolean;
}

/** legend.py: texts of a choropleth; empty ones leave their entry out. */
export interface ChoroplethLegend {
  title: string;
  classes: string[];
  unit: string;
  no_data: string;
  hatch: string;
  note: string;
}

/** choropleth.py. */
export interface ChoroplethPayload extends Payload {
  level: string;
  /** Codes, parted by spaces, and the class of each: "-" or one digit. */
  codes: string;
  classes: string;
  values: string[];
  hatched: string[];
  selected: string;
  named: boolean;
  /** Only to be tapped: no colours, no legend. */
  plain: boolean;
  colours: Colours;
  /** Of names on each class. */
  label_colours: Colours;
  legend: ChoroplethLegend;
}

/** tour.py: one stage of the Tour. */
export interface Stage {
  id: string;
  order: number;
  title: string;
  /** Codes of regions. */
  regions: string[];
  at: Position;
  light: string;
  dark: string;
}

/** tour.py: where an organiser sits. */
export interface Seat {
  id: string;
  name: string;
  commune: string;
  at: Position;
}

/** tour.py. */
export interface TourPayload extends Payload {
  stages: Stage[];
  seats: Seat[];
  selected: string;
  words: Record<"title" | "stage" | "seat" | "route" | "unvisited", string>;
}

/** network.py: who is in one city, and in which of the networks. */
export interface City {
  id: string;
  city: string;
  names: string[];
  /** Numbers of networks. */
  networks: number[];
  hub: boolean;
  at: Position;
}

/** network.py, elsewhere.py. */
export interface NetworkPayload extends Payload {
  networks: string[];
  colours: Colours;
  places: City[];
  links: { network: number; from: Position; to: Position }[];
  ground: { file: string; codes: string[] } | null;
  /** ISO code -> name. */
  countries: Record<string, string>;
  look: Corners | null;
  selected: string;
  /** The legend shows rings instead of lines. */
  rings?: boolean;
  words: Record<"title" | "hub" | "member" | "coordinates" | "ground", string>;
}

/** focus.py. */
export interface FocusPayload extends Payload {
  bounds: Corners | null;
  near: Circle | null;
  /** What the circle holds, in words; "" for a circle without a name and a plain point. */
  name: string;
  /** Whether a tap on the ground is a visitor's place. */
  asks: boolean;
}

/** sync.py. */
export interface SyncPayload extends Payload {
  name: string;
  own: Corners;
  others: Corners[];
}

/** texts.py: the tools' buttons, what to do next, and what went wrong. */
export type ToolWords = Record<
  | ("draw" | "view" | "locate" | "corners" | "closing" | "full" | "finish" | "undo" | "cancel" | "close")
  | ("waiting" | "refused" | "unavailable" | "outside"),
  string
>;

/** tools.py. */
export interface ToolsPayload extends Payload {
  /** Lobes of the area in force, each with its rings. */
  area: Position[][][];
  near: Circle | null;
  /** Latitude, longitude, zoom. */
  view: readonly [number, number, number] | null;
  turn: number;
  question: string;
  found: Corners | null;
  /** How many corners an area may have. */
  most: number;
  /** South, west, north, east. */
  france: readonly [number, number, number, number];
  words: ToolWords;
}
