// What is pasted from a spreadsheet: a field alone would run its cells together.

import { _, ngettext } from "../i18n/messages.js";
import { read } from "../i18n/numbers.js";

const MOST_NAMED = 5;

/**
 * @typedef {{label: string, cell: string}} Labelled
 *
 * A table with labels: that of each row, and its columns of amounts, each as long as these.
 * @typedef {{labels: string[], columns: string[][]}} LabelledTable
 *
 * Which of several columns of amounts was taken, and which were not: their headings, empty where there
 * are none.
 * @typedef {{taken: string, left: string[]}} Choice
 *
 * Takes what was pasted: its cells, the table that they stand in where it has labels, and which column of
 * several they are where it has none.
 * @typedef {(cells: string[], labelled: LabelledTable | null, choice: Choice | null) => void} TakeCells
 */

// What a mail says in a line: a label, a colon or what equals it, an amount. "12:30" and an address are none.
const SAID = /^([^\t:=;]*\p{L}[^\t:=;]*?)\s*(?:[:=](?=\s)|(?<!\d)[:=](?!\/\/))\s*([^\t;]+);?$/u;

/** The label and the amount that a line of a mail says; null where it is none. @param {string} line */
function saidIn(line) {
  const [, label = "", cell = ""] = SAID.exec(line.trim()) ?? [];
  return /\d/.test(cell) || (cell && saysNothing(cell)) ? [label, cell.trim()] : null;
}

/**
 * The rows of a text that was copied, each with its cells. A table has tabs between its cells, or
 * semicolons if it was copied out of a file; in a mail there is a colon between label and amount. An empty
 * line is an empty cell, in a table too: what stands below it keeps its row.
 * @param {string} text
 */
function rowsIn(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const written = lines.filter((line) => line.trim());
  const said = lines.map(saidIn);
  if (2 * said.filter(Boolean).length > written.length) {
    return said.map((row, place) => row ?? [lines[place].trim()]);
  }
  const isFile = written.length > 1 && written.every((line) => /^[^\t;]*;[^\t]*$/.test(line));
  return lines.map((line) => line.split(isFile ? ";" : "\t").map((cell) => cell.trim()));
}

/**
 * The columns of rows, all of one length.
 * @param {string[][]} rows
 */
function columnsOf(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_cell, place) => rows.map((row) => row[place] ?? ""));
}

/**
 * The columns of amounts: what stands before the labels are numbers of accounts.
 * @param {string[][]} columns
 * @param {string[] | undefined} labels  the column of these
 */
function amountsOf(columns, labels) {
  const written = columns.filter((column) => column !== labels && column.some(Boolean));
  const isBehind = (/** @type {string[]} */ column) =>
    !labels || columns.indexOf(column) > columns.indexOf(labels);
  const amounts = written.filter((column) => !mostly(column));
  const behind = amounts.filter(isBehind);
  if (behind.length) return behind;
  return amounts.length ? amounts : written.slice(-1);
}

/**
 * The column to take of several: where headings are years the newest, else the first.
 * @param {string[][]} columns
 * @param {boolean} isHeaded  whether the first row may be one of headings
 * @returns {{column: string[], choice: Choice | null}}
 */
function taken(columns, isHeaded) {
  const heads = columns.map(([head]) => (isHeaded && isHead(head) ? head : ""));
  const years = heads.map(yearIn);
  const place = Math.max(0, years.indexOf(Math.max(1, ...years)));
  const left = heads.filter((_head, other) => other !== place);
  return { column: columns[place], choice: left.length ? { taken: heads[place], left } : null };
}

/**
 * The cells of a text that was copied: a row, or a column; of a table the one to take.
 * @param {string} text
 */
export function cellsIn(text) {
  return pastedIn(text).cells;
}

/**
 * The same, with which column of several it is.
 * @param {string} text
 * @returns {{cells: string[], choice: Choice | null}}
 */
function pastedIn(text) {
  const rows = rowsIn(text);
  if (rows.length === 1) return { cells: rows[0], choice: null };
  const isTable = rows.every((row) => row.length > 1 || !row[0]);
  if (!isTable) return { cells: rows.map((row) => row.join(" ")), choice: null };
  const columns = columnsOf(rows);
  const amounts = amountsOf(columns, columns.find(mostly));
  if (!amounts.length) return { cells: columns.at(-1) ?? [], choice: null };
  const { column, choice } = taken(amounts, true);
  const isBelowYears = amounts.length > 1 && amounts.every(([head]) => yearIn(head));
  return { cells: isBelowYears ? column.slice(1) : column, choice };
}

