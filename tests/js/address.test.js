/** The address of the page: what it says of the view, and how the view is written into it. */
import assert from "node:assert/strict";
import test from "node:test";
import { onStep, parseView, readAddress, writeAddress } from "../../src/biocarto/maps/frontend/view/address.js";

/**
 * A page around the frame, at an address.
 * @param {string} href
 */
const openPage = (href) => {
  const page = {
    location: { href },
    /** @type {unknown[]} */
    steps: [],
    history: {
      state: "kept",
      /** @type {(state: unknown, title: string, url: URL) => void} */
      replaceState: (state, _, url) => {
        page.steps.push(state);
        page.location.href = url.href;
      },
    },
  };
  Object.assign(globalThis, { parent: page });
  return page;
};

test("a view is three numbers", () => {
  assert.deepEqual(parseView("48.85,2.35,9.3"), [48.85, 2.35, 9.3]);
  for (const text of ["", "48.85,2.35", "a,b,c", "1,2,Infinity", "NaN,1,2"]) assert.equal(parseView(text), null, text);
});

test("the last view of an address counts, and all else that it says is its choices", () => {
  openPage("http://a.example/annuaire?view=1,2,3&q=x&view=48,2,9");
  assert.deepEqual(readAddress(), { view: [48, 2, 9], says: true, choices: "q=x" });
});

test("a view that is none is said all the same", () => {
  openPage("http://a.example/annuaire?view=x");
  assert.deepEqual(readAddress(), { view: null, says: true, choices: "" });
});

test("a view is written without a step of history, and taken out again", () => {
  const page = openPage("http://a.example/annuaire?q=x#part");
  writeAddress("48.0000,2.0000,9");
  assert.equal(new URL(page.location.href).searchParams.get("view"), "48.0000,2.0000,9");
  writeAddress("");
  assert.equal(page.location.href, "http://a.example/annuaire?q=x#part");
  assert.deepEqual(page.steps, ["kept", "kept"]);
});

test("a page of another origin is left alone", () => {
  const forbid = () => {
    throw new Error("another origin");
  };
  Object.assign(globalThis, { parent: Object.defineProperty({}, "location", { get: forbid }) });
  assert.deepEqual(readAddress(), { view: null, says: false, choices: null });
  writeAddress("48,2,9");
  onStep(() => {});
});
