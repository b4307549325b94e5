/** Names of territories, as people say them: each is shown while it fits between the borders. */
import { putNames, takeNames } from "./names.js";

/** @import { Shape } from "../types/map" */
/** @import { MapName } from "./names.js" */

/** What stands where: the rank of a kind of territory among the names, and the zoom at which towns take over. @type {Record<string, { rank: number, to?: number }>} */
const KINDS = {
  europe: { rank: 10 }, france: { rank: 11, to: 8.6 }, departments: { rank: 12, to: 10.6 }, areas: { rank: 13 }, paris: { rank: 14 },
};
/** The zoom from which Paris does not show as a whole. */
const CLOSE = 12.6;

/**
 * An arrondissement as a person names it: "13e", "1er" in French, "13th" in English.
 * @type {(number: number, lang: string | undefined) => string}
 */
export const nameDistrict = (number, lang) => {
  if (lang !== "en") return number === 1 ? "1er" : `${number}e`;
  const tens = number % 100 > 10 && number % 100 < 14;
  return `${number}${(!tens && ["th", "st", "nd", "rd"][number % 10]) || "th"}`;
};

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

/** An overseas region has its name at the head of its frame. @type {(map: L.Map, key: string, shape: Shape) => MapName[]} */
const makeName = (map, key, shape) => {
  const { at, head, width } = shape.label;
  const text = nameShape(map, key, shape);
  if (key === "paris") return at ? nameDistricts(text, at, width) : [];
  if (shape.frame) return head ? [{ text, at: head, width, rank: 9, kind: "frame" }] : [];
  return at && !shape.inset ? [{ text, at, width, kind: key, ...KINDS[key] }] : [];
};

export class Labels extends L.Layer {
  /**
   * @param {Shape[]} shapes
   * @param {string} key
   */
  constructor(shapes, key) {
    super();
    this.shapes = shapes;
    this.key = key;
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    putNames(map, this, this.shapes.flatMap((shape) => makeName(map, this.key, shape)));
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