/**
 * The columns of amounts of a text that was copied, with the labels that stand beside them, or above them
 * in a table of two rows; null where no column of it is one of labels.
 * @param {string} text
 * @returns {LabelledTable | null}
 */
export function labelledCellsIn(text) {
  const rows = rowsIn(text).filter((row) => row.some(Boolean));
  const [first = [], second = []] = rows;
  const isAbove = rows.length === 2 && first.length > 1 && mostly(first) && !second.some(isLabel);
  const table = isAbove ? first.map((label, place) => [label, second[place] ?? ""]) : rows;
  const all = columnsOf(table);
  if (table.length === 1 && all.length > 2) return null; // a row of amounts, with what they are before them
  const labels = all.find(mostly);
  const columns = amountsOf(all, labels);
  return labels && columns.length ? { labels, columns } : null;
}

/**
 * The rows of a table below its heading, with their amounts of the column to take.
 * @param {LabelledTable} table
 * @param {(label: string) => boolean} isKnown  whether a field is called so: such a row is no heading
 * @returns {{rows: Labelled[], heading: string, choice: Choice | null}}  `heading`: of the labels and that
 *   column; empty where there is none
 */
export function rowsOf({ labels, columns }, isKnown) {
  const mayBeHeaded = !isKnown(labels[0]);
  const { column, choice } = taken(columns, mayBeHeaded);
  const rows = labels.map((label, place) => ({ label, cell: column[place] }));
  if (!mayBeHeaded || !isHead(column[0])) return { rows, heading: "", choice };
  return {
    rows: rows.slice(1),
    heading: [labels[0], column[0]].filter(Boolean).join(" "),
    choice,
  };
}

/** Whether a cell says what stands below it: words, or a year. @param {string} cell */
function isHead(cell) {
  return isLabel(cell) || yearIn(cell) > 0;
}

/** The newest year that a heading names, such as "2025" or "Budget 2024/2025 (€)"; 0 for none. @param {string} cell */
function yearIn(cell) {
  const text = cell.replace(/\(.*?\)|\[.*?\]/g, "");
  if (/\p{Sc}/u.test(text)) return 0;
  return Math.max(0, ...(text.match(/(?<![\d.,'])(?:19|20)\d\d(?![.,']?\d)/g) ?? []).map(Number));
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

// What says before a label that it is about a count, in all languages.
const COUNTED =
  /^[\s*•–#-]*(?:(?:total|totaal|samlet)\s+)?(?:aantal|antal|(?:number|no\.?|nr\.?) of)\s+/u;

/** A label without what differs from one sheet to another: case, spaces, signs, a number or "number of"
 * before it, and what is in brackets. @param {string} label */
function bare(label) {
  const text = label
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^\d+[\s.:-]+/, "")
    .replace(COUNTED, "");
  return text.replace(/\(.*?\)|\[.*?\]/g, "").replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * What a label means: what goes by that name, or by the only one that begins with it, of which it is
 * half or more; undefined where that is open.
 * @template Id
 * @param {string} label
 * @param {[Id, string[]][]} names  what each goes by
 * @param {[Id, string[]][]} words  what else may stand for each, in full: rent is no tenant
 * @returns {Id | undefined}
 */
export function meant(label, names, words = []) {
  const text = bare(label);
  if (!text) return undefined;
  const those = (/** @type {(name: string) => boolean} */ fits, among = names) =>
    among.filter(([, all]) => all.map(bare).some(fits)).map(([id]) => id);
  const isSame = (/** @type {string} */ name) => name === text;
  const same = [...new Set([...those(isSame), ...those(isSame, words)])];
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
    const { cells, choice } = pastedIn(text);
    const isLine = !/[\t\r\n]/.test(text.trim());
    if (cells.length < 2 || (isLine && input.inputMode !== "decimal")) return; // a text may have a colon
    event.preventDefault();
    take(cells, labelledCellsIn(text), choice);
  });
}
