/** The address of the page around the map's frame: what it says, and how the map writes its view into it. */

/** @import { Viewpoint } from "./machine.js" */

/** What the page's address asks for; null where it cannot be read (a page of another origin around the frame). */
const readQuery = () => {
  try {
    return new URL(parent.location.href).searchParams;
  } catch {
    return null;
  }
};

/**
 * What a view in an address says; null for what is none.
 * @param {string} text
 * @returns {Viewpoint | null}
 */
export const parseView = (text) => {
  const numbers = text.split(",").map(Number);
  const [lat, lng, zoom] = numbers;
  if (!text || lat === undefined || lng === undefined || zoom === undefined) return null;
  return numbers.every(Number.isFinite) ? [lat, lng, zoom] : null;
};

/** The view that the address asks for, whether it says any, and all else that it says; null where it cannot be read. */
export const readAddress = () => {
  const query = readQuery();
  if (!query) return { view: null, says: false, choices: null };
  const text = query.getAll("view").at(-1) ?? "";
  query.delete("view");
  return { view: parseView(text), says: text !== "", choices: query.toString() };
};

/**
 * Put a view into the address, or take it out (""), so that moving the map adds no step to the browser's history: Streamlit then finds
 * it there already. Where the page is of another origin, the server writes the address.
 * @param {string} text
 */
export const writeAddress = (text) => {
  try {
    const url = new URL(parent.location.href);
    if (text) url.searchParams.set("view", text);
    else url.searchParams.delete("view");
    parent.history.replaceState(parent.history.state, "", url);
  } catch {
    // a page of another origin
  }
};

/**
 * Steps back and forth of the page around the frame, for as long as the frame is there. Where the page is of another origin, the server
 * sends what a step brings.
 * @param {() => void} act
 */
export const onStep = (act) => {
  try {
    const page = parent;
    page.addEventListener("popstate", act);
    addEventListener("pagehide", ({ persisted }) => persisted || page.removeEventListener("popstate", act));
  } catch {
    // a page of another origin
  }
};
