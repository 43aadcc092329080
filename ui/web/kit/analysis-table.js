// What an analysis found: sentences, charts and a table. Names no analysis: all words come from the
// server.

import { createDrawingTools } from "../charts/drawings/take.js";
import { _, tied } from "../i18n/messages.js";
import { branches } from "./branches.js";
import { curvesGrid } from "./curves.js";
import { h } from "./dom.js";
import { download } from "./download.js";
import { fileName } from "./file-name.js";
import { planesGrid } from "./planes.js";

const SHORT = 12; // letters, of an amount
const LETTER_EM = 0.62; // of a digit, bold ones too

/**
 * The sentences, the chart if there is one, and the table, or what to say where there are no rows.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 * @param {AnalysisReply} reply
 * @param {object} more
 * @param {(assumption: string) => void} [more.open]  shows an assumption by which a row can be changed
 * @param {HTMLElement[]} [more.after]  what can be done with the answer, below its sentences
 */
export function analysisTable(ctx, analysis, reply, { open, after = [] } = {}) {
  const { statements, chart, curves, planes, headings, rows } = reply;
  if (!rows.length) return [h("p", {}, analysis.nothing)];
  const tools = createDrawingTools(ctx, analysis, reply);
  const [first, ...rest] = Object.keys(headings);
  const table = h(
    "table",
    { class: "table analysis-table", role: "table", "aria-label": analysis.label },
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        [first, ...rest].map((column) =>
          h("th", { role: "columnheader", scope: "col", "data-column": column }, headings[column]),
        ),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((row) =>
        h(
          "tr",
          { role: "row", "data-row": row.id },
          h("th", { role: "rowheader", scope: "row" }, heading(row, first, open)),
          rest.map((column) => cell(row, column, headings[column])),
        ),
      ),
    ),
  );
  table.style.setProperty("--amount", `${LETTER_EM * longestAmount(rows)}em`);
  return [
    ...statements.map((text) => h("p", { class: "statement" }, tied(text))),
    ...after,
    ...(chart ? [branches(chart, tools.branches)] : []),
    ...curvesGrid(curves ?? [], tools.curves),
    ...planesGrid(planes ?? [], tools.planes),
    table,
    h("div", { class: "drawing-tools table-tools" }, tools.bars(), saveTable(ctx, analysis, reply)),
  ];
}

/** Letters of the longest amount beside a bar: all bars of a column begin behind it.
 * @param {AnalysisReply["rows"]} rows */
function longestAmount(rows) {
  const amounts = rows.flatMap(({ bars, cells }) => Object.keys(bars).map((name) => cells[name]));
  return Math.max(0, ...amounts.map((text) => text.length));
}

/** The table to take along, for a spreadsheet.
 * @param {Ctx} ctx @param {AnalysisEntry} analysis @param {AnalysisReply} reply */
function saveTable(ctx, { label }, { csv }) {
  if (!csv) return null;
  const save = () => download(ctx.board, `\uFEFF${csv}`, fileName([label], "csv"), "text/csv");
  return h(
    "button",
    { type: "button", class: "quiet", "data-action": "save-table", onclick: save },
    _("Numbers (CSV)"),
  );
}

/**
 * @param {AnalysisReply["rows"][number]} row
 * @param {string} column
 * @param {((assumption: string) => void) | undefined} open
 */
function heading({ cells, assumption }, column, open) {
  if (!assumption || !open) return cells[column];
  const change = () => open(assumption);
  return h(
    "button",
    { type: "button", class: "link", "data-assumption-link": assumption, onclick: change },
    cells[column],
  );
}

/**
 * @param {AnalysisReply["rows"][number]} row
 * @param {string} column
 * @param {string} label
 */
function cell({ cells, bars }, column, label) {
  const line = bars[column];
  const props = { role: "cell", "data-label": label, "data-column": column };
  // An amount stays on its line, words need not.
  const face = cells[column].length > SHORT ? null : "is-short";
  if (!line) return h("td", { ...props, class: face }, cells[column]);
  const bar = h("span", { class: "share-bar", "aria-hidden": "true" });
  for (const [part, place] of Object.entries(line)) {
    bar.style.setProperty(`--${part}`, place.toFixed(4));
  }
  bar.classList.toggle("is-signed", line.zero > 0);
  bar.classList.toggle("is-loss", line.is_loss > 0);
  if (line.low !== undefined) {
    bar.classList.add("is-stacked");
    bar.append(h("span", { class: "bar-range" }));
  }
  return h(
    "td",
    { ...props, class: "with-bar" },
    h("span", { class: "share-number" }, cells[column]),
    bar,
  );
}
