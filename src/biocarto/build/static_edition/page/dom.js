/* Static edition: elements of the document, made and found. */

/**
 * An element with a class and a text; texts never become HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function makeElement(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== "") node.textContent = text;
  return node;
}

/**
 * A button with a text, which acts when it is pressed.
 * @param {string} className
 * @param {string} text
 * @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function makeButton(className, text, act) {
  const button = makeElement("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

/**
 * All elements of a kind that a selector names.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind[]}
 */
export function findElements(root, selector, kind) {
  return [...root.querySelectorAll(selector)].filter(/** @returns {node is Kind} */ (node) => node instanceof kind);
}

/**
 * The first element that a selector names, where one is not sure to be there.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function seekElement(root, selector) {
  return findElements(root, selector, HTMLElement)[0] ?? null;
}

/**
 * The first element of a kind that a selector names: the document was written with it.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function findElement(root, selector, kind) {
  const [found] = findElements(root, selector, kind);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}

/**
 * What stands in a template of the document.
 * @param {string} id
 * @returns {DocumentFragment}
 */
export function copyTemplate(id) {
  return document.importNode(findElement(document, `#${id}`, HTMLTemplateElement).content, true);
}

/**
 * Mark an element as the one where the visitor is, or take the mark away.
 * @param {Element} node
 * @param {boolean} isCurrent
 */
export function markCurrent(node, isCurrent) {
  if (isCurrent) node.setAttribute("aria-current", "page");
  else node.removeAttribute("aria-current");
}

/**
 * Whether a click asks the browser itself for more than to follow the link: a new tab, a new window.
 * @param {MouseEvent} event
 * @returns {boolean}
 */
export function opensElsewhere(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}
