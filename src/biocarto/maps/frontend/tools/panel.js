/** The panel of the tools: what they have to say, and the steps of a drawing. */
import { make } from "../core/dom.js";

/** @import { ToolWords } from "../types/payloads" */

/** @param {() => void} act */
const makeAct = (act) => {
  const node = make("button", "bc-act");
  node.type = "button";
  node.addEventListener("click", act);
  return node;
};

export class Panel {
  /**
   * @param {L.Map} map
   * @param {{ finish: () => void, undo: () => void, cancel: () => void }} acts
   */
  constructor(map, { finish, undo, cancel }) {
    this.text = make("p");
    this.text.setAttribute("role", "status");
    this.steps = { finish: makeAct(finish), undo: makeAct(undo), cancel: makeAct(cancel) };
    this.close = makeAct(() => this.announce("", false));
    this.node = make("div", "bc-panel");
    this.node.append(this.text, ...Object.values(this.steps), this.close);
    L.DomEvent.disableClickPropagation(this.node);
    map.getContainer().append(this.node);
    this.announce("", false);
  }

  /** @param {ToolWords} words */
  translate(words) {
    const { finish, undo, cancel } = this.steps;
    finish.textContent = words.finish;
    undo.textContent = words.undo;
    cancel.textContent = words.cancel;
    this.close.textContent = words.close;
  }

  /** @type {(text: string, isDrawing: boolean) => void} */
  announce(text, isDrawing) {
    if (this.text.textContent !== text) this.text.textContent = text;
    this.node.classList.toggle("bc-quiet", !text);
    for (const node of Object.values(this.steps)) node.hidden = !isDrawing;
    this.close.hidden = isDrawing;
  }
}
