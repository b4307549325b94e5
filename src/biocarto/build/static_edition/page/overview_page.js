/* Static edition, overview: two small maps that lead on, and the search boxes that open the directory. */

import { buildActorLayer } from "./actor_layer.js";
import { findElement, findElements } from "./dom.js";
import { PAGES } from "./edition.js";
import { findStage } from "./tour_page.js";

/** @import { Edition } from "./edition.js" */

/** The page of the overview. */
export class OverviewPage {
  #edition;

  /** @param {Edition} edition */
  constructor(edition) {
    this.#edition = edition;
    for (const form of findElements(document, "[data-search]", HTMLFormElement)) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const { value } = findElement(form, "input", HTMLInputElement);
        this.#leadTo(PAGES.directory, { q: edition.search.cleanText(value) });
      });
    }
  }

  /** Both maps. */
  show() {
    const { payload, facets, maps } = this.#edition;
    maps.drawMap("tour-small", "tour-small", [{ kind: "tour", payload: payload.tour }], (type, id) => {
      this.#leadTo(PAGES.tour, { stage: findStage(payload, type, id) });
    });
    const { rows } = facets.selectRows(facets.emptyFilters());
    const actors = buildActorLayer(payload, rows, { legend: false });
    maps.drawMap("region-small", "region-small", [{ kind: "actors", payload: actors }], (type, id) => {
      this.#leadTo(PAGES.region, { [type]: id });
    });
  }

  /**
   * @param {string} page
   * @param {Record<string, string>} params
   */
  #leadTo(page, params) {
    this.#edition.state.openPage(page, new URLSearchParams(params));
  }
}
