/* Static edition: what opens beside a map, one thing at a time: the sheet of an actor, or a list of actors. */

import { copyTemplate, findElement, findElements, makeButton, makeElement, seekElement } from "./dom.js";

/**
 * @import { Payload } from "./payload.js"
 * @import { Edition } from "./edition.js"
 */

/**
 * @param {"sheet" | "listing"} kind
 * @returns {HTMLDivElement}
 */
function makeOpened(kind) {
  const node = makeElement("div");
  node.dataset.opened = kind;
  return node;
}

/** @param {Element} beside */
function clearOpened(beside) {
  for (const node of beside.querySelectorAll("[data-opened]")) node.remove();
}

/**
 * The shape of a group; its meaning stands in the legend of the map and in the sheet.
 * @param {Payload} payload
 * @param {number} group
 */
function makeMark({ actors, groups }, group) {
  const node = makeElement("span", `bc-mark bc-${actors.groups[group].shape}`);
  node.style.background = `var(--bc-${groups[group]})`;
  node.setAttribute("aria-hidden", "true");
  return node;
}

/**
 * A list of actors, which open their sheets.
 * @param {Edition} edition
 * @param {{title: string, note: string, rows: number[]}} listing
 * @returns {HTMLDivElement}
 */
export function makeListing({ payload, state, numbers }, { title, note, rows: selected }) {
  const { rows, texts } = payload;
  const node = makeOpened("listing");
  node.append(copyTemplate("listing"));
  findElement(node, "h2", HTMLElement).textContent = title;
  findElement(node, "p", HTMLElement).textContent = numbers.writeCount(selected.length, texts.actorSites) + note;
  const items = selected.map((row) => {
    const button = makeButton("", "", () => state.change({ actor: rows.ids[row] }));
    button.append(makeMark(payload, rows.group[row]), rows.names[row]);
    const item = makeElement("li");
    item.dataset.row = String(row);
    item.append(button);
    return item;
  });
  findElement(node, "ul", HTMLElement).append(...items);
  findElement(node, "[data-close]", HTMLElement).addEventListener("click", () => state.change({ place: "", territory: "" }));
  return node;
}

/** The sheets of the actors, kept in the document until they are asked for. */
export class ActorSheets {
  #edition;
  /** @type {Map<string, HTMLTemplateElement>} */
  #templates;

  /** @param {Edition} edition */
  constructor(edition) {
    this.#edition = edition;
    const templates = findElements(document, "template[data-actor]", HTMLTemplateElement);
    this.#templates = new Map(templates.map((template) => [template.dataset.actor ?? "", template]));
  }

  /**
   * The sheet of a row beside a map, or none (-1); the keyboard follows a sheet that opens.
   * @param {HTMLElement} beside
   * @param {number} row
   * @param {{isSelected: boolean, link?: string}} options whether the filters keep the actor; where its full sheet stands
   */
  show(beside, row, { isSelected, link = "" }) {
    if (seekElement(beside, "[data-opened=sheet]")?.dataset.row === String(row)) return;
    clearOpened(beside);
    if (row < 0) return;
    const sheet = this.#makeSheet(row);
    if (!isSelected) sheet.append(makeElement("p", "outside", this.#edition.payload.texts.outside));
    sheet.append(this.#makeActions(beside, row, link));
    beside.append(sheet);
    const title = findElement(sheet, "h2", HTMLElement);
    title.tabIndex = -1;
    if (this.#edition.state.isShown) title.focus({ preventScroll: true });
    beside.scrollTop = 0;
  }

  /** @param {number} row */
  #makeSheet(row) {
    const sheet = makeOpened("sheet");
    sheet.dataset.row = String(row);
    const template = this.#templates.get(this.#edition.payload.rows.ids[row]);
    if (template) sheet.append(document.importNode(template.content, true));
    return sheet;
  }

  /**
   * @param {HTMLElement} beside
   * @param {number} row
   * @param {string} link
   */
  #makeActions(beside, row, link) {
    const actions = copyTemplate("actions");
    findElement(actions, "[data-close]", HTMLElement).addEventListener("click", () => this.#close(beside, row));
    findElement(actions, "[data-print]", HTMLElement).addEventListener("click", () => print());
    const full = findElement(actions, "[data-full]", HTMLAnchorElement);
    if (link) full.href = link;
    else full.remove();
    return actions;
  }

  /**
   * The keyboard goes back to where the sheet was opened, else to the title of the page.
   * @param {HTMLElement} beside
   * @param {number} row
   */
  #close(beside, row) {
    this.#edition.state.change({ actor: "" });
    const opener = seekElement(beside, `li[data-row="${row}"] :is(a, button)`);
    const title = beside.closest(".page")?.querySelector("h1");
    (opener ?? title)?.focus({ preventScroll: true });
  }
}
