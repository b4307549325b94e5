/* BioCarto, symbols: the shapes of the groups, rings divided by group, and the columns that say which stands where. */
(() => {
  "use strict";
  const SCALE = 1e5;

  const bytes = (text) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const raw = atob(text);
    const out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  };
  const numbers = (text) => new Int32Array(bytes(text).buffer);

  /* Outlines of the shapes, each with the area of the circle of radius 1. */
  const corners = (n, radius, turn = -90) =>
    Array.from({ length: n }, (_, i) => ((i * 360) / n + turn) * (Math.PI / 180)).map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);
  const star = () => {
    const [outer, inner] = [corners(5, 1.54), corners(5, 0.69, -54)];
    return outer.flatMap((point, i) => [point, inner[i]]);
  };
  const SHAPES = { circle: null, square: corners(4, 1.2533, -45), triangle: corners(3, 1.555), diamond: corners(4, 1.2533), pentagon: corners(5, 1.15), star: star() };

  const shapePath = (shape, r) => {
    const points = SHAPES[shape];
    if (!points) return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    return `M${points.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}z`;
  };

  const groupShape = (groups, index, r) => BioCarto.svg("path", { d: shapePath(groups[index].shape, r), class: `bc-shape bc-g${index}` });

  /** Area follows the count; the smallest symbols keep a size that shows their shape or number. */
  const growth = (zoom) => Math.min(8.5, Math.max(2.5, 3.3 * 1.36 ** (zoom - 9)));
  const least = (total, zoom) => Math.min(1, Math.max(0.72, 0.85 + (zoom - 9) * 0.06)) * (total > 1 ? 10 : 7);
  const radius = (total, zoom) => Math.max(least(total, zoom), growth(zoom) * Math.sqrt(total));

  const ringWidth = (r) => Math.max(2.4, Math.min(11, r * 0.3));

  /** Parts of a ring: [group, start, share] with shares of 1. */
  const parts = (counts, total) => {
    let start = 0;
    return Array.from(counts, (n, group) => [group, n]).filter(([, n]) => n > 0).map(([group, n]) => {
      const part = [group, start, n / total];
      start += n / total;
      return part;
    });
  };

  /* On a ring that is thick enough each part also carries the shape of its group: colour alone never tells. */
  const glyph = (groups, group, middle, width, turn) => {
    const [x, y] = [middle * Math.cos(turn), middle * Math.sin(turn)];
    return BioCarto.svg("path", { d: shapePath(groups[group].shape, width * 0.27), class: "bc-glyph", transform: `translate(${x} ${y})` });
  };

  const ringNodes = (groups, counts, total, r, text) => {
    const width = ringWidth(r);
    const middle = r - width / 2;
    const around = 2 * Math.PI * middle;
    const divided = parts(counts, total);
    const gap = divided.length > 1 ? Math.min(1.5, around / 40) : 0;
    const nodes = [BioCarto.svg("circle", { r: r + 1.5, class: "bc-disc" })];
    for (const [group, start, share] of divided) {
      const length = Math.max(0.8, share * around - gap);
      nodes.push(BioCarto.svg("circle", {
        r: middle, class: `bc-arc bc-g${group}`, "stroke-width": width,
        "stroke-dasharray": `${length} ${around - length}`, transform: `rotate(${start * 360 - 90})`,
      }));
      if (width >= 6 && length >= width * 1.3) nodes.push(glyph(groups, group, middle, width, (start + share / 2 - 0.25) * 2 * Math.PI));
    }
    const size = Math.max(9, Math.min(22, (r - width) * (text.length > 2 ? 0.8 : 1.05)));
    const label = BioCarto.svg("text", { "font-size": size.toFixed(1), dy: "0.35em", class: "bc-number" });
    label.textContent = text;
    nodes.push(label);
    return nodes;
  };

  const drawing = (nodes, reach, className = "bc-symbol") => {
    const node = BioCarto.svg("svg", { viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}`, width: 2 * reach, height: 2 * reach, class: className, "aria-hidden": "true" });
    node.append(...nodes);
    return node;
  };

  /** Columns of a payload, decoded, with one way to ask about a row. */
  class Places {
    constructor(payload) {
      this.payload = payload;
      this.size = payload.size;
      this.lat = numbers(payload.lat);
      this.lon = numbers(payload.lon);
      this.group = bytes(payload.group);
      this.rows = numbers(payload.rows);
      this.rings = numbers(payload.rings);
      this.apart = new Set(payload.apart || []);
      this.labels = payload.labels === undefined ? null : payload.labels.split("\n");
      this.width = payload.groups.length;
      this.ringOf = new Map();
      this.rows.forEach((row, i) => this.ringOf.set(row, this.rings.subarray(i * this.width, (i + 1) * this.width)));
    }
    latlng(row) {
      return L.latLng(this.lat[row] / SCALE, this.lon[row] / SCALE);
    }
    counts(row) {
      return this.ringOf.get(row);
    }
    total(row) {
      const counts = this.counts(row);
      return counts ? counts.reduce((sum, n) => sum + n, 0) : 1;
    }
    target(row) {
      const { ids, actors = {} } = this.payload;
      if (actors[row]) return { type: "actor", id: actors[row] };
      return { type: "place", id: ids ? ids[row] : String(row) };
    }
    isSelected(row) {
      const { selected, ids, actors = {} } = this.payload;
      return selected !== "" && (actors[row] === selected || (ids ? ids[row] === selected : String(row) === selected));
    }
    /** The groups that some counts hold: [{group, n, label}]. */
    present(counts) {
      const { groups } = this.payload;
      return Array.from(counts, (n, group) => ({ group, n, label: groups[group].label })).filter(({ n }) => n > 0);
    }
    /** Every place as a box of no size. */
    boxes() {
      return Array.from(this.lat, (lat, row) => [lat / SCALE, this.lon[row] / SCALE, lat / SCALE, this.lon[row] / SCALE]);
    }
    label(row) {
      return this.labels ? this.labels[row] : "";
    }
    /** Counts per group over some rows. */
    sum(rows) {
      const counts = new Int32Array(this.width);
      for (const row of rows) {
        const own = this.counts(row);
        if (own) own.forEach((n, group) => (counts[group] += n));
        else counts[this.group[row]] += 1;
      }
      return counts;
    }
    /** What some rows hold, in words: a name, a total, and the groups present with their counts. */
    describe(rows, map) {
      const { words } = this.payload;
      const counts = this.sum(rows);
      const total = counts.reduce((a, b) => a + b, 0);
      const present = this.present(counts);
      const others = rows.length > 1 ? words.gathered.replace("{n}", BioCarto.count(map, rows.length)) : "";
      const hint = others && !map.biocarto.config.compact ? words.closer : "";
      return { name: this.label(rows[0]), others, hint, total: total > 1 ? `${BioCarto.count(map, total)} ${words.many}` : "", present };
    }
    spoken(rows, map) {
      const { name, others, total, present } = this.describe(rows, map);
      const groups = total ? `${total} (${present.map(({ label, n }) => `${label} ${n}`).join(", ")})` : present[0].label;
      return [name, others, groups].filter(Boolean).join(", ");
    }
    tip(rows, map) {
      const { name, others, hint, total, present } = this.describe(rows, map);
      const lines = [["strong", others ? `${name}…` : name], ["span", others], ["span", total]].filter(([, text]) => text);
      const nodes = lines.map(([tag, text]) => BioCarto.make(tag, "", text));
      for (const { group, n, label } of present) {
        const entry = BioCarto.entry(drawing([groupShape(this.payload.groups, group, 5)], 8), label);
        if (total) entry.append(BioCarto.make("b", "", BioCarto.count(map, n)));
        nodes.push(entry);
      }
      if (hint) nodes.push(BioCarto.make("em", "", hint));
      return nodes;
    }
  }

  BioCarto.symbols = { SCALE, Places, shapePath, groupShape, growth, radius, ringWidth, parts, ringNodes, drawing };
})();
