/** The address of the static edition says its state, and the state writes its address. */
import assert from "node:assert/strict";
import test from "node:test";
import { changeParams, parseAddress, translateAddress, writeAddress } from "../../src/biocarto/build/static_edition/page/address.js";
import { PageState } from "../../src/biocarto/build/static_edition/page/state.js";

const FILES = { fr: "index.html", en: "en.html" };

/** A window with an address and its steps: `back` goes back as the browser does, `replaced` is the document that it was sent to. */
class FakeWindow {
  /** @type {string[]} */
  steps;
  replaced = "";
  /** @type {() => void} */
  #onPop = () => {};

  /** @param {string} hash */
  constructor(hash) {
    this.steps = [hash];
  }

  /** @param {string | URL} url */
  #replace = (url) => {
    this.replaced = String(url);
  };

  /** @type {Pick<Location, "hash" | "replace">} */
  location = Object.defineProperty({ hash: "", replace: this.#replace }, "hash", { get: () => this.steps.at(-1) });

  /** @type {Pick<History, "pushState" | "replaceState">} */
  history = {
    pushState: (_data, _title, url) => void this.steps.push(String(url)),
    replaceState: (_data, _title, url) => void this.steps.splice(-1, 1, String(url)),
  };

  /**
   * @param {"popstate"} _type
   * @param {() => void} listener
   */
  addEventListener(_type, listener) {
    this.#onPop = listener;
  }

  back() {
    this.steps.pop();
    this.#onPop();
  }
}

/**
 * A state that has read its address, and the page and whether it is another one each time that it changed.
 * @param {string} hash
 * @param {string} [lang]
 */
const start = (hash, lang = "fr") => {
  const bar = new FakeWindow(hash);
  const state = new PageState(lang, FILES, bar);
  /** @type {[page: string, hasMoved: boolean][]} */
  const heard = [];
  state.addListener((hasMoved) => heard.push([state.page, hasMoved]));
  state.start();
  return { bar, state, heard };
};

test("an address names a page and its parameters, however it is written", () => {
  for (const [hash, page, params] of [
    ["", "", ""], ["#", "", ""], ["#/", "", ""], ["#/annuaire", "annuaire", ""], ["#annuaire", "annuaire", ""], ["#/annuaire/", "annuaire", ""],
    ["#/annuaire?q=a%20b&kind=x&kind=y", "annuaire", "q=a+b&kind=x&kind=y"], ["#/?q=a?b", "", "q=a%3Fb"], ["#/a?", "a", ""],
    ["#/%E0%A4%A?q=%", "%E0%A4%A", "q=%25"],
  ]) {
    const address = parseAddress(hash);
    assert.deepEqual([address.page, address.params.toString()], [page, params], hash);
  }
});

test("what is written is read again", () => {
  for (const params of ["", "q=th%C3%A9rapie&kind=company&kind=incubator", "q=a%26b%3Dc%23%3F", "actor=genethon"]) {
    for (const lang of ["fr", "en"]) {
      const hash = writeAddress({ page: "annuaire", params: new URLSearchParams(params) }, lang);
      const { page, params: read } = parseAddress(hash);
      assert.equal(read.get("lang"), lang === "fr" ? null : "en");
      read.delete("lang");
      assert.deepEqual([page, read.toString()], ["annuaire", params]);
    }
  }
});

test("empty values and the usual language leave no trace", () => {
  const params = new URLSearchParams("q=&lang=en&kind=x");
  assert.equal(writeAddress({ page: "annuaire", params }, "fr"), "#/annuaire?kind=x");
  assert.equal(writeAddress({ page: "annuaire", params }, "en"), "#/annuaire?kind=x&lang=en");
  assert.equal(translateAddress({ page: "", params: new URLSearchParams() }, "fr"), "#/");
});

test("a change replaces all values of a parameter, and leaves the others where they are", () => {
  const before = new URLSearchParams("kind=a&q=x&kind=b");
  assert.equal(changeParams(before, { kind: ["c", "", "d"], actor: "" }).toString(), "q=x&kind=c&kind=d");
  assert.equal(changeParams(before, { q: "" }).toString(), "kind=a&kind=b");
  assert.equal(before.toString(), "kind=a&q=x&kind=b");
});

test("the first state is told where it is, later ones say whether the page is another", () => {
  const { state, heard } = start("#/annuaire?q=x&kind=a&kind=a&kind=b");
  assert.deepEqual([state.readValue("q"), state.readValue("none"), state.readValues("kind")], ["x", "", ["a", "b"]]);
  state.change({ q: "y" });
  state.openPage("sources", new URLSearchParams());
  assert.deepEqual(heard, [["annuaire", false], ["annuaire", false], ["sources", true]]);
});

test("a change is a step to go back to, a quiet one is not, and none at all is not told", () => {
  const { bar, state, heard } = start("#/annuaire");
  state.change({ q: "x" });
  state.change({ q: "xy" }, { quietly: true });
  state.change({ q: "xy" });
  assert.deepEqual(bar.steps, ["#/annuaire", "#/annuaire?q=xy"]);
  assert.equal(heard.length, 3);
  bar.back();
  assert.equal(state.readValue("q"), "");
  assert.equal(heard.length, 4);
});

test("an address that asks for the other language opens the other document, and nothing is shown before", () => {
  const { bar, heard } = start("#/annuaire?q=x&lang=en");
  assert.deepEqual([bar.replaced, heard], ["en.html#/annuaire?q=x&lang=en", []]);
  for (const lang of ["fr", "de", "constructor", "__proto__"]) assert.equal(start(`#/?lang=${lang}`).bar.replaced, "");
});

test("the link to the other language keeps the view", () => {
  assert.equal(start("#/annuaire?q=x").state.linkTranslation("en"), "en.html#/annuaire?q=x&lang=en");
  assert.equal(start("#/annuaire?q=x&lang=en", "en").state.linkTranslation("fr"), "index.html#/annuaire?q=x");
});
