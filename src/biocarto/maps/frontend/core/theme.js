/** Light or dark: what Streamlit says in its messages comes first, then the colours that it gave the frame, then the server's guess. */

/** @import { Colours } from "../types/payloads" */

const root = document.documentElement;
/** @type {"" | "light" | "dark"} */
let told = "";

/** @param {string} colour */
const isDark = (colour) => {
  const [r = 255, g = 255, b = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
};

const readFrame = () => {
  if (!getComputedStyle(root).getPropertyValue("--background-color").trim()) return "";
  return isDark(getComputedStyle(document.body).backgroundColor) ? "dark" : "light";
};

/** @param {"light" | "dark"} theme */
const setTheme = (theme) => {
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent("biocarto:theme", { detail: theme }));
};

/** The theme at this moment. @returns {"light" | "dark"} */
export const readTheme = () => (root.dataset.theme === "dark" ? "dark" : "light");

/** Follow the theme that Streamlit tells. */
export const followTheme = () => {
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.data?.type !== "streamlit:render" || !event.data.theme) return;
    told = event.data.theme.base === "dark" ? "dark" : "light";
    setTheme(told);
  });
};

/**
 * The theme of a layer, where nobody who knows better has told one.
 * @param {"light" | "dark"} guess
 */
export const applyTheme = (guess) => setTheme(told || readFrame() || guess || "light");

/**
 * Colours that a layer brings, one per number and theme: `.<prefix><number>` gets the property --c, and --on for names upon it.
 * Where the visitor's system sets all colours, none is left but those that the layer brings for it.
 * @param {string} prefix
 * @param {number} first
 * @param {Colours} colours
 * @param {Colours} [upon]
 */
export const setColours = (prefix, first, colours, upon) => {
  let style = document.getElementById(`colours-${prefix}`);
  if (!style) {
    style = document.head.appendChild(document.createElement("style"));
    style.id = `colours-${prefix}`;
  }
  /** @type {(theme: "light" | "dark" | "forced", where: string) => string} */
  const write = (theme, where) =>
    colours.light.map((_, i) => `${where} .${prefix}${i + first}{--c:${colours[theme]?.[i] ?? "initial"};--on:${upon?.[theme]?.[i] ?? "initial"}}`).join("");
  style.textContent = `${write("light", ":root")}${write("dark", '[data-theme="dark"]')}@media (forced-colors: active){${write("forced", ":root")}}`;
};
