/* BioCarto, tools: space as a filter (an area drawn by hand, the map's view, one's own position), and the view for the address. */
(() => {
  "use strict";
  const { make } = BioCarto;
  const REST = 500;
  /* streamlit-folium sends what it was last told, a quarter of a second later: of two things told within it, one is lost. */
  const CLOSE = 300;
  /* How long the server may take to answer a tap before the view is told all the same. */
  const LATE = 5000;
  const AREA = { pane: "bc-route", interactive: false };
  const POINT = { pane: "markerPane", interactive: false };

  /** The page's own address, so that moving the map adds no step to the browser's history: Streamlit then finds it there already. */
  const note = (text) => {
    try {
      const url = new URL(parent.location.href);
      if (text) url.searchParams.set("view", text);
      else url.searchParams.delete("view");
      parent.history.replaceState(parent.history.state, "", url);
    } catch {
      // a page of another origin around the frame: the server writes the address
    }
  };

  /** What the page's address asks for; nothing where it cannot be read. */
  const query = () => {
    try {
      return new URL(parent.location.href).searchParams;
    } catch {
      return null;
    }
  };

  /** All that the page's address says but the view; nothing where it cannot be read. */
  const choices = () => {
    const said = query();
    if (!said) return null;
    said.delete("view");
    return said.toString();
  };

  /** The view that the page's address asks for; nothing where it asks for none, cannot be read, or asks for what this map cannot show. */
  const asked = (map) => {
    const view = (query()?.getAll("view").at(-1) || "").split(",").map(Number);
    const [lat, lng, zoom] = view;
    const there = view.every(Number.isFinite) && zoom >= map.getMinZoom() && zoom <= map.getMaxZoom() && map.options.maxBounds.contains([lat, lng]);
    return there ? [lat, lng, zoom] : null;
  };

  /** Steps back and forth of the page around the frame, for as long as the frame is there. */
  const onStep = (act) => {
    try {
      const page = parent;
      page.addEventListener("popstate", act);
      addEventListener("pagehide", ({ persisted }) => persisted || page.removeEventListener("popstate", act));
    } catch {
      // a page of another origin around the frame: the server sends what a step brings
    }
  };

  const written = ({ lat, lng }, digits) => `${lat.toFixed(digits)},${lng.toFixed(digits)}`;

  /** Where the position comes from: the frame, or the page around it where only that one may ask. */
  const device = () => {
    const rules = document.featurePolicy;
    try {
      return (!rules || rules.allowsFeature("geolocation") ? navigator : parent.navigator).geolocation;
    } catch {
      return undefined;
    }
  };

  /** What one map keeps while its layers come and go: the buttons, the corners being drawn, the view last told. */
  class Tools {
    constructor(map) {
      this.map = map;
      this.known = "";
      this.acts = { draw: () => (this.corners ? this.cancel() : this.start()), view: () => this.takeView(), locate: () => this.locate() };
      this.buttons = Object.entries(this.acts).map(([name, act]) => [name, BioCarto.button(name, act)]);
      map.biocarto.bar.append(...this.buttons.map(([, node]) => node));
      this.makePanel();
      document.addEventListener("keydown", (event) => this.corners && this.key(event));
      map.on("movestart", () => (this.moving = !map.biocarto.fitting));
      map.on("moveend", () => (this.moving = false));
      map.on("moveend", () => map.biocarto.touched && !map.biocarto.fitting && this.rest());
      map.on("biocarto:reset", () => this.soon(() => ""));
      map.on("biocarto:emit", ({ kind }) => this.beside(kind));
      onStep(() => this.step());
      map.on("click", ({ latlng, containerPoint }) => (this.corners ? this.add(latlng, containerPoint) : this.say("")));
      map.on("dblclick", () => this.corners && this.twice && this.finish());
      map.on("mousemove", ({ latlng }) => this.corners && this.stretch(latlng));
    }
    /* The panel of a drawing, and what the tools have to say. */
    makePanel() {
      const press = (act) => {
        const node = make("button", "bc-act");
        node.type = "button";
        node.addEventListener("click", act);
        return node;
      };
      this.saying = make("p");
      this.saying.setAttribute("role", "status");
      this.steps = { finish: press(() => this.finish()), undo: press(() => this.undo()), cancel: press(() => this.cancel()) };
      this.panel = make("div", "bc-panel");
      this.panel.append(this.saying, ...Object.values(this.steps));
      this.close = press(() => this.say(""));
      this.panel.append(this.close);
      L.DomEvent.disableClickPropagation(this.panel);
      this.map.getContainer().append(this.panel);
      this.say("");
    }
    /** A layer has come with its words and its state. */
    use(layer) {
      const { words } = layer.payload;
      Object.assign(this, { layer, words });
      for (const [name, node] of this.buttons) {
        node.hidden = false;
        ["title", "aria-label"].forEach((attribute) => node.setAttribute(attribute, words[name]));
      }
      for (const [name, node] of Object.entries({ ...this.steps, close: this.close })) node.textContent = words[name];
      if (!this.corners) this.wipe();
      this.look(layer.payload);
    }
    /* A layer that replaces another comes right after it goes; one that does not come leaves a map without tools. */
    leave(layer) {
      queueMicrotask(() => {
        if (this.layer !== layer) return;
        this.cancel();
        this.layer = null;
        this.buttons.forEach(([, node]) => (node.hidden = true));
      });
    }

    /**
     * Go where the address says when something else than this map has changed it; else, when the question has, to what was found.
     * A visitor who moves the map at that very moment keeps it. A map made anew may find the view of the question before in the address.
     */
    look({ view, turn, question, found }) {
      const first = this.turn === undefined;
      const changed = question !== (this.question ?? "") || (first && !view && asked(this.map) !== null);
      this.found = found && L.latLngBounds(found);
      if (this.turn !== turn && (view || !first)) this.goTo(view);
      else if (changed && !(first && view) && !this.moving && (found || !question)) this.goFound();
      Object.assign(this, { turn, question });
    }
    goTo(view) {
      this.wait();
      this.known = view ? `${written(L.latLng(view), 4)},${view[2]}` : "";
      if (view) BioCarto.hold(this.map, () => this.map.setView(view.slice(0, 2), view[2], { reset: true }));
      else BioCarto.aim(this.map, this.found);
    }
    /* The view of another question is none of this one: the address forgets it. */
    goFound() {
      this.wait();
      BioCarto.aim(this.map, this.found);
      if (!this.known && !query()?.get("view")) return;
      this.known = this.known || null;
      this.soon(() => "");
    }
    wait(act) {
      clearTimeout(this.timer);
      this.timer = act && setTimeout(act, REST);
    }
    seen() {
      return `${written(this.map.getCenter(), 4)},${Number(this.map.getZoom().toFixed(2))}`;
    }
    rest() {
      this.wait(() => this.soon(() => this.seen()));
    }
    soon(text) {
      if (this.answered()) this.tell(text());
      else this.wait(() => this.soon(text));
    }
    /* What is told goes with the address that Streamlit has: before the server's answer to a tap is in it, the tap would be undone. */
    answered() {
      const { tapped } = this;
      const now = choices();
      if (tapped && now === tapped.choices && now !== null && performance.now() < tapped.at + LATE) return false;
      this.tapped = null;
      return true;
    }
    tell(text) {
      this.wait();
      if (!this.layer || text === this.known) return;
      this.known = text;
      note(text);
      this.send();
    }
    send() {
      this.at = performance.now();
      this.emit("view", this.known);
    }
    /* Whether a view that was told may not have left the browser yet. */
    sending() {
      return performance.now() - this.at < CLOSE;
    }
    /* A tap close to a view that was told, or is about to be: say the view again when the tap has gone. */
    beside(kind) {
      if (kind === "view") return;
      this.tapped = { choices: choices(), at: performance.now() };
      if (!this.timer && !this.sending()) return;
      if (!this.timer) this.known = null;
      this.rest();
    }
    /* A step back during a move or right after it: the view of the step holds, not the one that is about to be told, or to be sent. */
    step() {
      const sending = this.sending();
      if (!this.layer || !(this.moving || this.timer || sending)) return;
      const follow = () => {
        this.goTo(asked(this.map));
        if (sending) this.send();
      };
      this.tapped = !sending && this.tapped ? { ...this.tapped, choices: choices() } : null;
      if (this.moving) this.map.once("moveend", follow);
      else follow();
    }
    emit(type, id) {
      BioCarto.emit(this.layer, type, id, this.map.getCenter());
    }

    start() {
      this.corners = [];
      this.map.biocarto.drawing = true;
      this.dress(true);
      this.map.getContainer().focus({ preventScroll: true });
      this.sketch();
    }
    end() {
      delete this.corners;
      this.map.biocarto.drawing = false;
      this.dress(false);
      this.say("");
    }
    /* While corners are set, symbols step back: taps go through to the map. */
    dress(drawing) {
      BioCarto.untip(this.map);
      const container = this.map.getContainer();
      container.classList.toggle("bc-drawing", drawing);
      for (const name of ["symbols", "areas"]) this.map.getPane(`bc-${name}`).inert = drawing;
      this.map.doubleClickZoom[drawing ? "disable" : "enable"]();
      this.buttons[0][1].setAttribute("aria-pressed", drawing);
      if (!drawing && container.contains(document.activeElement)) this.buttons[0][1].focus({ preventScroll: true });
    }
    within(point, corner, reach) {
      return point.distanceTo(this.map.latLngToContainerPoint(corner)) <= reach;
    }
    add(latlng, point) {
      const { corners } = this;
      const reach = BioCarto.coarse() ? 22 : 12;
      if (corners.length > 2 && this.within(point, corners[0], reach)) return this.finish();
      /* Leaflet takes two fast taps for a double one wherever they are. */
      this.twice = corners.length > 0 && this.within(point, corners.at(-1), reach / 2);
      if (!this.twice && corners.length < this.layer.payload.most) corners.push(latlng);
      this.sketch();
    }
    undo() {
      this.corners.pop();
      this.sketch();
    }
    finish() {
      if (this.corners.length < 3) return;
      const id = this.corners.map((corner) => written(corner, 5)).join(";");
      this.wipe();
      this.draft = [L.polygon(this.corners, { ...AREA, className: "bc-drawn" }).addTo(this.map)];
      this.end();
      this.emit("area", id);
      /* The layer that comes back draws what is in force; where none comes, nothing was. */
      setTimeout(() => this.corners || this.wipe(), 5000);
    }
    cancel() {
      if (!this.corners) return;
      this.wipe();
      this.end();
    }
    key(event) {
      const { key, target } = event;
      if (key === "Enter" && target.closest("button, summary")) return;
      const act = { Escape: () => this.cancel(), Enter: () => this.finish(), Backspace: () => this.undo() }[key];
      if (!act) return;
      event.preventDefault();
      act();
    }
    wipe() {
      (this.draft || []).forEach((mark) => mark.remove());
      this.draft = [];
    }
    /* The corners so far, and what to do next. */
    sketch() {
      const { corners, words, steps } = this;
      const ready = corners.length > 2;
      this.wipe();
      this.draft.push(L.polygon(corners, { ...AREA, className: "bc-drawn bc-sketch" }));
      corners.forEach((corner, i) => {
        const first = i === 0 && ready;
        this.draft.push(L.circleMarker(corner, { ...POINT, radius: first ? 9 : 5, className: `bc-corner${first ? " bc-first" : ""}` }));
      });
      this.draft.forEach((mark) => mark.addTo(this.map));
      steps.finish.disabled = !ready;
      steps.undo.disabled = !corners.length;
      const full = corners.length >= this.layer.payload.most;
      this.say(full ? words.full : ready ? words.closing : words.corners);
    }
    stretch(pointer) {
      const { corners, draft } = this;
      if (corners.length && corners.length < this.layer.payload.most) draft[0].setLatLngs([...corners, pointer]);
    }

    takeView() {
      this.cancel();
      const box = this.map.getBounds();
      const corners = [box.getSouthWest(), box.getNorthWest(), box.getNorthEast(), box.getSouthEast()];
      this.emit("area", corners.map((corner) => written(corner, 5)).join(";"));
    }
    /* The register knows communes: a position at three decimals (100 m) is enough, and a shared link tells no more. */
    locate() {
      this.cancel();
      const { words } = this;
      const found = ({ coords: { latitude, longitude } }) => {
        const [south, west, north, east] = this.layer.payload.france;
        const inside = latitude >= south && latitude <= north && longitude >= west && longitude <= east;
        this.say(inside ? "" : words.outside);
        if (inside) this.emit("near", written(L.latLng(latitude, longitude), 3));
      };
      const source = device();
      if (!source) return this.say(words.unavailable);
      this.say(words.waiting);
      source.getCurrentPosition(found, ({ code }) => this.say(code === 1 ? words.refused : words.unavailable), { timeout: 15000, maximumAge: 60000 });
    }
    say(text) {
      if (this.saying.textContent !== text) this.saying.textContent = text;
      this.panel.classList.toggle("bc-quiet", !text);
      Object.values(this.steps).forEach((node) => (node.hidden = !this.corners));
      this.close.hidden = Boolean(this.corners);
    }
  }

  const Layer = L.Layer.extend({
    initialize(payload) {
      this.payload = payload;
    },
    onAdd(map) {
      const { area, near } = this.payload;
      BioCarto.dress(map, this.payload);
      this.marks = area.length ? [L.polygon(area, { ...AREA, className: "bc-drawn" })] : [];
      if (near) this.marks.push(...BioCarto.around(near));
      this.marks.forEach((mark) => mark.addTo(map));
      map.biocarto.tools = map.biocarto.tools || new Tools(map);
      map.biocarto.tools.use(this);
      BioCarto.done(map, "tools", area.length + (near ? 1 : 0));
    },
    onRemove(map) {
      this.marks.forEach((mark) => mark.remove());
      map.biocarto.tools.leave(this);
    },
  });
  BioCarto.tools = (payload) => new Layer(payload);
})();
