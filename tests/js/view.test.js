/** The map's view: every race between its visitor, its address and its server, without a browser and without a clock. */
import assert from "node:assert/strict";
import test from "node:test";
import { CLOSE, LATE, REST, writeView } from "../../src/biocarto/maps/frontend/view/machine.js";
import { Browser, FIRST, moved, opened } from "./view_browser.js";

/** @import { Aim, Corners } from "../../src/biocarto/maps/frontend/view/machine.js" */

const FOUND = /** @type {Corners} */ ([[48.7, 2.2], [48.9, 2.4]]);

test("a map follows the size of its frame until its visitor moves it", () => {
  const map = opened().send({ type: "roomChanged" });
  assert.deepEqual(map.fits, [{ kind: "page" }]);
  map.move("48.8,2.3,9").send({ type: "roomChanged" });
  assert.equal(map.fits.length, 1);
});

test("a move is told when the map has been at rest, once", () => {
  const map = opened().move("48.9,2.3,9").wait(REST - 1);
  assert.deepEqual(map.told, []);
  map.move("48.8,2.3,9").wait(REST - 1);
  assert.deepEqual(map.told, []);
  map.wait(1).wait(LATE);
  assert.deepEqual(map.told, ["48.8,2.3,9"]);
  map.move("48.8,2.3,9").wait(LATE);
  assert.equal(map.told.length, 1);
});

test("a map whose page takes no view tells none", () => {
  const map = new Browser().move("48.8,2.3,9").wait(LATE);
  assert.deepEqual(map.told, []);
  map.answer().move("48.7,2.3,9").send({ type: "left" }).wait(LATE);
  assert.deepEqual(map.told, []);
});

test("a link brings the view back, and the answer to it moves nothing", () => {
  const map = new Browser();
  map.address.view = writeView(FIRST);
  map.answer({ view: FIRST, turn: 1 });
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
  map.answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.equal(map.fits.length, 1);
  assert.deepEqual(map.told, []);
});

test("the answer to a view that was told moves nothing", () => {
  const map = moved();
  map.answer({ view: FIRST, turn: 0 });
  assert.deepEqual(map.fits, []);
});

test("a step back at rest is followed when the server answers", () => {
  const map = moved();
  map.back("").wait(REST);
  assert.deepEqual(map.fits, []);
  map.answer({ turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits, [{ kind: "page" }]);
  assert.equal(map.told.length, 1);
});

test("a step back to another view, and its answer", () => {
  const map = moved().move("48.1,2.1,11").wait(REST).wait(CLOSE + 1);
  map.back(writeView(FIRST)).answer({ view: FIRST, turn: 1 });
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
  assert.equal(map.seen, map.address.view);
});

test("a late answer to a step back does not take away what the visitor has moved since", () => {
  const map = moved().move("48.1,2.1,11").wait(REST).wait(CLOSE + 1);
  map.back(writeView(FIRST)).wait(1000).move("48.4,2.4,12").wait(REST);
  map.answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits, []);
  assert.equal(map.seen, "48.4,2.4,12");
  assert.equal(map.address.view, map.seen, "the address says what the map shows");
});

test("the answer after that one is followed again", () => {
  const map = moved();
  map.back("").move("48.4,2.4,12").answer({ turn: 1 }).wait(LATE).answer({ view: FIRST, turn: 2 });
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
});

test("the answer to an earlier act does not stand for that to a step back: the step's own comes after it", () => {
  const map = moved().move("48.1,2.1,11").wait(REST).wait(CLOSE + 1);
  map.back(writeView(FIRST)).wait(100).move("48.4,2.4,12").answer({ turn: 0 }).wait(REST);
  map.answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits, []);
  assert.equal(map.seen, "48.4,2.4,12");
  assert.equal(map.address.view, map.seen);
});

test("a step back whose visitor moves only after the answer to an earlier act", () => {
  const map = moved().move("48.1,2.1,11").wait(REST).wait(CLOSE + 1);
  map.back(writeView(FIRST)).answer({ turn: 0 }).move("48.4,2.4,12").answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits, []);
  assert.equal(map.address.view, "48.4,2.4,12");
});

test("home after a step back: its late answer does not take the map away from home", () => {
  const map = moved().move("48.1,2.1,11").wait(REST).wait(CLOSE + 1);
  map.back(writeView(FIRST)).wait(100).send({ type: "resetPressed" });
  map.answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits, [{ kind: "page" }]);
  assert.equal(map.address.view, "", "the address says what the map shows");
});

test("home after a step back from home: the address forgets the view of the step", () => {
  const map = moved().send({ type: "resetPressed" }).wait(LATE);
  map.back(writeView(FIRST)).wait(100).send({ type: "resetPressed" });
  map.answer({ view: FIRST, turn: 1 }).wait(LATE);
  assert.deepEqual(map.fits.at(-1), { kind: "page" });
  assert.equal(map.address.view, "", "the address says what the map shows");
});

