/** Names never cover each other or a mark: a region's waits for room, a seat's also tries four sides. */
import { boxAround, overlap } from "../geometry/boxes.js";
import { degreeWidth } from "../geometry/world.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */

/**
 * Something that stands at a point. A region's name stands so many pixels beneath its badge, and is shown where its region is wide
 * enough (degrees); `shift` is where it stands now.
 * @typedef {{ node: HTMLElement, latlng: L.LatLng, name?: { down: number, wide: number }, shift: number }} Mark
 * @typedef {{ mark: Mark, box: ScreenBox }} KnownCells
 */

/** @type {(node: HTMLElement) => [number, number]} */
const markSize = (node) => (node.classList.contains("bc-seat") ? [14, 14] : [node.offsetWidth, node.offsetHeight]);

/** @type {(taken: KnownCells[], box: ScreenBox, mark: Mark) => boolean} */
const isFree = (taken, box, mark) => taken.every((other) => other.mark === mark || !overlap(box, other.box));

/** @type {(map: L.Map, mark: Mark) => L.Point} */
const findSpot = (map, { latlng }) => map.latLngToLayerPoint(latlng);

/** @type {(map: L.Map, mark: Mark, name: { down: number, wide: number }, taken: KnownCells[]) => void} */
const placeRegionName = (map, mark, { down, wide }, taken) => {
  const spot = findSpot(map, mark);
  const { offsetWidth: width, offsetHeight: height } = mark.node;
  /** @param {number} shift */
  const boxAt = (shift) => boxAround(spot.add([0, shift]), [width, height]);
  const shift = [down, -down].find((way) => isFree(taken, boxAt(way), mark));
  const fits = shift !== undefined && (!down || wide * degreeWidth(map) > width * 0.9);
  mark.node.classList.toggle("bc-out", !fits);
  mark.shift = shift || 0;
  L.DomUtil.setPosition(mark.node, spot.add([0, mark.shift]).round());
  if (fits) taken.push({ mark, box: boxAt(mark.shift) });
};

/** @type {(map: L.Map, mark: Mark, name: HTMLElement, taken: KnownCells[]) => void} */
const placeSeatName = (map, mark, { offsetWidth: w, offsetHeight: h }, taken) => {
  const [left, right] = [0, map.getSize().x].map((x) => map.containerPointToLayerPoint([x, 0]).x);
  const spot = findSpot(map, mark);
  /** @type {[string, [number, number]][]} */
  const sides = [["right", [w / 2 + 9, 0]], ["left", [-w / 2 - 9, 0]], ["below", [0, h / 2 + 9]], ["above", [0, -h / 2 - 9]]];
  const boxes = sides.map(([side, shift]) => ({ side, box: boxAround(spot.add(shift), [w, h]) }));
  const found = boxes.find(({ box }) => box[0] > left && box[2] < right && isFree(taken, box, mark));
  mark.node.dataset.side = found?.side ?? "none";
  if (found) taken.push({ mark, box: found.box });
};

/**
 * Place every name among the marks.
 * @param {L.Map} map
 * @param {Mark[]} marks
 */
export const placeNames = (map, marks) => {
  const taken = marks.filter(({ name }) => !name).map((mark) => ({ mark, box: boxAround(findSpot(map, mark), markSize(mark.node)) }));
  for (const mark of marks) if (mark.name) placeRegionName(map, mark, mark.name, taken);
  for (const mark of marks) {
    const name = mark.node.querySelector(".bc-seat-name");
    if (name instanceof HTMLElement) placeSeatName(map, mark, name, taken);
  }
};
