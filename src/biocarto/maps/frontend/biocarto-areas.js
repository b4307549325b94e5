/* BioCarto, areas: territories coloured by class, and the stages of the Tour with their route and seats. */
(() => {
  "use strict";

  const swatch = (className, attributes = {}) => {
    const node = BioCarto.svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, class: "bc-swatch", "aria-hidden": "true" });
    node.append(BioCarto.svg("rect", { x: 0.5, y: 0.5, width: 19, height: 13, rx: 2, class: className, ...attributes }));
    return node;
  };

  const hatched = (className) => {
    const node = swatch(className);
    node.append(BioCarto.svg("path", { d: "M2 13 14 1M8 13 19 2M0 8 7 1M14 13l5-5", class: "bc-strokes" }));
    return node;
  };

  const step = (className, text) => {
    const node = BioCarto.make("div", "bc-step");
    node.append(BioCarto.make("span", `bc-box ${className}`), BioCarto.make("span", "", text));
    return node;
  };

  /** Territories as paths in one SVG. Subclasses give each shape a class; hover, tooltip and click work the same. */
  const Areas = BioCarto.Vector.extend({
    options: { pane: "bc-areas", interactive: false },
    initialize(payload) {
      BioCarto.Vector.prototype.initialize.call(this);
      this.payload = payload;
    },
    onAdd(map) {
      BioCarto.dress(map, this.payload);
      BioCarto.Vector.prototype.onAdd.call(this, map);
      const { keep } = map.biocarto;
      BioCarto.legend(map, this, this.kind, this.legend());
      /* Shapes that are here already are drawn at once, so that a change of measure never shows an empty map. */
      if (keep[this.key()]) return this.fill(keep[this.key()]);
      BioCarto.shapes(map, this.key()).then(
        (shapes) => this._map && this.fill(shapes),
        () => {},
      );
    },
    onRemove(map) {
      BioCarto.content(map, this, "areas", null);
      BioCarto.legend(map, this, this.kind, null);
      BioCarto.untip(map);
      BioCarto.Vector.prototype.onRemove.call(this, map);
    },
    fill(shapes) {
      this.byCode = new Map(shapes.filter((shape) => !shape.frame).map((shape) => [shape.code, shape]));
      const over = BioCarto.svg("g", { class: "bc-over" });
      for (const shape of this.byCode.values()) {
        this.root.append(BioCarto.svg("path", { d: shape.d, class: `bc-area ${this.classOf(shape.code)}`, "data-code": shape.code }));
        const fill = this.hatchOf(shape.code);
        if (fill) over.append(BioCarto.svg("path", { d: shape.d, fill }));
      }
      this.outline = BioCarto.svg("path", { class: "bc-hover" });
      over.append(...this.chosen().map((code) => BioCarto.svg("path", { d: (this.byCode.get(code) || { d: "" }).d, class: "bc-picked" })), this.outline);
      this.root.append(over);
      this.listen();
      const boxes = [...this.byCode.values()].filter(({ code }) => !this.classOf(code).includes("bc-nodata")).map(({ box }) => box);
      BioCarto.content(this._map, this, "areas", () => boxes);
      BioCarto.done(this._map, "areas", this.byCode.size);
    },
    listen() {
      const code = (event) => event.target.dataset && event.target.dataset.code;
      this.root.addEventListener("click", (event) => {
        if (!code(event) || BioCarto.dragged(this._map)) return;
        this.choose(code(event), this._map.mouseEventToLatLng(event));
      });
      this.root.addEventListener("pointermove", (event) => {
        if (event.pointerType !== "mouse" || !code(event)) return;
        this.outline.setAttribute("d", this.byCode.get(code(event)).d);
        BioCarto.tip(this._map, this.tip(code(event)), this._map.mouseEventToContainerPoint(event));
      });
      this.root.addEventListener("pointerleave", () => {
        this.outline.setAttribute("d", "");
        if (this._map) BioCarto.untip(this._map);
      });
    },
  });

  const Choropleth = Areas.extend({
    kind: "choropleth",
    initialize(payload) {
      Areas.prototype.initialize.call(this, payload);
      const { codes, classes, values, hatched: small } = payload;
      this.rows = new Map((codes ? codes.split(" ") : []).map((code, i) => [code, { step: classes[i], value: values[i] || "" }]));
      this.small = new Set(small);
    },
    onAdd(map) {
      BioCarto.colours("bc-c", 1, this.payload.colours);
      Areas.prototype.onAdd.call(this, map);
    },
    key() {
      return this.payload.level;
    },
    classOf(code) {
      const row = this.rows.get(code);
      return !row || row.step === "-" ? "bc-nodata" : `bc-c${row.step}`;
    },
    hatchOf(code) {
      if (!this.small.has(code)) return "";
      return (this.pattern = this.pattern || this.hatch("bc-strokes"));
    },
    chosen() {
      return this.payload.selected ? [this.payload.selected] : [];
    },
    /* Of a part of the region, the names of what has something. */
    fill(shapes) {
      Areas.prototype.fill.call(this, shapes);
      if (!this.payload.named) return;
      const some = [...this.byCode.values()].filter(({ code }) => Number(this.rows.get(code)?.step) > 0);
      this.names = BioCarto.named(this._map, some, "areas");
    },
    onRemove(map) {
      if (this.names) this.names.remove();
      Areas.prototype.onRemove.call(this, map);
    },
    tip(code) {
      const row = this.rows.get(code);
      const value = row && row.value ? row.value : this.payload.legend.no_data;
      return [BioCarto.make("strong", "", this.byCode.get(code).name), ...(value ? [BioCarto.make("span", "", value)] : [])];
    },
    choose(code, latlng) {
      BioCarto.emit(this, "territory", code, latlng);
    },
    /* The classes side by side as a ramp, what stands apart from them beneath. */
    legend() {
      const { classes, title, no_data: none, hatch, unit, note } = this.payload.legend;
      const ramp = BioCarto.make("div", "bc-ramp");
      classes.slice(1).forEach((text, i) => ramp.append(step(`bc-c${i + 1}`, text)));
      const others = [[swatch("bc-area bc-c0"), classes[0]], [swatch("bc-area bc-nodata"), none], [hatched("bc-area bc-c0"), hatch]];
      const entries = others.filter(([, text]) => text).map(([mark, text]) => BioCarto.entry(mark, text));
      return BioCarto.section("choropleth", title, [ramp, ...entries], ...[unit, note].filter(Boolean).map(BioCarto.note));
    },
  });
  BioCarto.choropleth = (payload) => new Choropleth(payload);

  /** A leg of the route: a gentle curve, its middle and its direction there (degrees). */
  const leg = ([x1, y1], [x2, y2]) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const bend = 0.14;
    const [cx, cy] = [(x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend];
    return {
      d: `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`,
      middle: [(x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4],
      turn: (Math.atan2(dy, dx) * 180) / Math.PI,
    };
  };

  const Tour = Areas.extend({
    kind: "tour",
    initialize(payload) {
      Areas.prototype.initialize.call(this, payload);
      this.stageOf = new Map();
      payload.stages.forEach((stage, i) => stage.regions.forEach((code) => this.stageOf.set(code, i)));
      this.marks = [];
    },
    onAdd(map) {
      BioCarto.colours("bc-s", 0, { light: this.payload.stages.map((stage) => stage.light), dark: this.payload.stages.map((stage) => stage.dark) });
      map.getContainer().classList.add("bc-touring");
      Areas.prototype.onAdd.call(this, map);
    },
    onRemove(map) {
      map.getContainer().classList.remove("bc-touring");
      const active = this.marks.find(({ node }) => node === document.activeElement);
      if (active) map.biocarto.focus = active.node.dataset.id;
      this.marks.forEach(({ node }) => node.remove());
      if (this.route) this.route.remove();
      Areas.prototype.onRemove.call(this, map);
    },
    getEvents() {
      return { ...Areas.prototype.getEvents.call(this), zoomend: this.settle, moveend: this.moved, viewreset: this.settleAll, zoomanim: this.follow };
    },
    key: () => "france",
    classOf(code) {
      const i = this.stageOf.get(code);
      if (i === undefined) return "bc-unvisited";
      return `bc-s${i} bc-visited${this.dim(i) ? " bc-dim" : ""}`;
    },
    dim(i) {
      return this.payload.selected !== "" && this.payload.stages[i].id !== this.payload.selected;
    },
    hatchOf(code) {
      if (this.stageOf.has(code)) return "";
      return (this.pattern = this.pattern || this.hatch("bc-strokes"));
    },
    chosen() {
      const stage = this.payload.stages.find(({ id }) => id === this.payload.selected);
      return stage ? stage.regions : [];
    },
    tip(code) {
      const i = this.stageOf.get(code);
      const { words, stages } = this.payload;
      const what = i === undefined ? words.unvisited : `${words.stage} ${stages[i].order}`;
      return [BioCarto.make("strong", "", this.byCode.get(code).name), BioCarto.make("span", "", what)];
    },
    choose(code, latlng) {
      const i = this.stageOf.get(code);
      if (i !== undefined) BioCarto.emit(this, "stage", this.payload.stages[i].id, latlng);
    },
    fill(shapes) {
      Areas.prototype.fill.call(this, shapes);
      this.drawRoute();
      this.payload.seats.forEach((seat) => this.addSeat(seat));
      for (const shape of this.byCode.values()) if (!this.stageOf.has(shape.code) && !shape.inset) this.addCaption(shape, shape.label.at, 0, false);
      this.payload.stages.forEach((stage, i) => this.addStage(stage, i));
      this.settle();
      const { focus } = this._map.biocarto;
      delete this._map.biocarto.focus;
      const found = focus && this.marks.find(({ node }) => node.dataset.id === focus && node.tabIndex === 0);
      if (found) found.node.focus({ preventScroll: true });
      BioCarto.done(this._map, "drawn", this.payload.stages.length);
    },
    drawRoute() {
      const route = (this.route = new BioCarto.Vector({ pane: "bc-route", interactive: false }).addTo(this._map));
      const points = this.payload.stages.map(({ at }) => BioCarto.local(this._map, at));
      const heads = [];
      for (let i = 1; i < points.length; i++) {
        const { d, middle, turn } = leg(points[i - 1], points[i]);
        route.root.append(BioCarto.svg("path", { d, class: "bc-route-halo" }), BioCarto.svg("path", { d, class: "bc-route" }));
        const head = BioCarto.svg("path", { d: "M-4-5 5 0-4 5-2 0z", class: "bc-head" });
        route.root.append(head);
        heads.push([head, `translate(${middle[0]} ${middle[1]}) rotate(${turn})`]);
      }
      const scale = () => heads.forEach(([head, where]) => head.setAttribute("transform", `${where} scale(${route.unit})`));
      route.on("unit", scale);
      scale();
    },
    addMark(node, at) {
      node.classList.add("leaflet-zoom-animated");
      this._map.getPane("bc-symbols").append(node);
      this.marks.push({ node, latlng: L.latLng(at) });
    },
    press(node, type, id, at) {
      node.type = "button";
      node.dataset.id = id;
      node.dataset.type = type;
      node.addEventListener("click", (event) => BioCarto.dragged(this._map, event) || BioCarto.emit(this, type, id, L.latLng(at)));
      node.addEventListener("dblclick", (event) => event.stopPropagation());
    },
    addStage(stage, i) {
      const { words, selected } = this.payload;
      const node = BioCarto.make("button", `bc-stage bc-s${i}${this.dim(i) ? " bc-dim" : ""}`, String(stage.order));
      node.setAttribute("aria-label", `${words.stage} ${stage.order}, ${stage.title}`);
      if (stage.id === selected) node.setAttribute("aria-current", "true");
      this.press(node, "stage", stage.id, stage.at);
      this.hint(node, stage.at, [stage.title], 20);
      this.addMark(node, stage.at);
      for (const code of stage.regions) {
        const shape = this.byCode.get(code);
        if (!shape) continue;
        const own = this.holds(shape, stage.at);
        this.addCaption(shape, own ? stage.at : shape.label.at, own ? 28 : 20, this.dim(i));
        if (own) continue;
        const echo = BioCarto.make("span", `bc-echo${this.dim(i) ? " bc-dim" : ""}`, String(stage.order));
        echo.setAttribute("aria-hidden", "true");
        this.addMark(echo, shape.label.at);
      }
    },
    /* The name of a region, beneath its badge. */
    addCaption(shape, at, down, dim) {
      const node = BioCarto.make("span", `bc-caption${dim ? " bc-dim" : ""}`, shape.name);
      node.setAttribute("aria-hidden", "true");
      this.addMark(node, at);
      Object.assign(this.marks.at(-1), { down, wide: shape.label.width });
    },
    /* Which region the stage's own badge stands on: the browser knows, it has drawn the regions. */
    holds(shape, at) {
      const probe = this.root.querySelector(`[data-code="${CSS.escape(shape.code)}"]`);
      const [x, y] = BioCarto.local(this._map, at);
      return probe.isPointInFill(new DOMPoint(x, y));
    },
    addSeat(seat) {
      const { words } = this.payload;
      const node = BioCarto.make("button", "bc-seat");
      node.append(BioCarto.make("span", "bc-seat-name", seat.name));
      node.setAttribute("aria-label", `${words.seat} : ${seat.name}, ${seat.commune}`);
      this.press(node, "cluster", seat.id, seat.at);
      this.hint(node, seat.at, [seat.name, seat.commune], 12);
      this.addMark(node, seat.at);
    },
    hint(node, at, lines, gap) {
      const show = () => BioCarto.tip(this._map, lines.map((text, i) => BioCarto.make(i ? "span" : "strong", "", text)), this._map.latLngToContainerPoint(at), gap);
      node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
      node.addEventListener("focus", () => node.matches(":focus-visible") && show());
      ["pointerleave", "blur"].forEach((name) => node.addEventListener(name, () => this._map && BioCarto.untip(this._map)));
    },
    moved() {
      this._update();
      this.settleNames();
    },
    settleAll() {
      this._reset();
      this.settle();
    },
    settle() {
      for (const { node, latlng } of this.marks) L.DomUtil.setPosition(node, this._map.latLngToLayerPoint(latlng).round());
      this.settleNames();
    },
    follow(event) {
      this._onAnimZoom(event);
      for (const { node, latlng, at = 0 } of this.marks) {
        L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latlng, event.zoom, event.center).add([0, at]).round());
      }
    },
    /* Names never cover each other or a mark: a region's waits for room, a seat's also tries four sides. */
    settleNames() {
      const pixels = (256 * 2 ** this._map.getZoom()) / 360;
      const spot = ({ latlng }) => this._map.latLngToLayerPoint(latlng);
      const [left, right] = [0, this._map.getSize().x].map((x) => this._map.containerPointToLayerPoint([x, 0]).x);
      const taken = this.marks.filter(({ down }) => down === undefined).map((mark) => ({ mark, box: BioCarto.box(spot(mark), markSize(mark.node)) }));
      const free = (own, mark) => taken.every((other) => other.mark === mark || !BioCarto.meet(own, other.box));
      for (const mark of this.marks.filter(({ down }) => down !== undefined)) {
        const size = [mark.node.offsetWidth, mark.node.offsetHeight];
        const own = (down) => BioCarto.box(spot(mark).add([0, down]), size);
        const place = [mark.down, -mark.down].find((down) => free(own(down), mark));
        const fits = place !== undefined && (!mark.down || mark.wide * pixels > size[0] * 0.9);
        mark.node.classList.toggle("bc-out", !fits);
        mark.at = place || 0;
        L.DomUtil.setPosition(mark.node, spot(mark).add([0, mark.at]).round());
        if (fits) taken.push({ mark, box: own(mark.at) });
      }
      for (const mark of this.marks) {
        const name = mark.node.querySelector(".bc-seat-name");
        if (!name) continue;
        const [w, h] = [name.offsetWidth, name.offsetHeight];
        const sides = { right: [w / 2 + 9, 0], left: [-w / 2 - 9, 0], below: [0, h / 2 + 9], above: [0, -h / 2 - 9] };
        const side = Object.keys(sides).find((key) => {
          const own = BioCarto.box(spot(mark).add(sides[key]), [w, h]);
          return own[0] > left && own[2] < right && free(own, mark);
        });
        mark.node.dataset.side = side || "none";
        if (side) taken.push({ mark, box: BioCarto.box(spot(mark).add(sides[side]), [w, h]) });
      }
    },
    legend() {
      const { words, stages, seats } = this.payload;
      const entries = stages.map((stage, i) => BioCarto.entry(BioCarto.make("span", `bc-echo bc-s${i} bc-key`, String(stage.order)), stage.title));
      entries.push(BioCarto.entry(hatched("bc-area bc-unvisited"), words.unvisited));
      if (seats.length) entries.push(BioCarto.entry(BioCarto.make("span", "bc-seat bc-key"), words.seat));
      const line = BioCarto.svg("svg", { viewBox: "0 0 20 14", width: 20, height: 14, "aria-hidden": "true" });
      line.append(BioCarto.svg("path", { d: "M0 7h20", class: "bc-route" }));
      entries.push(BioCarto.entry(line, words.route));
      return BioCarto.section("tour", words.title, entries);
    },
  });
  const markSize = (node) => (node.classList.contains("bc-seat") ? [14, 14] : [node.offsetWidth, node.offsetHeight]);
  BioCarto.tour = (payload) => new Tour(payload);
})();
