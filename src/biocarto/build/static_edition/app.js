/* Static edition, pages: shows the one that the address names, and what is open on it. */
(() => {
  "use strict";
  const Edition = window.Edition;
  const { data, make } = Edition;
  const { rows, texts } = data;
  const pages = new Map([...document.querySelectorAll("[data-page]")].map((page) => [page.dataset.page, page]));
  const sheets = new Map([...document.querySelectorAll("template[data-actor]")].map((sheet) => [sheet.dataset.actor, sheet]));
  const navigation = document.querySelector("header nav ul");
  const notice = document.querySelector(".notice");
  const everything = () => Edition.select(Edition.nothing()).found;

  /** The row of the actor in the address, under its present or a former id; -1 for none. */
  Edition.actor = () => {
    const asked = Edition.value("actor");
    return rows.ids.indexOf(Object.hasOwn(rows.redirects, asked) ? rows.redirects[asked] : asked);
  };

  const current = (link, here) => (here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current"));
  /* The shape of a group; its meaning stands in the legend of the map and in the sheet. */
  const mark = (group) => {
    const node = make("span", `bc-mark bc-${data.actors.groups[group].shape}`);
    node.style.background = `var(--bc-${data.groups[group]})`;
    node.setAttribute("aria-hidden", "true");
    return node;
  };
  const copy = (id) => document.getElementById(id).content.cloneNode(true);
  const clear = (beside) => beside.querySelectorAll("[data-opened]").forEach((node) => node.remove());
  const opened = (kind) => {
    const node = make("div");
    node.dataset.opened = kind;
    return node;
  };

  /** The sheet of a row beside a map, or none; the keyboard follows a sheet that opens. */
  Edition.showSheet = (beside, row, shown, full = "") => {
    const before = beside.querySelector("[data-opened=sheet]");
    if (before && before.dataset.row === String(row)) return;
    clear(beside);
    if (row < 0) return;
    const sheet = opened("sheet");
    sheet.dataset.row = row;
    sheet.append(sheets.get(rows.ids[row]).content.cloneNode(true));
    if (!shown) sheet.append(make("p", "outside", texts.outside));
    const actions = copy("actions");
    actions.querySelector("[data-close]").addEventListener("click", () => {
      Edition.go({ actor: "" });
      (beside.querySelector(`li[data-row="${row}"] :is(a, button)`) || beside.closest(".page").querySelector("h1")).focus({ preventScroll: true });
    });
    actions.querySelector("[data-print]").addEventListener("click", () => print());
    const link = actions.querySelector("[data-full]");
    if (full) link.href = full;
    else link.remove();
    sheet.append(actions);
    beside.append(sheet);
    const title = sheet.querySelector("h2");
    title.tabIndex = -1;
    if (moving) title.focus({ preventScroll: true });
    beside.scrollTop = 0;
  };

  /* --- Île-de-France --- */

  const region = pages.get("ile-de-france");
  const beside = region.querySelector("[data-beside]");
  const invitation = beside.querySelector("[data-invitation]");
  const option = (name) => {
    const known = [...region.querySelectorAll(`input[name=${name}]`)];
    return (known.find(({ value }) => value === Edition.value(name)) || known[0]).value;
  };

  const listing = (title, note, found) => {
    const node = opened("listing");
    node.append(copy("listing"));
    node.querySelector("h2").textContent = title;
    node.querySelector("p").textContent = Edition.counted(found.length, texts.actorSites) + note;
    for (const row of found) {
      const button = make("button");
      button.type = "button";
      button.append(mark(rows.group[row]), rows.names[row]);
      button.addEventListener("click", () => Edition.go({ actor: rows.ids[row] }));
      const item = make("li");
      item.dataset.row = row;
      item.append(button);
      node.querySelector("ul").append(item);
    }
    node.querySelector("[data-close]").addEventListener("click", () => Edition.go({ place: "", territory: "" }));
    return node;
  };
  /* The list of the place or the territory in the address: companies by category first, then by name. */
  const listed = (level, found) => {
    const order = (a, b) => rows.group[a] - rows.group[b] || rows.order[a] - rows.order[b];
    const place = data.places.findIndex(([id]) => id === Edition.value("place"));
    if (place >= 0) {
      const [, name, , , precision] = data.places[place];
      const told = precision === "area" ? texts.unknownDistrict.replace("{place}", name) : name;
      return listing(told, texts.placeNotes[precision] || "", found.filter((row) => rows.place[row] === place).sort(order));
    }
    const code = Edition.value("territory");
    if (!Object.hasOwn(data.territories[level], code)) return null;
    const held = data.facets[level].held;
    const number = data.facets[level].codes.indexOf(code);
    return listing(data.territories[level][code], "", found.filter((row) => held[row].includes(number)).sort(order));
  };

  const showRegion = () => {
    const [level, measure, actor, found] = [option("level"), option("measure"), Edition.actor(), everything()];
    region.querySelectorAll(".choice input").forEach((input) => (input.checked = input.value === option(input.name)));
    const full = `#/annuaire?${new URLSearchParams({ actor: rows.ids[actor] || "", ...(data.lang === "fr" ? {} : { lang: data.lang }) })}`;
    Edition.showSheet(beside, actor, actor < 0 || found.includes(actor), full);
    const list = actor < 0 ? listed(level, found) : null;
    if (list) beside.append(list);
    invitation.hidden = actor >= 0 || Boolean(list);
    const territory = data.choropleths[`${level}-${measure}`];
    const selected = actor >= 0 ? data.places[rows.place[actor]][0] : Edition.value("place");
    const layers = [
      { kind: "choropleth", payload: { ...territory, selected: Object.hasOwn(data.territories[level], Edition.value("territory")) ? Edition.value("territory") : "" } },
      { kind: "actors", payload: Edition.actors(found, { selected }) },
    ];
    Edition.draw("region", "region", layers, (type, id) => Edition.go({ actor: "", place: "", territory: "", [type]: id }));
  };
  region.addEventListener("change", ({ target }) => {
    if (target.name === "level") Edition.go({ level: target.value, territory: "" });
    if (target.name === "measure") Edition.go({ measure: target.value });
  });

  /* --- the Tour --- */

  const tour = pages.get("bioproduction-tour");
  const stages = data.tour.stages.map(({ id }) => id);
  const stageOf = (type, id) => (type === "stage" ? id : type === "cluster" ? data.clusterStages[id] : "");

  const showTour = () => {
    const selected = stages.includes(Edition.value("stage")) ? Edition.value("stage") : "";
    const place = stages.indexOf(selected);
    tour.querySelectorAll("[data-sheet]").forEach((sheet) => (sheet.hidden = sheet.dataset.sheet !== selected));
    tour.querySelector("[data-invitation]").hidden = Boolean(selected);
    tour.querySelectorAll("[data-stage]").forEach((link) => current(link, link.dataset.stage === selected));
    tour.querySelectorAll("[data-step]").forEach((button) => (button.disabled = !stages[next(place, button)]));
    Edition.draw("tour", "tour", [{ kind: "tour", payload: { ...data.tour, selected } }], (type, id) => Edition.go({ stage: stageOf(type, id) }));
  };
  /* "Next" opens the first stage where none is open; there is nothing before it. */
  const next = (place, button) => place + Number(button.dataset.step);
  tour.querySelectorAll("[data-step]").forEach((button) =>
    button.addEventListener("click", () => Edition.go({ stage: stages[next(stages.indexOf(Edition.value("stage")), button)] })),
  );

  /* --- the overview --- */

  const elsewhere = (page, params) => Edition.open(page, new URLSearchParams(params));
  const showOverview = () => {
    const actors = Edition.actors(everything(), { legend: false });
    Edition.draw("tour-small", "tour-small", [{ kind: "tour", payload: data.tour }], (type, id) => elsewhere("bioproduction-tour", { stage: stageOf(type, id) }));
    Edition.draw("region-small", "region-small", [{ kind: "actors", payload: actors }], (type, id) => elsewhere("ile-de-france", { [type]: id }));
  };
  document.querySelectorAll("[data-search]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    elsewhere("annuaire", { q: Edition.asked(form.querySelector("input").value) });
  }));

  /* --- every page --- */

  const SHOW = { "": showOverview, "ile-de-france": showRegion, annuaire: Edition.showDirectory, "bioproduction-tour": showTour };
  let moving = false;

  /* Values of the address that mean nothing (any more) are named, each cut short. */
  const unknown = () => {
    const lost = Edition.facetNames.flatMap((name) => Edition.values(name).filter((code) => !Edition.known(name, code)).map((code) => `${name} = ${code}`));
    if (Edition.value("actor") && Edition.actor() < 0) lost.push(`actor = ${Edition.value("actor")}`);
    if (!pages.has(Edition.page())) lost.push(Edition.page());
    notice.hidden = lost.length === 0;
    notice.textContent = texts.unknown.replace("{values}", () => lost.slice(0, 20).map((one) => one.slice(0, 60)).join(", "));
  };

  const show = (moved) => {
    const name = pages.has(Edition.page()) ? Edition.page() : "";
    const page = pages.get(name);
    pages.forEach((other) => (other.hidden = other !== page));
    document.title = `${page.dataset.title} · BioCarto`;
    navigation.querySelectorAll("a").forEach((link) => current(link, Edition.read(link.hash).page === name));
    const { offsetLeft } = navigation.querySelector("[aria-current]");
    navigation.scrollLeft = offsetLeft - navigation.offsetLeft - 16;
    document.querySelectorAll(".languages a").forEach((link) => (link.href = Edition.translated(link.lang)));
    unknown();
    if (SHOW[name]) SHOW[name]();
    if (!moved) return;
    scrollTo(0, 0);
    page.querySelector("h1").focus({ preventScroll: true });
  };
  Edition.onChange((moved) => {
    show(moved);
    moving = true;
  });
  /* Links within the document keep its language; a link to where one is already leads nowhere. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#/"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { page, params } = Edition.read(link.hash);
    Edition.open(page, params);
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector(".page:not([hidden]) h1").focus();
  });
  Edition.start();
})();
