// A plan in stages, as arithmetic: no page here, and nothing is changed in place.
//
// What is done after the review is one of several rules, which `stages` of a plan holds as marks of a
// figure, or as what is always done.

/** Between the mark to go back and that to go on, where they are two. */
export const APART = 0.001;

/**
 * @typedef {object} Start  where the marks of a figure start
 * @property {string} figure
 * @property {Stages["side"]} side
 * @property {number} mark
 * @property {number} worse  a worse one, where there are two
 */

/** Rules by their id: which marks each has. */
const MARKS = {
  one: ["back", "on"],
  two: ["back", "on"],
  on: ["on"],
  back: ["back"],
};
const ALWAYS = "always_";
const DECIMALS = 6;

/**
 * The same document with its plan in other stages, or in none.
 * @param {Doc} doc
 * @param {Stages | null} stages
 * @returns {Doc}
 */
export function withStages(doc, stages) {
  return { ...doc, plan: { ...doc.plan, stages } };
}

/**
 * What an option of an analysis is until somebody says otherwise: as in the plan's stages, as near as it
 * may be, else its default.
 * @param {AnalysisOption} option
 * @param {Doc} doc
 * @returns {OptionValue}
 */
export function startOf({ stages, kind, default: usual, min, max }, { plan }) {
  const own = stages ? /** @type {any} */ (plan.stages)?.[stages] : null;
  if (own === null || own === undefined) return usual;
  return kind === "choice" ? own : Math.min(Math.max(own, Number(min)), Number(max));
}

/**
 * Which rule a plan in stages has.
 * @param {Stages} stages
 * @returns {string}
 */
export function ruleOf({ back, on, always }) {
  if (always) return ALWAYS + always;
  if (back === null) return "on";
  if (on === null) return "back";
  return back === on ? "one" : "two";
}

/**
 * Whether two plans are in stages that differ in nothing but numbers.
 * @param {Stages | null | undefined} first
 * @param {Stages | null | undefined} second
 */
export function haveOneRule(first, second) {
  if (!first || !second) return false;
  return (
    first.figure === second.figure && first.side === second.side && ruleOf(first) === ruleOf(second)
  );
}

/**
 * The same with another rule.
 * @param {Stages} stages
 * @param {string} rule
 * @param {Start} start  where it had none
 * @returns {Stages}
 */
export function withRule(stages, rule, start) {
  if (rule.startsWith(ALWAYS)) {
    const always = /** @type {Stages["always"]} */ (rule.slice(ALWAYS.length));
    return { ...stages, figure: null, back: null, on: null, always };
  }
  const { figure, side } = stages.figure ? { ...start, ...stages } : start;
  const mark = stages.back ?? stages.on ?? start.mark;
  const next = { ...stages, figure, side, always: null, back: mark, on: stages.on ?? mark };
  if (rule === "two")
    return ruleOf(stages) === "two" ? next : apart({ ...next, back: start.worse }, "back");
  const marks = MARKS[/** @type {keyof typeof MARKS} */ (rule)];
  return {
    ...next,
    back: marks.includes("back") ? next.back : null,
    on: marks.includes("on") ? (rule === "one" ? next.back : next.on) : null,
  };
}

/**
 * The same by another figure, whose marks are where they start.
 * @param {Stages} stages
 * @param {Start} start
 * @returns {Stages}
 */
export function withFigure(stages, { figure, side, mark, worse }) {
  const moved = { ...stages, figure, side };
  if (ruleOf(stages) === "two") return apart({ ...moved, back: worse, on: mark }, "back");
  return {
    ...moved,
    back: stages.back === null ? null : mark,
    on: stages.on === null ? null : mark,
  };
}

/**
 * The same with a mark elsewhere: where they are one, both; where they are two, the other gives way.
 * @param {Stages} stages
 * @param {"back" | "on"} which
 * @param {number} mark
 * @returns {Stages}
 */
export function withMark(stages, which, mark) {
  if (ruleOf(stages) === "one") return { ...stages, back: mark, on: mark };
  const moved = { ...stages, [which]: mark };
  return ruleOf(stages) === "two" ? apart(moved, which === "on" ? "back" : "on") : moved;
}

/**
 * Marks that are two and in order; `gives` is the one that gives way, as far as there is room.
 * @param {Stages} stages
 * @param {"back" | "on"} gives
 * @returns {Stages}
 */
function apart(stages, gives) {
  const up = stages.side === "below" ? 1 : -1;
  const [back, on] = [Number(stages.back), Number(stages.on)];
  if (up * (on - back) >= APART - 10 ** -DECIMALS) return stages;
  if (gives === "on") {
    const moved = tidy(back + up * APART);
    return moved >= 0 ? { ...stages, on: moved } : { ...stages, back: APART, on: 0 };
  }
  const moved = tidy(on - up * APART);
  return moved >= 0 ? { ...stages, back: moved } : { ...stages, back: 0, on: APART };
}

/** @param {number} share */
function tidy(share) {
  return Number(share.toFixed(DECIMALS));
}
