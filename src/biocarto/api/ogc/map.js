/* The map of a page of features: the same answer as GeoJSON, over our own boundaries. The table of the page says all of it too. */
(() => {
  const holder = document.getElementById("map");
  const { L } = window;
  if (!holder || !L) {
    return;
  }
  const WIDEST = 30; // degrees: from one ocean to another nobody sees anything

  /** @param {string} address */
  const read = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
    if (!answer.ok) {
      throw new Error(`${answer.status}`);
    }
    return answer.json();
  };
  const { features = "", ground = "", step = "" } = holder.dataset;

  /** A name that leads to the page of its feature; a text of the register is never HTML here.
   * @param {any} feature */
  const writeName = (feature) => {
    const link = document.createElement("a");
    const [path, query] = step.split("?");
    link.href = `${path}${encodeURIComponent(feature.id)}${query ? `?${query}` : ""}`;
    const { name, title_fr: french, title_en: english } = feature.properties;
    link.textContent = name ?? (document.documentElement.lang === "fr" ? french : english) ?? feature.id;
    return link;
  };

  const draw = async () => {
    const map = L.map(holder, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    const [below, found] = await Promise.all([read(ground), read(features)]);
    const isInPlace = (/** @type {any} */ feature) => !feature.properties.inset;
    const under = L.geoJSON(below, { interactive: false, filter: isInPlace, style: { className: "ground" } }).addTo(map);
    const layer = L.geoJSON(found, {
      pointToLayer: (_feature, place) => L.circleMarker(place, { radius: 6, className: "feature" }),
      style: (feature) => ({ className: feature?.geometry?.type === "Point" ? "feature" : "feature area" }),
      onEachFeature: (feature, drawn) => drawn.bindPopup(() => writeName(feature)),
    }).addTo(map);
    const bounds = layer.getBounds();
    const isUseful = bounds.isValid() && bounds.getEast() - bounds.getWest() < WIDEST;
    map.fitBounds(isUseful ? bounds : under.getBounds(), { padding: [24, 24], maxZoom: 10 });
    holder.dataset.drawn = "true";
  };

  draw().catch(() => holder.remove());
})();
