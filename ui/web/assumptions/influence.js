// Which assumptions move this plan's answer furthest: the server's tornado, as an order.

import { _, tied } from "../i18n/messages.js";
import { createRun } from "../kit/analysis-work.js";
import { requestError } from "../server/http.js";

const ANALYSIS = "tornado";

/**
 * The order of assumptions by influence on the plan on the page, asked for when it is wanted.
 * @param {Ctx} ctx
 * @param {number} most  how many are told apart; all others move the answer less
 * @param {{changed: () => void, reached: (share: number) => void}} hear  `changed()`: it is known, or is
 *   not to be had; `reached(share)`: how much of the work is done, 0-1
 */
export function createInfluence(ctx, most, { changed, reached }) {
  const run = createRun(ctx, { id: ANALYSIS });
  /** @type {Doc | null} */
  let asked = null;
  /** @type {Map<string, {place: number, text: string}> | null} */
  let known = null;
  let problem = "";
  let average = "";

  /** Ask for it, unless it is known for the plan as it stands. */
  function want() {
    const { doc } = ctx.store.state;
    if (doc === asked) return;
    asked = doc;
    known = null;
    problem = "";
    run.start(
      doc,
      { most },
      {
        onDone: reached,
        onRough() {},
        onReply({ rows, statements: [first = ""] }) {
          average = tied(first);
          known = new Map(rows.map((row, place) => [row.id, { place, text: reach(row.cells) }]));
          changed();
        },
        onError(error) {
          asked = null; // the next time it is asked for again
          problem = requestError(error).text ?? requestError(error).message;
          changed();
        },
      },
    );
  }

  return {
    want,
    /** Leave it, if it is on its way: the server stops as well. */
    stop() {
      if (!run.isGoing) return;
      run.stop();
      asked = null;
    },
    /** Whether it is on its way. */
    get isComing() {
      return run.isGoing;
    },
    /** Whether it is known for some plan. */
    get isKnown() {
      return known !== null;
    },
    get problem() {
      return problem;
    },
    /** What the value is on average: a sentence, since ranges are of averages, and the headline's value
     * is the middle. */
    get average() {
      return average;
    },
    /** Those that move the answer furthest, the furthest first. @returns {string[]} */
    get ids() {
      return [...(known?.keys() ?? [])];
    },
    /** Where an assumption stands; all that move the answer less stand behind. @param {string} id */
    place: (id) => known?.get(id)?.place ?? most,
    /** How far the value goes with it, or "". @param {string} id */
    text: (id) => known?.get(id)?.text ?? "",
  };
}

/** @param {Record<string, string>} cells */
function reach({ value_low: low, value_high: high }) {
  return tied(_("if low {low}, if high {high}", { low, high }));
}
