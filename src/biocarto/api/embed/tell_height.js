/* How high an embed wants to be, told to the page around it: `{ type: "biocarto:height", height }`, in pixels. */

/**
 * Tell a height now and whenever what it depends on has another size.
 * @param {() => number} measure
 * @param {Element} watched
 */
export function tellHeight(measure, watched) {
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(measure());
    if (height === told) return;
    told = height;
    /* Whoever frames the document may know its height. */
    window.parent.postMessage({ type: "biocarto:height", height }, "*");
  };
  new ResizeObserver(tell).observe(watched);
  tell();
}
