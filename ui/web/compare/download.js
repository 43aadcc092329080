// The comparison to take away: as CSV, or as a spreadsheet with charts.

import { _ } from "../i18n/messages.js";
import { openDialog, toast } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { download } from "../kit/download.js";
import { fileName } from "../kit/file-name.js";
import { problemItems } from "../kit/problems.js";
import { request, requestError, unlessLost } from "../server/http.js";

const PATIENCE_MS = 30_000;
/** What the type of each format contains. @type {Record<string, string>} */
const TYPES = { csv: "csv", xlsx: "spreadsheet" };

/**
 * A comparison as a file. Throws RequestError.
 * @param {{language: string, scenarios: object[], format: string, outcomes: string[], measure?: string | null, first?: number | null, second?: number | null}} content
 */
export async function fileOf(content) {
  const response = await request("board/compare-file", {
    method: "POST",
    body: JSON.stringify(content),
    patience: PATIENCE_MS,
    type: TYPES[content.format],
  });
  return unlessLost(response.blob());
}

/**
 * Whose scenarios these are.
 * @param {Ctx} ctx
 * @param {{scenario: Doc}[]} scenarios
 */
export function organisationsOf(ctx, scenarios) {
  return [...new Set(scenarios.map(({ scenario }) => ctx.organisation(scenario)))].join(", ");
}

/**
 * @param {Ctx} ctx
 * @param {() => {language: string, scenarios: {scenario: Doc}[], outcome: string} & CompareQuestion<number>} question  what the page asks the server about
 */
export function createDownloads(ctx, question) {
  async function save(button, format) {
    button.disabled = true;
    try {
      const { language, scenarios, outcome, measure, first, second } = question();
      const outcomes = [outcome];
      const file = await fileOf({ language, scenarios, format, outcomes, measure, first, second });
      const name = fileName([_("comparison"), organisationsOf(ctx, scenarios)], format);
      download(ctx.board, file, name);
    } catch (error) {
      const { problems, text, message } = requestError(error);
      if (problems) tell(problems);
      else toast(ctx.board, `${text ?? message} ${_("The file was not made.")}`, { kind: "error" });
    } finally {
      button.disabled = false;
    }
  }

  /** Say why there is no file: to try again would not help. */
  function tell(problems) {
    openDialog(
      ctx.board,
      _("Download the comparison"),
      { name: "compare-download" },
      h(
        "div",
        { class: "problems", role: "alert" },
        h("p", {}, _("These scenarios cannot be compared as they are.")),
        h("ul", {}, problemItems(problems)),
      ),
    );
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
