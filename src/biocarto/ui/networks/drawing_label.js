/* The drawing scrolls, so the keyboard must reach its box and a reader be told what it is; Streamlit's containers have no label.
   Its boxes are links in real text, so it is a group of links and no image; what the lines say is in the table below it. */

/** @import { ComponentArgs } from "../shared/component.d.ts" */

/** @param {ComponentArgs<{ label: string }>} args */
export default function ({ data }) {
  const box = document.querySelector(".st-key-affiliations");
  if (!box) return;
  box.setAttribute("role", "region");
  box.setAttribute("tabindex", "0");
  box.setAttribute("aria-label", data.label);
  const nameDrawing = () => {
    const drawing = box.querySelector(".stGraphVizChart svg");
    drawing?.setAttribute("role", "group");
    drawing?.setAttribute("aria-label", data.label);
  };
  nameDrawing();
  const observer = new MutationObserver(nameDrawing);
  observer.observe(box, { childList: true, subtree: true });
  return () => observer.disconnect();
}
