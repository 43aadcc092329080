// What a chart shows, and how its numbers came about.

import { _ } from "../i18n/messages.js";
import { h } from "../kit/dom.js";
import { icon, iconLabel } from "../kit/icons.js";

/**
 * The button beside a chart that asks so.
 * @param {Ctx} ctx
 * @param {() => string} current  the outcome that the chart shows
 * @param {() => {doc?: Doc, compared?: string}} of  whose numbers are told, if not the plan's, and who that is
 */
export function createAsking(ctx, current, of = () => ({})) {
  const outcomes = new Map(
    ctx.start.outcomes.flatMap(({ items }) => items.map((item) => [item.id, item])),
  );
  const button = h(
    "button",
    {
      type: "button",
      class: "tool",
      "data-action": "explain",
      "aria-haspopup": "dialog",
      ...iconLabel(_("What this is"), ""),
    },
    icon("help"),
  );
  button.addEventListener("click", () => {
    const id = current();
    const outcome = outcomes.get(id);
    if (!outcome) return;
    const { label, meaning } = outcome;
    ctx.help(button, { title: label, text: meaning, number: `outcome:${id}`, ...of() });
  });
  return button;
}
