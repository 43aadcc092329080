// Cells of a spreadsheet that were pasted into the editor of the organisation.

import { _, ngettext } from "../i18n/messages.js";
import { meant, quoted, rowsOf, saysNothing, unknownText } from "../kit/cells.js";

/** @typedef {import("../kit/cells.js").LabelledTable} LabelledTable */
/** @typedef {import("../kit/cells.js").Choice} Choice */
/** @typedef {{filled: number, nothing: number, left: number, heading: string, unknown?: string[], choice?: Choice | null}} Filled */
/** @typedef {Pick<FieldPart, "write" | "takesNumbers" | "takesNothing">} Filling */

/**
 * Write what was pasted into the fields that its labels name, or else into a field and those behind it.
 * @param {Map<string, Filling & Pick<FieldPart, "names" | "counted">>} fields  by path, in their order
 * @param {string} path  of the one that it was pasted into
 * @param {Parameters<import("../kit/cells.js").TakeCells>} pasted
 */
export function fillPasted(fields, path, ...[cells, labelled, choice]) {
  return labelled ? fillLabelled(fields, labelled) : fillFrom(fields, path, cells, choice);
}

/**
 * Write cells of a spreadsheet into a field and those behind it; empty ones change nothing, nor do
 * those that say that there is no number, where there has to be one. A heading above numbers is none
 * of them.
 * @param {Map<string, Filling>} fields  by path, in their order
 * @param {string} path
 * @param {string[]} cells
 * @param {Choice | null} choice  which column of several they are
 * @returns {Filled}  how many fields have another text, how many cells said that there is no number
 *   and were left out, how many had no field, and the heading above them
 */
export function fillFrom(fields, path, cells, choice = null) {
  const all = [...fields.keys()];
  const places = all.slice(all.indexOf(path));
  const heading = fields.get(path)?.takesNumbers && isHeading(cells) ? cells[0] : "";
  const column = heading ? cells.slice(1) : cells;
  const fitting = column.slice(0, places.length);
  const done = { filled: 0, nothing: 0, left: column.length - fitting.length, heading, choice };
  for (const [index, cell] of fitting.entries()) {
    const field = fields.get(places[index]);
    if (field && cell) done[put(field, cell)] += 1;
  }
  return done;
}

/**
 * Write a cell into a field, unless it says that there is no number, where there has to be one.
 * @param {Filling} field
 * @param {string} cell
 */
function put(field, cell) {
  const isNothing = saysNothing(cell);
  if (isNothing && !field.takesNothing) return "nothing";
  field.write(isNothing ? "" : cell);
  return "filled";
}

/**
 * Write cells of a spreadsheet into the fields that their labels name, wherever these stand. What has
 * another label, none, or that of a field that has its cell already changes nothing.
 * @param {Map<string, Filling & Pick<FieldPart, "names" | "counted">>} fields  by path
 * @param {LabelledTable} table
 * @returns {Filled & {unknown: string[]}}  `unknown`: labels of what was not taken
 */
export function fillLabelled(fields, table) {
  /** @type {[string, string[]][]} */
  const names = [...fields].map(([path, field]) => [path, field.names]);
  /** @type {[string, string[]][]} */
  const words = [...fields].map(([path, field]) => [path, field.counted ?? []]);
  const pathOf = (/** @type {string} */ label) => meant(label, names, words);
  const { rows, heading, choice } = rowsOf(table, (label) => pathOf(label) !== undefined);
  const unknown = /** @type {string[]} */ ([]);
  const done = { filled: 0, nothing: 0, left: 0, heading, unknown, choice };
  const taken = new Set();
  for (const { label, cell } of rows) {
    if (!cell) continue;
    const path = pathOf(label);
    const field = path === undefined || taken.has(path) ? undefined : fields.get(path);
    taken.add(path);
    if (field) done[put(field, cell)] += 1;
    else unknown.push(label || cell);
  }
  return done;
}

/** Whether cells begin with a word above numbers. @param {string[]} cells */
function isHeading([first, ...others]) {
  const hasDigit = (/** @type {string} */ cell) => /\d/.test(cell);
  return /\p{L}/u.test(first) && !hasDigit(first) && !saysNothing(first) && others.some(hasDigit);
}

/** Which column of a table was taken. @param {Choice} choice */
function choiceText({ taken, left }) {
  const others = left.filter(Boolean);
  if (!taken || others.length < left.length) {
    return ngettext(
      "The first column of amounts is taken, {number} other is not.",
      "The first column of amounts is taken, {number} others are not.",
      left.length,
    );
  }
  return ngettext(
    "Column {taken} is taken, {left} is not.",
    "Column {taken} is taken, {left} are not.",
    others.length,
    { taken: quoted([taken]), left: quoted(others) },
  );
}

/** What is told when several cells were pasted. @param {Filled} done */
export function filledText({ filled, nothing, left, heading, unknown = [], choice = null }) {
  if (unknown.length && !filled && !nothing) return unknownText(unknown);
  const isTold = Boolean(choice?.taken); // the heading, by which column it is
  const texts = [
    choice && choiceText(choice),
    heading &&
      !isTold &&
      _("“{heading}” was taken for the heading of what stands below it.", { heading }),
    ngettext(
      "{number} field is filled with what was pasted: look at it before you apply it.",
      "{number} fields are filled with what was pasted: look at each before you apply them.",
      filled,
    ),
    nothing
      ? ngettext(
          "{number} cell says that there is no number, and changed nothing: write 0 if that is meant.",
          "{number} cells say that there is no number, and changed nothing: write 0 where that is meant.",
          nothing,
        )
      : "",
    unknown.length
      ? ngettext(
          "Not taken, as no field left here is called so: {labels}.",
          "Not taken, as no fields left here are called so: {labels}.",
          unknown.length,
          { labels: quoted(unknown) },
        )
      : "",
    left
      ? ngettext("{number} cell had no field left.", "{number} cells had no field left.", left)
      : "",
  ];
  return texts.filter(Boolean).join(" ");
}