test("home while a step back waits for the end of a move: the next move is the visitor's", () => {
  const map = moved();
  map.send({ type: "moveStarted" }).back("48.1,2.1,11").send({ type: "resetPressed" }).wait(REST);
  map.move("48.4,2.4,12").answer({ view: [48.1, 2.1, 11], turn: 1 }).wait(REST);
  assert.equal(map.seen, "48.4,2.4,12");
  assert.equal(map.address.view, map.seen);
});

test("a step that no answer has come to is forgotten", () => {
  const map = moved();
  map.back("").move("48.4,2.4,12").wait(LATE + 1).answer({ view: FIRST, turn: 1 });
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
});

test("a step back during a move: the view of the step holds once the move has ended", () => {
  const map = moved();
  map.send({ type: "moveStarted" }).back(writeView(FIRST));
  assert.deepEqual(map.fits, []);
  map.seen = "48.1,2.1,11";
  map.send({ type: "moveEnded" }).wait(LATE);
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
  assert.equal(map.seen, map.address.view);
  assert.equal(map.told.length, 1);
});

test("a step back during a move that the server answers before the move has ended", () => {
  const map = moved();
  map.send({ type: "moveStarted" }).back(writeView(FIRST)).answer({ view: FIRST, turn: 0 });
  map.seen = "48.1,2.1,11";
  map.send({ type: "moveEnded" }).wait(LATE);
  assert.equal(map.seen, writeView(FIRST));
  assert.equal(map.told.length, 1);
});

test("a step back after a move that is not told: it is never told", () => {
  const map = moved().move("48.1,2.1,11").wait(REST - 1);
  map.back(writeView(FIRST)).wait(LATE);
  assert.deepEqual(map.told, [writeView(FIRST)]);
  assert.equal(map.seen, writeView(FIRST));
});

test("a step back while a view leaves the browser: the server gets that of the step after it", () => {
  const map = moved().move("48.1,2.1,11").wait(REST);
  map.back(writeView(FIRST)).wait(LATE);
  assert.deepEqual(map.told, [writeView(FIRST), "48.1,2.1,11", writeView(FIRST)]);
  assert.equal(map.seen, writeView(FIRST));
});

test("a step back to no view leads to what was found", () => {
  const map = opened().answer({ question: "q=a", found: FOUND }).move("48.1,2.1,11").wait(REST);
  map.back("").wait(LATE);
  assert.deepEqual(map.fits.at(-1), { kind: "bounds", bounds: FOUND });
  assert.equal(map.told.at(-1), "");
});

test("a view waits for the answer to a tap, however often its time comes", () => {
  const map = moved().tap().move("48.1,2.1,11").wait(LATE - 2 * REST);
  assert.equal(map.told.length, 1);
  map.address.choices = "actor=a";
  map.wait(REST);
  assert.deepEqual(map.told.at(-1), "48.1,2.1,11");
});

test("an answer that does not come is not waited for forever", () => {
  const map = moved().tap().move("48.1,2.1,11").wait(LATE + REST);
  assert.equal(map.told.length, 2);
});

test("home waits for the answer to a tap as well", () => {
  const map = moved().tap().send({ type: "resetPressed" });
  assert.deepEqual(map.fits, [{ kind: "page" }]);
  map.wait(REST);
  assert.equal(map.told.length, 1);
  map.address.choices = "actor=a";
  map.wait(REST);
  assert.equal(map.told.at(-1), "");
});

test("home empties the address at once", () => {
  const map = moved().send({ type: "resetPressed" });
  assert.deepEqual(map.told, [writeView(FIRST), ""]);
  map.wait(LATE);
  assert.equal(map.told.length, 2);
});

test("a tap before the view has left the browser: the view is told again, after the answer", () => {
  const map = opened().move(writeView(FIRST)).wait(REST).wait(CLOSE - 1).tap().wait(REST);
  assert.equal(map.told.length, 1);
  map.address.choices = "actor=a";
  map.wait(REST).wait(LATE);
  assert.deepEqual(map.told, [writeView(FIRST), writeView(FIRST)]);
});

test("a tap right after home: home is told again, not the view that home is", () => {
  const map = moved().send({ type: "resetPressed" }).wait(100).tap();
  map.address.choices = "actor=a";
  map.wait(LATE);
  assert.deepEqual(map.told, [writeView(FIRST), "", ""]);
});

test("a tap between a move and its rest delays the view, and loses neither", () => {
  const map = opened().move(writeView(FIRST)).wait(100).tap().wait(REST);
  assert.deepEqual(map.told, []);
  map.address.choices = "actor=a";
  map.wait(REST);
  assert.deepEqual(map.told, [writeView(FIRST)]);
});

test("a tap long after a view is its own affair", () => {
  const map = moved().tap().wait(LATE);
  assert.equal(map.told.length, 1);
});

