// An analysis of the plan as a table, worked out for those who ask, and again when the plan moves. Names
// none: which there are, and what they can be asked, the server says.

import { _ } from "../i18n/messages.js";
import { analysisTable } from "../kit/analysis-table.js";
import { createWork } from "../kit/analysis-work.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
import { startOf } from "../state/stages.js";
import { takeStages } from "./take-stages.js";

/**
 * Open the table of an analysis: over the charts, beside the levers, where there is room for both.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
export function openAnalysis(ctx, analysis) {
  const { board, store } = ctx;
  for (const open of board.querySelectorAll("dialog[data-sheet].analysis")) {
    /** @type {HTMLDialogElement} */ (open).close();
  }
  const work = createWork(ctx, analysis, (reply) =>
    analysisTable(ctx, analysis, reply, {
      // What was found by these options goes on being about them.
      after: takeStages(ctx, reply, () => work.hold(controls.values())),
    }),
  );
  const { currency } = store.state.doc.organisation;
  const controls = createControls(analysis.options, currency, (id, value) =>
    work.choose(id, value),
  );
  const showPlan = () => controls.show(store.state.doc, work.chosen());
  showPlan();
  const { node } = openDialog(
    board,
    analysis.label,
    {
      wide: true,
      name: analysis.id,
      over: board.querySelector(".middle"),
      onclose() {
        forget();
        work.stop();
      },
    },
    h("p", { class: "lead" }, analysis.lead),
    ...controls.nodes,
    work.node,
    h(
      "nav",
      { class: "analysis-others", "aria-label": _("Other questions") },
      others(ctx, analysis),
    ),
  );
  node.classList.add("analysis");
  const forget = store.subscribe(() => {
    if (!node.isConnected) return forget();
    showPlan();
    work.follow();
  });
  work.start();
}

/** Buttons of the other analyses: what opens them is covered. @param {Ctx} ctx @param {AnalysisEntry} shown */
function others(ctx, shown) {
  return ctx.start.analyses
    .filter(({ id, room }) => room === "simulate" && id !== shown.id)
    .map((other) =>
      h(
        "button",
        {
          type: "button",
          class: "link",
          "data-open": other.id,
          onclick(/** @type {Event} */ { target }) {
            /** @type {Element} */ (target).closest("dialog")?.close();
            openAnalysis(ctx, other);
          },
        },
        other.label,
      ),
    );
}

/**
 * The controls of all options; those that few ask are folded away.
 * @param {AnalysisOption[]} options
 * @param {string} currency
 * @param {(id: string, value: OptionValue) => void} choose
 */
function createControls(options, currency, choose) {
  const controls = options.map((option) => ({
    option,
    control: createControl(option, currency, choose),
  }));
  const [details, first] = [true, false].map((isDetail) =>
    controls
      .filter(({ option }) => option.is_detail === isDetail)
      .map(({ control }) => control.node),
  );
  /** @type {HTMLElement[]} */
  const nodes = first.length ? [h("div", { class: "analysis-options" }, first)] : [];
  if (details.length) {
    nodes.push(
      h(
        "details",
        { class: "analysis-details" },
        h("summary", {}, _("What this takes for granted")),
        h("div", { class: "analysis-options" }, details),
      ),
    );
  }
  return {
    nodes,
    /** Those that nobody chose are as the plan has them. @param {Doc} doc @param {Record<string, OptionValue>} chosen */
    show(doc, chosen) {
      for (const { option, control } of controls) {
        if (option.stages && !(option.id in chosen)) control.show(startOf(option, doc));
      }
    },
    /** What all of them say that can be as in the plan. @returns {Record<string, OptionValue>} */
    values: () =>
      Object.fromEntries(
        controls
          .filter(({ option }) => option.stages)
          .map(({ option, control }) => [option.id, control.value()]),
      ),
  };
}

/**
 * What an option is set by, and what it says.
 * @param {AnalysisOption} option
 * @param {string} currency
 * @param {(id: string, value: OptionValue) => void} change
 * @returns {{node: HTMLElement, show: (value: OptionValue) => void, value: () => OptionValue}}
 */
function createControl(option, currency, change) {
  const { id, label, kind } = option;
  if (kind === "choice") {
    const select = h(
      "select",
      { "data-option": id, onchange: () => change(id, select.value) },
      option.choices.map((choice) =>
        h("option", { value: choice.id, selected: choice.id === option.default }, choice.label),
      ),
    );
    return {
      node: h("label", {}, label, " ", select),
      /** @param {OptionValue} value */
      show(value) {
        select.value = String(value);
      },
      value: () => select.value,
    };
  }
  if (kind === "flag") {
    const box = h("input", {
      type: "checkbox",
      "data-option": id,
      checked: option.default === true,
      onchange: () => change(id, box.checked),
    });
    return {
      node: h("label", {}, box, " ", label),
      /** @param {OptionValue} value */
      show(value) {
        box.checked = value === true;
      },
      value: () => box.checked,
    };
  }
  const scale = option.is_share ? 100 : 1;
  /** @param {unknown} value  as the server has it, to be typed */
  const typed = (value) => String(Number((Number(value) * scale).toPrecision(12)));
  const input = h("input", {
    type: "number",
    "data-option": id,
    value: typed(option.default),
    min: typed(option.min),
    max: typed(option.max),
    step: kind === "whole" ? 1 : "any",
    onchange: () =>
      input.value !== "" && input.checkValidity() && change(id, Number(input.value) / scale),
  });
  return {
    node: h(
      "label",
      {},
      label,
      " ",
      input,
      option.is_share && " %",
      option.is_money && ` ${currency}`,
    ),
    /** @param {OptionValue} value */
    show(value) {
      // What is being typed is nobody's yet.
      if (input.value !== typed(value) && document.activeElement !== input) {
        input.value = typed(value);
      }
    },
    value: () => Number(input.value) / scale,
  };
}
