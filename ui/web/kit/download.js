// Giving somebody a file.

import { h } from "./dom.js";

/** Give somebody a file: a text, or a Blob. */
export function download(board, content, name, type = "application/json") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: url, download: name, hidden: true });
  board.append(link);
  link.click();
  link.remove();
  // The browser reads it after this turn; a minute is enough for any of them.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
