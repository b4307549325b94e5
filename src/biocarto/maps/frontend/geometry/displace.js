/** Where things stand that would hide each other: each as near to its own point as the others leave room, its leader clear of them. */

/**
 * A circle in pixels that nothing else may enter.
 * @typedef {{ x: number, y: number, r: number }} Disc
 * What asks for a place: its own point and the room that it needs; `fits` says where it may stand, if anywhere does.
 * @typedef {Disc & { fits?: (x: number, y: number) => boolean }} Wish
 * A line from a point to where its symbol stands.
 * @typedef {readonly [from: { x: number, y: number }, to: { x: number, y: number }]} Leader
 */

const STEP = 4;
const FARTHEST = 120;
/** What a meeting of two leaders costs, in pixels. */
const TANGLE = 24;
/** Pixels of free space around a symbol beyond which more is no better. */
const ROOMY = 16;
const TURNS = 24;
const DIRECTIONS = Array.from({ length: TURNS }, (_, i) => (i * 2 * Math.PI) / TURNS).map((turn) => [Math.cos(turn), Math.sin(turn)]);

/** Pixels between a circle and a point, below zero inside. @type {(disc: Disc, x: number, y: number) => number} */
const measureRoom = (disc, x, y) => Math.sqrt((disc.x - x) ** 2 + (disc.y - y) ** 2) - disc.r;

/**
 * How far a point is from a line between two others.
 * @type {(point: { x: number, y: number }, line: Leader) => number}
 */
export const measureFromLine = ({ x, y }, [from, to]) => {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(from.x + share * dx - x, from.y + share * dy - y);
};

/** On which side of a line a point lies. @type {(line: Leader, point: { x: number, y: number }) => number} */
const findSide = ([from, to], { x, y }) => Math.sign((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x));

/** @type {(a: Leader, b: Leader) => boolean} */
const cross = (a, b) => findSide(a, b[0]) * findSide(a, b[1]) < 0 && findSide(b, a[0]) * findSide(b, a[1]) < 0;

/** How often a leader meets another one, or passes under a symbol; a symbol on another's leader counts too. @type {(leader: Leader, r: number, taken: Disc[], leaders: Leader[]) => number} */
const countTangles = (leader, r, taken, leaders) =>
  leaders.filter((other) => cross(leader, other) || measureFromLine(leader[1], other) < r).length +
  taken.filter((disc) => measureRoom(disc, leader[0].x, leader[0].y) > 0 && measureFromLine(disc, leader) < disc.r).length;

/** How much room there is around a symbol at a spot, ROOMY at most; below zero where it is taken. @type {(r: number, x: number, y: number, taken: Disc[]) => number} */
const findRoom = (r, x, y, taken) => {
  let room = ROOMY;
  for (const disc of taken) {
    room = Math.min(room, measureRoom(disc, x, y) - r);
    if (room < 0) return room;
  }
  return room;
};

/**
 * What a spot costs in pixels: how far it is, what its leader meets, and a little for standing close to others; without end where it is taken,
 * or no better than what is known.
 * @type {(wish: Wish, spot: { x: number, y: number }, far: number, taken: Disc[], leaders: Leader[], least: number) => number}
 */
const rateSpot = (wish, spot, far, taken, leaders, least) => {
  const room = findRoom(wish.r, spot.x, spot.y, taken);
  const cost = far - room / 4;
  if (room < 0 || cost >= least || (wish.fits && !wish.fits(spot.x, spot.y))) return Number.POSITIVE_INFINITY;
  return cost + TANGLE * countTangles([wish, spot], wish.r, taken, leaders);
};

/** @type {(wish: Wish, taken: Disc[], leaders: Leader[]) => { x: number, y: number } | null} */
const searchSpot = (wish, taken, leaders) => {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (let far = 0; far <= FARTHEST && far - ROOMY / 4 < least; far += STEP) {
    for (const [across, down] of far ? DIRECTIONS : [[0, 0]]) {
      const spot = { x: wish.x + far * across, y: wish.y + far * down };
      const cost = rateSpot(wish, spot, far, taken, leaders, least);
      if (cost < least) [best, least] = [spot, cost];
    }
  }
  return best;
};

/**
 * Where each stands, first come first served; `fixed` was there before them. Who finds no place stands at its own point.
 * @param {Wish[]} wishes
 * @param {Disc[]} [fixed]
 * @param {(wish: Wish, i: number) => Disc[]} [avoid] what one of them alone keeps clear of
 */
export const displace = (wishes, fixed = [], avoid = () => []) => {
  const taken = [...fixed];
  /** @type {Leader[]} */
  const leaders = [];
  return wishes.map((wish, i) => {
    const all = [...taken, ...avoid(wish, i)].filter((disc) => measureRoom(disc, wish.x, wish.y) < FARTHEST + wish.r);
    const { fits, ...free } = wish;
    const spot = searchSpot(wish, all, leaders) ?? (fits && searchSpot(free, all, leaders)) ?? { x: wish.x, y: wish.y };
    taken.push({ ...spot, r: wish.r });
    if (spot.x !== wish.x || spot.y !== wish.y) leaders.push([wish, spot]);
    return spot;
  });
};
