/* The map as an embed: draws what its document brings, in the theme that was asked for; a tap opens a card. */
import { ShownMap } from "../../maps/frontend/framed/shown_map.js";
import { Card } from "./card.js";
import { tellHeight } from "./tell_height.js";

/**
 * @import { MapLayer } from "../../maps/frontend/framed/shown_map.js"
 * @import { BaseConfig } from "../../maps/frontend/types/payloads"
 * @import { CardWords } from "./card.js"
 */

/** @typedef {{base: BaseConfig, map: CardWords & {layers: MapLayer[]}}} MapData */

/** Pixels of the map alone that it asks for: by its width, and never less or more than these. */
const SHARE = 0.62;
const [LEAST, MOST] = [420, 640];

const { base, map: told } = /** @type {MapData} */ (JSON.parse(document.getElementById("data")?.textContent ?? ""));
const dark = matchMedia("(prefers-color-scheme: dark)");
const card = new Card(told);
const shownMap = new ShownMap("map", openCard);

/** Rings that list whom they hold do so on the map itself. @type {(type: string, id: string) => void} */
function openCard(type, id) {
  const actors = told.layers.find(({ kind }) => kind === "actors")?.payload;
  const isListed = actors && "held" in actors && !actors.areas?.some((area) => area.id === id);
  if (type === "actor" || (type === "place" && !isListed)) card.open(type, id);
}

function draw() {
  const { scheme } = document.documentElement.dataset;
  const theme = scheme === "dark" || (scheme === "auto" && dark.matches) ? "dark" : "light";
  const layers = told.layers.map((layer) => /** @type {MapLayer} */ ({ ...layer, payload: { ...layer.payload, theme } }));
  return shownMap.draw(base, layers);
}

/* One finger moves the page around the map, two move the map; in full screen there is no page around it. */
function leaveFingerToPage() {
  const map = draw();
  const set = () => map.dragging[matchMedia("(pointer: coarse)").matches && !document.fullscreenElement ? "disable" : "enable"]();
  document.addEventListener("fullscreenchange", set);
  set();
}

leaveFingerToPage();
dark.addEventListener("change", draw);
tellHeight(() => {
  const around = [...document.body.children].filter(({ tagName }) => tagName === "HEADER" || tagName === "FOOTER");
  const room = Math.min(MOST, Math.max(LEAST, document.body.clientWidth * SHARE));
  return room + around.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0);
}, document.body);
