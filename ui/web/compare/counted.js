// Numbers of a comparison, for whoever asks where they come from.

import { withAmounts } from "../kit/amounts.js";

/**
 * What is told to whoever asks for a number of a comparison: what it is, what was counted, and how
 * good the evidence is at its worst. Which assumptions part two plans most is not worked out.
 * @param {Ctx} ctx
 * @param {{title: string, text: string, how: Explanation}} said
 * @returns {Help}
 */
export function counted({ start }, said) {
  const { grade, gradeMeaning } = start.verdict.help;
  return { ...said, grade, gradeMeaning };
}

/**
 * The figures behind an answer, each a button that says what was counted.
 * @param {Ctx} ctx
 * @param {{detail: string, amounts: string[], difference: string, how: Explanation}} answer
 * @param {string} rule  of the words for a chance
 */
export function detailOf(ctx, { detail, amounts, difference, how }, rule) {
  const ask = (/** @type {HTMLElement} */ button) =>
    ctx.help(button, counted(ctx, { title: difference, text: rule, how }));
  return withAmounts(
    detail,
    amounts.map((text) => ({ text, ask })),
  );
}
