// Maps are drawn for the width that they have on screen: before a page is printed, each says how wide and high it is, and how much
// smaller a page of A4 makes it. The rules are in style.css.
const PAPER = 680

const measure = () => {
  for (const frame of document.querySelectorAll("iframe")) {
    const { offsetWidth: width, offsetHeight: height } = frame
    if (width === 0) continue
    frame.style.setProperty("--bc-print-width", `${width}px`)
    frame.style.setProperty("--bc-print-height", `${height}px`)
    frame.style.setProperty("--bc-print-scale", Math.min(1, PAPER / width))
  }
}

export default function () {
  window.removeEventListener("beforeprint", window.bcMeasure)
  window.bcMeasure = measure
  window.addEventListener("beforeprint", measure)
}
