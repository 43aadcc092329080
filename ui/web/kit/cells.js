// What is pasted from a spreadsheet: a field alone would run its cells together.

/**
 * The cells of a text that was copied: a row, or a column; of a table the last column. A table has
 * tabs between its cells, or semicolons if it was copied out of a file.
 * @param {string} text
 */
export function cellsIn(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const isFile = lines.length > 1 && lines.every((line) => /^[^\t;]*;[^\t]*$/.test(line));
  const rows = lines.map((line) => line.split(isFile ? ";" : "\t").map((cell) => cell.trim()));
  if (rows.length === 1) return rows[0];
  const isTable = rows.every((row) => row.length > 1);
  return rows.map((row) => (isTable ? row[row.length - 1] : row.join(" ")));
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
