/** Parts of rings where the visitor's system sets all colours: one texture per group, in the two colours that are left. */
import { svg } from "../core/dom.js";

/* Told apart whichever way they are turned: full, grid, fine lines, dots, broad lines, chequers. */
const TEXTURES = ["M0 0h4v4H0z", "M0 0h4v1.2H1.2V4H0z", "M0 0h4v1H0zM0 2h4v1H0z", "M1 1h2v2H1z", "M0 0h4v2H0z", "M0 0h2v2h2v2H2V2H0z"];

/** Once a page; biocarto.css says where they are used. */
export const addTextures = () => {
  if (document.getElementById("bc-textures")) return;
  const drawn = svg("svg", { id: "bc-textures", width: 0, height: 0, "aria-hidden": "true" });
  for (const [number, d] of TEXTURES.entries()) {
    const pattern = svg("pattern", { id: `bc-texture-${number}`, width: 4, height: 4, patternUnits: "userSpaceOnUse" });
    pattern.append(svg("path", { d, class: "bc-texture" }));
    drawn.append(pattern);
  }
  document.body.append(drawn);
};
