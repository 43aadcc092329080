// What dropping each instrument would do: a table, worked out for those who ask.

import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { _ } from "../i18n/messages.js";
import { Refused } from "../server/http.js";

/** Open the table for the plan as it stands. */
export function openInstruments(ctx) {
  const place = h(
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
    place,
  );
  ctx.api.instruments(ctx.store.state.doc).then(
    ({ headings, rows }) => place.replaceChildren(rows.length ? table(headings, rows) : nothing()),
    (error) => place.replaceChildren(h("p", { role: "alert" }, reason(error))),
  );
}

function nothing() {
  return h("p", {}, _("The plan moves no money into an instrument."));
}

function reason(error) {
  return error instanceof Refused
    ? _("This plan can't be simulated.")
    : _("The server can't be reached. Close this and try again.");
}

function table(headings, rows) {
  const columns = Object.keys(headings);
  return h(
    "table",
    { class: "table" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((one) => h("th", { scope: "col" }, headings[one])),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((row) =>
        h(
          "tr",
          { "data-instrument": row.instrument },
          columns.map((one, index) =>
            index ? h("td", {}, row[one]) : h("th", { scope: "row" }, row[one]),
          ),
        ),
      ),
    ),
  );
}
