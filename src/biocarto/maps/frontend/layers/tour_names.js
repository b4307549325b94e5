/** The names of the regions, each inside of its own as far as the symbols leave room, in one line or two. */
import { make } from "../core/dom.js";
import { boxAround, overlap } from "../geometry/boxes.js";
import { makeMask, measureInside } from "../geometry/mask.js";
import { breakName, chooseSpots, listAround } from "../geometry/spots.js";
import { layerToLocal, localToLayer, toLocal } from "../geometry/world.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */
/** @import { Mask } from "../geometry/mask.js" */
/** @import { Spot } from "../geometry/spots.js" */
/** @import { Shape } from "../types/map" */
/** @import { Mark, Marks } from "./marks.js" */

/** A region's name in one line and in two, the badge that stands in it, and where it may stand at this zoom. @typedef {{ forms: HTMLElement[], mask: Mask, badge?: Mark, at?: L.LatLng, spots: Spot[] }} Caption */

/** How many places of a region are tried, across and down. */
const GRID = 10;
/** Pixels around a region in which its name may stand too, over the sea. */
const BEYOND = 14;
/** The largest share of a name that may lie in other regions; beside its own badge it may lie there. */
const FOREIGN = 0.45;

/** @type {(map: L.Map, shape: Shape, mask: Mask, looks: { badge?: Mark | undefined, className: string }) => Caption} */
export const makeCaption = (map, shape, mask, { badge, className }) => {
  const texts = [...new Set([shape.name, breakName(shape.name)])];
  const forms = texts.map((text) => make("span", `bc-caption leaflet-zoom-animated ${className}`, text));
  for (const node of forms) node.setAttribute("aria-hidden", "true");
  map.getPane("bc-symbols")?.append(...forms);
  return { forms, mask, spots: [], ...(badge && { badge }) };
};

/** The mask of each region. @param {Iterable<Shape>} shapes */
export const makeMasks = (shapes) => new Map([...shapes].map((shape) => [shape.code, makeMask(shape.d)]));

/** @type {(map: L.Map, mask: Mask) => ScreenBox} */
const findArea = (map, { left, top, right, bottom }) => {
  const [a, b] = [localToLayer(map, [left, top]), localToLayer(map, [right, bottom])];
  return [a.x, a.y, b.x, b.y];
};

/** Places all over a region and a little beyond. @type {(area: ScreenBox) => { x: number, y: number }[]} */
const spread = ([left, top, right, bottom]) => {
  const steps = Array.from({ length: GRID + 1 }, (_, i) => i / GRID);
  return steps.flatMap((across) => steps.map((down) => ({
    x: left - BEYOND + across * (right - left + 2 * BEYOND), y: top - BEYOND + down * (bottom - top + 2 * BEYOND),
  })));
};

/** Where a name is liked best: beneath its badge, else in the middle. @type {(caption: Caption, area: ScreenBox, high: number) => { x: number, y: number }} */
const findLiked = ({ badge }, [left, top, right, bottom], high) =>
  badge ? { x: badge.spot.x, y: badge.spot.y + badge.r + high / 2 } : { x: (left + right) / 2, y: (top + bottom) / 2 };

/** Which shares of a box lie in its region and in others. @type {(map: L.Map, box: ScreenBox, own: Mask, masks: Mask[]) => [own: number, others: number]} */
const measureShares = (map, box, own, masks) => {
  const local = /** @type {ScreenBox} */ ([...layerToLocal(map, { x: box[0], y: box[1] }), ...layerToLocal(map, { x: box[2], y: box[3] })]);
  const inside = measureInside(own, local);
  if (inside === 1) return [1, 0];
  const others = masks.filter((mask) => mask !== own && overlap([mask.left, mask.top, mask.right, mask.bottom], local));
  return [inside, others.reduce((sum, mask) => sum + measureInside(mask, local), 0)];
};

/** Whether a box is within the sides of the view: only for what is there as a whole, so that a move of the map moves no name. @type {(map: L.Map, area: ScreenBox) => (box: ScreenBox) => boolean} */
const findView = (map, area) => {
  const [left, right] = [0, map.getSize().x].map((x) => map.containerPointToLayerPoint([x, 0]).x);
  const isWhole = area[0] > left && area[2] < right;
  return (box) => !isWhole || (box[0] > left + 2 && box[2] < right - 2);
};

