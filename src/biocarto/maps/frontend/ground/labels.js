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
/** The zoom from which Paris does not show as a whole. */
const CLOSE = 12.6;

/** @type {(map: L.Map, key: string, shape: Shape) => string} */
const nameShape = ({ biocarto: { names, lang } }, key, { code, name }) => {
  if (key === "paris") return nameDistrict(Number(code.slice(-2)), lang);
  return (key === "europe" && names?.[code]) || name;
};

/** The number alone while the city is in view, the whole name when one is close. @type {(text: string, at: readonly [number, number], width: number) => MapName[]} */
const nameDistricts = (text, at, width) => [
  { text, at, width, kind: "paris", ...KINDS.paris, to: CLOSE - 0.01 },
  { text: `Paris ${text}`, at, width, kind: "paris", ...KINDS.paris, from: CLOSE },
];

/** It keeps its name among the towns, until its districts have theirs in full. @type {(text: string, at: readonly [number, number], width: number) => MapName[]} */
const nameCity = (text, at, width) => [
  { text, at, width, kind: "departments", ...KINDS.departments },
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
  return findNamer(key, shape.code)?.(text, at, width) ?? [{ text, at, width, kind: `${key} ${upon}`.trim(), ...KINDS[key] }];
};

export class Labels extends L.Layer {
  /**
   * @param {Shape[]} shapes
   * @param {string} key
   * @param {(code: string) => string} [upon] the class of what a name stands on, where that is more than the ground
   */
  constructor(shapes, key, upon = () => "") {
    super();
    this.shapes = shapes;
    this.key = key;
    this.upon = upon;
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    putNames(map, this, this.shapes.flatMap((shape) => makeName(map, this.key, shape, this.upon(shape.code))));
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
    return { "biocarto:words": () => this.onAdd(this._map) };
  }
}
