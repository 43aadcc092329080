// Small parts that the Compare page is made of.

import { h, newId } from "../kit/dom.js";
import { letterAt } from "./list.js";

/** A scenario's letter, in its colour. */
export function letter(place) {
  return h("span", { class: "letter", "data-letter": letterAt(place) }, letterAt(place));
}

/** A sample of a scenario's line. */
export function stroke(place) {
  return h(
    "svg:svg",
    { class: "stroke", "data-letter": letterAt(place), "aria-hidden": "true", focusable: "false" },
    h("svg:line", { x1: 0, y1: "50%", x2: "100%", y2: "50%" }),
  );
}

/** The value of the field in a part that the keyboard is at, or null: it is there after a redraw. */
export function focusedValue(node) {
  const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
  return active && node.contains(active) ? active.value : null;
}

/** A section with its heading. */
export function section(name, heading, ...content) {
  const id = newId();
  return h(
    "section",
    { class: `compare-part ${name}`, "aria-labelledby": id, "data-part": name },
    h("h2", { id }, heading),
    content,
  );
}

/**
 * A table with a column for each scenario. It scrolls sideways where it does not fit; the keyboard
 * reaches it.
 */
export function compareTable(label, names, ...bodies) {
  const table = h(
    "table",
    { class: "table compare-table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        names.map((name, place) => column(place, name)),
      ),
    ),
    bodies.flat(),
  );
  table.style.setProperty("--columns", names.length);
  return h(
    "div",
    { class: "compare-scroll", role: "region", tabindex: "0", "aria-label": label },
    table,
  );
}

function column(place, name) {
  return h(
    "th",
    { scope: "col" },
    h("span", { class: "compare-column" }, letter(place), h("span", {}, name)),
  );
}

/** A heading between the rows of such a table. */
export function between(text, names) {
  return h(
    "tr",
    { class: "compare-between" },
    h("th", { colspan: names.length + 1, scope: "rowgroup" }, text),
  );
}

/** A translated text with nodes in place of its {placeholders}. */
export function woven(text, nodes) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 ? (nodes[part] ?? part) : part))
    .filter((part) => part !== "");
}
