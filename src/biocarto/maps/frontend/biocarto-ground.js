/* BioCarto, ground: boundary files, shapes drawn once and moved by their view box, borders and quiet labels. */
(() => {
  "use strict";
  const REF = 12;
  const WORLD = 256 * 2 ** REF;

  /** Pixels of the whole world at zoom REF; shapes keep their distance from the middle of the view, because SVG counts in 32-bit floats. */
  const worldX = (lon) => ((lon + 180) / 360) * WORLD;
  const worldY = (lat) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * WORLD;
  BioCarto.world = { REF, x: worldX, y: worldY };

  const origin = (map) => {
    const centre = map.biocarto.bounds.getCenter();
    return [worldX(centre.lng), worldY(centre.lat)];
  };
  BioCarto.local = (map, latlng) => {
    const [x0, y0] = origin(map);
    return [worldX(latlng[1]) - x0, worldY(latlng[0]) - y0];
  };

  /** An SVG whose content never changes while the map moves: only its view box does. */
  BioCarto.Vector = L.Renderer.extend({
    options: { padding: 0.35 },
    _initContainer() {
      this._container = BioCarto.svg("svg", { preserveAspectRatio: "none", class: "bc-vector", "aria-hidden": "true" });
      this.defs = BioCarto.svg("defs");
      this.root = BioCarto.svg("g");
      this._container.append(this.defs, this.root);
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const unit = 2 ** (REF - this._zoom);
      const [x0, y0] = origin(this._map);
      const corner = this._map.getPixelOrigin().add(this._bounds.min).multiplyBy(unit);
      this._container.setAttribute("width", size.x);
      this._container.setAttribute("height", size.y);
      this._container.setAttribute("viewBox", `${corner.x - x0} ${corner.y - y0} ${size.x * unit} ${size.y * unit}`);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      if (this.unit !== unit) {
        this.unit = unit;
        this.fire("unit", { unit });
      }
    },
    /** Lines at a constant distance on screen, whatever the zoom; returns the value of a `fill`. */
    hatch(className) {
      const id = `bc-hatch-${L.stamp(this)}-${className}`;
      const pattern = BioCarto.svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" });
      pattern.append(BioCarto.svg("path", { d: "M0 3h6", class: className }));
      this.defs.append(pattern);
      const scale = () => pattern.setAttribute("patternTransform", `scale(${this.unit}) rotate(45)`);
      this.on("unit", scale);
      scale();
      return `url(#${id})`;
    },
  });

  /** How a boundary file is read; the static edition, which has no server to ask, puts its own way here. */
  BioCarto.read = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.json();
  };

  /* Boundary files: asked for once per page; one that failed is asked for again by the next layer. */
  const files = new Map();
  BioCarto.boundaries = (map, key) => {
    const url = map.biocarto.config.boundaries[key];
    if (!url) return Promise.reject(new Error(`no boundary file: ${key}`));
    if (!files.has(url)) {
      const asked = BioCarto.read(url);
      asked.catch(() => files.delete(url));
      files.set(url, asked);
    }
    return files.get(url);
  };

  const polygons = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : []);

  /** The outline of a feature as SVG path data, in local world pixels. */
  const outline = (feature, x0, y0) => {
    let text = "";
    for (const polygon of polygons(feature.geometry)) {
      for (const ring of polygon) {
        const points = ring.slice(0, -1).map(([lon, lat]) => `${(worldX(lon) - x0).toFixed(2)} ${(worldY(lat) - y0).toFixed(2)}`);
        text += `M${points.join("L")}z`;
      }
    }
    return text;
  };

  /** South, west, north and east of a feature. */
  const box = (feature) => {
    const points = polygons(feature.geometry).flatMap(([ring]) => ring);
    const [lons, lats] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const least = (numbers) => numbers.reduce((a, b) => Math.min(a, b), Infinity);
    const most = (numbers) => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
    return [least(lats), least(lons), most(lats), most(lons)];
  };

  /** A point inside the largest part of a feature: the middle of its widest line among a few parallels. */
  const labelPoint = (feature) => {
    let best = { width: 0, at: null };
    for (const [ring] of polygons(feature.geometry)) {
      const lats = ring.map((p) => p[1]);
      const [low, high] = [Math.min(...lats), Math.max(...lats)];
      for (const part of [0.4, 0.5, 0.6]) {
        const lat = low + (high - low) * part;
        const cuts = [];
        for (let i = 1; i < ring.length; i++) {
          const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
          if (y1 > lat !== y2 > lat) cuts.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
        }
        cuts.sort((a, b) => a - b);
        for (let i = 1; i < cuts.length; i += 2) {
          const width = cuts[i] - cuts[i - 1];
          if (width > best.width) best = { width, at: [lat, (cuts[i] + cuts[i - 1]) / 2], head: [high, (cuts[i] + cuts[i - 1]) / 2] };
        }
      }
    }
    return best;
  };

  /** What can be drawn of one boundary file, worked out once per map: [{code, name, d, box, label, inset, frame}]. */
  BioCarto.shapes = async (map, key) => {
    const keep = map.biocarto.keep;
    if (keep[key]) return keep[key];
    const [x0, y0] = origin(map);
    const { features, frames = [] } = await BioCarto.boundaries(map, key).catch((error) => {
      BioCarto.missing(map, key, true);
      throw error;
    });
    BioCarto.missing(map, key, false);
    keep[key] = keep[key] || [...features, ...frames].map((feature) => ({
      ...feature.properties,
      frame: feature.properties.kind === "frame",
      d: outline(feature, x0, y0),
      box: box(feature),
      label: labelPoint(feature),
    }));
    return keep[key];
  };

  const addVector = (map, pane) => new BioCarto.Vector({ pane: `bc-${pane}`, interactive: false }).addTo(map);

  /** Name at a point, shown while it fits between the borders and no symbol stands on it. */
  const Labels = L.Layer.extend({
    initialize(shapes, key) {
      /* An overseas region has its name at the head of its frame. */
      this.shapes = shapes.filter((shape) => shape.label.at && !shape.inset);
      this.key = key;
    },
    onAdd(map) {
      this._map = map;
      this.nodes = this.shapes.map((shape) => {
        const node = BioCarto.make("div", `bc-label bc-label-${shape.frame ? "frame" : this.key} leaflet-zoom-animated`);
        const text = BioCarto.make("span", "", this.key === "paris" ? String(Number(shape.code.slice(-2))) : shape.name);
        node.append(text);
        map.getPane("bc-labels").append(node);
        return { node, text, shape, latlng: L.latLng(shape.frame ? shape.label.head : shape.label.at) };
      });
      this.settle();
    },
    onRemove() {
      this.nodes.forEach(({ node }) => node.remove());
    },
    getEvents() {
      return { viewreset: this.settle, zoomend: this.settle, zoomanim: this.follow, "biocarto:symbols": this.avoid };
    },
    avoid({ boxes }) {
      this._map.biocarto.boxes = boxes;
      this.settle();
    },
    settle() {
      const pixels = (256 * 2 ** this._map.getZoom()) / 360;
      const { boxes = [], names = {} } = this._map.biocarto;
      for (const { node, text, shape, latlng } of this.nodes) {
        const point = this._map.latLngToLayerPoint(latlng).round();
        const said = names[shape.code] || shape.name;
        if (this.key === "europe" && text.textContent !== said) text.textContent = said;
        L.DomUtil.setPosition(node, point);
        const own = BioCarto.box(point, [text.offsetWidth, text.offsetHeight]);
        const narrow = shape.label.width * pixels < text.offsetWidth + (shape.frame ? 2 : 8);
        node.classList.toggle("bc-out", narrow || boxes.some((other) => BioCarto.meet(own, other)));
      }
    },
    follow({ zoom, center }) {
      for (const { node, latlng } of this.nodes) L.DomUtil.setPosition(node, this._map._latLngToNewLayerPoint(latlng, zoom, center).round());
    },
  });

  /** The names of some shapes of a layer, each where there is room. */
  BioCarto.named = (map, shapes, key) => new Labels(shapes, key).addTo(map);

  const drawGround = async (map, key, first, fills, lines) => {
    const shapes = await BioCarto.shapes(map, key);
    const d = shapes.filter((shape) => !shape.frame).map((shape) => shape.d).join("");
    if (first) fills.root.append(BioCarto.svg("path", { d, class: "bc-land" }));
    lines.root.append(BioCarto.svg("path", { d, class: `bc-line bc-line-${key}` }));
    const frames = shapes.filter((shape) => shape.frame).map((shape) => shape.d).join("");
    if (frames) lines.root.append(BioCarto.svg("path", { d: frames, class: "bc-frame" }));
    if (key !== "region" && !map.biocarto.config.compact) new Labels(shapes, key).addTo(map);
  };

  /** Draw the boundaries of the view, lowest first; a missing file is said in the map. */
  BioCarto.ground = async (map) => {
    const { ground } = map.biocarto.config;
    const fills = addVector(map, "ground");
    const lines = addVector(map, "lines");
    const parts = ground.map((_, i) => [BioCarto.svg("g"), BioCarto.svg("g"), i]);
    parts.forEach(([fill, line]) => (fills.root.append(fill), lines.root.append(line)));
    map.biocarto.draw = async () => {
      const waiting = parts.filter(([, line]) => !line.childNodes.length);
      await Promise.allSettled(waiting.map(([fill, line, i]) => drawGround(map, ground[i], i === 0, { root: fill }, { root: line })));
      if (parts.every(([, line]) => line.childNodes.length)) BioCarto.done(map, "ground", ground.length);
      else map.biocarto.failed = true;
    };
    return map.biocarto.draw();
  };
  BioCarto.retryGround = (map) => {
    if (!map.biocarto.failed) return;
    map.biocarto.failed = false;
    map.biocarto.draw();
  };
})();
