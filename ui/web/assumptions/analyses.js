// What rests on the assumptions, above the register: analyses of the plan as it stands, worked out
// once the page is there. Names none: which there are the server says.

import { _ } from "../i18n/messages.js";
import { analysisTable } from "../kit/analysis-table.js";
import { fill, h, newId, setAttribute, setText } from "../kit/dom.js";
import { createLatestRequest } from "../server/latest.js";
import { lean } from "../state/document.js";
import { openAssumptions } from "./panel.js";

const REST_MS = 400;

/**
 * All analyses of the page, one after the other.
 * @param {Ctx} ctx
 */
export function createAnalyses(ctx) {
  const here = ctx.start.analyses.filter(({ room }) => room === "assumptions");
  const panels = here.map((analysis) => createPanel(ctx, analysis));
  /** @type {Doc | null} */
  let asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  return {
    node: h(
      "div",
      { class: "rests-on" },
      panels.map(({ node }) => node),
    ),
    /** @param {State} state */
    update({ doc }) {
      if (doc === asked) return;
      asked = doc;
      for (const panel of panels) panel.begin();
      clearTimeout(rest); // while something is being moved nothing is worked out
      rest = setTimeout(() => {
        for (const panel of panels) panel.ask();
      }, REST_MS);
    },
    destroy() {
      clearTimeout(rest);
      for (const panel of panels) panel.close();
    },
  };
}

/**
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 */
function createPanel(ctx, analysis) {
  const { start, store } = ctx;
  const headingId = newId();
  const status = h("p", { class: "note", role: "status" });
  const fault = h("p", { class: "field-error", role: "alert" });
  const result = h("div", { class: "analysis-result" });
  const node = h(
    "section",
    { class: "analysis-panel", "data-analysis": analysis.id, "aria-labelledby": headingId },
    h("h2", { id: headingId }, analysis.label),
    h("p", { class: "note analysis-lead" }, analysis.lead),
    h("div", {}, status, fault), // which stay there for those who listen, empty or not
    result,
  );

  const request = createLatestRequest(
    "analysis",
    () => {
      const { doc } = store.state;
      const content = { language: start.language, scenario: lean(doc), analysis: analysis.id };
      return { doc, content, canWait: true }; // the server stops when it is broken off
    },
    {
      onReply(/** @type {AnalysisReply} */ reply, { doc }) {
        if (doc !== store.state.doc) return; // another one is on its way
        fill(result, ...analysisTable(analysis, reply, open));
        end("");
      },
      onRefused([first]) {
        fill(result);
        end(
          first
            ? _("This can't be simulated. {field}: found {found}, allowed {allowed}", first)
            : _("This can't be simulated."),
        );
      },
      onLost(text) {
        setText(fault, `${text} ${_("Trying again.")}`);
      },
      onFound() {
        setText(fault, "");
      },
    },
  );

  /** @param {string} assumption */
  function open(assumption) {
    openAssumptions(ctx, { show: assumption });
  }

  /** @param {string} problem */
  function end(problem) {
    setText(status, "");
    setText(fault, problem);
    setAttribute(node, "aria-busy", null);
  }

  return {
    node,
    /** What is shown belongs to what was. */
    begin() {
      setText(status, _("Working it out …"));
      setAttribute(node, "aria-busy", "true");
    },
    ask: request.send,
    close: request.close,
  };
}
