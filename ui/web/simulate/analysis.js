// An analysis of the plan as a table, worked out for those who ask. Names none: which there are, and
// what they can be asked, the server says.

import { _ } from "../i18n/messages.js";
import { analysisTable } from "../kit/analysis-table.js";
import { openDialog } from "../kit/dialog.js";
import { fill, h } from "../kit/dom.js";
import { requestError } from "../server/http.js";

/**
 * Open the table of an analysis for the plan as it stands.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
export function openAnalysis(ctx, analysis) {
  const { doc } = ctx.store.state;
  const result = h("div", { class: "scroll-x", "aria-live": "polite" });
  /** @type {Record<string, OptionValue>} */
  let options = {};

  function work() {
    const request = options; // an answer to another comes too late
    fill(result, h("p", {}, _("Working it out …")));
    ctx.api.analysis(doc, analysis.id, request).then(
      (reply) => request === options && fill(result, ...analysisTable(analysis, reply)),
      (error) => request === options && fill(result, h("p", { role: "alert" }, reason(error))),
    );
  }

  const controls = analysis.options.map((option) =>
    createControl(option, (value) => {
      options = { ...options, [option.id]: value };
      work();
    }),
  );
  openDialog(
    ctx.board,
    analysis.label,
    { wide: true, name: analysis.id },
    h("p", { class: "lead" }, analysis.lead),
    ...(controls.length ? [h("div", { class: "analysis-options" }, controls)] : []),
    result,
  );
  work();
}

/**
 * What an option is set by.
 * @param {AnalysisOption} option
 * @param {(value: OptionValue) => void} change
 */
function createControl(option, change) {
  const { id, label, kind } = option;
  if (kind === "choice") {
    const select = h(
      "select",
      { "data-option": id, onchange: () => change(select.value) },
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
      onchange: () => change(box.checked),
    });
    return h("label", {}, box, " ", label);
  }
  const input = h("input", {
    type: "number",
    "data-option": id,
    value: String(option.default),
    min: option.min,
    max: option.max,
    step: kind === "whole" ? 1 : "any",
    onchange: () => input.value !== "" && input.checkValidity() && change(Number(input.value)),
  });
  return h("label", {}, label, " ", input);
}

/** @param {unknown} error */
function reason(error) {
  const { isRefusal, text, message } = requestError(error);
  return isRefusal
    ? _("This plan can't be simulated.")
    : `${text ?? message} ${_("Close this and try again.")}`;
}
