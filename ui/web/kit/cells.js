// What is pasted from a spreadsheet: a field alone would run its cells together.

import { _, ngettext } from "../i18n/messages.js";
import { read } from "../i18n/numbers.js";

const MOST_NAMED = 5;

/**
 * @typedef {{label: string, cell: string}} Labelled
 *
 * Takes what was pasted: its cells, and these with their labels where they have some.
 * @typedef {(cells: string[], labelled: Labelled[] | null) => void} TakeCells
 */

/**
 * The rows of a text that was copied, each with its cells. A table has tabs between its cells, or
 * semicolons if it was copied out of a file. An empty line is an empty cell, in a table too: what
 * stands below it keeps its row.
 * @param {string} text
 */
function rowsIn(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const written = lines.filter((line) => line.trim());
  const isFile = written.length > 1 && written.every((line) => /^[^\t;]*;[^\t]*$/.test(line));
  return lines.map((line) => line.split(isFile ? ";" : "\t").map((cell) => cell.trim()));
}

/**
 * The cells of a text that was copied: a row, or a column; of a table the last column.
 * @param {string} text
 */
export function cellsIn(text) {
  const rows = rowsIn(text);
  if (rows.length === 1) return rows[0];
  const isTable = rows.every((row) => row.length > 1 || !row[0]);
  return rows.map((row) => (isTable ? row[row.length - 1] : row.join(" ")));
}

/**
 * The cells of a text that was copied, each with the label that stands beside it, or above it in a
 * table of two rows; null where no column of it is one of labels.
 * @param {string} text
 * @returns {Labelled[] | null}
 */
export function labelledCellsIn(text) {
  const rows = rowsIn(text).filter((row) => row.some(Boolean));
  const [first = [], second = []] = rows;
  const isHead = rows.length === 2 && first.length > 1 && mostly(first) && !second.some(isLabel);
  const table = isHead ? first.map((label, place) => [label, second[place] ?? ""]) : rows;
  const width = Math.max(...table.map((row) => row.length));
  if (table.length === 1 && width > 2) return null; // a row of amounts, with what they are before them
  const columns = Array.from({ length: width }, (_cell, place) =>
    table.map((row) => row[place] ?? ""),
  );
  const labels = columns.find(mostly);
  const others = columns.filter((column) => column !== labels && column.some(Boolean));
  const cells = others.findLast((column) => !mostly(column)) ?? others.at(-1);
  if (!labels || !cells) return null;
  return labels.map((label, place) => ({ label, cell: cells[place] }));
}

/** Whether most of what is written in cells are labels. @param {string[]} cells */
function mostly(cells) {
  const written = cells.filter(Boolean);
  return 2 * written.filter(isLabel).length > written.length;
}

/** Whether a cell holds words: a number with its currency or unit is none. @param {string} cell */
export function isLabel(cell) {
  const hasWords = /\d/.test(cell) ? /\p{L}{5}/u.test(cell) : /\p{L}/u.test(cell);
  if (!hasWords || saysNothing(cell)) return false;
  return read(cell, { scaled: true, percent: true }).fault === "none";
}

/** A label without what differs from one sheet to another: case, spaces, signs, a number before it, and
 * what is in brackets. @param {string} label */
function bare(label) {
  const text = label
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^\d+[\s.:-]+/, "");
  return text.replace(/\(.*?\)|\[.*?\]/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * What a label means: what goes by that name, or by the only one that begins with it, of which it is
 * half or more; undefined where that is open.
 * @template Id
 * @param {string} label
 * @param {[Id, string[]][]} names  what each goes by
 * @returns {Id | undefined}
 */
export function meant(label, names) {
  const text = bare(label);
  if (!text) return undefined;
  const those = (/** @type {(name: string) => boolean} */ fits) =>
    names.filter(([, all]) => all.map(bare).some(fits)).map(([id]) => id);
  const same = those((name) => name === text);
  const found = same.length
    ? same
    : those((name) => name.startsWith(text) && 2 * text.length >= name.length);
  return found.length === 1 ? found[0] : undefined;
}

/** Labels as they are named in a message: not all of a long table. @param {string[]} labels */
export function quoted(labels) {
  const some = labels.slice(0, MOST_NAMED).map((label) => _("“{label}”", { label }));
  const more = labels.length - some.length;
  if (!more) return some.join(", ");
  return ngettext("{labels} and {number} more", "{labels} and {number} more", more, {
    labels: some.join(", "),
  });
}

/** What is told where a table was pasted of whose labels none is known. @param {string[]} labels */
export function unknownText(labels) {
  return _(
    "Nothing is filled: no field here is called {labels}. A column of amounts alone fills the fields in their order.",
    { labels: quoted(labels) },
  );
}

// As spreadsheets and people of our languages say that there is no number: an accountant's dash may
// stand for 0, so whoever pastes it is told.
const DASHES =
  /^(?:\p{Sc}|kr\.?|[a-z]{3})? ?[-\u2010-\u2015\u2212]+ ?(?:\p{Sc}|kr\.?|[a-z]{3})?$/iu;
const NOTHINGS = new Set([
  ...["n/a", "#n/a", "na", "n.a.", "unknown", "?", "...", "…"],
  ...["n.v.t.", "nvt", "n/b", "#n/b", "n.b.", "onbekend"],
  ...["i/t", "#i/t", "i.r.", "ukendt"],
]);

/** Whether a cell says that there is no number, and is not empty. @param {string} cell */
export function saysNothing(cell) {
  const text = cell.trim().replace(/\s+/gu, " ").toLowerCase();
  return NOTHINGS.has(text) || DASHES.test(text);
}

/**
 * Call `take` with the cells of what is pasted into a field, where these are several.
 * @param {HTMLInputElement} input
 * @param {TakeCells} take
 */
export function takeCells(input, take) {
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const cells = cellsIn(text);
    if (cells.length < 2) return;
    event.preventDefault();
    take(cells, labelledCellsIn(text));
  });
}
