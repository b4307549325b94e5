/** Territories coloured by class. */
import { make } from "../core/dom.js";
import { emit } from "../core/emit.js";
import { makeDottedSwatch, makeEntry, makeHatchedSwatch, makeNote, makeSection, makeSwatch } from "../core/legend.js";
import { setColours } from "../core/theme.js";
import { Labels } from "../ground/labels.js";
import { AreaLayer } from "./areas.js";

/** @import { Shape } from "../types/map" */
/** @import { ChoroplethLegend, ChoroplethPayload } from "../types/payloads" */
/** @import { Kind } from "./areas.js" */

/** @type {(className: string, text: string) => HTMLElement} */
const makeStep = (className, text) => {
  const node = make("div", "bc-step");
  node.append(make("span", `bc-box ${className}`), make("span", "", text));
  return node;
};

/* The classes side by side as a ramp, what stands apart from them beneath. */
/** @param {ChoroplethLegend} legend */
const makeLegend = ({ classes, title, no_data: none, hatch, unit, note }) => {
  const ramp = make("div", "bc-ramp");
  ramp.append(...classes.slice(1).map((text, i) => makeStep(`bc-c${i + 1}`, text)));
  /** @type {[Element, string][]} */
  const others = [[makeSwatch("bc-area bc-c0"), classes[0]], [makeDottedSwatch("bc-area bc-nodata"), none], [makeHatchedSwatch("bc-area bc-c0"), hatch]];
  const entries = others.filter(([, text]) => text).map(([mark, text]) => makeEntry(mark, text, null));
  return makeSection("choropleth", title, [ramp, ...entries], ...[unit, note].filter(Boolean).map(makeNote));
};

export class ChoroplethLayer extends AreaLayer {
  /** @param {ChoroplethPayload} payload */
  constructor(payload) {
    super(payload);
    this.payload = payload;
    const { codes, classes, values } = payload;
    const list = codes ? codes.split(" ") : [];
    this.rows = new Map(list.map((code, i) => [code, { step: classes[i], value: values[i] || "" }]));
    this.small = new Set(payload.hatched);
  }

  /** @override @returns {Kind} */
  describe() {
    const { level, selected, legend, plain } = this.payload;
    return {
      kind: "choropleth",
      key: level,
      classOf: (code) => this.classOf(code),
      isHatched: (code) => !plain && this.small.has(code),
      chosen: selected ? [selected] : [],
      tip: (shape) => this.describeShape(shape),
      choose: (code, latlng) => emit(this, "territory", code, latlng),
      legend: () => (plain ? null : makeLegend(legend)),
    };
  }

  /** @param {string} code */
  classOf(code) {
    if (this.payload.plain) return "bc-plain";
    const row = this.rows.get(code);
    return !row || row.step === "-" ? "bc-nodata" : `bc-c${row.step}`;
  }

  /* The class beneath the name of a territory: its own, or that of its department. */
  /** @param {string} code */
  findUpon(code) {
    const found = [code, code.slice(0, 2)].find((one) => this.byCode.has(one));
    return found && !this.payload.plain ? `bc-upon ${this.classOf(found)}` : "";
  }

  /** @param {Shape} shape */
  describeShape({ code, name }) {
    const value = this.rows.get(code)?.value || this.payload.legend.no_data;
    return [make("strong", "", name), ...(value ? [make("span", "", value)] : [])];
  }

  /** @override @param {L.Map} map */
  onAdd(map) {
    setColours("bc-c", 1, this.payload.colours, this.payload.label_colours);
    return super.onAdd(map);
  }

  /* Of a part of the region, the names of what has something. */
  /** @override @type {AreaLayer["fill"]} */
  fill(shapes, kind) {
    super.fill(shapes, kind);
    this._map.biocarto.upon = (code) => this.findUpon(code);
    this._map.fire("biocarto:areas");
    if (!this.payload.named) return;
    const some = [...this.byCode.values()].filter(({ code }) => Number(this.rows.get(code)?.step) > 0);
    this.names = new Labels(some, "areas", (code) => `bc-upon ${this.classOf(code)}`).addTo(this._map);
  }

  /** @override @param {L.Map} map */
  onRemove(map) {
    this.names?.remove();
    delete map.biocarto.upon;
    map.fire("biocarto:areas");
    return super.onRemove(map);
  }
}
