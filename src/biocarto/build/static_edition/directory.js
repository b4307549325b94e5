/* Static edition, directory: one search box, every facet with live counts, list and map in step, all of it in the address. */
(() => {
  "use strict";
  const Edition = window.Edition;
  const { data, make } = Edition;
  const { facets, rows, texts } = data;
  const page = document.querySelector('[data-page="annuaire"]');
  const box = page.querySelector("#q");
  const list = page.querySelector("[data-list]");
  const lines = new Map([...list.children].map((line) => [Number(line.dataset.row), line]));
  const pills = page.querySelector("[data-facets]");

  /** What the address asks: only values that exist. */
  const chosen = () => {
    const asked = Edition.nothing();
    for (const name of Edition.facetNames) asked[name] = Edition.values(name).filter((code) => Edition.known(name, code));
    return { ...asked, q: Edition.asked(Edition.value("q")) };
  };
  Edition.chosen = chosen;
  const toggle = (name, code) => {
    const now = chosen()[name];
    Edition.go({ [name]: now.includes(code) ? now.filter((one) => one !== code) : [...now, code], actor: "", place: "" });
  };

  /* One button per facet; its values open beneath it. */
  const facet = (name) => {
    const holder = make("details", "facet");
    holder.dataset.facet = name;
    const values = make("fieldset");
    values.append(make("legend", "unseen", facets[name].label));
    const inputs = facets[name].codes.map((code, i) => {
      const label = make("label");
      const input = make("input");
      const count = make("output");
      Object.assign(input, { type: "checkbox", value: code });
      input.addEventListener("change", () => toggle(name, code));
      label.append(input, make("span", "", facets[name].labels[i]), count);
      return { label, input, count, i };
    });
    holder.append(make("summary"), values);
    holder.addEventListener("toggle", () => {
      if (!holder.open) return;
      closeOthers(holder);
      holder.classList.remove("back");
      holder.classList.toggle("back", values.getBoundingClientRect().right > document.documentElement.clientWidth - 4);
    });
    pills.append(holder);
    return { name, holder, values, inputs };
  };
  const closeOthers = (open) => pills.querySelectorAll("[open]").forEach((other) => (other.open = other === open));
  const bar = Edition.facetNames.map(facet);
  pills.addEventListener("keydown", (event) => {
    const open = pills.querySelector("[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  /* A tap elsewhere closes the values; one on the map, whose document is its own, only takes the focus away. */
  addEventListener("blur", () => closeOthers(null));
  addEventListener("pointerdown", ({ target }) => target.closest(".facet") || closeOthers(null));

  /* Values stand in their own order, else the most frequent first; what has the focus stays where it is. */
  const showFacet = ({ name, holder, values, inputs }, asked, counts) => {
    const { label, codes, ranks } = facets[name];
    const several = asked[name].length;
    holder.firstChild.textContent = several ? `${label} · ${several}` : label;
    holder.classList.toggle("on", several > 0);
    for (const one of inputs) {
      one.input.checked = asked[name].includes(codes[one.i]);
      one.count.textContent = Edition.number(counts[one.i]);
      one.label.classList.toggle("none", counts[one.i] === 0);
    }
    if (values.contains(document.activeElement)) return;
    const order = (a, b) => ranks[a.i] - ranks[b.i] || counts[b.i] - counts[a.i] || (codes[a.i] < codes[b.i] ? -1 : 1);
    values.append(...[...inputs].sort(order).map((one) => one.label));
  };

  const chip = (text, drop, hint) => {
    const button = make("button", "chip", `${text} ✕`);
    button.type = "button";
    button.title = hint;
    button.addEventListener("click", drop);
    return button;
  };
  const chips = (asked, place) => [
    ...Edition.facetNames.flatMap((name) => asked[name].map((code) => {
      const text = facets[name].labels[facets[name].codes.indexOf(code)];
      return chip(text, () => toggle(name, code), texts.remove);
    })),
    ...(asked.q ? [chip(`« ${asked.q} »`, () => Edition.go({ q: "", actor: "" }), texts.remove)] : []),
    ...(place ? [chip(place[1], () => Edition.go({ place: "" }), texts.wholeList)] : []),
  ];

  const picked = (type, id) => {
    if (type === "actor") Edition.go({ actor: id, place: "" });
    if (type === "place") Edition.go({ place: id, actor: "" });
  };

  /** Everything of the page, as the address says. */
  Edition.showDirectory = () => {
    const asked = chosen();
    const { found, counts } = Edition.select(asked);
    const actor = Edition.actor();
    const number = data.places.findIndex(([id]) => id === Edition.value("place"));
    const place = found.some((row) => rows.place[row] === number) ? data.places[number] : null;
    if (Edition.asked(box.value) !== asked.q) box.value = asked.q;
    bar.forEach((one) => showFacet(one, asked, counts[one.name]));
    page.querySelector("[data-summary]").textContent = Edition.summary(found, Edition.total(asked));
    const marks = chips(asked, place);
    page.querySelector("[data-chips]").replaceChildren(...marks);
    page.querySelector("[data-clear]").hidden = marks.length === 0;
    page.querySelector("[data-nothing]").hidden = found.length > 0 || actor >= 0;
    const here = place ? found.filter((row) => rows.place[row] === number) : found;
    list.replaceChildren(...here.map((row) => lines.get(row)));
    list.hidden = actor >= 0;
    Edition.showSheet(page.querySelector("[data-beside]"), actor, actor < 0 || found.includes(actor));
    const selected = actor >= 0 ? data.places[rows.place[actor]][0] : place ? place[0] : "";
    Edition.draw("directory", "region", [{ kind: "actors", payload: Edition.actors(found, { selected }) }], picked);
  };

  let typing = 0;
  box.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => Edition.go({ q: Edition.asked(box.value), actor: "", place: "" }, { quietly: true }), 120);
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    Edition.go({ actor: rows.ids[Number(link.closest("li").dataset.row)] });
  });
  page.querySelector("[data-clear]").addEventListener("click", () => {
    Edition.go({ ...Object.fromEntries(Edition.facetNames.map((name) => [name, ""])), q: "", place: "" });
    box.focus();
  });
})();
