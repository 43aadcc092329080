// An analysis of the plan as a table, worked out for those who ask, and again when the plan moves. Names
// none: which there are, and what they can be asked, the server says.

import { _ } from "../i18n/messages.js";
import { analysisTable } from "../kit/analysis-table.js";
import { createWork } from "../kit/analysis-work.js";
import { openDialog } from "../kit/dialog.js";
import { h } from "../kit/dom.js";
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
  const work = createWork(ctx, analysis, (reply) => [
    ...takeStages(ctx, reply.stages),
    ...analysisTable(ctx, analysis, reply),
  ]);
  const controls = createControls(analysis.options, work.choose);
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
    ...controls,
    work.node,
    h(
      "nav",
      { class: "analysis-others", "aria-label": _("Other questions") },
      others(ctx, analysis),
    ),
  );
  node.classList.add("analysis");
  const forget = store.subscribe(() => (node.isConnected ? work.follow() : forget()));
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
 * @param {(id: string, value: OptionValue) => void} choose
 */
function createControls(options, choose) {
  const [details, first] = [true, false].map((isDetail) =>
    options
      .filter((option) => option.is_detail === isDetail)
      .map((option) => createControl(option, choose)),
  );
  const rows = first.length ? [h("div", { class: "analysis-options" }, first)] : [];
  if (!details.length) return rows;
  return [
    ...rows,
    h(
      "details",
      { class: "analysis-details" },
      h("summary", {}, _("What this takes for granted")),
      h("div", { class: "analysis-options" }, details),
    ),
  ];
}

/**
 * What an option is set by.
 * @param {AnalysisOption} option
 * @param {(id: string, value: OptionValue) => void} change
 */
function createControl(option, change) {
  const { id, label, kind } = option;
  if (kind === "choice") {
    const select = h(
      "select",
      { "data-option": id, onchange: () => change(id, select.value) },
      option.choices.map((choice) =>
        h("option", { value: choice.id, selected: choice.id === option.default }, choice.label),
      ),
    );
    return h("label", {}, label, " ", select);
  }
  if (kind === "flag") {
    const box = h("input", {
      type: "checkbox",
      "data-option": id,
      checked: option.default === true,
      onchange: () => change(id, box.checked),
    });
    return h("label", {}, box, " ", label);
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
  return h("label", {}, label, " ", input, option.is_share && " %");
}
