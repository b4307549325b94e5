/* One button opens and closes the row of filters where style.css hides it: on a phone. The row stays open while its visitor chooses. */

/** @import { ComponentArgs } from "./component.d.ts" */

/**
 * @typedef {object} FoldData
 * @property {string} label with the number of filters that are chosen
 * @property {string} row class of the row
 */

const ID = "bc-filters";

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isOpen
 */
const setOpen = (button, isOpen) => {
  button.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) document.documentElement.dataset.bcFilters = "open";
  else delete document.documentElement.dataset.bcFilters;
};

/** @param {ComponentArgs<FoldData>} args */
export default function ({ data, parentElement }) {
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const row = document.querySelector(`.${data.row}`);
  button.textContent = data.label;
  if (row) row.id = ID;
  button.setAttribute("aria-controls", ID);
  button.onclick = () => setOpen(button, button.getAttribute("aria-expanded") !== "true");
  return () => setOpen(button, false);
}
