// Building nodes. Text always becomes a text node: what people typed is never markup.

/**
 * Make an element.
 * @template {string} Tag
 * @param {Tag} tag  "div", or "svg:path" for an element of SVG
 * @param {Record<string, any>} props  attributes; "on…" are listeners, "class" and "data-…" as in
 *   HTML; true sets an empty attribute, false, null and undefined set none
 * @param {...Child} children
 * @returns {Made<Tag>}
 */
export function h(tag, props = {}, ...children) {
  /** @type {any} */
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...nodes(children));
  return node;
}

/** What is there of children, without the brackets around them. @param {Child[]} children */
function nodes(children) {
  const all = /** @type {any[]} */ (children).flat(Number.POSITIVE_INFINITY);
  return all.filter((child) => (child ?? false) !== false);
}

/** Set an element's text only where it differs, so that nothing is painted in vain.
 * @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Set or take away an attribute, only where it differs: even the same one again would have styles worked
 * out anew.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value  as `h` takes it
 */
export function setAttribute(node, name, value) {
  const wanted = value === true ? "" : value;
  if (wanted === false || wanted === null || wanted === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(wanted)) node.setAttribute(name, String(wanted));
}

/** Replace an element's children. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  node.replaceChildren(...nodes(children));
}

/** The element that has the keyboard, if any. @returns {HTMLElement | null} */
export function focused() {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement : null;
}

/**
 * A translated text with nodes in place of its {placeholders}.
 * @param {string} text
 * @param {Record<string, Node>} nodes
 * @returns {(string | Node)[]}
 */
export function woven(text, nodes) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 ? (nodes[part] ?? part) : part))
    .filter((part) => part !== "");
}

let serial = 0;

/** A new id for an element. */
export function newId() {
  serial += 1;
  return `board-${serial}`;
}
