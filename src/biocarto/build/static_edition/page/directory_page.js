/* Static edition, directory: one search box, every facet with live counts, list and map in step, all of it in the address. */

import { buildActorLayer } from "./actor_layer.js";
import { findElement, findElements, makeButton, opensElsewhere } from "./dom.js";
import { PAGES, findActorRow, findPlaceNumber, readFilters } from "./edition.js";
import { FacetMenu, keepOneOpen } from "./facet_menu.js";
import { writeSummary } from "./summary.js";

/**
 * @import { ActorSheets } from "./beside.js"
 * @import { Edition } from "./edition.js"
 * @import { Filters, Selection } from "./facets.js"
 * @import { Place } from "./payload.js"
 */

const TYPING_PAUSE = 120;

/** The page of the directory. */
export class DirectoryPage {
  #edition;
  #sheets;
  #page = findElement(document, `[data-page="${PAGES.directory}"]`, HTMLElement);
  #box = findElement(this.#page, "#q", HTMLInputElement);
  #list = findElement(this.#page, "[data-list]", HTMLElement);
  #clear = findElement(this.#page, "[data-clear]", HTMLElement);
  /** @type {Map<string, FacetMenu>} */
  #menus;
  #lines = new Map(findElements(this.#list, ":scope > [data-row]", HTMLElement).map((line) => [Number(line.dataset.row), line]));
  #typing = 0;

  /**
   * @param {Edition} edition
   * @param {ActorSheets} sheets
   */
  constructor(edition, sheets) {
    this.#edition = edition;
    this.#sheets = sheets;
    this.#menus = new Map(edition.facets.names.map((name) => [name, this.#makeMenu(name)]));
    const bar = findElement(this.#page, "[data-facets]", HTMLElement);
    bar.append(...[...this.#menus.values()].map(({ holder }) => holder));
    keepOneOpen(bar);
    this.#box.addEventListener("input", () => this.#searchSoon());
    this.#list.addEventListener("click", (event) => this.#openSheet(event));
    this.#clear.addEventListener("click", () => this.#clearAll());
  }

  /** Everything of the page, as the address says. */
  show() {
    const { search, facets, payload, numbers } = this.#edition;
    const filters = readFilters(this.#edition);
    const selection = facets.selectRows(filters);
    if (search.cleanText(this.#box.value) !== filters.q) this.#box.value = filters.q;
    for (const [name, menu] of this.#menus) menu.show(filters.codes[name], selection.counts[name]);
    const summary = writeSummary(payload, numbers, selection.rows, facets.countShowable(filters));
    findElement(this.#page, "[data-summary]", HTMLElement).textContent = summary;
    const place = this.#readPlace(selection);
    this.#showChips(this.#makeChips(filters, place));
    this.#showRows(selection, place);
  }

  /** @param {string} name */
  #makeMenu(name) {
    const { payload, numbers } = this.#edition;
    return new FacetMenu(name, payload.facets[name], numbers, (code) => this.#toggle(name, code));
  }

  /**
   * @param {string} name
   * @param {string} code
   */
  #toggle(name, code) {
    const chosen = readFilters(this.#edition).codes[name];
    const changed = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    this.#edition.state.change({ [name]: changed, actor: "", place: "" });
  }

  /**
   * The place in the address, where it holds a row of the selection.
   * @param {Selection} selection
   * @returns {Place | null}
   */
  #readPlace(selection) {
    const { rows, places } = this.#edition.payload;
    const number = findPlaceNumber(places, this.#edition.state);
    return selection.rows.some((row) => rows.place[row] === number) ? places[number] : null;
  }

  /**
   * @param {string} text
   * @param {string} hint
   * @param {() => void} remove
   */
  #makeChip(text, hint, remove) {
    const chip = makeButton("chip", `${text} ✕`, remove);
    chip.title = hint;
    return chip;
  }

  /**
   * What is asked for, each to be taken away by a tap.
   * @param {Filters} filters
   * @param {Place | null} place
   * @returns {HTMLButtonElement[]}
   */
  #makeChips({ codes, q }, place) {
    const { facets, texts } = this.#edition.payload;
    const { state } = this.#edition;
    const chips = Object.entries(codes).flatMap(([name, chosen]) => chosen.map((code) => {
      const label = facets[name].labels[facets[name].codes.indexOf(code)];
      return this.#makeChip(label, texts.remove, () => this.#toggle(name, code));
    }));
    if (q) chips.push(this.#makeChip(`« ${q} »`, texts.remove, () => state.change({ q: "", actor: "" })));
    if (place) chips.push(this.#makeChip(place[1], texts.wholeList, () => state.change({ place: "" })));
    return chips;
  }

  /** @param {HTMLButtonElement[]} chips */
  #showChips(chips) {
    findElement(this.#page, "[data-chips]", HTMLElement).replaceChildren(...chips);
    this.#clear.hidden = chips.length === 0;
  }

  /**
   * List, sheet and map.
   * @param {Selection} selection
   * @param {Place | null} place
   */
  #showRows({ rows: selected }, place) {
    const { payload, state, maps } = this.#edition;
    const { rows, places } = payload;
    const actor = findActorRow(rows, state);
    const here = place ? selected.filter((row) => places[rows.place[row]] === place) : selected;
    this.#list.replaceChildren(...here.flatMap((row) => this.#lines.get(row) ?? []));
    this.#list.hidden = actor >= 0;
    findElement(this.#page, "[data-nothing]", HTMLElement).hidden = selected.length > 0 || actor >= 0;
    const beside = findElement(this.#page, "[data-beside]", HTMLElement);
    this.#sheets.show(beside, actor, { isSelected: actor < 0 || selected.includes(actor) });
    const marked = actor >= 0 ? places[rows.place[actor]] : place;
    const layer = buildActorLayer(payload, selected, { selected: marked ? marked[0] : "" });
    maps.drawMap("directory", "region", [{ kind: "actors", payload: layer }], (type, id) => this.#follow(type, id));
  }

  /**
   * What was tapped on the map.
   * @param {string} type
   * @param {string} id
   */
  #follow(type, id) {
    if (type === "actor") this.#edition.state.change({ actor: id, place: "" });
    if (type === "place") this.#edition.state.change({ place: id, actor: "" });
  }

  #searchSoon() {
    const { state, search } = this.#edition;
    clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => {
      state.change({ q: search.cleanText(this.#box.value), actor: "", place: "" }, { quietly: true });
    }, TYPING_PAUSE);
  }

  /** @param {MouseEvent} event */
  #openSheet(event) {
    const line = event.target instanceof Element && event.target.closest("[data-open]")?.closest("li");
    if (!line || opensElsewhere(event)) return;
    event.preventDefault();
    this.#edition.state.change({ actor: this.#edition.payload.rows.ids[Number(line.dataset.row)] });
  }

  #clearAll() {
    const facets = Object.fromEntries(this.#edition.facets.names.map((name) => [name, ""]));
    this.#edition.state.change({ ...facets, q: "", place: "" });
    this.#box.focus();
  }
}
