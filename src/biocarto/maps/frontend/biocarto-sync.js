/* BioCarto, sync: maps of one page that move together, each around its own territory, at one scale. */
(() => {
  "use strict";

  /* Other tabs of this browser have maps too: a number for this one, kept by the page around the frames. */
  const tab = () => (parent.biocartoTab = parent.biocartoTab || Math.random().toString(36).slice(2));
  const ACTS = ["pointerdown", "wheel", "keydown"];

  /** What one map keeps while its layers come and go. Only the map that its visitor touched last speaks. */
  class Sync {
    constructor(map, name) {
      this.map = map;
      this.channel = new BroadcastChannel(`biocarto-${name}-${tab()}`);
      this.channel.onmessage = ({ data }) => this.follow(data);
      ACTS.forEach((act) => map.getContainer().addEventListener(act, () => (this.leads = true), { capture: true, passive: true }));
      map.on("move zoomend moveend", () => this.leads && !map.biocarto.fitting && this.tell());
      map.on("biocarto:reset", () => this.return());
    }
    look({ own, others }) {
      this.leads = false;
      this.boxes = [own, ...others].map((box) => L.latLngBounds(box));
      BioCarto.hold(this.map, () => this.home());
    }
    /* The closest zoom at which the largest of the territories is whole above the legend: every map finds the same. */
    home() {
      const { map, boxes } = this;
      const below = Math.min(map.biocarto.foot.offsetHeight, map.getSize().y / 2);
      this.zoom = Math.min(...boxes.map((box) => map.getBoundsZoom(box, false, [32, 32 + below])));
      this.centre = map.unproject(map.project(boxes[0].getCenter(), this.zoom).add([0, below / 2]), this.zoom);
      map.setView(this.centre, this.zoom, { animate: false });
    }
    /* How far the map is from its territory: zoom levels, and pixels of zoom 0. */
    tell() {
      const { map, centre, zoom } = this;
      const { x, y } = map.project(map.getCenter(), 0).subtract(map.project(centre, 0));
      this.channel.postMessage({ x, y, zoom: map.getZoom() - zoom });
    }
    follow({ home, x, y, zoom }) {
      const { map, centre } = this;
      this.leads = false;
      if (home) return BioCarto.hold(map, () => this.home());
      map.stop();
      map.setView(map.unproject(map.project(centre, 0).add([x, y]), 0), this.zoom + zoom, { animate: false });
    }
    return() {
      BioCarto.hold(this.map, () => this.home());
      this.channel.postMessage({ home: true });
    }
  }

  const Layer = L.Layer.extend({
    initialize(payload) {
      this.payload = payload;
    },
    onAdd(map) {
      const { payload } = this;
      BioCarto.dress(map, payload);
      map.biocarto.sync = map.biocarto.sync || new Sync(map, payload.name);
      const asked = JSON.stringify([payload.own, payload.others]);
      if (map.biocarto.sync.asked !== asked) map.biocarto.sync.look(payload);
      map.biocarto.sync.asked = asked;
    },
    onRemove() {},
  });
  BioCarto.sync = (payload) => new Layer(payload);
})();
