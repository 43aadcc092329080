import assert from "node:assert/strict";
import { test } from "node:test";

import {
  alike,
  at,
  comesToTheSame,
  lean,
  same,
  withoutTexts,
  withValues,
} from "../../ui/web/state/document.js";
import { scenario } from "./support.js";

test("values are the same whatever the order of their keys", () => {
  assert.ok(same({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }));
  assert.ok(same(null, null));
  for (const [one, other] of [
    [{ a: 1 }, { a: 1, b: undefined }],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [null, {}],
    [1, "1"],
    [{ a: undefined }, { b: undefined }],
  ]) {
    assert.ok(!same(one, other), JSON.stringify([one, other]));
    assert.ok(!same(other, one));
  }
});

test("results make no difference, names do", () => {
  const plan = scenario("a");
  assert.ok(alike(plan, { ...plan, results: { verdict: "better" } }));
  assert.ok(!alike(plan, { ...plan, name: "b" }));
});

test("texts and the name make no difference to what it comes to, the plan does", () => {
  const plan = scenario("a");
  assert.ok(comesToTheSame(plan, { ...plan, name: "b", notes: "long", results: {} }));
  assert.ok(!comesToTheSame(plan, { ...plan, horizon_months: 12 }));
});

test("what is sent of a scenario is without texts and results, and keeps its name", () => {
  const plan = scenario("a", { story: "s", description: "d", notes: "n", author: "x", date: "y" });
  assert.deepEqual(withoutTexts({ ...plan, results: { a: 1 } }), {
    ...scenario("a"),
    results: { a: 1 },
  });
  assert.deepEqual(lean({ ...plan, results: { a: 1 } }), scenario("a"));
});

test("values are read and changed at paths; what does not change is shared", () => {
  const plan = scenario("a");
  assert.equal(at(plan, "organisation.budgets.training"), 100);
  assert.equal(at(plan, "organisation.nowhere.training"), undefined);
  const changed = withValues(plan, { "plan.training.share_moved": 0.5, "assumptions.new.low": 1 });
  assert.equal(changed.plan.training.share_moved, 0.5);
  assert.deepEqual(changed.assumptions, { new: { low: 1 } });
  assert.equal(changed.organisation, plan.organisation);
  assert.equal(changed.plan.split, plan.plan.split);
  assert.equal(plan.plan.training.share_moved, 0);
  assert.deepEqual(plan.assumptions, {});
});
