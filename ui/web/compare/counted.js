// Numbers of a comparison, for whoever asks where they come from.

import { withAmounts } from "../kit/amounts.js";

/**
 * What the server was asked about scenarios side by side, as far as an answer to it rests on something.
 * @typedef {{scenarios: object[]} & Partial<CompareQuestion<number>>} Question
 */

/**
 * Which number of a comparison is asked about: the difference of the pair, how often a scenario is the
 * best, or by how much a figure differs from the first scenario's.
 * @typedef {{of: "pair"} | {of: "best", scenario: number} | {of: "figure", scenario: number, figure: string}} Of
 */

/**
 * Tell whoever asks for a number of a comparison what it is, what was counted, what just this difference
 * rests on, and how good that is.
 * @param {Ctx} ctx
 * @param {HTMLElement} button
 * @param {{title: string, text: string, how: Explanation}} said
 * @param {Question} question
 * @param {Of} of
 */
export function tellCounted(ctx, button, said, question, of) {
  const { grade, gradeMeaning } = ctx.start.verdict.help;
  const { scenarios, measure = null, first = null, second = null } = question;
  const rests = () => ctx.ask("compare-rests", { scenarios, measure, first, second, ...of });
  ctx.help(button, { ...said, grade, gradeMeaning, rests });
}

/**
 * The figures behind an answer, each a button that says what was counted.
 * @param {Ctx} ctx
 * @param {{detail: string, amounts: string[], difference: string, how: Explanation}} answer
 * @param {string} rule  of the words for a chance
 * @param {Question} question  that it is the answer to
 */
export function detailOf(ctx, { detail, amounts, difference, how }, rule, question) {
  const ask = (/** @type {HTMLElement} */ button) =>
    tellCounted(ctx, button, { title: difference, text: rule, how }, question, { of: "pair" });
  return withAmounts(
    detail,
    amounts.map((text) => ({ text, ask })),
  );
}
