/** Where the cities of networks stand beside each other, and their names beside them. */
import { isCoarse } from "../core/dom.js";
import { boxAround, overlap } from "../geometry/boxes.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */

/** A city: its symbol, its name, and by how many pixels it stands aside. @typedef {{ node: HTMLElement, name: HTMLElement, at: L.LatLng, aside: L.Point }} Mark */

/** Pixels by which a symbol may stand beside its city. */
const FARTHEST = 16;
const TURNS = 40;

/** Push two points apart; nothing where they are already. @type {(points: L.Point[], i: number, j: number, apart: number) => void} */
const pushApart = (points, i, j, apart) => {
  const way = points[j].subtract(points[i]);
  const far = Math.hypot(way.x, way.y);
  if (far >= apart) return;
  const push = (far ? way.divideBy(far) : L.point(1, 0)).multiplyBy((apart - far) / 2);
  points[i] = points[i].subtract(push);
  points[j] = points[j].add(push);
};

/**
 * Cities that a far zoom puts on each other step aside, so that each can be seen and pressed.
 * @param {L.Map} map
 * @param {Mark[]} marks
 */
export const partMarks = (map, marks) => {
  const apart = isCoarse() ? 34 : 25;
  const spots = marks.map(({ at }) => map.latLngToLayerPoint(at));
  const own = spots.map((spot) => spot.clone());
  for (let turn = 0; turn < TURNS; turn++) {
    for (let i = 0; i < own.length; i++) for (let j = i + 1; j < own.length; j++) pushApart(own, i, j, apart);
  }
  marks.forEach((mark, i) => {
    const aside = own[i].subtract(spots[i]);
    mark.aside = aside.multiplyBy(Math.min(1, FARTHEST / (Math.hypot(aside.x, aside.y) || 1)));
  });
};

/** @type {(map: L.Map, mark: Mark) => L.Point} */
const findSpot = (map, { at, aside }) => map.latLngToContainerPoint(at).add(aside);

/** @type {(map: L.Map, mark: Mark, isFree: (box: ScreenBox) => boolean) => ScreenBox | null} */
const placeName = (map, mark, isFree) => {
  const { offsetWidth: w, offsetHeight: h } = mark.name;
  /** @type {[string, [number, number]][]} */
  const sides = [["right", [w / 2 + 17, 0]], ["left", [-w / 2 - 17, 0]], ["below", [0, h / 2 + 16]], ["above", [0, -h / 2 - 16]]];
  const boxes = sides.map(([side, shift]) => ({ side, box: boxAround(findSpot(map, mark).add(shift), [w, h]) }));
  const right = map.getSize().x - 50;
  const found = boxes.find(({ box }) => box[0] > 4 && box[2] < right && isFree(box));
  mark.node.dataset.side = found?.side ?? "none";
  return found?.box ?? null;
};

/**
 * A name stands on the first of four sides where it covers no symbol, no other name and no edge; else it waits in the tooltip.
 * @param {L.Map} map
 * @param {Mark[]} marks
 */
export const placeNames = (map, marks) => {
  const taken = marks.map((mark) => boxAround(findSpot(map, mark), [26, 26]));
  marks.forEach((mark, i) => {
    const box = placeName(map, mark, (own) => taken.every((other, j) => j === i || !overlap(own, other)));
    if (box) taken.push(box);
  });
  const { x, y } = map.containerPointToLayerPoint([0, 0]);
  map.biocarto.boxes = taken.map(([left, top, right, bottom]) => [left + x, top + y, right + x, bottom + y]);
  map.fire("biocarto:symbols", { boxes: map.biocarto.boxes });
};
