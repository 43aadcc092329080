// Cells of a spreadsheet that were pasted into the editor of the organisation.

import { _, ngettext } from "../i18n/messages.js";
import { saysNothing } from "../kit/cells.js";

/** @typedef {{filled: number, nothing: number, left: number, heading: string}} Filled */

/**
 * Write cells of a spreadsheet into a field and those behind it; empty ones change nothing, nor do
 * those that say that there is no number, where there has to be one. A heading above numbers is none
 * of them.
 * @param {Map<string, Pick<FieldPart, "write" | "takesNumbers" | "takesNothing">>} fields  by path, in their order
 * @param {string} path
 * @param {string[]} cells
 * @returns {Filled}  how many fields have another text, how many cells said that there is no number
 *   and were left out, how many had no field, and the heading above them
 */
export function fillFrom(fields, path, cells) {
  const all = [...fields.keys()];
  const places = all.slice(all.indexOf(path));
  const heading = fields.get(path)?.takesNumbers && isHeading(cells) ? cells[0] : "";
  const column = heading ? cells.slice(1) : cells;
  const fitting = column.slice(0, places.length);
  const done = { filled: 0, nothing: 0, left: column.length - fitting.length, heading };
  for (const [index, cell] of fitting.entries()) {
    const field = fields.get(places[index]);
    if (!field || !cell) continue;
    const isNothing = saysNothing(cell);
    if (isNothing && !field.takesNothing) done.nothing += 1;
    else {
      field.write(isNothing ? "" : cell);
      done.filled += 1;
    }
  }
  return done;
}

/** Whether cells begin with a word above numbers. @param {string[]} cells */
function isHeading([first, ...others]) {
  const hasDigit = (/** @type {string} */ cell) => /\d/.test(cell);
  return /\p{L}/u.test(first) && !hasDigit(first) && !saysNothing(first) && others.some(hasDigit);
}

/** What is told when several cells were pasted. @param {Filled} done */
export function filledText({ filled, nothing, left, heading }) {
  const texts = [
    heading && _("“{heading}” was taken for the heading of what stands below it.", { heading }),
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
    left
      ? ngettext("{number} cell had no field left.", "{number} cells had no field left.", left)
      : "",
  ];
  return texts.filter(Boolean).join(" ");
}
