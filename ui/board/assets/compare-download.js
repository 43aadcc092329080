// The comparison to take away: as CSV, or as a spreadsheet with charts.

import { toast } from "./dialog.js";
import { h } from "./dom.js";
import { give } from "./handing.js";
import { _ } from "./text.js";

const PATIENCE_MS = 30_000;

/**
 * @param {object} ctx
 * @param {function} question  what the page asks the server about
 */
export function createDownloads(ctx, question) {
  async function fetched(format) {
    const { language, scenarios, outcome } = question();
    const response = await fetch(new URL("board/compare-file", document.baseURI), {
      method: "POST",
      body: JSON.stringify({ language, scenarios, format, outcomes: [outcome] }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.blob();
  }

  async function save(button, format) {
    button.disabled = true;
    try {
      const name = _("comparison").replace(/[^\p{L}\p{N}-]+/gu, "-");
      give(ctx.board, await fetched(format), `${name}.${format}`);
    } catch (error) {
      console.warn(error);
      toast(ctx.board, _("The file could not be made. Try again."), { kind: "error" });
    }
    button.disabled = false;
  }

  function button(format, label) {
    const node = h("button", { type: "button", "data-download": format }, label);
    node.addEventListener("click", () => save(node, format));
    return node;
  }

  return h(
    "div",
    { class: "row compare-downloads", role: "group", "aria-label": _("Download the comparison") },
    button("xlsx", _("Spreadsheet")),
    button("csv", _("CSV")),
  );
}
