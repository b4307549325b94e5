/* BioCarto, unplaced: actors of which only an area is known stand beside the map, by name and number; their area is hatched on it. */
(() => {
  "use strict";
  const { make, svg } = BioCarto;

  const swatch = () => {
    const node = svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, class: "bc-swatch", "aria-hidden": "true" });
    node.append(svg("rect", { x: 1, y: 1, width: 18, height: 12, rx: 2, class: "bc-vague" }), svg("path", { d: "M3 13 14 1M9 13 19 3M1 8 8 1", class: "bc-strokes" }));
    return node;
  };

  /** Takes the layer that taps come from and its Places; draws one button per area into the foot of the map. */
  BioCarto.Unplaced = class {
    constructor(layer, places, map) {
      Object.assign(this, { layer, places, map, areas: layer.payload.areas || [] });
      this.box = make("div", "bc-unplaced");
      if (!this.areas.length) return;
      L.DomEvent.disableClickPropagation(this.box);
      this.box.append(...this.areas.map((area) => this.button(area)));
      map.biocarto.foot.prepend(this.box);
      this.draw();
      this.refocus();
    }
    button(area) {
      const { words } = this.layer.payload;
      const total = BioCarto.count(this.map, area.counts.reduce((a, b) => a + b, 0));
      const node = make("button", "bc-unplaced-button");
      const present = this.places.present(area.counts);
      node.type = "button";
      node.append(swatch(), make("span", "", area.name), make("b", "", total));
      node.setAttribute("aria-label", `${area.name}, ${total} ${words.many} (${present.map(({ label, n }) => `${label} ${n}`).join(", ")}). ${words.area}`);
      node.title = words.area;
      Object.assign(node.dataset, { id: area.id, type: "area" });
      if (area.id === this.layer.payload.selected) node.setAttribute("aria-current", "true");
      node.addEventListener("click", () => BioCarto.emit(this.layer, "place", area.id, this.map.getCenter()));
      for (const [event, on] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]]) {
        node.addEventListener(event, () => this.root && this.root.classList.toggle("bc-strong", on));
      }
      return node;
    }
    async draw() {
      const shapes = await BioCarto.shapes(this.map, "departments").catch(() => []);
      if (this.gone) return;
      this.vector = new BioCarto.Vector({ pane: "bc-lines", interactive: false }).addTo(this.map);
      this.root = svg("g", { class: `bc-vague-areas${this.areas.some(({ id }) => id === this.layer.payload.selected) ? " bc-strong" : ""}` });
      const hatch = this.vector.hatch("bc-strokes");
      for (const { department } of this.areas) {
        const found = shapes.find(({ code }) => code === department);
        if (!found) continue;
        this.root.append(svg("path", { d: found.d, fill: hatch }), svg("path", { d: found.d, class: "bc-vague" }));
        this.boxes = [...(this.boxes || []), found.box];
      }
      this.vector.root.append(this.root);
      this.map.fire("biocarto:content");
    }
    /* The layer is replaced on every run of the page: the keyboard stays where it was. */
    refocus() {
      const { focus } = this.map.biocarto;
      const found = focus && [...this.box.children].find(({ dataset }) => dataset.id === focus);
      if (!found) return;
      delete this.map.biocarto.focus;
      found.focus({ preventScroll: true });
    }
    remove() {
      this.gone = true;
      if (this.box.contains(document.activeElement)) this.map.biocarto.focus = document.activeElement.dataset.id;
      this.box.remove();
      if (this.vector) this.vector.remove();
    }
  };
})();
