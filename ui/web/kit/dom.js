// Building nodes. Text always becomes a text node: what people typed is never markup.

/**
 * Make an element.
 * @param {string} tag  "div", or "svg:path" for an element of SVG
 * @param {object} props  attributes; "on…" are listeners, "class" and "data-…" as in HTML;
 *   true sets an empty attribute, false, null and undefined set none
 * @param {...(Node|string|number|Array|null)} children
 */
export function h(tag, props = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(
    ...children.flat().filter((one) => one !== null && one !== undefined && one !== false),
  );
  return node;
}

/** Set an element's text only where it differs, so that nothing is painted in vain. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set or take away an attribute, only where it differs. */
export function setAttribute(node, name, value) {
  const wanted = value === true ? "" : value;
  if (wanted === false || wanted === null || wanted === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(wanted)) node.setAttribute(name, wanted);
}

/** Replace an element's children. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((one) => one !== null && one !== undefined));
}

let serial = 0;

/** A new id for an element. */
export function newId() {
  serial += 1;
  return `board-${serial}`;
}
