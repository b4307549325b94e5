/** The names of the regions, each inside of its own as far as the symbols leave room, in one line or two. */
import { make } from "../core/dom.js";
import { boxAround, overlap } from "../geometry/boxes.js";
import { makeMask, measureInside } from "../geometry/mask.js";
import { breakName, chooseSpots, listAround } from "../geometry/spots.js";
import { layerToLocal, localToLayer } from "../geometry/world.js";

/** @import { ScreenBox } from "../geometry/boxes.js" */
/** @import { Mask } from "../geometry/mask.js" */
/** @import { Spot } from "../geometry/spots.js" */
/** @import { Shape } from "../types/map" */
/** @import { Mark } from "./marks.js" */

/** A region's name in one line and in two, and the badge that stands in it. @typedef {{ forms: HTMLElement[], mask: Mask, badge?: Mark, at?: L.LatLng }} Caption */

/** How many places of a region are tried, across and down. */
const GRID = 14;
/** Pixels around a region in which its name may stand too, over the sea. */
const BEYOND = 14;
/** The largest share of a name that may lie in other regions; beside its own badge it may lie there. */
const FOREIGN = 0.34;

/** @type {(map: L.Map, shape: Shape, mask: Mask, looks: { badge?: Mark | undefined, className: string }) => Caption} */
export const makeCaption = (map, shape, mask, { badge, className }) => {
  const texts = [...new Set([shape.name, breakName(shape.name)])];
  const forms = texts.map((text) => make("span", `bc-caption leaflet-zoom-animated ${className}`, text));
  for (const node of forms) node.setAttribute("aria-hidden", "true");
  map.getPane("bc-symbols")?.append(...forms);
  return { forms, mask, ...(badge && { badge }) };
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

/** Where a name is liked best: beneath its badge, else in the middle. @type {(caption: Caption, area: ScreenBox) => { x: number, y: number }} */
const findLiked = ({ badge }, [left, top, right, bottom]) =>
  badge ? { x: badge.spot.x, y: badge.spot.y + badge.r + 8 } : { x: (left + right) / 2, y: (top + bottom) / 2 };

/** Which shares of a box lie in its region and in others. @type {(map: L.Map, box: ScreenBox, own: Mask, masks: Mask[]) => [own: number, others: number]} */
const measureShares = (map, box, own, masks) => {
  const local = /** @type {ScreenBox} */ ([...layerToLocal(map, { x: box[0], y: box[1] }), ...layerToLocal(map, { x: box[2], y: box[3] })]);
  const inside = measureInside(own, local);
  if (inside === 1) return [1, 0];
  const others = masks.filter((mask) => mask !== own && overlap([mask.left, mask.top, mask.right, mask.bottom], local));
  return [inside, others.reduce((sum, mask) => sum + measureInside(mask, local), 0)];
};

/** @type {(map: L.Map, caption: Caption, masks: Mask[]) => Spot[]} */
const listSpots = (map, caption, masks) => {
  const { mask, forms, badge } = caption;
  const area = findArea(map, mask);
  const liked = findLiked(caption, area);
  const points = [liked, ...spread(area)];
  return forms.flatMap(({ offsetWidth, offsetHeight }, form) => {
    /** @type {readonly [number, number]} */
    const size = [offsetWidth, offsetHeight];
    const within = points.map((point) => ({ box: boxAround(point, size), far: Math.hypot(point.x - liked.x, point.y - liked.y) }));
    const spots = within.flatMap(({ box, far }) => {
      const [own, others] = measureShares(map, box, mask, masks);
      return others > FOREIGN ? [] : [{ box, form, cost: 8 * (1 - own) + 36 * others + 0.7 * form + far / 12 }];
    });
    const beside = badge ? listAround(badge.spot, badge.r, size) : [];
    return [...spots, ...beside.map(({ box, cost }) => ({ box, form, cost: cost + 14 }))];
  });
};

/**
 * Write the names of the regions; the smallest one chooses first.
 * @param {L.Map} map
 * @param {Caption[]} captions
 * @param {ScreenBox[]} taken
 * @param {[number, number][]} lines
 */
export const writeCaptions = (map, captions, taken, lines) => {
  /** @param {Caption} caption */
  const size = ({ mask }) => (mask.right - mask.left) * (mask.bottom - mask.top);
  const order = [...captions].sort((a, b) => size(a) - size(b));
  const masks = order.map(({ mask }) => mask);
  chooseSpots(order.map((caption) => listSpots(map, caption, masks)), taken, lines).forEach((spot, i) => placeCaption(map, order[i], spot));
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
