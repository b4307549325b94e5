/* BioCarto, focus: the map looks where its page does, and draws the circle around an origin. */
(() => {
  "use strict";
  const SHAPE = { pane: "bc-route", interactive: false, className: "bc-drawn" };
  const POINT = { pane: "markerPane", interactive: false, radius: 6, className: "bc-origin" };

  /** An origin [latitude, longitude, metres] as a point and its circle. */
  BioCarto.around = ([lat, lng, radius]) => [L.circle([lat, lng], { ...SHAPE, radius }), L.circleMarker([lat, lng], POINT)];

  const Layer = L.Layer.extend({
    initialize(payload) {
      this.payload = payload;
    },
    onAdd(map) {
      const { bounds, near } = this.payload;
      BioCarto.dress(map, this.payload);
      this.marks = near ? BioCarto.around(near) : [];
      this.marks.forEach((mark) => mark.addTo(map));
      const asked = JSON.stringify([bounds, near]);
      if ((map.biocarto.focused ?? "[null,null]") !== asked) {
        map.biocarto.focused = asked;
        BioCarto.aim(map, near ? L.latLng(near).toBounds(2 * near[2]) : bounds && L.latLngBounds(bounds));
      }
      BioCarto.done(map, "focus", near ? 1 : 0);
    },
    onRemove() {
      this.marks.forEach((mark) => mark.remove());
    },
  });
  BioCarto.focus = (payload) => new Layer(payload);
})();
