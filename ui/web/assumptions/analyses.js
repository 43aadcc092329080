// What rests on the assumptions, above the register: analyses of the plan as it stands, worked out
// once the page is there. Names none: which there are the server says.

import { analysisTable } from "../kit/analysis-table.js";
import { createWork } from "../kit/analysis-work.js";
import { h, newId } from "../kit/dom.js";
import { openAssumptions } from "./panel.js";

/**
 * All analyses of the page, each in a part of its own.
 * @param {Ctx} ctx
 */
export function createAnalyses(ctx) {
  const here = ctx.start.analyses.filter(({ room }) => room === "assumptions");
  const open = (/** @type {string} */ assumption) => openAssumptions(ctx, { show: assumption });
  const works = here.map((analysis) => {
    const contentOf = (/** @type {AnalysisReply} */ reply) =>
      analysisTable(ctx, analysis, reply, { open });
    return { analysis, work: createWork(ctx, analysis, contentOf) };
  });
  let isBegun = false;
  return {
    node: h(
      "div",
      { class: "rests-on" },
      works.map(({ analysis, work }) => panel(analysis, work.node)),
    ),
    /** The plan may have moved. */
    update() {
      for (const { work } of works) isBegun ? work.follow() : work.start();
      isBegun = true;
    },
    destroy() {
      for (const { work } of works) work.stop();
    },
  };
}

/** @param {AnalysisEntry} analysis @param {HTMLElement} work */
function panel({ id, label, lead }, work) {
  const headingId = newId();
  return h(
    "section",
    { class: "analysis-panel", "data-analysis": id, "aria-labelledby": headingId },
    h("h2", { id: headingId }, label),
    h("p", { class: "note analysis-lead" }, lead),
    work,
  );
}
