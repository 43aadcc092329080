// What the organisation knows instead of an assumption, which is then not drawn and not to be changed.

import { _ } from "../i18n/messages.js";
import { shown } from "../i18n/numbers.js";
import { h, setText } from "../kit/dom.js";
import { openOrganisation } from "../scenarios/organisation.js";

/**
 * What is known, and the way to where it is entered.
 * @param {Ctx} ctx
 * @param {Assumption} record  one that the organisation can know
 * @returns {{node: HTMLElement, show: (known: number | null, currency: string) => void}}
 */
export function createEntered(ctx, record) {
  const field = ctx.start.fields
    .flatMap((group) => group.fields)
    .find(({ path }) => path === record.known_by);
  const text = h("p", {});
  const change = h(
    "button",
    {
      type: "button",
      class: "plain small",
      "data-organisation-field": record.known_by,
      onclick: () => openOrganisation(ctx, { show: record.known_by }),
    },
    _("The organisation's own numbers"),
  );
  const node = h("div", { class: "assumption-entered" }, text, change);
  return {
    node,
    show(known, currency) {
      node.hidden = known === null;
      if (known === null || !field) return;
      setText(
        text,
        _("{field}: {value}. Entered for the organisation, so this is not drawn.", {
          field: field.label,
          value: valueText(field, known, currency),
        }),
      );
    },
  };
}

/**
 * A number of the organisation with its unit.
 * @param {Field} field
 * @param {number} value
 * @param {string} currency  of the organisation
 */
export function valueText({ kind, unit }, value, currency) {
  if (kind === "share") return shown(value, true);
  return [shown(value), (unit ?? "").replace("{currency}", currency)].filter(Boolean).join(" ");
}
