// What a verdict can be doubted for: numbers that hardly go together, or a plan that asks what nobody was
// ever seen to do or to bear.

import { _, ngettext } from "../i18n/messages.js";

/** @typedef {Pick<Doubt, "fields" | "brief">} About */

/** Those of an organisation's numbers; the others are of the plan. @template {About} D @param {D[]} doubts */
export const ofOrganisation = (doubts) =>
  doubts.filter(({ fields }) => fields[0].startsWith("organisation."));

/** That hardly anybody answers customers any more. @param {About} doubt */
const isOfCut = ({ fields }) => fields[0].startsWith("plan.customer_service.");

const NO_VERDICT = ["nothing", "too_late"];

/** That the model was checked on this very organisation. @param {About} doubt */
export const isOfCase = ({ fields }) => fields[0].startsWith("validation.");

/**
 * A verdict, with what it rests on where that is numbers that hardly go together, or, if it is one, what
 * nobody was ever seen to do or to bear.
 * @param {{text: string, kind: string}} verdict
 * @param {About[]} doubts
 */
export function withDoubt({ text, kind }, doubts) {
  if (NO_VERDICT.includes(kind)) return text;
  if (ofOrganisation(doubts).length) return _("{verdict}, if the numbers hold", { verdict: text });
  const [doubt] = doubts;
  if (!doubt || isOfCase(doubt) || !["likely_better", "very_likely_better"].includes(kind))
    return text;
  return isOfCut(doubt)
    ? _("{verdict}, if customers bear it", { verdict: text })
    : _("{verdict}, if people do so", { verdict: text });
}

/** @param {About[]} doubts */
export function doubtText(doubts) {
  const count = ofOrganisation(doubts).length;
  if (!count) {
    if (doubts[0].brief) return doubts[0].brief;
    return isOfCut(doubts[0])
      ? _("Hardly anybody answers customers: a direction, not a number")
      : _("Asks all there is of people: a direction, not a number");
  }
  return ngettext(
    "Check the organisation: {number} thing in its numbers hardly goes together",
    "Check the organisation: {number} things in its numbers hardly go together",
    count,
  );
}
