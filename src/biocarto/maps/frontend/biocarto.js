/* BioCarto, core: the base map, its controls, legend, tooltip and theme. Loaded before Leaflet, so that it can tell when another file fails. */
(() => {
  "use strict";
  const BioCarto = (window.BioCarto = window.BioCarto || {});
  const root = document.documentElement;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const coarse = matchMedia("(pointer: coarse)");
  BioCarto.coarse = () => coarse.matches;

  /** An element with a class and a text; texts never become HTML. */
  const make = (tag, className = "", text = "") => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== "") node.textContent = text;
    return node;
  };
  BioCarto.make = make;

  /* streamlit-folium waits for each script before it asks for the next: those behind the "#" of this one are asked for together.
     They run in this order, and before any that is added later. */
  const address = document.currentScript?.src || "";
  for (const src of address.includes("#") ? address.split("#")[1].split(",") : []) {
    document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
  }

  const SVG = "http://www.w3.org/2000/svg";
  BioCarto.svg = (tag, attributes = {}) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  /* A script that does not load would leave a blank map without a word. */
  addEventListener("error", (event) => {
    if (!(event.target instanceof HTMLScriptElement)) return;
    BioCarto.base = () => {
      throw new Error(`${event.target.src} is missing`);
    };
    const div = document.querySelector("#map_div, .folium-map");
    if (!div || div.querySelector(".bc-failed")) return;
    const box = make("div", "bc-failed");
    box.setAttribute("role", "alert");
    box.style.cssText = "font:16px/1.5 sans-serif;padding:2rem;max-width:34rem";
    box.append(make("p", "", "La carte n'a pas pu se charger : un de ses fichiers manque. Le reste de la page est intact ; rechargez-la."));
    box.append(make("p", "", "The map could not load: one of its files is missing. The rest of the page is unharmed; please reload."));
    div.replaceChildren(box);
    // streamlit-folium gives its frame a height only once the map is there
    if (window.Streamlit) window.Streamlit.setFrameHeight(Number.parseInt(div.style.height, 10) || 240);
  }, true);

  /* Theme: what Streamlit says in its messages comes first, then the colours it gave the frame, then the server's guess. */
  let told = "";
  const dark = (colour) => {
    const [r, g, b] = (colour.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  };
  const fromFrame = () => {
    if (!getComputedStyle(root).getPropertyValue("--background-color").trim()) return "";
    return dark(getComputedStyle(document.body).backgroundColor) ? "dark" : "light";
  };
  const setTheme = (theme) => {
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("biocarto:theme", { detail: theme }));
  };
  BioCarto.theme = () => root.dataset.theme || "light";
  addEventListener("message", (event) => {
    if (event.source !== window.parent || !event.data || event.data.type !== "streamlit:render" || !event.data.theme) return;
    told = event.data.theme.base === "dark" ? "dark" : "light";
    setTheme(told);
  });

  /** Colours that a layer brings, one per number and theme: `.<prefix><number>` gets the property --c. */
  BioCarto.colours = (prefix, first, colours) => {
    let style = document.getElementById(`colours-${prefix}`);
    if (!style) {
      style = document.head.appendChild(document.createElement("style"));
      style.id = `colours-${prefix}`;
    }
    const rules = (theme, where) => colours[theme].map((colour, i) => `${where}.${prefix}${i + first}{--c:${colour}}`);
    style.textContent = [...rules("light", ""), ...rules("dark", '[data-theme="dark"] ')].join("");
  };

  /* Clicks: streamlit-folium sends a value only when it differs, so each click carries a number that only grows. */
  let clicks = 0;
  BioCarto.emit = (layer, type, id, latlng) => {
    const map = layer._map;
    if (map && map.biocarto.drawing && type !== "view") return;
    clicks = Math.max(clicks + 1, Date.now());
    const feature = {
      type: "Feature",
      properties: { type, id, n: clicks },
      geometry: { type: "Point", coordinates: [latlng.lng, latlng.lat] },
    };
    layer.fire("click", { latlng, layer: { toGeoJSON: () => feature } });
    if (map) map.fire("biocarto:emit", { kind: type });
  };
  /* Boxes [left, top, right, bottom] around a point, and whether two of them meet: what labels need to keep clear. */
  BioCarto.box = ({ x, y }, [width, height]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  BioCarto.meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  BioCarto.dragged = (map, click) => Boolean((!click || click.detail) && map.dragging && map.dragging.moved());

  /** Tell benches and tests that everything asked for is on screen. */
  BioCarto.done = (map, what, n) => {
    map.getContainer().dataset[what] = n;
    if (what === "drawn") BioCarto.drawn = { n, at: performance.now() };
    map.getContainer().dispatchEvent(new CustomEvent("biocarto:drawn", { bubbles: true, detail: { what, n } }));
  };

  /** Below this width (as in biocarto.css) the legend starts closed and the buttons lie in a row. */
  const NARROW = 480;
  const PANES = { ground: 200, areas: 300, lines: 310, labels: 320, route: 400, symbols: 450 };

  BioCarto.base = (id, config) => {
    const div = document.getElementById(id);
    div.classList.add("biocarto");
    div.classList.toggle("bc-compact", config.compact);
    div.classList.toggle("bc-framed", id === "map_div");
    const bounds = L.latLngBounds(config.bounds);
    const moves = !still.matches;
    const map = L.map(div, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.8, wheelPxPerZoomLevel: 90,
      minZoom: config.minZoom, maxZoom: config.maxZoom, maxBounds: bounds.pad(0.8), maxBoundsViscosity: 0.7,
      zoomAnimation: moves, fadeAnimation: moves, inertia: moves, scrollWheelZoom: false,
      trackResize: false, dragging: !(config.compact && coarse.matches), keyboard: !config.compact,
    });
    map.biocarto = { config, bounds, ui: {}, sections: new Map(), keep: {}, lacking: new Set(), touched: false };
    for (const [name, level] of Object.entries(PANES)) map.createPane(`bc-${name}`).style.zIndex = level;
    controls(map);
    fit(map);
    watch(map);
    div.classList.toggle("bc-tiled", Boolean(config.tiles));
    if (config.tiles) L.tileLayer(config.tiles, { maxZoom: 18, className: "bc-tiles" }).addTo(map);
    BioCarto.ground(map);
    whenStyled(map);
    return map;
  };

  /* The view that the address asks for, else the bounds of the page, in what the legend leaves free. */
  const fit = (map) => {
    const { bounds, config, foot, held, aim } = map.biocarto;
    if (held) return held();
    const edge = config.compact ? 2 : 8;
    const { x: width, y: height } = map.getSize();
    const above = config.compact || width >= NARROW ? 0 : 50;
    const below = config.compact ? 12 : Math.min(foot.offsetHeight, height / 3);
    map.fitBounds(aim || bounds, { paddingTopLeft: [edge, edge + above], paddingBottomRight: [edge, edge + below], animate: false });
  };

  /* Until a visitor moves the map, it follows the size of its frame. */
  const watch = (map) => {
    const state = map.biocarto;
    map.on("dragstart movestart zoomstart", () => {
      if (!state.fitting && !map._enforcingBounds) state.touched = true;
    });
    new ResizeObserver(() => resized(map)).observe(map.getContainer());
    const wheel = (on) => () => (on ? map.scrollWheelZoom.enable() : map.scrollWheelZoom.disable());
    if (state.config.compact) return;
    /* The page scrolls when the wheel passes over the map, until the visitor works with the map. */
    map.getContainer().addEventListener("pointerdown", wheel(true));
    map.getContainer().addEventListener("focusin", wheel(true));
    map.getContainer().addEventListener("pointerleave", wheel(false));
    map.getContainer().addEventListener("wheel", (event) => event.ctrlKey && map.scrollWheelZoom.enable(), { capture: true, passive: true });
  };

  /* What moves the map without its visitor. */
  const quietly = (map, move) => {
    map.biocarto.fitting = true;
    move();
    map.biocarto.fitting = false;
  };
  const refit = (map) => quietly(map, () => fit(map));
  const resized = (map) => {
    quietly(map, () => map.invalidateSize({ animate: false }));
    if (!map.biocarto.touched) refit(map);
  };
  /** Look elsewhere than at the bounds of the page until the visitor moves the map; without a way to go, back to them. */
  BioCarto.hold = (map, go = null) => {
    Object.assign(map.biocarto, { held: go, aim: null, touched: false });
    refit(map);
  };
  /** The same for bounds, which stand in what the legend leaves free. */
  BioCarto.aim = (map, bounds = null) => {
    Object.assign(map.biocarto, { held: null, aim: bounds, touched: false });
    refit(map);
  };

  /* The scripts come before the styles: show the map when both are there. */
  const whenStyled = (map) => {
    const div = map.getContainer();
    const ready = () => getComputedStyle(div).getPropertyValue("--bc-ready").trim() !== "";
    const look = (left) => {
      if (!ready() && left > 0) return void setTimeout(() => look(left - 1), 15);
      div.classList.add("bc-shown");
      resized(map);
    };
    look(200);
  };

  /** What every layer brings: words, language, theme. Called before the layer draws. */
  BioCarto.dress = (map, payload) => {
    setTheme(told || fromFrame() || payload.theme || "light");
    const state = map.biocarto;
    /* streamlit-folium keeps every layer that it ever added (its issue 247): let the old ones go. */
    window.feature_group = (window.feature_group || []).filter((layer) => map.hasLayer(layer));
    state.ui = payload.ui;
    state.lang = payload.lang;
    root.lang = payload.lang;
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-label", payload.ui.map);
    for (const [name, node] of Object.entries(state.named || {})) {
      if (name === "credit") node.textContent = [payload.ui.credit, ...(state.config.tiles ? [payload.ui.tiles] : [])].join(" · ");
      else if (name === "legend") node.textContent = payload.ui.legend;
      else ["title", "aria-label"].forEach((attribute) => node.setAttribute(attribute, payload.ui[name]));
    }
    BioCarto.retryGround(map);
  };

  BioCarto.count = (map, n) => new Intl.NumberFormat(map.biocarto.lang).format(n);

  const ICONS = {
    zoomIn: "M8 3v10M3 8h10",
    zoomOut: "M3 8h10",
    reset: "M3 6.5 8 2.5l5 4V13H9.5V9.5h-3V13H3z",
    fullscreen: "M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10",
    draw: "M3.5 12.5 2.5 5 9 2.5 13.5 7.5 10.5 13z",
    view: "M2.5 3.5h11L9.5 8.5v4l-3 1.5V8.5z",
    locate: "M8 1v3M8 12v3M1 8h3M12 8h3M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z",
  };

  const button = (name, act) => {
    const node = make("button", `bc-button bc-${name}`);
    node.type = "button";
    const icon = BioCarto.svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
    icon.append(BioCarto.svg("path", { d: ICONS[name] }));
    node.append(icon);
    node.addEventListener("click", act);
    return node;
  };
  BioCarto.button = button;

  const panel = (map, node, parent) => {
    L.DomEvent.disableClickPropagation(node);
    parent.append(node);
  };

  /* Buttons stand at the top right; scale, legend and credit at the foot, one above the other. */
  const controls = (map) => {
    const state = map.biocarto;
    const credit = make("div", "bc-credit");
    state.named = { credit };
    state.foot = make("div", "bc-foot");
    map.getContainer().append(state.foot);
    if (!state.config.compact) {
      const scale = L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
      state.foot.append(scale.getContainer());
      legendBox(map);
      panel(map, (state.bar = buttons(map)), map.getContainer());
    }
    panel(map, credit, state.foot);
  };

  const buttons = (map) => {
    const state = map.biocarto;
    const bar = make("div", "bc-bar");
    const add = (name, act) => bar.append((state.named[name] = button(name, act)));
    add("zoomIn", () => map.zoomIn());
    add("zoomOut", () => map.zoomOut());
    add("reset", () => {
      BioCarto.hold(map);
      map.fire("biocarto:reset");
    });
    if (!document.fullscreenEnabled) return bar;
    add("fullscreen", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
    document.addEventListener("fullscreenchange", () => {
      const label = state.ui[document.fullscreenElement ? "leaveFullscreen" : "fullscreen"];
      ["title", "aria-label"].forEach((attribute) => state.named.fullscreen.setAttribute(attribute, label));
    });
    return bar;
  };

  const legendBox = (map) => {
    const state = map.biocarto;
    const box = make("details", "bc-legend");
    const title = make("summary");
    box.hidden = true;
    box.append(title, make("div", "bc-sections"));
    L.DomEvent.disableScrollPropagation(box);
    state.named.legend = title;
    state.legend = box;
    box.open = map.getContainer().clientWidth >= NARROW;
    box.addEventListener("toggle", () => reachable(box));
    title.addEventListener("click", () => requestAnimationFrame(() => state.touched || refit(map)));
    panel(map, box, state.foot);
  };

  /* A legend longer than its room scrolls by keyboard too. */
  const reachable = (box) => {
    const sections = box.lastElementChild;
    if (sections.scrollHeight > sections.clientHeight + 1) sections.tabIndex = 0;
    else sections.removeAttribute("tabindex");
  };

  /** Put a layer's part into the legend, or take it out (node = null); parts stand in a fixed order. */
  BioCarto.legend = (map, owner, kind, node) => {
    const { sections, legend } = map.biocarto;
    if (!legend) return;
    if (node) sections.set(kind, { owner, node });
    else if (sections.get(kind) && sections.get(kind).owner === owner) sections.delete(kind);
    /* A layer that replaces another comes right after it goes: draw once, when both have spoken. */
    queueMicrotask(() => {
      const parts = ["tour", "network", "choropleth", "actors"].filter((name) => sections.has(name)).map((name) => sections.get(name).node);
      legend.lastElementChild.replaceChildren(...parts);
      legend.hidden = parts.length === 0;
      reachable(legend);
      if (!map.biocarto.settled && !map.biocarto.touched) refit(map);
      map.biocarto.settled = parts.length > 0;
    });
  };

  /** One part of the legend: a title, entries in columns, and what stands beneath them. */
  BioCarto.section = (kind, title, entries, ...more) => {
    const node = make("section", `bc-section-${kind}`);
    const list = make("div", "bc-entries");
    list.append(...entries);
    node.append(make("h2", "", title), list, ...more);
    return node;
  };
  BioCarto.note = (text) => make("p", "bc-note", text);

  BioCarto.entry = (swatch, text) => {
    const row = make("div", "bc-entry");
    row.append(swatch, make("span", "", text));
    return row;
  };

  /** One tooltip per map, filled with nodes; `point` is in the map's container. */
  BioCarto.tip = (map, nodes, point, gap = 14) => {
    const state = map.biocarto;
    if (!state.tip) {
      state.tip = make("div", "bc-tip");
      state.tip.setAttribute("aria-hidden", "true");
      map.getContainer().append(state.tip);
      map.on("zoomstart movestart", () => BioCarto.untip(map));
    }
    state.tip.replaceChildren(...nodes);
    state.tip.hidden = false;
    const size = map.getSize();
    const { offsetWidth: width, offsetHeight: height } = state.tip;
    const left = Math.max(6, Math.min(point.x - width / 2, size.x - width - 6));
    const above = point.y - height - gap;
    state.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(above > 6 ? above : point.y + gap)}px)`;
  };
  BioCarto.untip = (map) => map.biocarto.tip && (map.biocarto.tip.hidden = true);

  /** Say inside the map that boundaries are missing, as long as one of the files asked for is. */
  BioCarto.missing = (map, key, lost) => {
    const { lacking, ui } = map.biocarto;
    lacking[lost ? "add" : "delete"](key);
    let box = map.getContainer().querySelector(".bc-notice");
    if (!lacking.size) return void (box && box.remove());
    if (!box) {
      box = make("p", "bc-notice");
      box.setAttribute("role", "status");
      map.getContainer().append(box);
    }
    box.textContent = ui.failed;
  };
})();
