/** Where names stand without touching each other: pure geometry of one zoom, no map and no document. */
import { overlap } from "../geometry/boxes.js";
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
 * @property {boolean} [led] where it has no room, it stands outside of the crowd, and a line leads to it
 */
/**
 * Its middle, and its turn in radians; where a line leads to it, the two ends of that.
 * @typedef {{ x: number, y: number, turn: number, leader?: [Point, Point] }} Spot
 */
/** @typedef {{ x: number, y: number }} Point */

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

  /** What is taken and meets a box. @param {ScreenBox} box */
  find(box) {
    for (const key of this.keys(box)) {
      const found = this.cells.get(key)?.find((other) => overlap(box, other));
      if (found) return found;
    }
    return undefined;
  }

  /** @param {ScreenBox} box */
  isFree(box) {
    return this.find(box) === undefined;
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
const REPEAT = 420;
/** Pixels within which the same name is not said twice: a commune has a symbol, a territory and a town. */
const TWICE = 160;

/** @type {(name: Candidate) => Spot[]} */
const listSpots = (name) => {
  if (name.lines) return findStretches(name.lines, name.wide);
  if (name.room !== undefined && name.room < name.wide + 6) return [];
  return name.beside === undefined ? listOn(name) : listBeside(name, name.beside);
};

/** Pixels from the point to a name that is led to, directions, what a turn away from the outside costs in pixels, and the steps of a line. */
const OUT = [24, 36, 48, 60];
const DIRECTIONS = 16;
const TURN = 60;
const STEP = 4;

/** Points of a line, its end included. @type {(from: Point, to: Point) => Point[]} */
const walk = (from, to) => {
  const count = Math.max(1, Math.round(Math.hypot(to.x - from.x, to.y - from.y) / STEP));
  return Array.from({ length: count + 1 }, (_, i) => ({ x: from.x + ((to.x - from.x) * i) / count, y: from.y + ((to.y - from.y) * i) / count }));
};

/** @type {(point: Point) => ScreenBox} */
const boxOf = ({ x, y }) => [x - 1, y - 1, x + 1, y + 1];

/**
 * One place outside of what covers the point, and its line from the edge of that; null where the line would be hidden, or cross something.
 * @type {(name: Candidate, out: number, angle: number, taken: Taken) => Spot | null}
 */
const leadOut = ({ wide, high, point }, out, angle, taken) => {
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const end = { x: point.x + right * out, y: point.y + down * out };
  const steps = walk(point, end);
  const first = steps.findIndex((at) => taken.isFree(boxOf(at)));
  if (first < 0 || !steps.slice(first).every((at) => taken.isFree(boxOf(at)))) return null;
  const x = end.x + (right * wide) / 2 + Math.sign(Math.round(right)) * GAP;
  return { x, y: end.y + (down * high) / 2, turn: 0, leader: [steps[first], end] };
};

/**
 * Places outside of the symbol that covers a point, the near ones first and those on the point's own side of it.
 * @type {(name: Candidate, taken: Taken) => Spot[]}
 */
const listLed = (name, taken) => {
  const cover = taken.find(boxOf(name.point));
  if (!cover) return [];
  const outward = Math.atan2(name.point.y - (cover[1] + cover[3]) / 2, name.point.x - (cover[0] + cover[2]) / 2);
  return OUT.flatMap((out) => Array.from({ length: DIRECTIONS }, (_, i) => ({ out, angle: (2 * Math.PI * i) / DIRECTIONS })))
    .map(({ out, angle }) => ({ cost: out + TURN * (1 - Math.cos(angle - outward)), angle, out }))
    .filter(({ angle }) => Math.cos(angle - outward) > 0)
    .sort((one, other) => one.cost - other.cost)
    .flatMap(({ out, angle }) => leadOut(name, out, angle, taken) ?? []);
};

/** Whether a name that was led aside stands in view as a whole. @type {(name: Candidate, spot: Spot, view?: ScreenBox) => boolean} */
const isWhole = ({ wide, high }, { x, y }, view) => !view || (x - wide / 2 > view[0] && x + wide / 2 < view[2] && y - high / 2 > view[1] && y + high / 2 < view[3]);

/** @type {(name: Candidate, spot: Spot, taken: Taken) => boolean} */
const isFree = (name, spot, taken) => coverSpot(name, spot).every((box) => taken.isFree(box));

/**
 * Where one name stands at this zoom: a line may bear its name more than once.
 * @type {(name: Candidate, taken: Taken, view?: ScreenBox) => Spot[]}
 */
export const placeName = (name, taken, view) => {
  /** @type {Spot[]} */
  const spots = [];
  for (const spot of listSpots(name)) {
    const isFar = spots.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > REPEAT);
    if (!isFar || !isFree(name, spot, taken)) continue;
    spots.push(spot);
    if (!name.lines) break;
  }
  const led = spots.length || !name.led ? undefined : listLed(name, taken).find((spot) => isFree(name, spot, taken) && isWhole(name, spot, view));
  if (led) spots.push(led);
  for (const spot of spots) takeSpot(name, spot, taken);
  return spots;
};

/** @type {(name: Candidate, spot: Spot, taken: Taken) => void} */
const takeSpot = (name, spot, taken) => {
  for (const [x0, y0, x1, y1] of coverSpot(name, spot)) taken.add([x0 - GAP, y0 - 1, x1 + GAP, y1 + 1]);
  if (spot.leader) for (const { x, y } of walk(...spot.leader)) taken.add([x - GAP, y - GAP, x + GAP, y + GAP]);
};

/**
 * Names in the order of their rank, each where it touches neither a symbol, nor a mark, nor a name before it.
 * @template {Candidate} Name
 * @param {Name[]} names those of the lowest rank first
 * @param {readonly ScreenBox[]} symbols
 * @param {ScreenBox} [view] what is in view when the names are placed
 * @returns {{ name: Name, spots: Spot[] }[]}
 */
export const placeNames = (names, symbols, view) => {
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
    const spots = isSaid ? [] : placeName(name, taken, view);
    if (name.text) said.set(name.text, [...before, ...spots]);
    return { name, spots };
  });
};
