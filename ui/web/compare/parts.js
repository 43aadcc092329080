// Small parts that the Compare page is made of.

import { h, newId } from "../kit/dom.js";
import { seam } from "../kit/seams.js";

/** A scenario's letter, in its colour. @param {Mark} mark */
export function letter({ letter: sign }) {
  return h("span", { class: "letter", "data-letter": sign }, sign);
}

/** A sample of a scenario's line. @param {Mark} mark */
export function stroke({ letter: sign }) {
  return h(
    "svg:svg",
    { class: "stroke", "data-letter": sign, "aria-hidden": "true", focusable: "false" },
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
 * A section that is folded until somebody wants it; it stays as it was left.
 * @param {string} name
 * @param {string} heading
 * @param {...Child} content
 */
export function folded(name, heading, ...content) {
  return h(
    "details",
    { class: `compare-part compare-folded ${name}`, "data-part": name },
    h("summary", {}, h("h2", {}, heading)),
    content,
  );
}

/**
 * A table with a column for each scenario. It scrolls sideways where it does not fit; the keyboard
 * reaches it.
 */
export function compareTable(label, marks, ...bodies) {
  const table = h(
    "table",
    { class: "table compare-table" },
    h("thead", {}, h("tr", {}, h("td", {}), marks.map(column))),
    bodies.flat(),
  );
  table.style.setProperty("--columns", marks.length);
  return h(
    "div",
    { class: "compare-scroll", role: "region", tabindex: "0", "aria-label": label },
    seam(table),
  );
}

/** @param {Mark} mark */
function column(mark) {
  return h(
    "th",
    { scope: "col" },
    h("span", { class: "compare-column" }, letter(mark), h("span", {}, mark.name)),
  );
}

/** A heading between the rows of such a table. */
export function between(text, marks) {
  return h(
    "tr",
    { class: "compare-between" },
    // The text has a box of its own: it stays in sight where the table is scrolled sideways.
    h("th", { colspan: marks.length + 1, scope: "rowgroup" }, h("span", {}, text)),
  );
}
