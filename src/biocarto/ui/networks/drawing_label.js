/* The drawing scrolls, so the keyboard must reach its box and a reader be told what it is; Streamlit's containers have no label. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/** @param {ComponentArgs<{ label: string }>} args */
export default function ({ data }) {
  const box = document.querySelector(".st-key-affiliations");
  box?.setAttribute("role", "region");
  box?.setAttribute("tabindex", "0");
  box?.setAttribute("aria-label", data.label);
}
