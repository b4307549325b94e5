/** Names of territories, as people say them: each is shown while it fits between the borders. */
import { nameDistrict } from "./ground_names.js";
import { putNames, takeNames } from "./names.js";

/** @import { Shape } from "../types/map" */
/** @import { MapName } from "./names.js" */

/** What stands where: the rank of a kind of territory among the names, and the zoom at which towns take over. @type {Record<string, { rank: number, to?: number }>} */
const KINDS = {
  europe: { rank: 10 }, france: { rank: 11, to: 8.6 }, departments: { rank: 12, to: 10.6 }, areas: { rank: 13 }, paris: { rank: 14 },
};
/** A department that is a town. */
const PARIS = "75";
/** The name of a country may reach so far over its borders, as a part of its width. */
const ABROAD = 1.5;
/** Pixels from the middle of Paris within which its name is still that of Paris. */
const REACH = 40;
/** The zoom from which all districts of Paris have room for their number. */
const APART = 10;
/** The zoom from which Paris does not show as a whole. */
const CLOSE = 12.6;

/** @type {(map: L.Map, key: string, shape: Shape) => string} */
const nameShape = ({ biocarto: { names, lang } }, key, { code, name }) => {
  if (key === "paris") return nameDistrict(Number(code.slice(-2)), lang);
  return (key === "europe" && names?.[code]) || name;
};

/** What one name is made from; `upon`: classes of what it stands on. @typedef {{ text: string, at: readonly [number, number], width: number, upon: string }} Naming */

/** The number alone while the city is in view, the whole name when one is close. @type {(naming: Naming) => MapName[]} */
const nameDistricts = ({ text, at, width, upon }) => [
  { text, at, width, kind: `paris ${upon}`.trim(), ...KINDS.paris, from: APART, to: CLOSE - 0.01 },
  { text: `Paris ${text}`, at, width, kind: `paris ${upon}`.trim(), ...KINDS.paris, from: CLOSE },
];

/**
 * It keeps its name among the towns, until its districts have theirs in full; from afar it stands near its symbol, whatever room there is.
 * @type {(naming: Naming) => MapName[]}
 */
const nameCity = ({ text, at, width, upon }) => [
  { text, at, kind: `departments ${upon}`.trim(), ...KINDS.departments, rank: 9, reach: REACH, led: true },
  { text, at, width, kind: "capital", rank: 12, from: 10.6, to: CLOSE - 0.01 },
];

/** Territories that have more than one name, by their kind and code. @type {(key: string, code: string) => typeof nameCity | undefined} */
const findNamer = (key, code) => (key === "paris" ? nameDistricts : key === "departments" && code === PARIS ? nameCity : undefined);

/**
 * An overseas region has its name at the head of its frame.
 * @param {L.Map} map
 * @param {string} key
 * @param {Shape} shape
 * @param {string} upon classes of what the name stands on
 * @returns {MapName[]}
 */
const makeName = (map, key, shape, upon) => {
  const { at, head, width } = shape.label;
  const text = nameShape(map, key, shape);
  if (shape.frame && head) return [{ text, at: head, width, rank: 9, kind: "frame" }];
  if (!at || shape.inset) return [];
  const room = key === "europe" ? ABROAD * width : width;
  return findNamer(key, shape.code)?.({ text, at, width, upon }) ?? [{ text, at, width: room, kind: `${key} ${upon}`.trim(), led: key === "departments", ...KINDS[key] }];
};

export class Labels extends L.Layer {
  /**
   * @param {Shape[]} shapes
   * @param {string} key
   * @param {(code: string) => string} [upon] the class of what a name stands on, where that is not what lies on the ground
   */
  constructor(shapes, key, upon) {
    super();
    this.shapes = shapes;
    this.key = key;
    this.upon = upon;
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    const upon = this.upon ?? map.biocarto.upon ?? (() => "");
    putNames(map, this, this.shapes.flatMap((shape) => makeName(map, this.key, shape, upon(shape.code))));
    return this;
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    takeNames(map, this);
    return this;
  }

  /* Words come with a layer: arrondissements and countries have names in the visitor's language. */
  /** @override @returns {Record<string, () => void>} */
  getEvents() {
    return { "biocarto:words": () => this.onAdd(this._map), "biocarto:areas": () => this.onAdd(this._map) };
  }
}