/** @type {(map: L.Map, caption: Caption, masks: Mask[]) => Spot[]} */
const listSpots = (map, caption, masks) => {
  const { mask, forms, badge } = caption;
  const area = findArea(map, mask);
  const isSeen = findView(map, area);
  const spots = spread(area);
  return forms.flatMap(({ offsetWidth, offsetHeight }, form) => {
    const liked = findLiked(caption, area, offsetHeight);
    const boxes = [liked, ...spots].map((point) => ({ box: boxAround(point, [offsetWidth, offsetHeight]), far: Math.hypot(point.x - liked.x, point.y - liked.y) }));
    const within = boxes.filter(({ box }) => isSeen(box)).flatMap(({ box, far }) => {
      const [own, others] = measureShares(map, box, mask, masks);
      return others > FOREIGN ? [] : [{ box, form, cost: 10 * (1 - own) + 16 * others + 0.7 * form + far / 10 }];
    });
    const beside = badge ? listAround(badge.spot, badge.r, [offsetWidth, offsetHeight]).filter(({ box }) => isSeen(box)) : [];
    return [...within, ...beside.map(({ box, cost }) => ({ box, form, cost: cost + 17 }))];
  });
};

/**
 * Where the names of the regions may stand at this zoom; the smallest region is the first to choose.
 * @param {L.Map} map
 * @param {Caption[]} captions
 */
export const planCaptions = (map, captions) => {
  /** @param {Caption} caption */
  const size = ({ mask }) => (mask.right - mask.left) * (mask.bottom - mask.top);
  captions.sort((a, b) => size(a) - size(b));
  const masks = captions.map(({ mask }) => mask);
  for (const caption of captions) caption.spots = listSpots(map, caption, masks);
};

/**
 * Write the names of the regions; whether all are written.
 * @param {L.Map} map
 * @param {Caption[]} captions
 * @param {ScreenBox[]} taken
 * @param {[number, number][]} lines
 */
const writeCaptions = (map, captions, taken, lines) => {
  const spots = chooseSpots(captions.map((caption) => caption.spots), taken, lines);
  spots.forEach((spot, i) => placeCaption(map, captions[i], spot));
  return !spots.includes(null);
};

/** @type {(map: L.Map, caption: Caption, spot: Spot | null) => void} */
const placeCaption = (map, caption, spot) => {
  caption.forms.forEach((node, form) => node.classList.toggle("bc-out", form !== spot?.form));
  if (!spot) return;
  const [left, top, right, bottom] = spot.box;
  const middle = L.point((left + right) / 2, (top + bottom) / 2).round();
  caption.at = map.layerPointToLatLng(middle);
  for (const node of caption.forms) L.DomUtil.setPosition(node, middle);
};

/** The frames of the regions overseas, as far as they are known. @type {(map: L.Map) => ScreenBox[]} */
const listFrames = (map) => {
  const frames = map.biocarto.keep.france?.filter(({ frame }) => frame) ?? [];
  return frames.map(({ box: [south, west, north, east] }) => {
    const [a, b] = [[north, west], [south, east]].map(([lat, lng]) => localToLayer(map, toLocal(map, [lat, lng])));
    return [a.x, a.y, b.x, b.y];
  });
};

/**
 * Write all names. Those of seats have few places, those of regions have many and come second; where that leaves a region without its
 * name, they come first. What is written or stands is returned.
 * @type {(map: L.Map, marks: Marks, captions: Caption[], lines: [number, number][]) => ScreenBox[]}
 */
export const writeNames = (map, marks, captions, lines) => {
  const frames = listFrames(map);
  const taken = [...frames, ...marks.listBoxes()];
  const { length } = taken;
  marks.writeNames(taken, lines);
  if (!writeCaptions(map, captions, taken, lines)) {
    taken.length = length;
    writeCaptions(map, captions, taken, lines);
    marks.writeNames(taken, lines);
  }
  return taken.slice(frames.length);
};
