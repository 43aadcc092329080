// Any outcome of all scenarios in one chart; amounts of different currencies in one each.

import { createChart } from "../simulate/chart.js";
import { createPicker } from "../simulate/picker.js";
import { LETTERS } from "./list.js";
import { section, stroke } from "./parts.js";
import { fill, h, newId } from "../kit/dom.js";
import { _ } from "../i18n/messages.js";

/**
 * @param {object} ctx
 * @param {object} ways  `outcome()`: which is shown; `choose({ outcome } | { banded })`
 */
export function createOverlay(ctx, { outcome, choose }) {
  const picker = createPicker(ctx, {
    name: "compare",
    current: outcome,
    choose: (id) => choose({ outcome: id }),
    offered: (chart) => chart.comparable,
  });
  const first = createChart("compare", picker);
  const more = h("div", { class: "compare-more-charts" });
  let others = [];
  const group = newId();
  const key = h("fieldset", { class: "compare-key" });

  function choice(name, place, banded) {
    const radio = h("input", {
      type: "radio",
      name: group,
      value: place,
      onchange: () => choose({ banded: place }),
    });
    radio.checked = place === banded;
    return h(
      "label",
      { "data-band": LETTERS[place] },
      radio,
      stroke(place),
      h("span", {}, `${LETTERS[place]} ${name}`),
    );
  }

  function another(index) {
    const title = h("span", { class: "chart-title" });
    return createChart(`compare-${index}`, { node: title, title });
  }

  const node = section("compare-overlay", _("Over time"), key, first.node, more);
  return {
    node,
    async update(answer, names) {
      const focused = key.contains(document.activeElement) ? document.activeElement.value : null;
      const [figure, ...rest] = answer.charts;
      node.hidden = !figure;
      if (!figure) return;
      fill(
        key,
        h("legend", {}, _("8 of 10 cases are shown for")),
        ...names.map((name, place) => choice(name, place, figure.banded)),
      );
      if (focused !== null) key.querySelector(`[value="${focused}"]`)?.focus();
      if (rest.length !== others.length) {
        others.forEach((one) => one.destroy());
        others = rest.map((unused, index) => another(index + 1));
        fill(more, ...others.map((one) => one.node));
      }
      await Promise.all([first, ...others].map((one, index) => one.update(answer.charts[index])));
    },
    destroy() {
      [first, ...others].forEach((one) => one.destroy());
    },
  };
}
