// Any outcome of all scenarios in one chart; amounts of different currencies in one each.

import { createAsking } from "../charts/asking.js";
import { createChart } from "../charts/chart.js";
import { LETTER_PX } from "../charts/frame.js";
import { createTaking } from "../charts/take.js";
import { _, tied } from "../i18n/messages.js";
import { fill, h, newId } from "../kit/dom.js";
import { ask } from "../server/http.js";
import { createPicker } from "../simulate/picker.js";
import { fileOf, organisationsOf } from "./download.js";
import { askStages } from "./helps.js";
import { entries, nameOf } from "./list.js";
import { focusedValue, folded, letter, stroke } from "./parts.js";

/**
 * The charts.
 * @param {Ctx} ctx
 * @param {{outcome: () => string, choose: (change: Partial<CompareChoice>) => void, question: () => any, filed: () => any}} ways
 *   `outcome()`: which is shown; `choose({ outcome } | { banded })`; `question()`: what the server is asked; `filed()`: the same for a file
 */
export function createOverlay(ctx, { outcome, choose, question, filed }) {
  const picker = createPicker(ctx, {
    name: "compare",
    current: outcome,
    choose: (id) => choose({ outcome: id }),
    offered: (chart) => chart.comparable,
  });
  const takingOf = (/** @type {number} */ index) =>
    createTaking(ctx, {
      async figure() {
        const content = { ...question(), theme: "light", font: LETTER_PX };
        return (await ask("compare", content)).charts[index];
      },
      async table() {
        const { language, scenarios, outcome: shown } = filed();
        return fileOf({ language, scenarios, format: "csv", outcomes: [shown] });
      },
      of: () => organisationsOf(ctx, question().scenarios),
    });
  let band = 0; // place of the scenario whose band is shown: its numbers are told
  const asking = () =>
    createAsking(ctx, outcome, () => {
      const entry = entries(ctx)[band];
      return { doc: entry.doc, compared: `${entry.letter} ${nameOf(ctx, entry)}` };
    });
  const first = createChart(ctx.board, "compare", picker, asking(), ...takingOf(0));
  const more = h("div", { class: "compare-more-charts" });
  const staged = h("ul", { class: "compare-stages", role: "list" });
  const key = createKey((letter) => choose({ banded: letter }));
  let others = [];

  function setOthers(count) {
    if (count === others.length) return;
    for (const chart of others) chart.destroy();
    others = Array.from({ length: count }, (_none, index) => {
      const title = h("span", { class: "chart-title" });
      return createChart(
        ctx.board,
        `compare-${index + 1}`,
        { node: title, title },
        asking(),
        ...takingOf(index + 1),
      );
    });
    fill(more, ...others.map((chart) => chart.node));
  }

  const node = folded("compare-overlay", _("Over time"), key.node, first.node, more, staged);
  return {
    node,
    async update({ charts: figures, stages }, marks) {
      fill(staged, ...stages.map((one) => told(ctx, one, marks[one.scenario])));
      staged.hidden = !stages.length;
      node.hidden = !figures.length;
      if (!figures.length) return;
      band = figures[0].banded;
      key.show(marks, band);
      setOthers(figures.length - 1);
      const charts = [first, ...others];
      await Promise.all(charts.map((chart, index) => chart.update(figures[index])));
    },
    /** As large as the window, one after the other, and back. */
    enlarge() {
      node.open = true;
      const charts = [first, ...others];
      const place = charts.findIndex(({ enlarger }) => enlarger.isLarge());
      charts[place]?.enlarger.close();
      if (!node.hidden) charts[place + 1]?.enlarger.enlarge();
    },
    destroy() {
      for (const chart of [first, ...others]) chart.destroy();
    },
  };
}

/**
 * What a plan in stages does.
 * @param {Ctx} ctx
 * @param {{rule: string, scenario: number}} stages
 * @param {Mark} mark
 */
function told(ctx, { rule, scenario }, mark) {
  const button = h(
    "button",
    { type: "button", class: "compare-asks", "aria-haspopup": "dialog" },
    tied(rule),
  );
  button.addEventListener("click", () => askStages(ctx, button, entries(ctx)[scenario].doc));
  return h("li", {}, letter(mark), button);
}

/** Whose line is whose, and for which the band is shown. */
function createKey(choose) {
  const name = newId();
  const node = h("fieldset", { class: "compare-key" });

  function choice(mark, isBanded) {
    const radio = h("input", {
      type: "radio",
      name,
      value: mark.letter,
      onchange: () => choose(mark.letter),
    });
    radio.checked = isBanded;
    return h(
      "label",
      { "data-band": mark.letter },
      radio,
      stroke(mark),
      h("span", {}, `${mark.letter} ${mark.name}`),
    );
  }

  return {
    node,
    show(marks, banded) {
      const focused = focusedValue(node);
      fill(
        node,
        h("legend", {}, _("8 of 10 cases are shown for")),
        ...marks.map((mark, place) => choice(mark, place === banded)),
      );
      if (focused !== null) node.querySelector(`[value="${focused}"]`)?.focus();
    },
  };
}
