/* BioCarto, networks: members gathered by city, lines to who coordinates, the territory of what is open. */
(() => {
  "use strict";
  const DASHES = ["", "9 5", "2 5", "12 4 2 4"];
  const RADIUS = 9;
  /* Pixels by which a symbol may stand beside its city. */
  const FARTHEST = 16;

  const ring = (networks, hub, many) => {
    const icon = BioCarto.svg("svg", { viewBox: "-17 -17 34 34", width: 34, height: 34, "aria-hidden": "true" });
    if (hub) icon.append(BioCarto.svg("circle", { r: 14.5, class: "bc-hub" }));
    icon.append(BioCarto.svg("circle", { r: RADIUS + 3, class: "bc-disc" }));
    const share = 100 / networks.length;
    networks.forEach((number, i) => icon.append(BioCarto.svg("circle", {
      r: RADIUS, pathLength: 100, class: `bc-arc bc-n${number}`, "stroke-width": 5, "stroke-dasharray": `${share} ${100 - share}`,
      transform: `rotate(${i * 3.6 * share - 90})`,
    })));
    if (many > 1) {
      const count = BioCarto.svg("text", { y: 4, class: "bc-number", "font-size": 11 });
      count.textContent = many;
      icon.append(count);
    }
    return icon;
  };

  const line = (number) => {
    const swatch = BioCarto.svg("svg", { viewBox: "0 0 26 14", width: 26, height: 14, "aria-hidden": "true" });
    swatch.append(BioCarto.svg("path", { d: "M0 7h26", class: `bc-tie bc-n${number}`, "stroke-dasharray": DASHES[number % DASHES.length] }));
    return swatch;
  };

  /** A line that bends a little more for each network, so that two of them between the same cities lie apart. */
  const bend = ([x1, y1], [x2, y2], number) => {
    const by = 0.1 + 0.05 * (number % 5);
    return `M${x1} ${y1}Q${(x1 + x2) / 2 - (y2 - y1) * by} ${(y1 + y2) / 2 + (x2 - x1) * by} ${x2} ${y2}`;
  };

  const Network = L.Layer.extend({
    initialize(payload) {
      this.payload = payload;
      this.marks = [];
    },
    onAdd(map) {
      this._map = map;
      const { colours, places } = this.payload;
      BioCarto.dress(map, this.payload);
      map.biocarto.names = this.payload.countries;
      BioCarto.colours("bc-n", 0, colours);
      this.look(map);
      this.vectors = ["areas", "route"].map((pane) => new BioCarto.Vector({ pane: `bc-${pane}`, interactive: false }).addTo(map));
      this.drawGround(map);
      this.drawLinks(map);
      places.forEach((place) => this.addPlace(place));
      BioCarto.legend(map, this, "network", this.legend());
      this.settle();
      const { focus } = map.biocarto;
      delete map.biocarto.focus;
      const found = focus && this.marks.find(({ node }) => node.dataset.id === focus);
      if (found) found.node.focus({ preventScroll: true });
      BioCarto.content(map, this, "points", () => places.map(({ at: [lat, lng] }) => [lat, lng, lat, lng]));
      BioCarto.done(map, "drawn", places.length);
    },
    onRemove(map) {
      BioCarto.content(map, this, "points", null);
      const active = this.marks.find(({ node }) => node === document.activeElement);
      if (active) map.biocarto.focus = active.node.dataset.id;
      this.vectors.forEach((vector) => vector.remove());
      this.marks.forEach(({ node }) => node.remove());
      BioCarto.legend(map, this, "network", null);
      BioCarto.untip(map);
    },
    getEvents() {
      return { zoomend: this.settle, moveend: this.settle, viewreset: this.settle, zoomanim: this.follow };
    },
    /* Look at what was asked for, once: the next drawing of the same networks leaves the visitor's own view alone. */
    look(map) {
      const asked = JSON.stringify(this.payload.look);
      if (map.biocarto.looked === asked) return;
      map.biocarto.looked = asked;
      const { look } = this.payload;
      const go = () => {
        const below = 34 + Math.min(map.biocarto.foot.offsetHeight, map.getSize().y / 3);
        map.fitBounds(look, { paddingTopLeft: [40, 40], paddingBottomRight: [60, below], maxZoom: 7, animate: false });
      };
      BioCarto.hold(map, look ? go : null);
    },
    async drawGround(map) {
      const { ground } = this.payload;
      const [areas] = this.vectors;
      if (!ground || !ground.codes.length) return;
      const shapes = await BioCarto.shapes(map, ground.file).catch(() => []);
      const own = shapes.filter(({ code, inset, frame }) => ground.codes.includes(code) && !inset && !frame);
      areas.root.append(BioCarto.svg("path", { d: own.map(({ d }) => d).join(""), class: "bc-covered" }));
    },
    drawLinks(map) {
      const [, route] = this.vectors;
      const paths = this.payload.links.map(({ from, to, network }) => [bend(BioCarto.local(map, from), BioCarto.local(map, to), network), network]);
      paths.forEach(([d]) => route.root.append(BioCarto.svg("path", { d, class: "bc-route-halo" })));
      paths.forEach(([d, number]) => route.root.append(BioCarto.svg("path", {
        d, class: `bc-tie bc-n${number}`, "stroke-dasharray": DASHES[number % DASHES.length],
      })));
    },
    addPlace(place) {
      const { networks, words, selected } = this.payload;
      const node = BioCarto.make("button", "bc-member leaflet-zoom-animated");
      node.type = "button";
      Object.assign(node.dataset, { id: place.id, type: "city" });
      const known = place.networks.map((number) => networks[number]).join(", ");
      node.setAttribute("aria-label", `${place.city} – ${place.names.join(", ")} (${known})${place.hub ? `, ${words.hub}` : ""}`);
      if (place.id === selected) node.setAttribute("aria-current", "true");
      node.append(ring(place.networks, place.hub, place.names.length));
      node.append(BioCarto.make("span", "bc-member-name", place.names.length > 1 ? place.city : place.names[0]));
      const at = L.latLng(place.at);
      node.addEventListener("click", (event) => BioCarto.dragged(this._map, event) || BioCarto.emit(this, "city", place.id, at));
      node.addEventListener("dblclick", (event) => event.stopPropagation());
      this.hint(node, at, [place.city, ...place.names]);
      this._map.getPane("bc-symbols").append(node);
      this.marks.push({ node, at, aside: L.point(0, 0) });
    },
    hint(node, at, [city, ...names]) {
      const lines = [BioCarto.make("strong", "", city), ...names.slice(0, 8).map((name) => BioCarto.make("span", "", name))];
      if (names.length > 8) lines.push(BioCarto.make("span", "", `+ ${names.length - 8}`));
      const show = () => BioCarto.tip(this._map, lines, this._map.latLngToContainerPoint(at), 20);
      node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
      node.addEventListener("focus", () => node.matches(":focus-visible") && show());
      ["pointerleave", "blur"].forEach((name) => node.addEventListener(name, () => this._map && BioCarto.untip(this._map)));
    },
    settle() {
      this.part();
      for (const { node, at, aside } of this.marks) L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(at).add(aside).round());
      this.settleNames();
    },
    /* Cities that a far zoom puts on each other step aside, so that each can be seen and pressed. */
    part() {
      const apart = BioCarto.coarse() ? 34 : 25;
      const spots = this.marks.map(({ at }) => this._map.latLngToLayerPoint(at));
      const own = spots.map((spot) => spot.clone());
      for (let turn = 0; turn < 40; turn++) {
        for (let i = 0; i < own.length; i++) for (let j = i + 1; j < own.length; j++) {
          const way = own[j].subtract(own[i]);
          const far = Math.hypot(way.x, way.y);
          if (far >= apart) continue;
          const push = (far ? way.divideBy(far) : L.point(1, 0)).multiplyBy((apart - far) / 2);
          own[i] = own[i].subtract(push);
          own[j] = own[j].add(push);
        }
      }
      this.marks.forEach((mark, i) => {
        const aside = own[i].subtract(spots[i]);
        mark.aside = aside.multiplyBy(Math.min(1, FARTHEST / (Math.hypot(aside.x, aside.y) || 1)));
      });
    },
    follow({ zoom, center }) {
      for (const { node, at, aside } of this.marks) L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(at, zoom, center).add(aside).round());
    },
    /* A name stands on the first of four sides where it covers no symbol, no other name and no edge; else it waits in the tooltip. */
    settleNames() {
      const map = this._map;
      const spot = ({ at, aside }) => map.latLngToContainerPoint(at).add(aside);
      const { x: right } = map.getSize();
      const taken = this.marks.map((mark) => BioCarto.box(spot(mark), [26, 26]));
      this.marks.forEach((mark, i) => {
        const { node } = mark;
        const name = node.lastChild;
        const [w, h] = [name.offsetWidth, name.offsetHeight];
        const sides = { right: [w / 2 + 17, 0], left: [-w / 2 - 17, 0], below: [0, h / 2 + 16], above: [0, -h / 2 - 16] };
        const box = (side) => BioCarto.box(spot(mark).add(sides[side]), [w, h]);
        const side = Object.keys(sides).find((key) => {
          const own = box(key);
          return own[0] > 4 && own[2] < right - 50 && taken.every((other, j) => j === i || !BioCarto.meet(own, other));
        });
        node.dataset.side = side || "none";
        if (side) taken.push(box(side));
      });
      const { x, y } = map.containerPointToLayerPoint([0, 0]);
      map.biocarto.boxes = taken.map(([l, t, r, b]) => [l + x, t + y, r + x, b + y]);
      map.fire("biocarto:symbols", { boxes: map.biocarto.boxes });
    },
    legend() {
      const { networks, words, places, ground, rings } = this.payload;
      const entries = networks.map((name, number) => BioCarto.entry(rings ? ring([number], false, 1) : line(number), name));
      if (places.length && !(rings && places.every(({ names }) => names.length < 2))) entries.push(BioCarto.entry(ring([0], false, 3), words.member));
      if (places.some(({ hub }) => hub)) entries.push(BioCarto.entry(ring([0], true, 1), words.coordinates));
      if (ground && ground.codes.length) entries.push(BioCarto.entry(BioCarto.make("span", "bc-covered-key"), words.ground));
      return BioCarto.section("network", words.title, entries);
    },
  });
  BioCarto.network = (payload) => new Network(payload);
})();
