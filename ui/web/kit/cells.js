// What is pasted from a spreadsheet: a field alone would run its cells together.

/**
 * The cells of a text that was copied: a row, or a column; of a table the last column. A table has
 * tabs between its cells, or semicolons if it was copied out of a file. An empty line is an empty
 * cell, in a table too: what stands below it keeps its row.
 * @param {string} text
 */
export function cellsIn(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const written = lines.filter((line) => line.trim());
  const isFile = written.length > 1 && written.every((line) => /^[^\t;]*;[^\t]*$/.test(line));
  const rows = lines.map((line) => line.split(isFile ? ";" : "\t").map((cell) => cell.trim()));
  if (rows.length === 1) return rows[0];
  const isTable = rows.every((row) => row.length > 1 || !row[0]);
  return rows.map((row) => (isTable ? row[row.length - 1] : row.join(" ")));
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
 * @param {(cells: string[]) => void} take
 */
export function takeCells(input, take) {
  input.addEventListener("paste", (event) => {
    const cells = cellsIn(event.clipboardData?.getData("text/plain") ?? "");
    if (cells.length < 2) return;
    event.preventDefault();
    take(cells);
  });
}
