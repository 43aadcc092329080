// What scenarios are compared by.

import { _ } from "../i18n/messages.js";
import { fill, h, newId, setText } from "../kit/dom.js";
import { focusedValue } from "./parts.js";

/** The measures to choose from; those that cannot be used say why. */
export function createMeasures(chosen) {
  const name = newId();
  const list = h("div", { class: "compare-measures" });
  const reasons = h("p", { class: "note" });
  let shown = ""; // what the list was made of
  /** @type {HTMLInputElement[]} */
  let radios = [];

  function draw(offered) {
    const focused = focusedValue(list);
    const options = offered.map((measure) => createOption(measure, name, chosen));
    radios = options.map((option) => option.radio);
    fill(list, ...options.map((option) => option.node));
    if (focused) list.querySelector(`[value="${focused}"]`)?.focus();
  }

  return {
    node: h(
      "fieldset",
      { class: "compare-by" },
      h("legend", { class: "unseen" }, _("Compared by")),
      list,
      reasons,
    ),
    update(offered, measure) {
      const key = JSON.stringify(offered);
      if (key !== shown) draw(offered);
      shown = key;
      for (const radio of radios) radio.checked = radio.value === measure;
      const text = reasonsText(offered);
      reasons.hidden = !text;
      setText(reasons, text);
    },
  };
}

function createOption(measure, name, chosen) {
  const meaning = newId();
  const radio = h("input", {
    type: "radio",
    name,
    value: measure.id,
    disabled: measure.reason !== "",
    "aria-describedby": meaning,
    onchange: () => chosen(measure.id),
  });
  const node = h(
    "label",
    { class: "compare-measure", "data-measure": measure.id, title: measure.meaning },
    radio,
    h("span", {}, measure.label),
    h("span", { class: "unseen", id: meaning }, measure.reason || measure.meaning),
  );
  return { node, radio };
}

/** Why some measures cannot be used, each reason once. */
export function reasonsText(offered) {
  const labels = new Map(); // by reason
  for (const { label, reason } of offered.filter((measure) => measure.reason)) {
    labels.set(reason, [...(labels.get(reason) ?? []), label]);
  }
  return [...labels].map(([reason, names]) => `${names.join(", ")}: ${reason}`).join(" ");
}
