/* BioCarto, actors: one symbol per place. Few symbols are buttons that a keyboard reaches; many go to the canvas. */
(() => {
  "use strict";
  const MOST_BUTTONS = 800;
  const { Places, groupShape, growth, radius, ringNodes, drawing } = BioCarto.symbols;

  const legend = (places, sizes, count) => {
    const { words, groups } = places.payload;
    const entries = groups.map((group, i) => BioCarto.entry(drawing([groupShape(groups, i, 5.5)], 9), group.label));
    const notes = places.rows.length ? [sizes, BioCarto.note(words.ring)] : [];
    const { apartTotal: apart } = places.payload;
    if (apart) notes.push(BioCarto.note(words.apart.replace("{n}", count(apart))));
    return BioCarto.section("actors", words.title, entries, ...notes);
  };

  /* Rings in the sizes of the map at this moment, one within the other, each with its number beside its top. */
  const drawSizes = (node, places, zoom) => {
    const most = Array.from(places.rows, (row) => places.total(row)).reduce((a, b) => Math.max(a, b), 0);
    if (most < 2) return node.replaceChildren();
    const tallest = Math.max(2, Math.floor((26 / growth(zoom)) ** 2));
    const first = Math.min(most, tallest < 10 ? tallest : Math.floor(tallest / 5) * 5);
    const top = radius(first, zoom);
    const height = (n) => 2 * (top - radius(n, zoom));
    const steps = [first, Math.round(first / 4), 2].filter((n, i, all) => n > 1 && (i === 0 || height(n) - height(all[i - 1]) > 10));
    const size = { width: 2 * top + 34, height: 2 * top + 12 };
    const svg = BioCarto.svg("svg", { ...size, viewBox: `${-top - 1} -6 ${size.width} ${size.height}`, "aria-hidden": "true" });
    steps.forEach((n) => {
      const r = radius(n, zoom);
      const y = height(n);
      svg.append(BioCarto.svg("circle", { cx: 0, cy: 2 * top - r, r, class: "bc-size" }), BioCarto.svg("path", { d: `M0 ${y}H${top + 5}`, class: "bc-lead" }));
      const text = BioCarto.svg("text", { x: top + 8, y, dy: "0.35em", "font-size": 11, class: "bc-number bc-start" });
      text.textContent = String(n);
      svg.append(text);
    });
    node.replaceChildren(svg);
  };

  /**
   * Symbols that would hide each other stand as one ring, at the middle of their actors, until a closer zoom parts them.
   * Takes [{rows, x, y, total, alone}] in pixels, gives the same with rows merged.
   */
  const gather = (symbols, zoom) => {
    const left = symbols.map((symbol) => ({ ...symbol, r: radius(symbol.total, zoom) }));
    const meet = (a, b) => !a.alone && !b.alone && (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (0.68 * (a.r + b.r)) ** 2;
    const join = (a, b) => {
      const total = a.total + b.total;
      const middle = (key) => (a[key] * a.total + b[key] * b.total) / total;
      return { rows: [...a.rows, ...b.rows], x: middle("x"), y: middle("y"), total, r: radius(total, zoom) };
    };
    for (let before = -1; before !== left.length; ) {
      before = left.length;
      for (let i = 0; i < left.length; i++) {
        for (let j = i + 1; j < left.length; j++) {
          if (!meet(left[i], left[j])) continue;
          left[i] = join(left[i], left.splice(j, 1)[0]);
          j = i;
        }
      }
    }
    return left;
  };
  const PART = 14;

  /** Few symbols: real buttons in the order of their size, big ones beneath small ones. */
  class Buttons {
    constructor(layer, places, map) {
      Object.assign(this, { layer, places, map, pane: map.getPane("bc-symbols") });
      const order = Array.from({ length: places.size }, (_, row) => row).sort((a, b) => places.total(b) - places.total(a));
      this.singles = order.map((row) => this.single(row));
      this.settle();
      this.refocus();
    }
    single(row) {
      const { type, id } = this.places.target(row);
      const selected = this.places.isSelected(row);
      const symbol = this.make([row], this.places.latlng(row), () => BioCarto.emit(this.layer, type, id, symbol.latlng));
      Object.assign(symbol.node.dataset, { id, type });
      if (selected) symbol.node.setAttribute("aria-current", "true");
      return Object.assign(symbol, { selected });
    }
    /* A tap on a gathered ring goes closer, as far as its places need to part; a small map, which does not move, gives its largest place. */
    several(rows, latlng) {
      const bounds = L.latLngBounds(rows.map((row) => this.places.latlng(row)));
      const { type, id } = this.places.target(rows[0]);
      const closer = () => this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom() + 1, PART) });
      const symbol = this.make(rows, latlng, this.compact() ? () => BioCarto.emit(this.layer, type, id, latlng) : closer);
      symbol.node.dataset.type = "places";
      symbol.node.dataset.places = rows.length;
      return symbol;
    }
    compact() {
      return this.map.biocarto.config.compact;
    }
    make(rows, latlng, act) {
      const node = BioCarto.make("button", "bc-place leaflet-zoom-animated");
      const counts = this.places.sum(rows);
      const symbol = { rows, node, latlng, act, counts, total: counts.reduce((a, b) => a + b, 0) };
      node.type = "button";
      node.setAttribute("aria-label", this.places.spoken(rows, this.map));
      node.addEventListener("click", (event) => this.choose(event, event.detail ? this.nearest(event) || symbol : symbol));
      node.addEventListener("dblclick", (event) => event.stopPropagation());
      node.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.tell(this.nearest(event) || symbol));
      node.addEventListener("pointerleave", () => BioCarto.untip(this.map));
      node.addEventListener("focus", () => node.matches(":focus-visible") && this.tell(symbol));
      node.addEventListener("blur", () => BioCarto.untip(this.map));
      return symbol;
    }
    /* Where touch areas overlap, the symbol under the finger wins: the smallest that holds the point, else the nearest edge. */
    nearest(event) {
      const point = this.map.mouseEventToLayerPoint(event);
      let [best, lowest] = [null, Infinity];
      for (const symbol of this.symbols) {
        const distance = symbol.point.distanceTo(point);
        if (distance > Math.max(symbol.r, this.reach)) continue;
        const measure = distance <= symbol.r ? symbol.r / 1e3 : distance - symbol.r + 1;
        if (measure < lowest) [best, lowest] = [symbol, measure];
      }
      return best;
    }
    choose(event, symbol) {
      if (!BioCarto.dragged(this.map, event)) symbol.act();
    }
    tell(symbol) {
      const point = this.map.latLngToContainerPoint(symbol.latlng);
      BioCarto.tip(this.map, this.places.tip(symbol.rows, this.map), point, symbol.r + 8);
    }
    /* Which symbols stand at this zoom: places, and rings for those that would hide each other. */
    arrange() {
      const zoom = this.map.getZoom();
      const all = this.singles.map((symbol) => {
        const { x, y } = this.map.project(symbol.latlng, zoom);
        return { rows: symbol.rows, x, y, total: symbol.total, alone: symbol.selected, symbol };
      });
      const shown = this.places.payload.gather && zoom < PART ? gather(all, zoom) : all;
      const symbols = shown.map(({ rows, x, y, symbol }) => symbol || this.several(rows, this.map.unproject([x, y], zoom)));
      return symbols.sort((a, b) => b.total - a.total);
    }
    settle() {
      const before = document.activeElement;
      this.symbols = this.arrange();
      this.reach = BioCarto.coarse() ? 22 : 14;
      const zoom = this.map.getZoom();
      for (const symbol of this.symbols) {
        symbol.point = this.map.latLngToLayerPoint(symbol.latlng);
        L.DomUtil.setPosition(symbol.node, symbol.point.round());
        const r = radius(symbol.total, zoom);
        if (symbol.r !== r) this.draw(symbol, r);
      }
      const held = this.symbols.find(({ node }) => node === before);
      this.clear();
      this.pane.append(...this.symbols.map(({ node }) => node));
      if (held) before.focus({ preventScroll: true });
      this.map.fire("biocarto:symbols", { boxes: this.symbols.map(({ point: { x, y }, r }) => [x - r, y - r, x + r, y + r]) });
      BioCarto.done(this.map, "drawn", this.places.size + (this.places.payload.areas || []).length);
    }
    draw(symbol, r) {
      symbol.r = r;
      const half = Math.max(r, this.reach);
      const style = symbol.node.style;
      style.width = style.height = `${2 * half}px`;
      style.marginLeft = style.marginTop = `${-half}px`;
      const ring = symbol.total > 1;
      symbol.node.classList.toggle("bc-apart", symbol.rows.every((row) => this.places.apart.has(row)));
      const { groups } = this.places.payload;
      const nodes = ring
        ? ringNodes(groups, symbol.counts, symbol.total, r, BioCarto.count(this.map, symbol.total))
        : [groupShape(groups, this.places.group[symbol.rows[0]], r)];
      if (symbol.rows.length > 1) nodes.unshift(BioCarto.svg("circle", { r: r + 3, class: "bc-gathered" }));
      if (symbol.selected) nodes.unshift(BioCarto.svg("circle", { r: r + (ring ? 5 : 8), class: "bc-chosen" }));
      symbol.node.replaceChildren(drawing(nodes, r + 12));
    }
    follow({ zoom, center }) {
      for (const { node, latlng } of this.symbols) L.DomUtil.setPosition(node, this.map._latLngToNewLayerPoint(latlng, zoom, center).round());
    }
    /* The layer is replaced on every run of the page: the keyboard stays where it was. */
    refocus() {
      const { focus } = this.map.biocarto;
      const found = focus && this.symbols.find(({ node }) => node.dataset.id === focus);
      delete this.map.biocarto.focus;
      if (found) found.node.focus({ preventScroll: true });
    }
    clear() {
      this.pane.querySelectorAll(".bc-place").forEach((node) => node.remove());
    }
    remove() {
      const active = this.symbols.find(({ node }) => node === document.activeElement);
      if (active) this.map.biocarto.focus = active.node.dataset.id;
      BioCarto.untip(this.map);
      this.clear();
      this.map.fire("biocarto:symbols", { boxes: [] });
    }
  }

  const Actors = L.Layer.extend({
    initialize(payload) {
      this.payload = payload;
    },
    onAdd(map) {
      const { payload } = this;
      BioCarto.dress(map, payload);
      BioCarto.colours("bc-g", 0, { light: payload.groups.map((group) => group.light), dark: payload.groups.map((group) => group.dark) });
      const places = new Places(payload);
      this.places = places;
      this.sizes = BioCarto.make("div", "bc-sizes");
      drawSizes(this.sizes, places, map.getZoom());
      if (payload.legend) BioCarto.legend(map, this, "actors", legend(places, this.sizes, (n) => BioCarto.count(map, n)));
      this.unplaced = new BioCarto.Unplaced(this, places, map);
      const boxes = places.boxes();
      BioCarto.content(map, this, "points", () => (boxes.length ? boxes : this.unplaced.boxes || []));
      if (places.size > MOST_BUTTONS) this.canvas = new BioCarto.Canvas(this, places).addTo(map);
      else this.buttons = new Buttons(this, places, map);
    },
    onRemove(map) {
      BioCarto.legend(map, this, "actors", null);
      BioCarto.content(map, this, "points", null);
      this.unplaced.remove();
      if (this.canvas) this.canvas.remove();
      if (this.buttons) this.buttons.remove();
      delete this.canvas;
      delete this.buttons;
    },
    getEvents() {
      return {
        zoomend: () => {
          drawSizes(this.sizes, this.places, this._map.getZoom());
          if (this.buttons) this.buttons.settle();
        },
        viewreset: () => this.buttons && this.buttons.settle(),
        zoomanim: (event) => this.buttons && this.buttons.follow(event),
      };
    },
  });
  BioCarto.actors = (payload) => new Actors(payload);
})();
