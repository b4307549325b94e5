/** Tells in words when a script of the map does not load: it would leave a blank map without a word. Loaded before all others. */

/** @param {HTMLElement} div */
const report = (div) => {
  const box = document.createElement("div");
  box.className = "bc-failed";
  box.setAttribute("role", "alert");
  box.style.cssText = "font:16px/1.5 sans-serif;padding:2rem;max-width:34rem";
  for (const text of [
    "La carte n'a pas pu se charger : un de ses fichiers manque. Le reste de la page est intact ; rechargez-la.",
    "The map could not load: one of its files is missing. The rest of the page is unharmed; please reload.",
  ]) {
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
  }
  div.replaceChildren(box);
  // streamlit-folium gives its frame a height only once the map is there
  if (window.Streamlit) window.Streamlit.setFrameHeight(Number.parseInt(div.style.height, 10) || 240);
};

addEventListener(
  "error",
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    window.BioCarto = {
      base: () => {
        throw new Error(`${target.src} is missing`);
      },
    };
    const div = document.querySelector("#map_div, .folium-map");
    if (div instanceof HTMLElement && !div.querySelector(".bc-failed")) report(div);
  },
  true,
);
