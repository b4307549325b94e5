/* Static edition, Île-de-France: territories by class under the actors; what is tapped opens beside the map. */

import { buildActorLayer } from "./actor_layer.js";
import { writeAddress } from "./address.js";
import { makeListing } from "./beside.js";
import { findElement, findElements } from "./dom.js";
import { PAGES, findActorRow, findPlaceNumber } from "./edition.js";

/**
 * @import { ActorSheets } from "./beside.js"
 * @import { Edition } from "./edition.js"
 * @import { MapLayer } from "../../../maps/frontend/framed/shown_map.js"
 */

/** The page of the region. */
export class RegionPage {
  #edition;
  #sheets;
  #page = findElement(document, `[data-page="${PAGES.region}"]`, HTMLElement);
  #beside = findElement(this.#page, "[data-beside]", HTMLElement);
  #invitation = findElement(this.#beside, "[data-invitation]", HTMLElement);

  /**
   * @param {Edition} edition
   * @param {ActorSheets} sheets
   */
  constructor(edition, sheets) {
    this.#edition = edition;
    this.#sheets = sheets;
    this.#page.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.name === "level") edition.state.change({ level: target.value, territory: "" });
      if (target.name === "measure") edition.state.change({ measure: target.value });
    });
  }

  /** Everything of the page, as the address says. */
  show() {
    const { payload, state, facets, maps } = this.#edition;
    const [level, measure] = [this.#checkChoice("level"), this.#checkChoice("measure")];
    const actor = findActorRow(payload.rows, state);
    const { rows } = facets.selectRows(facets.emptyFilters());
    this.#sheets.show(this.#beside, actor, { isSelected: actor < 0 || rows.includes(actor), link: this.#linkSheet(actor) });
    const listing = actor < 0 ? this.#makeListing(level, rows) : null;
    if (listing) this.#beside.append(listing);
    this.#invitation.hidden = actor >= 0 || Boolean(listing);
    maps.drawMap("region", "region", this.#buildLayers(level, measure, rows), (type, id) => {
      state.change({ actor: "", place: "", territory: "", [type]: id });
    });
  }

  /**
   * Check the radio button that the address asks for, else the first; returns its value.
   * @param {string} name
   * @returns {string}
   */
  #checkChoice(name) {
    const inputs = findElements(this.#page, `.choice input[name=${name}]`, HTMLInputElement);
    const wanted = this.#edition.state.readValue(name);
    const chosen = inputs.find(({ value }) => value === wanted) ?? inputs[0];
    for (const input of inputs) input.checked = input === chosen;
    return chosen.value;
  }

  /** @param {number} actor row */
  #linkSheet(actor) {
    const { rows, lang } = this.#edition.payload;
    return writeAddress({ page: PAGES.directory, params: new URLSearchParams({ actor: rows.ids[actor] ?? "" }) }, lang);
  }

  /**
   * The list of the place or the territory in the address: companies by category first, then by name.
   * @param {string} level
   * @param {number[]} selected
   */
  #makeListing(level, selected) {
    const { rows, places } = this.#edition.payload;
    const place = findPlaceNumber(places, this.#edition.state);
    const about = place >= 0 ? this.#describePlace(place) : this.#describeTerritory(level);
    if (!about) return null;
    const { isHere, ...listing } = about;
    const here = selected.filter(isHere).sort((a, b) => rows.group[a] - rows.group[b] || rows.order[a] - rows.order[b]);
    return makeListing(this.#edition, { ...listing, rows: here });
  }

  /** @param {number} number */
  #describePlace(number) {
    const { places, rows, texts } = this.#edition.payload;
    const [, name, , , precision] = places[number];
    return {
      title: precision === "area" ? texts.unknownDistrict.replace("{place}", () => name) : name,
      note: texts.placeNotes[precision] ?? "",
      isHere: (/** @type {number} */ row) => rows.place[row] === number,
    };
  }

  /** @param {string} level */
  #describeTerritory(level) {
    const { territories, facets } = this.#edition.payload;
    const code = this.#readTerritory(level);
    if (!code) return null;
    const { codes, held } = facets[level];
    const number = codes.indexOf(code);
    return { title: territories[level][code], note: "", isHere: (/** @type {number} */ row) => held[row].includes(number) };
  }

  /**
   * Code of the territory in the address, "" where the level has no such one.
   * @param {string} level
   * @returns {string}
   */
  #readTerritory(level) {
    const code = this.#edition.state.readValue("territory");
    return Object.hasOwn(this.#edition.payload.territories[level], code) ? code : "";
  }

  /**
   * @param {string} level
   * @param {string} measure
   * @param {number[]} selected
   * @returns {MapLayer[]}
   */
  #buildLayers(level, measure, selected) {
    const { payload, state } = this.#edition;
    const actor = findActorRow(payload.rows, state);
    const place = actor >= 0 ? payload.places[payload.rows.place[actor]][0] : state.readValue("place");
    return [
      { kind: "choropleth", payload: { ...payload.choropleths[`${level}-${measure}`], selected: this.#readTerritory(level) } },
      { kind: "actors", payload: buildActorLayer(payload, selected, { selected: place }) },
    ];
  }
}
