import assert from "node:assert/strict";
import { test } from "node:test";

import {
  APART,
  ruleOf,
  startOf,
  withFigure,
  withMark,
  withRule,
} from "../../ui/web/state/stages.js";

const STAGES = {
  first_depth: 0.25,
  review_month: 12,
  figure: "taking_part",
  side: "below",
  back: 0.06,
  on: 0.06,
  always: null,
  step_months: 6,
  people: 400,
  records: 0.05,
  rebuilding: 1,
};
const START = { figure: "members", side: "below", mark: 0.1, worse: 0.04 };
const RULES = ["one", "two", "on", "back", "always_on", "always_stay", "always_back"];

test("every rule can be reached from every other, and is then the one that there is", () => {
  for (const from of RULES) {
    for (const to of RULES) {
      const stages = withRule(withRule(STAGES, from, START), to, START);
      assert.equal(ruleOf(stages), to, `${from} to ${to}`);
      const decides = stages.figure !== null;
      assert.equal(decides, stages.always === null, "a figure decides, or what is always done");
      assert.equal(decides, stages.back !== null || stages.on !== null);
      assert.equal(stages.first_depth, 0.25, "what is no rule stays");
    }
  }
});

test("what another rule asks for stays as it was, or starts where it is told to", () => {
  assert.deepEqual(
    [withRule(STAGES, "on", START).on, withRule(STAGES, "back", START).back],
    [0.06, 0.06],
  );
  const always = withRule(STAGES, "always_on", START);
  assert.deepEqual(
    [always.figure, always.back, always.on, always.always],
    [null, null, null, "on"],
  );
  const again = withRule(always, "one", START);
  assert.deepEqual([again.figure, again.back, again.on], ["members", 0.1, 0.1]);
});

test("two marks are in order, and the one that is not moved gives way", () => {
  const two = withRule(STAGES, "two", START);
  assert.deepEqual([two.back, two.on], [0.04, 0.06], "the one to go back starts where it is worse");
  assert.deepEqual(withMark(two, "back", 0.2).on, 0.201);
  assert.deepEqual(withMark(two, "on", 0.03).back, 0.029);
  assert.deepEqual(withMark(two, "on", 0).back, 0, "there is nothing below none");
  assert.equal(withMark(two, "on", 0).on, APART);
  assert.deepEqual(withMark(two, "on", 0.5).back, 0.04, "where there is room nothing gives way");
  const flat = withRule(STAGES, "two", { ...START, worse: 0.06 });
  assert.deepEqual([flat.back, flat.on], [0.059, 0.06]);
  const above = withFigure(two, { figure: "leaving", side: "above", mark: 0.12, worse: 0.15 });
  assert.deepEqual([above.back, above.on], [0.15, 0.12], "worse is higher: go back above");
  assert.equal(ruleOf(withMark(above, "back", 0)), "two");
});

test("one mark is one wherever it is moved", () => {
  const moved = withMark(STAGES, "back", 0.08);
  assert.deepEqual([moved.back, moved.on, ruleOf(moved)], [0.08, 0.08, "one"]);
});

test("another figure has marks of its own, and the same rule", () => {
  for (const rule of RULES.slice(0, 4)) {
    const stages = withFigure(withRule(STAGES, rule, START), {
      figure: "trust",
      side: "below",
      mark: 0.6,
      worse: 0.5,
    });
    assert.equal(ruleOf(stages), rule);
    assert.equal(stages.on ?? stages.back, 0.6);
  }
});

test("an option of an analysis starts as in the plan's stages, as near as it may be", () => {
  const option = { stages: "first_depth", kind: "number", default: 0.25, min: 0.05, max: 0.95 };
  const of = (stages, change = {}) => startOf({ ...option, ...change }, { plan: { stages } });
  assert.equal(of({ ...STAGES, first_depth: 0.4 }), 0.4);
  assert.equal(of({ ...STAGES, first_depth: 1 }), 0.95);
  assert.equal(of(null), 0.25);
  assert.equal(of(STAGES, { stages: null }), 0.25);
  const figure = { stages: "figure", kind: "choice", default: "best", min: undefined };
  assert.equal(of(STAGES, figure), "taking_part");
  assert.equal(of({ ...STAGES, figure: null }, figure), "best");
});
