/** Where names stand without touching each other: pure geometry of one zoom, no map and no document. */
import { findStretches } from "./stretches.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */

/**
 * A name as the map sees it at one zoom, in pixels: its own size, its point, and where else it may stand.
 * @typedef {object} Candidate
 * @property {string} [text] two of the same near each other are one
 * @property {number} wide
 * @property {number} high
 * @property {{ x: number, y: number }} point
 * @property {number} [beside] half of the mark that it stands beside; absent: it stands on its point
 * @property {number} [room] how wide its territory is: it moves within, and is left out where it does not fit
 * @property {number} [reach] how far from its point it may stand, in pixels
 * @property {{ x: number, y: number }[][]} [lines] stands along these lines instead
 */
/** Its middle, and its turn in radians. @typedef {{ x: number, y: number, turn: number }} Spot */

const CELL = 64;
const GAP = 3;

/** Boxes that are taken, found by the cells that they touch. */
export class Taken {
  constructor() {
    /** @type {Map<string, ScreenBox[]>} */
    this.cells = new Map();
  }

  /** @param {ScreenBox} box */
  *keys([x0, y0, x1, y1]) {
    for (let x = Math.floor(x0 / CELL); x <= Math.floor(x1 / CELL); x++) {
      for (let y = Math.floor(y0 / CELL); y <= Math.floor(y1 / CELL); y++) yield `${x} ${y}`;
    }
  }

  /** @param {ScreenBox} box */
  add(box) {
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** @param {ScreenBox} box */
  isFree(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

/**
 * What a name covers at a spot: one box, or a chain of small ones where it is turned.
 * @type {(name: Candidate, spot: Spot) => ScreenBox[]}
 */
export const coverSpot = ({ wide, high }, { x, y, turn }) => {
  if (!turn) return [[x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]];
  const parts = Math.max(1, Math.ceil(wide / Math.max(1, high)));
  const [half, step] = [high / 2, wide / parts];
  return Array.from({ length: parts }, (_, i) => {
    const along = (i + 0.5) * step - wide / 2;
    const [cx, cy] = [x + along * Math.cos(turn), y + along * Math.sin(turn)];
    return [cx - half, cy - half, cx + half, cy + half];
  });
};

/** Eight places around a mark, the right one first. @type {(name: Candidate, beside: number) => Spot[]} */
const listBeside = ({ wide, high, point: { x, y } }, beside) => {
  const [across, down] = [beside + GAP + wide / 2, beside + high / 2];
  const [cross, dive] = [0.7 * beside + 2 + wide / 2, 0.7 * beside + high / 2];
  const shifts = [[across, 0], [-across, 0], [0, down], [0, -down], [cross, -dive], [cross, dive], [-cross, -dive], [-cross, dive]];
  return shifts.map(([dx, dy]) => ({ x: x + dx, y: y + dy, turn: 0 }));
};

/**
 * Within a territory: a line or two above and below, and aside as far as it is wide.
 * @type {(name: Candidate, room: number) => [number, number][]}
 */
const listWithin = ({ wide, high }, room) => {
  const [up, aside] = [Math.min(2.2 * high, 0.22 * room), Math.max(0, 0.4 * (room - wide))];
  /** @type {[number, number][]} */
  const corners = [[aside, 0], [-aside, 0], [aside, up], [-aside, up], [aside, -up], [-aside, -up]];
  return [[0, up], [0, -up], ...(aside > 6 ? corners : [])];
};

/** Around a symbol that stands where the name would, near ones first. @type {(name: Candidate) => [number, number][]} */
const listAround = ({ wide, high }) => {
  const [line, side] = [high + 2, wide / 2];
  return [[0, line], [0, -line], [0, 2 * line], [0, -2 * line], [side + 18, 0], [-side - 18, 0], [0, 3 * line], [0, -3 * line], [side + 38, 0], [-side - 38, 0]];
};

/** On its point, or near it. @type {(name: Candidate) => Spot[]} */
const listOn = (name) => {
  const { point: { x, y }, room, reach = Number.POSITIVE_INFINITY } = name;
  const shifts = (room === undefined ? listAround(name) : listWithin(name, room)).filter(([dx, dy]) => Math.hypot(dx, dy) <= reach);
  return [[0, 0], ...shifts].map(([dx, dy]) => ({ x: x + dx, y: y + dy, turn: 0 }));
};

/** Pixels between two names of one line. */
const REPEAT = 620;
/** Pixels within which the same name is not said twice: a commune has a symbol, a territory and a town. */
const TWICE = 160;

/** @type {(name: Candidate) => Spot[]} */
const listSpots = (name) => {
  if (name.lines) return findStretches(name.lines, name.wide);
  if (name.room !== undefined && name.room < name.wide + 6) return [];
  return name.beside === undefined ? listOn(name) : listBeside(name, name.beside);
};

/** @type {(name: Candidate, spot: Spot, taken: Taken) => boolean} */
const isFree = (name, spot, taken) => coverSpot(name, spot).every((box) => taken.isFree(box));

/**
 * Where one name stands at this zoom: a line may bear its name more than once.
 * @type {(name: Candidate, taken: Taken) => Spot[]}
 */
export const placeName = (name, taken) => {
  /** @type {Spot[]} */
  const spots = [];
  for (const spot of listSpots(name)) {
    const isFar = spots.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > REPEAT);
    if (!isFar || !isFree(name, spot, taken)) continue;
    for (const [x0, y0, x1, y1] of coverSpot(name, spot)) taken.add([x0 - GAP, y0 - 1, x1 + GAP, y1 + 1]);
    spots.push(spot);
    if (!name.lines) break;
  }
  return spots;
};

/**
 * Names in the order of their rank, each where it touches neither a symbol, nor a mark, nor a name before it.
 * @template {Candidate} Name
 * @param {Name[]} names those of the lowest rank first
 * @param {readonly ScreenBox[]} symbols
 * @returns {{ name: Name, spots: Spot[] }[]}
 */
export const placeNames = (names, symbols) => {
  const taken = new Taken();
  for (const box of symbols) taken.add(box);
  for (const { beside, point: { x, y } } of names) {
    if (beside) taken.add([x - 0.6 * beside, y - 0.6 * beside, x + 0.6 * beside, y + 0.6 * beside]);
  }
  /** @type {Map<string, Spot[]>} */
  const said = new Map();
  return names.map((name) => {
    const before = said.get(name.text ?? "") ?? [];
    const isSaid = before.some(({ x, y }) => Math.hypot(x - name.point.x, y - name.point.y) < TWICE);
    const spots = isSaid ? [] : placeName(name, taken);
    if (name.text) said.set(name.text, [...before, ...spots]);
    return { name, spots };
  });
};
