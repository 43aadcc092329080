// Replaying a move: the scenarios on the way from before to after. Each is simulated for real.

import { same } from "./document.js";
import { haveOneRule } from "./stages.js";

const WHOLE = /_months?$|^people$/; // what there is no half of, by name

/**
 * Scenarios from `before` to `after`: both ends, and what lies between within one organisation.
 * @param {Doc} before
 * @param {Doc} after
 * @param {number} steps
 * @param {Assumption[]} register  what an assumption is that a scenario leaves as it is
 * @returns {Doc[]}
 */
export function frames(before, after, steps, register) {
  if (!same(before.organisation, after.organisation)) return [before, after];
  const usual = new Map(register.map(({ id, low, central, high }) => [id, { low, central, high }]));
  return Array.from({ length: steps + 1 }, (_unused, index) => {
    if (index === 0) return before;
    if (index === steps) return after;
    const along = index / steps;
    const eased = along * along * (3 - 2 * along);
    return {
      ...after,
      plan: between(before.plan, after.plan, eased),
      assumptions: world(before.assumptions, after.assumptions, eased, usual),
    };
  });
}

/**
 * Vertical axes on which both ends of a move fit, by chart: null for those that have none.
 * @param {{charts: Figure[]}[]} ends  answers with their layouts
 * @returns {([number, number] | null)[]}
 */
export function jointAxes([first, last]) {
  return first.charts.map(({ id, layout }, index) => {
    const ranges = [layout?.yaxis?.range, last.charts[index]?.layout?.yaxis?.range];
    if (last.charts[index]?.id !== id || !ranges.every(Boolean)) return null;
    return [Math.min(ranges[0][0], ranges[1][0]), Math.max(ranges[0][1], ranges[1][1])];
  });
}

/**
 * @param {Doc["assumptions"]} before
 * @param {Doc["assumptions"]} after
 * @param {number} along
 * @param {Map<string, ValueRange>} usual
 */
function world(before, after, along, usual) {
  const range = (
    /** @type {number | ValueRange | undefined} */ value,
    /** @type {string} */ id,
  ) => {
    if (value === undefined) return usual.get(id);
    return typeof value === "number" ? { low: value, central: value, high: value } : value;
  };
  const moved = Object.keys({ ...before, ...after }).map((id) => [
    id,
    same(before[id], after[id])
      ? after[id]
      : between(range(before[id], id), range(after[id], id), along),
  ]);
  return Object.fromEntries(moved);
}

/**
 * What lies between two values of JSON.
 * @param {any} start
 * @param {any} end
 * @param {number} along  0 to 1
 * @param {string} name
 * @returns {any}
 */
function between(start, end, along, name = "") {
  if (typeof start === "number" && typeof end === "number") {
    const value = start + (end - start) * along;
    return WHOLE.test(name) ? Math.round(value) : value;
  }
  if (name === "stages" && !haveOneRule(start, end)) return end;
  if (start && end && typeof start === "object" && typeof end === "object") {
    return Object.fromEntries(
      Object.keys(end).map((key) => [key, between(start[key], end[key], along, key)]),
    );
  }
  return end;
}
