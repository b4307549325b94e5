/** The order of the Tour's stages as a line with heads, which goes around every other stage; it is no route on a road. */
import { svg } from "../core/dom.js";
import { findUnit, layerToLocal } from "../geometry/world.js";
import { Vector } from "../ground/vector.js";

/** @import { XY } from "../geometry/route.js" */

const HEAD = 8;

export class TourRoute extends Vector {
  constructor() {
    super("bc-route");
  }

  /**
   * Draw the legs, points in pixels of the map's layers; the one that leads to the chosen stage stands out.
   * @param {XY[][]} legs
   * @param {number} chosen which leg, or -1
   * @param {boolean} isNew it was chosen just now, and is drawn before one's eyes
   */
  draw(legs, chosen, isNew) {
    const lines = legs.map((points) => points.map(([x, y]) => layerToLocal(this._map, { x, y })));
    const paths = lines.map((points) => (points.length > 1 ? `M${points.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}` : ""));
    const nodes = [...paths.map((d) => svg("path", { d, class: "bc-route-halo" })), ...paths.map((d, i) => this.makeLine(d, i === chosen))];
    if (isNew && paths[chosen]) nodes.push(this.makeStroke(paths[chosen], legs[chosen]));
    this.root.replaceChildren(...nodes, ...lines.flatMap((points, i) => this.makeHead(points, i === chosen)));
  }

  /** @type {(d: string, isChosen: boolean) => SVGElement} */
  makeLine(d, isChosen) {
    return svg("path", { d, class: `bc-route${isChosen ? " bc-route-chosen" : ""}` });
  }

  /** @type {(d: string, points: XY[]) => SVGElement} */
  makeStroke(d, points) {
    const length = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);
    return svg("path", { d, class: "bc-route-stroke", style: `--length:${length.toFixed(0)}` });
  }

  /** @type {(points: XY[], isChosen: boolean) => SVGElement[]} */
  makeHead(points, isChosen) {
    const [end, before] = [points.at(-1), points.at(-4)];
    if (!end || !before) return [];
    const turn = (Math.atan2(end[1] - before[1], end[0] - before[0]) * 180) / Math.PI;
    /* At the end of a zoom the drawing itself has its new unit a moment later. */
    const where = `translate(${end[0]} ${end[1]}) rotate(${turn}) scale(${findUnit(this._map)})`;
    return [svg("path", { d: `M-${HEAD}-5 2 0-${HEAD} 5-${HEAD - 2} 0z`, class: `bc-head${isChosen ? " bc-route-chosen" : ""}`, transform: where })];
  }
}
