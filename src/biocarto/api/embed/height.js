/* For a page that embeds BioCarto: each of its frames gets the height that its document tells. Nothing else is heard, read or sent. */

const site = new URL(/** @type {HTMLScriptElement} */ (document.currentScript).src).origin;
const MOST = 20_000;

addEventListener("message", ({ data, origin, source }) => {
  if (origin !== site || data?.type !== "biocarto:height") return;
  const height = Number(data.height);
  const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow === source);
  if (frame && height > 0 && height <= MOST) frame.style.height = `${height}px`;
});
