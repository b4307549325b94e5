/* Static edition, maps: each in a document of its own, as in the app; gets layers, says what was tapped. */
(() => {
  "use strict";
  const Edition = window.Edition;
  const { data } = Edition;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => (dark.matches ? "dark" : "light");
  const open = new Map();

  const packed = (values, Type) => {
    const bytes = new Uint8Array(Type.from(values).buffer);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  };

  /** The payload of the actor layer for some rows: what `maps.actors.actor_layer` makes of `analysis.places.places`. */
  Edition.actors = (found, { selected = "", legend = true } = {}) => {
    const { rows, places } = data;
    const width = data.actors.groups.length;
    const here = new Map();
    for (const row of [...found].sort((a, b) => a - b)) {
      const place = rows.place[row];
      if (!here.has(place)) here.set(place, { rows: [], counts: new Array(width).fill(0) });
      here.get(place).rows.push(row);
      here.get(place).counts[rows.group[row]] += 1;
    }
    const listed = [...here].sort(([a], [b]) => a - b).map(([place, held]) => ({ place: places[place], ...held }));
    const areas = listed.filter(({ place }) => place[2] === null);
    const others = listed.filter(({ place }) => place[2] !== null);
    return { ...symbols(others), ...vague(areas), apartTotal: found.filter((row) => rows.apart[row]).length, selected, legend };
  };
  /* Actors of which only an area is known stand beside the map. */
  const vague = (areas) => ({
    areas: areas.map(({ place: [id, name], counts }) => ({
      id, name: Edition.plain(data.texts.unknownDistrict.replace("{place}", name)), counts, department: id.replace("commune-", "").slice(0, 2),
    })),
  });
  const symbols = (listed) => {
    const { rows } = data;
    const several = [...listed.keys()].filter((i) => listed[i].rows.length > 1);
    const label = ({ place, rows: [first, ...others] }) => (others.length ? place[1] : rows.names[first]);
    const alone = listed.flatMap((one, i) => (one.rows.length === 1 ? [[i, rows.ids[one.rows[0]]]] : []));
    return {
      ...data.actors,
      size: listed.length,
      lat: packed(listed.map(({ place }) => place[2]), Int32Array),
      lon: packed(listed.map(({ place }) => place[3]), Int32Array),
      group: packed(listed.map(({ counts }) => counts.indexOf(Math.max(...counts))), Uint8Array),
      rows: packed(several, Int32Array),
      rings: packed(several.flatMap((i) => listed[i].counts), Int32Array),
      ids: listed.map(({ place }) => place[0]),
      actors: Object.fromEntries(alone),
      labels: listed.map((one) => Edition.plain(label(one))).join("\n"),
      apart: [...listed.keys()].filter((i) => listed[i].rows.every((row) => rows.apart[row])),
    };
  };
  /** One line of text without control or direction-changing characters, cut as `maps.escape.plain` cuts it. */
  Edition.plain = (text, limit = 160) => {
    const kept = [...text].slice(0, 4 * limit).map((c) => (/\s/.test(c) && !/[\u00a0\u202f]/.test(c) ? " " : c));
    const line = kept.filter((c) => !/\p{C}/u.test(c)).join("").split(" ").filter(Boolean).join(" ");
    return [...line].length <= limit ? line : `${[...line].slice(0, limit - 1).join("").trimEnd()}…`;
  };

  const draw = (map) => {
    if (!map.ready || !map.layers) return;
    const layers = map.layers.map(({ kind, payload }) => ({ kind, payload: { ...payload, theme: theme() } }));
    const target = map.frame.contentWindow;
    target.postMessage({ type: "streamlit:render", theme: { base: theme() } }, "*");
    target.postMessage({ say: "draw", base: map.base, layers }, "*");
  };

  /** Show layers on the map of a name, which is made when it is first asked for; `picked(type, id)` hears of taps. */
  Edition.draw = (name, base, layers, picked) => {
    const holder = document.querySelector(`[data-map="${name}"]`);
    if (!open.has(name)) {
      const frame = document.createElement("iframe");
      frame.title = holder.dataset.title;
      frame.allowFullscreen = true;
      frame.src = "files/map.html";
      open.set(name, { frame, base: data.maps[base], ready: false, said: "" });
      holder.append(frame);
    }
    const map = open.get(name);
    const said = JSON.stringify(layers.map(({ kind, payload }) => [kind, payload]));
    Object.assign(map, { layers, picked });
    if (said === map.said) return;
    map.said = said;
    draw(map);
  };
  addEventListener("message", ({ source, data: message }) => {
    const map = [...open.values()].find(({ frame }) => frame.contentWindow === source);
    if (!map || !message) return;
    if (message.say === "ready") {
      map.ready = true;
      draw(map);
    }
    if (message.say === "picked" && typeof message.id === "string") map.picked(message.type, message.id);
  });
  dark.addEventListener("change", () => open.forEach(draw));
})();
