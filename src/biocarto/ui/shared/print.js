/* Maps are drawn for the width that they have on screen: before a page is printed, each says how wide and high it is, and how much
   smaller a page of A4 makes it. The rules are in style.css. */
const PAPER = 680;
const NAME = "bcMeasure";

const measureMaps = () => {
  for (const frame of document.querySelectorAll("iframe")) {
    const { offsetWidth: width, offsetHeight: height } = frame;
    if (width === 0) continue;
    frame.style.setProperty("--bc-print-width", `${width}px`);
    frame.style.setProperty("--bc-print-height", `${height}px`);
    frame.style.setProperty("--bc-print-scale", String(Math.min(1, PAPER / width)));
  }
};

export default function () {
  /* The one of an earlier run goes. */
  window.removeEventListener("beforeprint", Reflect.get(window, NAME));
  Reflect.set(window, NAME, measureMaps);
  window.addEventListener("beforeprint", measureMaps);
}
