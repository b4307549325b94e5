/* The map's own document: gets a base and layers from the page around it, draws them with the scripts of the app, says what was tapped. */
(() => {
  "use strict";
  const waiting = new Map();
  let map = null;
  let shown = [];

  /* Under file:// nothing can be fetched: a boundary file is a script that hands itself over. */
  BioCarto.setReader((file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(file, resolve);
      script.addEventListener("error", () => reject(new Error(file)));
      script.src = file;
      document.head.append(script);
    }));
  BioCarto.handOver = (file, collection) => waiting.get(file)(collection);

  const say = (message) => parent.postMessage(message, "*");

  const layer = ({ kind, payload }) => {
    const made = BioCarto[kind](payload);
    made.on("click", (event) => {
      const { type, id } = event.layer.toGeoJSON().properties;
      say({ say: "picked", type, id });
    });
    return made;
  };

  /* The new layers first stand aside: what replaces another comes right after it goes. */
  const show = (layers) => {
    const next = layers.map(layer);
    shown.forEach((old) => map.removeLayer(old));
    next.forEach((one) => map.addLayer(one));
    shown = next;
  };

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !data || data.say !== "draw") return;
    if (!map) window.map = map = BioCarto.base("map_div", data.base);
    show(data.layers);
  });
  say({ say: "ready" });
})();
