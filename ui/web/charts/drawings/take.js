// Taking along what an analysis draws: as a picture, and as the numbers that it shows.

import { planesNote } from "../../kit/planes.js";
import { planInWords } from "../../scenarios/name.js";
import { coloursOf } from "../colours.js";
import { createDrawnTaking } from "../take.js";
import { barsPicture } from "./bars.js";
import { branchesPicture } from "./branches.js";
import { curvesPicture } from "./curves.js";
import { planesPicture } from "./planes.js";

/**
 * What makes the buttons of each drawing of an analysis.
 * @param {Ctx} ctx
 * @param {AnalysisEntry} analysis
 * @param {AnalysisReply} reply
 * @returns {DrawingTools}
 */
export function createDrawingTools(ctx, analysis, reply) {
  const { chart, planes, drawing, about, points, csv } = reply;
  const of = planInWords(ctx); // of the plan that was asked about: what is shown may soon be old
  const colours = coloursOf(ctx.start.palettes.light);
  const { label: title } = analysis;

  /**
   * @param {string | undefined} numbers  CSV
   * @param {string} measured
   * @param {(words: DrawingWords) => string} draw
   */
  function tools(numbers, measured, draw) {
    return createDrawnTaking(ctx, {
      picture: async (source) => ({
        title,
        svg: draw({ title, about: measured, colours, source }),
      }),
      title: async () => title,
      table: async () => `\uFEFF${numbers ?? ""}`,
      of: () => of,
    });
  }

  return {
    bars: () =>
      drawing ? tools(csv, "", (words) => barsPicture({ ...reply, drawing }, words)) : [],
    branches: () =>
      chart
        ? tools(points?.chart, about?.chart ?? "", (words) => branchesPicture(chart, words))
        : [],
    curves: (shown) =>
      tools(points?.curves, about?.curves ?? "", (words) => curvesPicture(shown(), words)),
    planes: () =>
      tools(points?.planes, planesNote(), (words) => planesPicture(planes ?? [], words)),
  };
}
