// What is told to whoever asks for a number of the tables and cards of the Compare page.

import { _ } from "../i18n/messages.js";

const ASSUMPTION = "assumptions.";
const STAGES = "plan.stages.";

/**
 * What is told to whoever asks for a figure or an outcome; null where there is nothing.
 * @param {Ctx} ctx
 * @param {{id: string, label: string}} row  of the headline table
 * @returns {Help | null}
 */
export function helpOf({ start }, { id, label }) {
  const { verdict } = start;
  if (id === "probability_better") {
    return { title: verdict.label, number: "figure:verdict", ...verdict.help };
  }
  if (id === "worst_case") {
    const { grade, gradeMeaning } = verdict.help;
    const text = _("What the worst tenth of all cases comes to: how bad it can get, on average.");
    return {
      title: label,
      text,
      number: "figure:worst_case",
      grade,
      gradeMeaning,
      isMeasured: true,
    };
  }
  const asked = id === "probability_payback" ? "payback_month" : id; // which says its share, too
  const figure = start.figures.find((one) => one.id === asked);
  if (figure) return { title: figure.label, number: `figure:${asked}`, ...figure.help };
  const outcome = start.outcomes.flatMap(({ items }) => items).find((one) => one.id === id);
  if (!outcome) return null;
  return { title: outcome.label, text: outcome.meaning, number: `outcome:${id}` };
}

/**
 * Tell how often a plan in stages takes each way.
 * @param {Ctx} ctx
 * @param {HTMLElement} button
 * @param {Doc} doc
 */
export function askStages(ctx, button, doc) {
  const { label, number, help } = ctx.start.stages.choices.rule;
  ctx.help(button, { ...help, title: label, number, doc });
}

/**
 * What is told of one line of a budget.
 * @param {{id: string, label: string, source: boolean}} line
 * @returns {Help}
 */
export function helpOfBudget({ id, label, source }) {
  const text = _(
    "Money a year: today, and with the plan in the last month. Today's is the organisation's own number, and the plan decides about the rest: no assumption moves either.",
  );
  const number = source ? `lever:plan.${id}.share_moved` : `lever:plan.split.${id}`;
  return { title: label, text, number };
}

/**
 * What is told of something that differs.
 * @param {Ctx} ctx
 * @param {{path: string, label: string}} row
 * @returns {Help}
 */
export function helpOfDiffering({ start }, { path, label }) {
  const assumption =
    path.startsWith(ASSUMPTION) &&
    start.register.find(({ id }) => id === path.slice(ASSUMPTION.length));
  if (assumption) {
    // What differs is a figure of at least one scenario's own.
    const { id, meaning } = assumption;
    const { grade, meaning: gradeMeaning } = start.own_figure;
    return { title: label, text: meaning, grade, gradeMeaning, assumptions: [id] };
  }
  const lever = leverOf(start, path);
  if (lever) return { ...lever.help, title: label, number: lever.number ?? undefined };
  return { title: label, text: ofWhom(path) };
}

/**
 * The lever of a path, which may be one for all sources.
 * @param {Start} start
 * @param {string} path
 * @returns {{help: Help, number?: string | null} | undefined}
 */
function leverOf({ levers, stages }, path) {
  const choice = stages.choices[/** @type {"rule" | "figure"} */ (path.slice(STAGES.length))];
  if (path.startsWith(STAGES) && choice) return choice;
  const all = [...levers.flatMap((group) => group.levers), ...stages.levers];
  const forAll = path.replace(/^plan\.[a-z_]+\./, "plan.*.");
  return all.find((lever) => lever.path === path) ?? all.find((lever) => lever.path === forAll);
}

/** Whose number it is that nothing else is known of. @param {string} path */
function ofWhom(path) {
  if (path.startsWith("organisation.")) {
    return _(
      "The organisation's own number, as it was entered: it is taken as it is, in every case.",
    );
  }
  return _("As whoever made the plan has set it: it is taken as it is, in every case.");
}
