/* Static edition, state: the data of the document, and the address after the `#`, which says all that was chosen. */
(() => {
  "use strict";
  const Edition = (window.Edition = {});
  const data = (Edition.data = JSON.parse(document.getElementById("data").textContent));
  const root = document.documentElement;
  root.classList.add("scripted");

  /** An element with a class and a text; texts never become HTML. */
  Edition.make = (tag, className = "", text = "") => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== "") node.textContent = text;
    return node;
  };
  const locale = data.lang === "fr" ? "fr-FR" : "en-GB";
  const whole = new Intl.NumberFormat(locale);
  Edition.number = (value) => whole.format(value);
  /** `1 site`, `3 000 sites`: French takes the singular below two, English for one alone. */
  Edition.counted = (count, [one, many]) => `${Edition.number(count)} ${(data.lang === "fr" ? count < 2 : count === 1) ? one : many}`;

  /** What the address says: the name of a page, and its parameters. */
  const read = (hash) => {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    return { page: path.replace(/\/$/, ""), params: new URLSearchParams(query) };
  };
  Edition.read = read;

  const written = (page, params) => {
    const kept = new URLSearchParams([...params].filter(([name, value]) => value !== "" && name !== "lang"));
    if (data.lang !== "fr") kept.set("lang", data.lang);
    const query = kept.toString();
    return `#/${page}${query ? `?${query}` : ""}`;
  };

  let now = { page: "", params: new URLSearchParams() };
  const listeners = [];
  Edition.onChange = (listener) => listeners.push(listener);
  Edition.page = () => now.page;
  Edition.value = (name) => now.params.get(name) || "";
  Edition.values = (name) => [...new Set(now.params.getAll(name))];

  const follow = (moved) => {
    now = read(location.hash);
    listeners.forEach((listener) => listener(moved));
  };
  const move = (page, params, how) => {
    const hash = written(page, params);
    const moved = page !== now.page;
    if (hash === location.hash) return;
    history[how](null, "", hash);
    follow(moved);
  };
  /** Another view, of this page or of another. */
  Edition.open = (page, params) => move(page, params, "pushState");
  /** Change some parameters of this page ({name: text or list}; empty ones go); `quietly` leaves no step to go back to. */
  Edition.go = (changes, { quietly = false } = {}) => {
    const params = new URLSearchParams(now.params);
    for (const [name, value] of Object.entries(changes)) {
      params.delete(name);
      [value].flat().forEach((one) => one && params.append(name, one));
    }
    move(now.page, params, quietly ? "replaceState" : "pushState");
  };
  /** The address of the same view in another language. */
  Edition.translated = (lang) => {
    const params = new URLSearchParams(now.params);
    params.delete("lang");
    if (lang !== "fr") params.set("lang", lang);
    const query = params.toString();
    return `${data.files[lang]}#/${now.page}${query ? `?${query}` : ""}`;
  };

  /** Read the address for the first time; one that asks for the other language opens the other document. */
  Edition.start = () => {
    const asked = read(location.hash).params.get("lang");
    if (asked && asked !== data.lang && data.files[asked]) return void location.replace(data.files[asked] + location.hash);
    addEventListener("popstate", () => follow(read(location.hash).page !== now.page));
    follow(false);
  };
})();
