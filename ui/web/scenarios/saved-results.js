// What a link or a file came to when it was made, beside what it comes to today.

import { _ } from "../i18n/messages.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";

/**
 * Show then and now side by side. What is behind the dialog is now already.
 * @param {Ctx} ctx  as every part of the board gets it
 * @param {Drift} drift  as the server says it
 */
export function openSavedResults(ctx, drift) {
  const goOn = h(
    "button",
    { type: "button", class: "primary", "data-go-on": true, onclick: () => dialog.close() },
    _("Go on with today's numbers"),
  );
  const dialog = openDialog(
    ctx.board,
    _("Then and now"),
    { wide: true, name: "then-now" },
    h("p", { class: "then-now-sentence" }, drift.sentence),
    h(
      "p",
      { class: "lead-in" },
      _(
        "This plan came with the figures of its day. Today's model comes to others where they are " +
          "listed here; whatever is not listed is as it was.",
      ),
    ),
    table(drift),
    drift.note ? h("p", { class: "note" }, drift.note) : null,
    h("div", { class: "row then-now-end" }, goOn),
  );
  goOn.focus({ preventScroll: true });
  return dialog;
}

function table({ rows, model_then: modelThen, model_now: modelNow }) {
  // Column of a row, and its heading.
  const columns = [
    ["then", _("Then: model {version}", { version: modelThen })],
    ["now", _("Now: model {version}", { version: modelNow })],
    ["change", _("Difference")],
  ];
  const heading = (text) => h("th", { role: "columnheader", scope: "col" }, text);
  const cell = (text, column, label) =>
    h("td", { role: "cell", class: column, "data-label": label }, text);
  // Roles by hand: on a phone the table is no table any more for the browser.
  return h(
    "table",
    { role: "table", class: "table then-now" },
    h(
      "thead",
      { role: "rowgroup" },
      h(
        "tr",
        { role: "row" },
        heading(_("Figure")),
        columns.map(([, label]) => heading(label)),
      ),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((row) =>
        h(
          "tr",
          { role: "row", "data-row": row.figure },
          h("th", { role: "rowheader", scope: "row" }, row.label),
          columns.map(([column, label]) => cell(row[column], column, label)),
        ),
      ),
    ),
  );
}
