/* Static edition, the door of the pages: shows the one that the address names, and what is open on it. */

import { parseAddress } from "./address.js";
import { ActorSheets } from "./beside.js";
import { DirectoryPage } from "./directory_page.js";
import { findElement, findElements, markCurrent, opensElsewhere } from "./dom.js";
import { PAGES, createEdition, listUnknown } from "./edition.js";
import { OverviewPage } from "./overview_page.js";
import { RegionPage } from "./region_page.js";
import { TourPage } from "./tour_page.js";

/** @import { Edition } from "./edition.js" */

const MOST_UNKNOWN = 20;
const LONGEST_UNKNOWN = 60;
const MARGIN = 16;

/** The document around the pages. */
class EditionApp {
  #edition;
  #pages = new Map(findElements(document, "[data-page]", HTMLElement).map((page) => [page.dataset.page ?? "", page]));
  #navigation = findElement(document, "header nav ul", HTMLElement);
  /** @type {Map<string, {show: () => void}>} */
  #views;

  /** @param {Edition} edition */
  constructor(edition) {
    this.#edition = edition;
    const sheets = new ActorSheets(edition);
    this.#views = new Map(Object.entries({
      [PAGES.overview]: new OverviewPage(edition),
      [PAGES.region]: new RegionPage(edition, sheets),
      [PAGES.directory]: new DirectoryPage(edition, sheets),
      [PAGES.tour]: new TourPage(edition),
    }));
    edition.state.addListener((hasMoved) => this.#show(hasMoved));
    document.addEventListener("click", (event) => this.#followLink(event));
    findElement(document, ".skip", HTMLElement).addEventListener("click", (event) => {
      event.preventDefault();
      findElement(document, ".page:not([hidden]) h1", HTMLElement).focus();
    });
  }

  /** @param {boolean} hasMoved */
  #show(hasMoved) {
    const name = this.#pages.has(this.#edition.state.page) ? this.#edition.state.page : PAGES.overview;
    for (const [other, page] of this.#pages) page.hidden = other !== name;
    const page = findElement(document, ".page:not([hidden])", HTMLElement);
    document.title = `${page.dataset.title} · BioCarto`;
    this.#showNavigation(name);
    this.#showUnknown();
    this.#views.get(name)?.show();
    if (!hasMoved) return;
    scrollTo(0, 0);
    findElement(page, "h1", HTMLElement).focus({ preventScroll: true });
  }

  /** @param {string} name */
  #showNavigation(name) {
    for (const link of findElements(this.#navigation, "a", HTMLAnchorElement)) {
      const isCurrent = parseAddress(link.hash).page === name;
      markCurrent(link, isCurrent);
      if (isCurrent) this.#navigation.scrollLeft = link.offsetLeft - this.#navigation.offsetLeft - MARGIN;
    }
    for (const link of findElements(document, ".languages a", HTMLAnchorElement)) link.href = this.#edition.state.linkTranslation(link.lang);
  }

  /* Values of the address that mean nothing (any more) are named, each cut short. */
  #showUnknown() {
    const unknown = listUnknown(this.#edition, new Set(this.#pages.keys()));
    const named = unknown.slice(0, MOST_UNKNOWN).map((one) => one.slice(0, LONGEST_UNKNOWN)).join(", ");
    const notice = findElement(document, ".notice", HTMLElement);
    notice.hidden = unknown.length === 0;
    notice.textContent = this.#edition.payload.texts.unknown.replace("{values}", () => named);
  }

  /**
   * Links within the document keep its language; a link to where one is already leads nowhere.
   * @param {MouseEvent} event
   */
  #followLink(event) {
    const link = event.target instanceof Element && event.target.closest('a[href^="#/"]');
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || opensElsewhere(event)) return;
    event.preventDefault();
    const { page, params } = parseAddress(link.hash);
    this.#edition.state.openPage(page, params);
  }
}

document.documentElement.classList.add("scripted");
const edition = createEdition();
new EditionApp(edition);
edition.state.start();
