/* Prints what the page shows. */

/** @import { ComponentArgs } from "./component.d.ts" */

/** @param {ComponentArgs<{ label: string }>} args */
export default function ({ data, parentElement }) {
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  button.textContent = data.label;
  button.onclick = () => window.print();
}
