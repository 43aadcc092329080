// What a link or a file came to when it was made, beside what it comes to today; and links that
// cannot be opened.

import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { problemItems } from "../kit/problems.js";
import { _ } from "../i18n/messages.js";

/**
 * Show then and now side by side. What is behind the dialog is now already.
 * @param {object} ctx  as every part of the board gets it
 * @param {object} told  `then_now`, as the server says it
 */
export function openThenNow(ctx, told) {
  const goOn = h(
    "button",
    { type: "button", class: "primary", "data-go-on": true, onclick: () => dialog.close() },
    _("Go on with today's numbers"),
  );
  const dialog = openDialog(
    ctx.board,
    _("Then and now"),
    { wide: true, name: "then-now" },
    h("p", { class: "then-now-sentence" }, told.sentence),
    h(
      "p",
      { class: "lead-in" },
      _(
        "This plan came with the figures of its day. Today's model comes to others where they are " +
          "listed here; whatever is not listed is as it was.",
      ),
    ),
    table(told),
    told.note ? h("p", { class: "note" }, told.note) : null,
    h("div", { class: "row then-now-end" }, goOn),
  );
  goOn.focus({ preventScroll: true });
  return dialog;
}

function table({ rows, model_then: then, model_now: now }) {
  const headings = {
    then: _("Then: model {version}", { version: then }),
    now: _("Now: model {version}", { version: now }),
    change: _("Difference"),
  };
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
        h("th", { role: "columnheader", scope: "col" }, _("Figure")),
        Object.values(headings).map((one) => h("th", { role: "columnheader", scope: "col" }, one)),
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
          Object.entries(headings).map(([column, label]) =>
            h("td", { role: "cell", class: column, "data-label": label }, row[column]),
          ),
        ),
      ),
    ),
  );
}

/**
 * Say what is wrong with a link, and what is shown instead.
 * @param {object} ctx
 * @param {object[]} problems  as the server tells them
 * @param {object} preset  the shipped scenario that is shown instead; null: nothing has changed
 */
export function openBadLink(ctx, problems, preset = null) {
  return openDialog(
    ctx.board,
    _("This link cannot be opened"),
    { name: "bad-link" },
    h(
      "p",
      { class: "lead-in" },
      preset
        ? _("Instead, “{name}” is shown as it comes with the simulator.", { name: preset.name })
        : _("Nothing has changed."),
    ),
    h(
      "div",
      { class: "problems" },
      problems.length
        ? h("ul", {}, problemItems(problems))
        : h("p", {}, _("It is longer than any link of this simulator.")),
    ),
    h(
      "p",
      { class: "hint" },
      _("Ask whoever made it for the whole link, or for the plan as a file."),
    ),
  );
}
