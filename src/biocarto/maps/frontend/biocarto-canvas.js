/* BioCarto, canvas: up to 200,000 places as pixels of one picture, drawn when the map rests and moved as a whole meanwhile. */
(() => {
  "use strict";
  const { SCALE, shapePath, radius, ringWidth, parts } = BioCarto.symbols;

  /** One pixel (alpha, blue, green, red in 32 bits) over another. */
  const over = (front, back) => {
    const alpha = front >>> 24;
    if (alpha === 255 || back >>> 24 === 0) return front;
    const rest = 255 - alpha;
    const mix = (shift) => ((((front >>> shift) & 255) * alpha + ((back >>> shift) & 255) * rest) / 255) | 0;
    const top = Math.max(alpha, back >>> 24);
    return ((top << 24) | (mix(16) << 16) | (mix(8) << 8) | mix(0)) >>> 0;
  };

  /** Takes the layer that clicks come from, and its Places. */
  BioCarto.Canvas = L.Renderer.extend({
    options: { padding: 0.15, pane: "bc-symbols", interactive: false },
    initialize(layer, places) {
      L.Renderer.prototype.initialize.call(this);
      Object.assign(this, { layer, places });
      const n = places.size;
      [this.x, this.y] = [new Float64Array(n), new Float64Array(n)];
      for (let i = 0; i < n; i++) {
        this.x[i] = BioCarto.world.x(places.lon[i] / SCALE);
        this.y[i] = BioCarto.world.y(places.lat[i] / SCALE);
      }
      this.selected = places.payload.selected === "" ? -1 : this.findSelected();
      this.again = () => this._map && this.paint();
    },
    findSelected() {
      for (let row = 0; row < this.places.size; row++) if (this.places.isSelected(row)) return row;
      return -1;
    },
    _initContainer() {
      this._container = BioCarto.make("canvas", "bc-canvas");
      this._container.setAttribute("role", "img");
      this._container.setAttribute("aria-label", `${BioCarto.count(this._map, this.places.size)} ${this.places.payload.words.many}`);
      this.context = this._container.getContext("2d");
      document.addEventListener("biocarto:theme", this.again);
      this._map.on("mousemove", this.hover, this);
      this._map.on("click", this.choose, this);
    },
    _destroyContainer() {
      document.removeEventListener("biocarto:theme", this.again);
      this._map.off("mousemove", this.hover, this);
      this._map.off("click", this.choose, this);
      this._map.getContainer().style.cursor = "";
      BioCarto.untip(this._map);
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      [canvas.width, canvas.height] = [size.x * ratio, size.y * ratio];
      [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
      this.ratio = ratio;
      this.paint();
    },
    dot() {
      return Math.max(2.2, Math.min(7, 2.4 * 1.28 ** (this._zoom - 9)));
    },
    /* Each group's shape once, as the pixels that differ from nothing: [offset in the picture, colour, alpha]. */
    stamps(r, wide) {
      const size = Math.ceil((r * 1.6 + 1.5) * 2 * this.ratio);
      const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.lineWidth = r > 3 ? 2 : 1;
      context.strokeStyle = this.land();
      const stamp = (group) => {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, size, size);
        context.setTransform(this.ratio, 0, 0, this.ratio, size / 2, size / 2);
        const path = new Path2D(shapePath(group.shape, r));
        context.stroke(path);
        context.fillStyle = group[BioCarto.theme()];
        context.fill(path);
        const pixels = new Uint32Array(context.getImageData(0, 0, size, size).data.buffer);
        const used = [...pixels.keys()].filter((k) => pixels[k] >>> 24 > 8);
        const offsets = Int32Array.from(used, (k) => Math.floor(k / size) * wide + (k % size));
        return { offsets, colours: Uint32Array.from(used, (k) => pixels[k]) };
      };
      return { size, of: this.places.payload.groups.map(stamp) };
    },
    land() {
      return getComputedStyle(this._map.getContainer()).getPropertyValue("--bc-land");
    },
    paint() {
      const { context, ratio, places } = this;
      const scale = 2 ** (this._zoom - BioCarto.world.REF);
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      Object.assign(this, { scale, corner });
      this.paintSingles(scale * ratio, corner.multiplyBy(ratio));
      this.paintRings(size);
      if (this.selected >= 0) this.paintChosen();
      BioCarto.done(this._map, "drawn", places.size);
    },
    /* Pixels are written by hand: 200,000 copies of a picture would take a browser without graphics card half a second. */
    paintSingles(scale, { x: left, y: top }) {
      const { context, places } = this;
      const { width, height } = this._container;
      const margin = Math.ceil((this.dot() * 1.6 + 1.5) * 2 * this.ratio);
      const [wide, high] = [width + 2 * margin, height + 2 * margin];
      const stamps = this.stamps(this.dot(), wide);
      const half = margin - stamps.size / 2;
      const image = new ImageData(wide, high);
      const pixels = new Uint32Array(image.data.buffer);
      for (let i = 0; i < places.size; i++) {
        if (places.ringOf.size && places.ringOf.has(i)) continue;
        const x = Math.round(this.x[i] * scale - left + half);
        const y = Math.round(this.y[i] * scale - top + half);
        if (x < 0 || y < 0 || x + stamps.size > wide || y + stamps.size > high) continue;
        const { offsets, colours } = stamps.of[places.group[i]];
        const start = y * wide + x;
        for (let k = 0; k < offsets.length; k++) {
          const at = start + offsets[k];
          pixels[at] = over(colours[k], pixels[at]);
        }
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.putImageData(image, -margin, -margin);
    },
    paintRings(size) {
      const { context, places, ratio } = this;
      const colours = places.payload.groups.map((group) => group[BioCarto.theme()]);
      const [land, ink] = ["--bc-land", "--bc-ink"].map((name) => getComputedStyle(this._map.getContainer()).getPropertyValue(name));
      const order = Array.from(places.rows).sort((a, b) => places.total(b) - places.total(a));
      for (const row of order) {
        const [px, py] = [this.x[row] * this.scale - this.corner.x, this.y[row] * this.scale - this.corner.y];
        if (px < -60 || py < -60 || px > size.x + 60 || py > size.y + 60) continue;
        const total = places.total(row);
        const r = radius(total, this._zoom);
        const width = ringWidth(r);
        context.setTransform(ratio, 0, 0, ratio, px * ratio, py * ratio);
        context.fillStyle = land;
        context.beginPath();
        context.arc(0, 0, r + 1.5, 0, 7);
        context.fill();
        context.lineWidth = width;
        for (const [group, start, share] of parts(places.counts(row), total)) {
          context.strokeStyle = colours[group];
          context.beginPath();
          context.arc(0, 0, r - width / 2, (start - 0.25) * 2 * Math.PI, (start + share - 0.25) * 2 * Math.PI);
          context.stroke();
        }
        context.fillStyle = ink;
        context.font = `600 ${Math.max(10, r - width)}px sans-serif`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(String(total), 0, 0.5);
      }
    },
    paintChosen() {
      const { context, ratio, selected } = this;
      context.setTransform(ratio, 0, 0, ratio, (this.x[selected] * this.scale - this.corner.x) * ratio, (this.y[selected] * this.scale - this.corner.y) * ratio);
      context.strokeStyle = getComputedStyle(this._map.getContainer()).getPropertyValue("--bc-accent");
      context.lineWidth = 3;
      context.beginPath();
      context.arc(0, 0, this.reachOf(selected) + 5, 0, 7);
      context.stroke();
    },
    reachOf(row) {
      return this.places.counts(row) ? radius(this.places.total(row), this._zoom) : this.dot();
    },
    /* Cells of the data's box, built at the first hover: rows of cell c are order[start[c]] .. order[start[c + 1] - 1]. */
    index() {
      if (this.cells) return this.cells;
      const { x, y } = this;
      let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let i = 0; i < x.length; i++) {
        west = Math.min(west, x[i]);
        east = Math.max(east, x[i]);
        north = Math.min(north, y[i]);
        south = Math.max(south, y[i]);
      }
      const side = Math.max(1, Math.ceil(Math.sqrt(x.length / 4)));
      const step = Math.max((east - west) / side, (south - north) / side, 1e-6);
      const wide = Math.floor((east - west) / step) + 1;
      const cellOf = (i) => Math.floor((y[i] - north) / step) * wide + Math.floor((x[i] - west) / step);
      const start = new Int32Array(wide * (Math.floor((south - north) / step) + 1) + 1);
      for (let i = 0; i < x.length; i++) start[cellOf(i) + 1]++;
      for (let c = 1; c < start.length; c++) start[c] += start[c - 1];
      const [next, order] = [start.slice(), new Int32Array(x.length)];
      for (let i = 0; i < x.length; i++) order[next[cellOf(i)]++] = i;
      this.cells = { west, north, step, wide, start, order };
      return this.cells;
    },
    /** The row under a point of the layer, or -1. Rings first, for they lie on top. */
    at(point) {
      const [wx, wy] = [(point.x - this._bounds.min.x + this.corner.x) / this.scale, (point.y - this._bounds.min.y + this.corner.y) / this.scale];
      const far = (row) => Math.hypot(this.x[row] - wx, this.y[row] - wy) * this.scale;
      const ring = Array.from(this.places.rows).filter((row) => far(row) <= this.reachOf(row)).sort((a, b) => this.reachOf(a) - this.reachOf(b))[0];
      if (ring !== undefined) return ring;
      const { west, north, step, wide, start, order } = this.index();
      const reach = Math.max(this.dot(), BioCarto.coarse() ? 22 : 8) / this.scale;
      let [best, least] = [-1, reach * this.scale];
      const clamp = (value, top) => Math.max(0, Math.min(top, Math.floor(value)));
      const high = (start.length - 1) / wide - 1;
      for (let cy = clamp((wy - reach - north) / step, high); cy <= clamp((wy + reach - north) / step, high); cy++) {
        for (let cx = clamp((wx - reach - west) / step, wide - 1); cx <= clamp((wx + reach - west) / step, wide - 1); cx++) {
          for (let k = start[cy * wide + cx]; k < start[cy * wide + cx + 1]; k++) {
            if (far(order[k]) <= least) [best, least] = [order[k], far(order[k])];
          }
        }
      }
      return best;
    },
    hover({ layerPoint, originalEvent }) {
      if (this.asked || originalEvent.pointerType === "touch") return;
      this.asked = requestAnimationFrame(() => {
        delete this.asked;
        if (!this._container || this._map._animatingZoom) return;
        const row = this.at(layerPoint);
        this._map.getContainer().style.cursor = row < 0 ? "" : "pointer";
        if (row < 0) return BioCarto.untip(this._map);
        BioCarto.tip(this._map, this.places.tip([row], this._map), this._map.latLngToContainerPoint(this.places.latlng(row)), this.reachOf(row) + 8);
      });
    },
    choose({ layerPoint }) {
      const row = this.at(layerPoint);
      if (row < 0) return;
      const { type, id } = this.places.target(row);
      BioCarto.emit(this.layer, type, id, this.places.latlng(row));
    },
  });
})();