test("two taps closer than the way to the server: the answer to the later one is waited for", () => {
  const map = moved().tap().wait(100);
  map.address.choices = "actor=a";
  map.tap().move("48.1,2.1,11").wait(2 * REST);
  assert.equal(map.told.length, 1);
  map.address.choices = "actor=b";
  map.wait(REST);
  assert.equal(map.told.length, 2);
});

test("a tap and a step back before its answer: the address of the step is what is waited upon", () => {
  const map = moved().tap().move("48.1,2.1,11").wait(100);
  map.back("", "sort=date").move("48.2,2.2,11").wait(2 * REST);
  assert.equal(map.told.length, 1);
  map.address.choices = "actor=a";
  map.wait(REST);
  assert.equal(map.told.at(-1), "48.2,2.2,11");
});

test("another question leads to what was found, and the address forgets the view before", () => {
  const map = moved().answer({ question: "q=villejuif", found: FOUND });
  assert.deepEqual(map.fits, [{ kind: "bounds", bounds: FOUND }]);
  assert.deepEqual(map.told, [writeView(FIRST), ""]);
  map.move("48.5,2.2,12").answer({ question: "q=villejuif", found: FOUND }).wait(LATE);
  assert.equal(map.fits.length, 1, "a move after it stays");
  map.answer({ question: "" });
  assert.deepEqual(map.fits.at(-1), { kind: "page" });
  assert.equal(map.address.view, "");
});

test("another question during a move is not followed", () => {
  const map = moved().send({ type: "moveStarted" }).answer({ question: "q=a", found: FOUND });
  assert.deepEqual(map.fits, []);
});

test("a question that nothing answers leaves the map where it is", () => {
  assert.deepEqual(moved().answer({ question: "q=zzz", found: null }).fits, []);
});

test("a view in a link comes before what was found", () => {
  const map = new Browser();
  map.address.view = writeView(FIRST);
  map.answer({ view: FIRST, turn: 1, question: "near=a", found: FOUND });
  assert.deepEqual(map.fits, [{ kind: "point", at: FIRST }]);
});

test("a first question without a view leads to what was found, and tells nothing", () => {
  const map = new Browser().answer({ question: "q=a", found: FOUND }).wait(LATE);
  assert.deepEqual(map.fits, [{ kind: "bounds", bounds: FOUND }]);
  assert.deepEqual(map.told, []);
});

test("a map made anew does not go to the view of the question before, and the address forgets it", () => {
  const map = new Browser();
  map.address.view = writeView(FIRST);
  map.answer({ view: null, turn: 3, question: "q=a", found: FOUND });
  assert.deepEqual(map.fits, [{ kind: "bounds", bounds: FOUND }]);
  assert.deepEqual(map.told, [""]);
});

test("compared maps: only the one that was touched last speaks, and the others follow", () => {
  const peers = /** @type {Aim} */ ({ kind: "peers" });
  const map = new Browser().send({ type: "aimed", aim: peers, home: peers }).send({ type: "moved" });
  assert.deepEqual(map.others, []);
  map.send({ type: "touched" }).send({ type: "moved" });
  assert.deepEqual(map.others, [{ do: "lead" }]);
  const offset = { x: 1, y: 2, zoom: 0.5 };
  map.send({ type: "peerMoved", offset }).send({ type: "moved" });
  assert.deepEqual(map.others.slice(1), [{ do: "follow", offset }]);
  map.send({ type: "roomChanged" });
  assert.equal(map.fits.length, 1, "a map that follows another does not go home with its frame");
  map.send({ type: "touched" }).send({ type: "resetPressed" });
  assert.deepEqual(map.others.at(-1), { do: "lead home" });
  map.send({ type: "peerMoved", offset: null });
  assert.deepEqual(map.fits.slice(-2), [peers, peers]);
});

test("whatever comes in whatever order, a map at rest shows what its address says", () => {
  let seed = 7;
  /** @param {number} n */
  const draw = (n) => {
    seed = (seed * 16807) % 2147483647;
    return seed % n;
  };
  for (let round = 0; round < 500; round++) {
    const map = opened();
    const acts = [
      () => map.move(`48.${draw(9)}000,2.${draw(9)}000,${9 + draw(3)}`),
      () => map.tap(),
      () => map.back(draw(2) ? writeView(FIRST) : "", `x=${draw(5)}`),
      () => map.send({ type: "resetPressed" }),
      () => map.send({ type: "roomChanged" }),
      () => map.wait(draw(800)),
    ];
    for (let i = 0; i < 12; i++) acts[draw(acts.length)]?.();
    /* What the server answers at last: the address, as a turn of its own where it is none that the map told. */
    map.wait(2 * LATE);
    const { asked } = map.facts();
    const told = map.address.view === map.state.told;
    map.answer({ view: asked, turn: (map.state.turn ?? 0) + (told ? 0 : 1) }).wait(2 * LATE);
    if (map.state.free || map.address.view) assert.equal(map.seen, map.address.view, JSON.stringify({ round, state: map.state }));
  }
});
