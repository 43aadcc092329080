// What dropping each instrument would do: a table, worked out for those who ask.

import { _ } from "../i18n/messages.js";
import { openDialog } from "../kit/dialog.js";
import { fill, h } from "../kit/dom.js";
import { requestError } from "../server/http.js";

/** Open the table for the plan as it stands. */
export function openDropOne(ctx) {
  const result = h(
    "div",
    { class: "scroll-x", "aria-live": "polite" },
    h("p", {}, _("Working it out …")),
  );
  openDialog(
    ctx.board,
    _("What each instrument does"),
    { wide: true, name: "instruments" },
    h(
      "p",
      { class: "lead" },
      _(
        "The plan, and the same plan with the money for one instrument saved instead. The " +
          "instruments need each other: what dropping them does one by one does not add up to the " +
          "whole. All amounts are for the whole period, in today's money.",
      ),
    ),
    result,
  );
  ctx.api.instruments(ctx.store.state.doc).then(
    ({ headings, rows }) => fill(result, rows.length ? table(headings, rows) : nothing()),
    (error) => fill(result, h("p", { role: "alert" }, reason(error))),
  );
}

function nothing() {
  return h("p", {}, _("The plan moves no money into an instrument."));
}

function reason(error) {
  return requestError(error).isRefusal
    ? _("This plan can't be simulated.")
    : _("The server can't be reached. Close this and try again.");
}

function table(headings, rows) {
  const columns = Object.keys(headings);
  const cell = (row) => (column, index) =>
    index ? h("td", {}, row[column]) : h("th", { scope: "row" }, row[column]);
  return h(
    "table",
    { class: "table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((column) => h("th", { scope: "col" }, headings[column])),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) => h("tr", { "data-instrument": row.instrument }, columns.map(cell(row)))),
    ),
  );
}
