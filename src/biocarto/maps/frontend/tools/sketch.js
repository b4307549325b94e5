/** An area being drawn: its corners on the map. */
import { isCoarse } from "../core/dom.js";

const AREA = { pane: "bc-route", interactive: false };
const POINT = { pane: "markerPane", interactive: false };

export class Sketch {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {L.LatLng[] | null} */
    this.corners = null;
    /** @type {(L.Polygon | L.CircleMarker)[]} */
    this.marks = [];
    /** The last tap was the second one at its place. */
    this.isDouble = false;
  }

  /** Whether there are corners enough for an area. */
  isArea() {
    return (this.corners ?? []).length > 2;
  }

  /**
   * A tap on the map: another corner, or the first one again.
   * @type {(latlng: L.LatLng, point: L.Point, most: number) => "closed" | "open"}
   */
  add(latlng, point, most) {
    const corners = this.corners ?? [];
    const reach = isCoarse() ? 22 : 12;
    const [first, last] = [corners[0], corners.at(-1)];
    if (corners.length > 2 && this.isWithin(point, first, reach)) return "closed";
    /* Leaflet takes two fast taps for a double one wherever they are. */
    this.isDouble = last !== undefined && this.isWithin(point, last, reach / 2);
    if (!this.isDouble && corners.length < most) corners.push(latlng);
    this.draw();
    return "open";
  }

  /** @type {(point: L.Point, corner: L.LatLng, reach: number) => boolean} */
  isWithin(point, corner, reach) {
    return point.distanceTo(this.map.latLngToContainerPoint(corner)) <= reach;
  }

  undo() {
    this.corners?.pop();
    this.draw();
  }

  /** The corners so far. */
  draw() {
    const corners = this.corners ?? [];
    this.wipe();
    this.marks.push(L.polygon(corners, { ...AREA, className: "bc-drawn bc-sketch" }));
    corners.forEach((corner, i) => {
      const first = i === 0 && this.isArea();
      this.marks.push(L.circleMarker(corner, { ...POINT, radius: first ? 9 : 5, className: `bc-corner${first ? " bc-first" : ""}` }));
    });
    for (const mark of this.marks) mark.addTo(this.map);
  }

  /** The area as it would be with a corner at the pointer. @type {(pointer: L.LatLng, most: number) => void} */
  stretch(pointer, most) {
    const corners = this.corners ?? [];
    const area = this.marks[0];
    if (corners.length && corners.length < most && area instanceof L.Polygon) area.setLatLngs([...corners, pointer]);
  }

  /** The area stays as it is until the answer draws what is in force. */
  close() {
    const corners = this.corners ?? [];
    this.wipe();
    this.marks = [L.polygon(corners, { ...AREA, className: "bc-drawn" }).addTo(this.map)];
  }

  wipe() {
    for (const mark of this.marks) mark.remove();
    this.marks = [];
  }
}
